package roster_test

import (
	"bytes"
	"context"
	"runtime"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"

	"loket/app/roster"
)

const manyRows = 150_000

var manyPeople = sync.OnceValue(func() [][]string { return people(manyRows, 1) })

// BenchmarkText: the figure is at least 200,000 rows a second on one core.
func BenchmarkText(b *testing.B) {
	file := asText(manyPeople(), ";", "\r\n")
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		measured(b, file)
	}
	b.ReportMetric(float64(manyRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkWorkbook: the figure is at most 1.5 times BenchmarkExcelizeReads, under 700 MB.
func BenchmarkWorkbook(b *testing.B) {
	file := asWorkbook(b, testSheet{name: "Data", rows: manyPeople()})
	for b.Loop() {
		measured(b, file)
	}
	b.ReportMetric(float64(manyRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/1e6, "MB-sys")
}

// BenchmarkExcelizeReads is what the spreadsheet library takes only to read the same rows.
func BenchmarkExcelizeReads(b *testing.B) {
	file := asWorkbook(b, testSheet{name: "Data", rows: manyPeople()})
	for b.Loop() {
		f, err := excelize.OpenReader(bytes.NewReader(file))
		if err != nil {
			b.Fatal(err)
		}
		rows, err := f.Rows("Data")
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for rows.Next() {
			if _, err := rows.Columns(); err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != manyRows+1 {
			b.Fatal(n)
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(manyRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func measured(b *testing.B, file []byte) {
	book, err := roster.Open(file)
	if err != nil {
		b.Fatal(err)
	}
	r, err := roster.Judge(context.Background(), book, roster.Options{Region: "64.08", AsOf: asOf})
	if err != nil || len(r.Rows) != manyRows {
		b.Fatal(len(r.Rows), err)
	}
}
