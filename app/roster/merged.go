package roster

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
)

// span is a cell that was merged over several rows of its column: "Sepaso" beside forty people.
type span struct {
	column   int
	from, to int // lines
}

// merged lists the spans of a sheet. They stand behind all rows, so the sheet is run through once
// before its rows are read.
func (w *workbook) merged(sheet int) []span {
	closer, r, err := w.open(w.sheets[sheet].part)
	if err != nil {
		return nil // reading the rows says so
	}
	spans := findSpans(r)
	if err := closer.Close(); err != nil {
		return nil
	}
	return spans
}

// maxSpans bounds what a hostile workbook can make us keep.
const maxSpans = 100_000

func findSpans(r io.Reader) []span {
	var spans []span
	in := bufio.NewReaderSize(r, 1<<16)
	for len(spans) < maxSpans {
		piece, err := in.ReadSlice('>')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			break
		}
		if i := bytes.LastIndexByte(piece, '<'); i >= 0 && bytes.HasPrefix(piece[i:], []byte("<mergeCell ")) {
			if s, ok := spanOf(string(piece[i:])); ok {
				spans = append(spans, s)
			}
		}
	}
	return spans
}

// spanOf reads `<mergeCell ref="F7:F46"/>`. Only merges inside one column are spans.
func spanOf(tag string) (span, bool) {
	_, ref, _ := strings.Cut(tag, `ref="`)
	ref, _, ok := strings.Cut(ref, `"`)
	from, to, both := strings.Cut(ref, ":")
	column, first := cellRef(from)
	last, end := cellRef(to)
	return span{column, first, end}, ok && both && column == last && first > 0 && first < end
}

func cellRef(ref string) (column, line int) {
	column, ok := columnOf(ref)
	line, err := strconv.Atoi(strings.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	if !ok || err != nil {
		return -1, 0
	}
	return column, line
}

// merged of a text file is nothing.
func (t separated) merged(int) []span { return nil }

// unmerge puts the text of merged cells back into the rows that they cover.
type unmerge struct {
	spans []span
	texts []cell
}

// fill completes the village and the district of a row.
func (u *unmerge) fill(number int, cells []cell) []cell {
	for i, s := range u.spans {
		switch {
		case number == s.from && s.column < len(cells):
			u.texts[i] = cells[s.column]
		case number > s.from && number <= s.to && u.texts[i].text != "":
			for len(cells) <= s.column {
				cells = append(cells, cell{})
			}
			if cells[s.column].text == "" {
				cells[s.column] = u.texts[i]
			}
		}
	}
	return cells
}

// places keeps the spans of the columns that say where people live.
func places(spans []span, at *layout) *unmerge {
	u := &unmerge{}
	for _, s := range spans {
		if (s.column == at[Village] || s.column == at[District]) && len(u.spans) < 2_000 {
			u.spans = append(u.spans, s)
		}
	}
	u.texts = make([]cell, len(u.spans))
	return u
}
