package reporting

import (
	"bytes"
	"errors"

	"github.com/xuri/excelize/v2"

	"loket/app"
)

// Workbook is a report as an .xlsx file: a sheet with the figures and one for each table. Words are
// written as texts whatever they begin with, so that no program takes one for a formula.
func Workbook(t Told) ([]byte, error) {
	b := newBook()
	b.sheet(t.Title, []float64{44, 16, 12})
	b.line(b.bold, t.Title)
	b.line(0, t.About)
	b.line(0, t.Place)
	b.line(0, t.Made)
	b.row++
	for _, f := range t.Figures {
		b.line(0, f.Word, f.Value)
	}
	b.row++
	b.line(0, t.Note)
	for _, s := range append([]Section{t.Chart}, t.Sections...) {
		b.sheet(s.Title, []float64{44, 16, 12})
		b.line(b.bold, s.Title, t.Figures[0].Word, "%")
		for _, r := range s.Lines {
			b.line(0, r.Word, r.Count, float64(int(r.Percent*10+0.5))/10)
		}
		b.line(b.bold, t.Sum, s.Total())
	}
	return b.bytes()
}

// book writes downwards, sheet by sheet; the first thing that goes wrong is kept.
type book struct {
	f     *excelize.File
	name  string
	row   int
	bold  int
	first bool
	err   error
}

func newBook() *book {
	b := &book{f: excelize.NewFile(), first: true}
	var err error
	b.bold, err = b.f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	b.keep(err)
	return b
}

func (b *book) keep(err error) { b.err = errors.Join(b.err, err) }

// sheetName is at most 31 characters, without those that workbooks forbid.
func sheetName(title string) string {
	var out []rune
	for _, r := range title {
		switch r {
		case ':', '\\', '/', '?', '*', '[', ']', '\'':
			r = ' '
		}
		if len(out) < 31 {
			out = append(out, r)
		}
	}
	return string(out)
}

func (b *book) sheet(title string, widths []float64) {
	b.name, b.row = sheetName(title), 1
	if b.first {
		b.first = false
		b.keep(b.f.SetSheetName(b.f.GetSheetName(0), b.name))
	} else {
		_, err := b.f.NewSheet(b.name)
		b.keep(err)
	}
	for i, w := range widths {
		column, err := excelize.ColumnNumberToName(i + 1)
		b.keep(err)
		b.keep(b.f.SetColWidth(b.name, column, column, w))
	}
}

// line writes the next row: texts as texts, numbers as numbers.
func (b *book) line(style int, values ...any) {
	for i, v := range values {
		at, err := excelize.CoordinatesToCellName(i+1, b.row)
		b.keep(err)
		if text, ok := v.(string); ok {
			b.keep(b.f.SetCellStr(b.name, at, text))
		} else {
			b.keep(b.f.SetCellValue(b.name, at, v))
		}
		if style != 0 {
			b.keep(b.f.SetCellStyle(b.name, at, at, style))
		}
	}
	b.row++
}

func (b *book) bytes() ([]byte, error) {
	var out bytes.Buffer
	if b.err == nil {
		b.keep(b.f.Write(&out))
	}
	b.keep(b.f.Close())
	if b.err != nil {
		return nil, &app.Error{Code: app.PrintDocument, Op: "reporting.Workbook", Err: b.err}
	}
	return out.Bytes(), nil
}
