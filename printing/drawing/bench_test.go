package drawing_test

import (
	"strings"
	"testing"

	"loket/printing/drawing"
)

// The encoder is four fifths of the cost of a card.
func BenchmarkMatrix(b *testing.B) {
	q := drawing.QR{Text: "HTTPS://KARTU.CONTOH.ID/K#" + strings.Repeat("73109345826019274", 23), Version: 10}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := q.Matrix(); err != nil {
			b.Fatal(err)
		}
	}
}
