package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"runtime"

	"github.com/xuri/excelize/v2"

	"loket/app"
	"loket/app/cmd/people"
	"loket/app/roster"
	"loket/app/sponsor"
)

// The promises about sponsor lists.
const (
	listRegion       = "64.08"
	workbookTarget   = 1.5   // times what the spreadsheet library takes to read
	listMemoryTarget = 700.0 // MB
	textTarget       = 5.0   // microseconds a row, one core: 200,000 rows a second
	importTarget     = 200.0 // microseconds an accepted row: 5,000 a second
)

// benchList judges a regency's list as workbook and as text, and takes it in.
func benchList(ctx context.Context, b *bench) ([]figure, error) {
	n := 150_000
	if b.quick {
		n = 1500
	}
	book := filepath.Join(b.dir, "list.xlsx")
	text, err := b.listFiles(book, n)
	if err != nil {
		return nil, err
	}
	judged, err := b.workbook(ctx, book)
	if err != nil {
		return nil, err
	}
	read, err := b.text(ctx, text, n)
	if err != nil {
		return nil, err
	}
	taken, err := b.taken(ctx, text)
	return append(append(judged, read...), taken...), err
}

// listFiles invents a list, writes it as a workbook and gives it as text.
func (b *bench) listFiles(book string, n int) (text []byte, err error) {
	rows := people.New(3, app.DateOf(b.now())).Rows(n, listRegion)
	return asText(rows), writeWorkbook(book, append([][]string{people.ListTitles}, rows...))
}

// workbook compares judging with only reading, and weighs the command that judges.
func (b *bench) workbook(ctx context.Context, name string) ([]figure, error) {
	file, err := os.ReadFile(name)
	if err != nil {
		return nil, app.Wrap("bench.workbook", app.FileUnread, err)
	}
	var judging, reading []float64
	for range b.runs(3) {
		judge, err := timed(func() error { return b.judge(ctx, file) })
		if err != nil {
			return nil, err
		}
		read, err := timed(func() error { return readWorkbook(file) })
		if err != nil {
			return nil, err
		}
		judging, reading = append(judging, judge), append(reading, read)
	}
	judge, read := median(judging), median(reading)
	figures := []figure{figureOf("workbook", "times", workbookTarget, judge/read, map[string]float64{"judge_s": judge / 1000, "read_s": read / 1000})}
	weight, err := childMemory(ctx, "roster", "check", name, "--region", listRegion, "--json")
	if err != nil || weight == 0 {
		return figures, err
	}
	return append(figures, figureOf("listmemory", "MB", listMemoryTarget, weight, nil)), nil
}

func (b *bench) judge(ctx context.Context, file []byte) error {
	book, err := roster.Open(file)
	if err != nil {
		return err
	}
	_, err = roster.Judge(ctx, book, roster.Options{Region: listRegion, AsOf: app.DateOf(b.now())})
	return err
}

// readWorkbook only reads, with the spreadsheet library.
func readWorkbook(file []byte) error {
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		return app.Wrap("bench.readWorkbook", app.FileUnread, err)
	}
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return app.Wrap("bench.readWorkbook", app.FileUnread, err)
	}
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			return app.Wrap("bench.readWorkbook", app.FileUnread, err)
		}
	}
	return app.Wrap("bench.readWorkbook", app.FileUnread, f.Close())
}

// text judges a text file on one core.
func (b *bench) text(ctx context.Context, file []byte, rows int) ([]figure, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var all []float64
	for range b.runs(5) {
		took, err := timed(func() error { return b.judge(ctx, file) })
		if err != nil {
			return nil, err
		}
		all = append(all, took)
	}
	each := median(all) * 1000 / float64(rows)
	return []figure{figureOf("text", "us", textTarget, each, map[string]float64{"rows_s": 1e6 / each})}, nil
}

// taken takes the list in at an enrolled kiosk: journal, encryption and the search by name included;
// and once more, and lays it out for head office.
func (b *bench) taken(ctx context.Context, file []byte) ([]figure, error) {
	s, err := b.at(ctx)
	if err != nil {
		return nil, err
	}
	p, err := s.desk.Sponsor.Open(ctx, s.session.Operator, benchProgramme(app.DateOf(b.now())))
	if err != nil {
		return nil, err
	}
	first, out, err := s.take(ctx, p.Scope, file)
	if err != nil {
		return nil, err
	}
	b.listed = out.New
	again, _, err := s.take(ctx, p.Scope, file)
	if err != nil {
		return nil, err
	}
	beat, err := timed(func() error { _, err := s.desk.Beat(ctx, false); return err })
	if err != nil {
		return nil, err
	}
	rest, err := timed(func() error { _, err := s.desk.Beat(ctx, true); return err })
	if err != nil {
		return nil, err
	}
	each := first * 1000 / float64(max(1, out.New))
	detail := map[string]float64{
		"rows": float64(out.Rows), "accepted": float64(out.New), "rows_s": 1e6 / each,
		"again_s": again / 1000, "beat_ms": beat, "sealed_s": rest / 1000,
	}
	return []figure{figureOf("import", "us", importTarget, each, detail)}, nil
}

// take judges a list and says how long it took to take it in, in ms.
func (s *stall) take(ctx context.Context, scope app.Scope, file []byte) (took float64, out sponsor.Outcome, err error) {
	book, err := roster.Open(file)
	if err != nil {
		return 0, out, err
	}
	result, err := s.desk.Sponsor.Judge(ctx, scope, book, sponsor.JudgeOptions{})
	if err != nil {
		return 0, out, err
	}
	took, err = timed(func() error {
		out, err = s.desk.Sponsor.Import(ctx, s.session.Operator, scope, sha256.Sum256(file), result, nil)
		return err
	})
	return took, out, err
}

func benchProgramme(today app.Date) sponsor.Programme {
	return sponsor.Programme{
		Name: "Pekerja rentan", Payer: app.PayerRegency, PayerName: "Kabupaten Kutai Timur", Decree: "1/2026", DecreeDay: today,
		Programmes: app.WorkAccident | app.Death, First: today.MonthOf().Add(1), Months: 12, Level: 2, Region: listRegion,
	}
}

// asText is a list as a text file.
func asText(rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	w.UseCRLF = true
	if w.Write(people.ListTitles) != nil || w.WriteAll(rows) != nil {
		panic("a buffer takes everything")
	}
	return b.Bytes()
}

// writeWorkbook is a list with its titles as a workbook, written in a stream.
func writeWorkbook(name string, table [][]string) error {
	f := excelize.NewFile()
	w, err := f.NewStreamWriter(f.GetSheetName(0))
	if err != nil {
		return app.Wrap("bench.writeWorkbook", app.FileUnwritten, err)
	}
	for i, row := range table {
		cells := make([]any, len(row))
		for j, text := range row {
			cells[j] = text
		}
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = w.SetRow(at, cells)
		}
		if err != nil {
			return app.Wrap("bench.writeWorkbook", app.FileUnwritten, err)
		}
	}
	if err := w.Flush(); err != nil {
		return app.Wrap("bench.writeWorkbook", app.FileUnwritten, err)
	}
	return app.Wrap("bench.writeWorkbook", app.FileUnwritten, errors.Join(f.SaveAs(name), f.Close()))
}
