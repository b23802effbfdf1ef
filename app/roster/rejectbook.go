package roster

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"

	"loket/app"
)

// inPlace changes the sender's own workbook. Its limits keep excelize from unpacking large parts
// into temporary files. excelize can panic on workbooks that only look whole.
func (b *Book) inPlace(r *Result) (changed []byte, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = app.Wrap("roster.rejects", app.RosterDamaged, fmt.Errorf("excelize: %v", cause))
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(b.file), excelize.Options{UnzipSizeLimit: maxUnpack, UnzipXMLSizeLimit: maxUnpack})
	if err != nil {
		return nil, unreadable(err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	for i := range b.Sheets {
		if err := b.remark(f, i, r); err != nil {
			return nil, err
		}
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		return nil, unreadable(err)
	}
	return out.Bytes(), nil
}

// remark writes the two columns of a sheet and colours its cells.
func (b *Book) remark(f *excelize.File, i int, r *Result) error {
	s := &b.Sheets[i]
	judged := r.bySheet(s.Name)
	if len(judged) == 0 {
		return nil
	}
	width, err := b.width(i)
	if err != nil {
		return err
	}
	p := painter{f: f, sheet: s.Name, styles: map[[2]int]int{}}
	if s.Header > 0 {
		reasons, warnings := remarkTitles()
		p.text(width, s.Header, reasons, bold)
		p.text(width+1, s.Header, warnings, bold)
	}
	for number, row := range judged {
		reasons, warnings := remarks(row)
		p.text(width, number, reasons, asItIs)
		p.text(width+1, number, warnings, asItIs)
		for column, colour := range paints(row, s) {
			p.paint(column, number, colour)
		}
	}
	first, err := excelize.ColumnNumberToName(width + 1)
	p.keep(err)
	last, err := excelize.ColumnNumberToName(width + 2)
	p.keep(err)
	p.keep(f.SetColWidth(s.Name, first, last, 60))
	return p.err
}

// painter writes into a sheet and keeps the first error.
type painter struct {
	f      *excelize.File
	sheet  string
	styles map[[2]int]int // a style and a paint -> the painted style
	err    error
}

func (p *painter) keep(err error) {
	if p.err == nil {
		p.err = err
	}
}

func (p *painter) text(column, line int, s string, colour paint) {
	if p.err != nil {
		return
	}
	at, err := excelize.CoordinatesToCellName(column+1, line)
	p.keep(err)
	p.keep(p.f.SetCellStr(p.sheet, at, s))
	if colour != asItIs {
		p.paint(column, line, colour)
	}
}

// paint changes the colour of a cell and leaves the rest of its looks.
func (p *painter) paint(column, line int, colour paint) {
	if p.err != nil {
		return
	}
	at, err := excelize.CoordinatesToCellName(column+1, line)
	p.keep(err)
	old, err := p.f.GetCellStyle(p.sheet, at)
	p.keep(err)
	painted, known := p.styles[[2]int{old, int(colour)}]
	if !known {
		style, err := p.f.GetStyle(old)
		if err != nil || style == nil {
			p.keep(err)
			style = &excelize.Style{}
		}
		if style.Fill.Pattern < 0 { // a fill without a pattern, which other programs write and excelize does not take back
			style.Fill = excelize.Fill{}
		}
		if colour == bold {
			style.Font = &excelize.Font{Bold: true}
		} else {
			style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fills[colour]}}
		}
		painted, err = p.f.NewStyle(style)
		p.keep(err)
		p.styles[[2]int{old, int(colour)}] = painted
	}
	p.keep(p.f.SetCellStyle(p.sheet, at, at, painted))
}

// fills are the colours of cells at fault, as RGB.
var fills = map[paint]string{yellow: "FFF2CC", red: "F8CBAD"}
