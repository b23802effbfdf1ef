package roster

import (
	"archive/zip"
	"bufio"
	"errors"
	"io"
	"strconv"

	"loket/app"
)

// Table writes a table row by row, as a text file or a workbook, without holding it in memory or in
// a temporary file. Every cell is text: what begins like a formula is none.
type Table struct {
	text  *textWriter
	zip   *zip.Writer
	cells cellWriter
	line  int
}

// NewTable begins a table of a kind. The first row is its header.
func NewTable(w io.Writer, kind Kind, name string) (*Table, error) {
	if kind != Excel {
		t := &Table{text: &textWriter{w: bufio.NewWriter(w), sep: ";", next: 1}}
		t.text.write("\uFEFF")
		return t, nil
	}
	t := &Table{zip: zip.NewWriter(w)}
	if err := copyFrame(t.zip, []Sheet{{Name: name}}); err != nil {
		return nil, app.Wrap("roster.NewTable", app.FileUnwritten, err)
	}
	part, err := t.zip.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return nil, app.Wrap("roster.NewTable", app.FileUnwritten, err)
	}
	t.cells.w = bufio.NewWriterSize(part, 1<<16)
	t.cells.write(xmlHead + `<worksheet ` + mainSpace + `><sheetData>`)
	return t, nil
}

// Row writes one row.
func (t *Table) Row(values []string) error {
	t.line++
	if t.text != nil {
		t.text.row(t.text.next, values)
		return app.Wrap("roster.Row", app.FileUnwritten, t.text.err)
	}
	colour := asItIs
	if t.line == 1 {
		colour = bold
	}
	t.cells.write(`<row r="` + strconv.Itoa(t.line) + `">`)
	for column, v := range values {
		t.cells.cell(column, t.line, v, colour)
	}
	t.cells.write(`</row>`)
	return app.Wrap("roster.Row", app.FileUnwritten, t.cells.err)
}

// Close ends the table.
func (t *Table) Close() error {
	if t.text != nil {
		return app.Wrap("roster.Close", app.FileUnwritten, errors.Join(t.text.err, t.text.w.Flush()))
	}
	t.cells.write(`</sheetData></worksheet>`)
	return app.Wrap("roster.Close", app.FileUnwritten, errors.Join(t.cells.err, t.cells.w.Flush(), t.zip.Close()))
}
