package roster

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// rows visits every row of a sheet that holds something.
func (w *workbook) rows(sheet int, visit func(line int, cells []cell) error) error {
	closer, r, err := w.open(w.sheets[sheet].part)
	if err != nil {
		return unreadable(err)
	}
	s := scan{book: w, visit: visit}
	s.texts.one = &s.value
	err = s.read(xml.NewDecoder(r))
	if s.refused != nil {
		return errors.Join(s.refused, closer.Close())
	}
	return unreadable(errors.Join(err, closer.Close()))
}

// size guesses the number of rows from the sheets' bytes: a row of a list takes 500 or more.
func (w *workbook) size() int {
	n := 0
	for _, s := range w.sheets {
		if f := w.parts[s.part]; f != nil {
			n += int(f.UncompressedSize64 / 500)
		}
	}
	return n
}

// scan is the reading of one sheet: where it stands, and the cell that it is in.
type scan struct {
	book    *workbook
	visit   func(line int, cells []cell) error
	refused error // what visit answered

	line   int
	column int
	cells  []cell

	kind    string // the cell's t attribute
	style   int
	value   strings.Builder
	inValue bool
	texts   texts // of an inline text
}

func (s *scan) read(x *xml.Decoder) error {
	for {
		token, err := x.RawToken()
		if errors.Is(err, io.EOF) {
			return io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			s.start(token)
		case xml.CharData:
			if s.inValue && s.value.Len() < maxCell*4 {
				s.value.Write(token)
			}
			s.texts.take(token)
		case xml.EndElement:
			if done := s.end(token); done || s.refused != nil {
				return nil
			}
		}
	}
}

func (s *scan) start(e xml.StartElement) {
	switch e.Name.Local {
	case "row":
		s.line++
		if n, err := strconv.Atoi(attr(e, "r")); err == nil && n > 0 {
			s.line = n
		}
		s.column, s.cells = -1, s.cells[:0]
	case "c":
		s.column++
		if n, ok := columnOf(attr(e, "r")); ok {
			s.column = n
		}
		s.kind = attr(e, "t")
		s.style = 0
		if n, err := strconv.Atoi(attr(e, "s")); err == nil {
			s.style = n
		}
		s.value.Reset()
	case "v":
		s.inValue = true
	case "t", "rPh":
		s.texts.take(e)
	}
}

// end closes an element; done says that all rows were read.
func (s *scan) end(e xml.EndElement) (done bool) {
	switch e.Name.Local {
	case "v":
		s.inValue = false
	case "t", "rPh":
		s.texts.take(e)
	case "c":
		if s.value.Len() > 0 && s.column < maxColumns {
			s.put(s.cell(s.value.String()))
		}
	case "row":
		if filled(s.cells) {
			s.refused = s.visit(s.line, s.cells)
		}
	case "sheetData", "worksheet":
		return true
	}
	return false
}

func (s *scan) put(c cell) {
	for len(s.cells) <= s.column {
		s.cells = append(s.cells, cell{})
	}
	s.cells[s.column] = c
}

// cell is what a stored value means (ECMA-376, 18.18.11).
func (s *scan) cell(raw string) cell {
	switch s.kind {
	case "s":
		i, err := strconv.Atoi(raw)
		if err != nil || i < 0 || i >= len(s.book.strings) {
			return cell{}
		}
		return cell{text: s.book.strings[i]}
	case "str", "inlineStr":
		return cell{text: raw}
	case "e":
		return cell{raw, wrong}
	case "b":
		return cell{text: map[string]string{"1": "TRUE", "0": "FALSE"}[raw]}
	case "d":
		day, _, _ := strings.Cut(raw, "T")
		return cell{day, date}
	}
	if s.style > 0 && s.style < len(s.book.dates) && s.book.dates[s.style] {
		if day, ok := serialDate(raw, s.book.epoch); ok {
			return cell{day.ISO(), date}
		}
	}
	return numberCell(raw)
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// columnOf reads the letters of "AB12", from 0 on.
func columnOf(ref string) (int, bool) {
	n := 0
	for i := range len(ref) {
		c := ref[i]
		if c < 'A' || c > 'Z' {
			break
		}
		if n = n*26 + int(c-'A') + 1; n > 1<<20 {
			return 0, false
		}
	}
	return n - 1, n > 0
}
