package roster

import (
	"bytes"
	"errors"
	"strings"

	"loket/app"
	"loket/app/identity"
)

// Kind is the kind of file that a list came in.
type Kind string

// The kinds, which are also the endings of a file name.
const (
	Excel Kind = "xlsx"
	CSV   Kind = "csv"
	TSV   Kind = "tsv"
)

// Sheet is one sheet of a list as Open found it. A text file is one sheet without a name.
type Sheet struct {
	Name    string
	Hidden  bool     // hidden sheets are not judged unless asked for
	Found   bool     // a header was found
	Header  int      // the last line of the header, 0 for none; rows are read from the next line on
	Columns []Column // may be corrected before Judge
	Titles  []string // the texts above the header; a village may be named there
	Sample  [][]string
}

// Has says whether a column of the sheet holds a field.
func (s *Sheet) Has(f Field) bool { return s.Column(f) >= 0 }

// Column is where a field stands, -1 for nowhere.
func (s *Sheet) Column(f Field) int {
	for i, c := range s.Columns {
		if c.Field == f {
			return i
		}
	}
	return -1
}

// Book is an opened list. Its sheets may be corrected; its rows are read again each time.
type Book struct {
	Kind   Kind
	Sheets []Sheet

	file   []byte
	source source
}

// source gives the rows of a sheet, each with its line number. The cells are good until the next row.
type source interface {
	rows(sheet int, visit func(line int, cells []cell) error) error
	merged(sheet int) []span
	size() int // about how many rows there are
}

// Open finds out what a file is, by its content and not by its name, and looks at the first rows of
// every sheet. A file that is no list is refused with a code of roster.*; with roster.no_header the
// book comes along, for a person who can say what the columns are and where the rows begin.
func Open(file []byte) (*Book, error) {
	if len(file) > MaxFile {
		return nil, app.Fail(app.RosterFileTooBig, "mb", MaxFile>>20)
	}
	if code := foreign(file); code != "" {
		return nil, app.Fail(code)
	}
	b := &Book{file: file}
	if !bytes.HasPrefix(file, []byte("PK\x03\x04")) {
		return b, b.openText()
	}
	w, err := openWorkbook(file)
	if err != nil {
		return nil, err
	}
	b.Kind, b.source = Excel, w
	for i, s := range w.sheets {
		if err := b.look(i, Sheet{Name: s.name, Hidden: s.hidden}); err != nil {
			return nil, err
		}
	}
	return b, b.worth()
}

func (b *Book) openText() error {
	content := decode(b.file)
	if head := content[:min(len(content), 1<<16)]; strings.Count(head, "\x00") > len(head)/10 {
		return app.Fail(app.RosterNotList)
	}
	sep := findSeparator(content)
	b.Kind, b.source = CSV, separated{content, sep}
	if sep == '\t' {
		b.Kind = TSV
	}
	if err := b.look(0, Sheet{}); err != nil {
		return err
	}
	return b.worth()
}

// worth refuses a list in which no sheet has a header, or nothing stands at all.
func (b *Book) worth() error {
	empty := true
	for _, s := range b.Sheets {
		if s.Found {
			return nil
		}
		empty = empty && len(s.Sample) == 0 && len(s.Titles) == 0
	}
	if empty {
		return app.Fail(app.RosterEmpty)
	}
	return app.Fail(app.RosterNoHeader)
}

var errSeenEnough = errors.New("seen enough")

// look reads the first rows of a sheet and finds its columns.
func (b *Book) look(i int, s Sheet) error {
	var rows []line
	err := b.source.rows(i, func(number int, cells []cell) error {
		rows = append(rows, line{number, append([]cell(nil), cells...)})
		if len(rows) == headRows {
			return errSeenEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errSeenEnough) {
		return err
	}
	t, found := findTable(rows)
	if !found {
		for _, row := range rows {
			t.grow(len(row.cells))
		}
	}
	s.Found, s.Header, s.Columns = found, t.last, t.columns
	for _, row := range rows {
		if found && row.number < t.first {
			s.Titles = append(s.Titles, joined(row.cells))
		}
		if row.number > t.last && len(s.Sample) < 8 {
			s.Sample = append(s.Sample, shown(row.cells))
		}
	}
	b.Sheets = append(b.Sheets, s)
	return nil
}

// joined is what a row says when read across.
func joined(cells []cell) string {
	return identity.CleanSpaces(strings.Join(shown(cells), " "))
}

func shown(cells []cell) []string {
	all := make([]string, len(cells))
	for i, c := range cells {
		all[i] = tidy(c.text)
	}
	return all
}

// Title is the title of a field's column, "" for none.
func (s *Sheet) Title(f Field) string {
	if i := s.Column(f); i >= 0 {
		return s.Columns[i].Title
	}
	return ""
}
