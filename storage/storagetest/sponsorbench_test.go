package storagetest_test

import (
	"crypto/sha256"
	"testing"

	"loket/app/sponsor"
	"loket/storage/storagetest"
)

func BenchmarkImport(b *testing.B) {
	p := newPayer(b)
	const n = 9999
	list := listOf(1, n, nil)
	rows := 0
	for b.Loop() {
		scope := p.open(kutim())
		result := p.judge(scope, list)
		b.StartTimer()
		out, err := p.Import(b.Context(), storagetest.Supervisor, scope, sha256.Sum256([]byte(list)), result, func(sponsor.Progress) {})
		b.StopTimer()
		p.must(err)
		rows += out.New
		b.StartTimer()
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}
