package roster

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"loket/app"
)

// writeText copies a text file with the remarks behind its columns: the same separator and the same
// line numbers, in UTF-8 with the mark that Excel needs.
func (b *Book) writeText(w io.Writer, r *Result) error {
	width, err := b.width(0)
	if err != nil {
		return err
	}
	t := textWriter{w: bufio.NewWriter(w), sep: string(b.source.(separated).sep), next: 1}
	judged := r.bySheet("")
	t.write("\uFEFF")
	err = b.source.rows(0, func(number int, cells []cell) error {
		values := make([]string, max(width+2, len(cells)))
		for i, c := range cells {
			values[i] = c.text
		}
		if row := judged[number]; row != nil {
			values[width], values[width+1] = remarks(row)
		}
		if number == b.Sheets[0].Header {
			values[width], values[width+1] = remarkTitles()
		}
		t.row(number, values)
		return nil
	})
	if err != nil {
		return err
	}
	return app.Wrap("roster.rejects", app.FileUnwritten, errors.Join(t.err, t.w.Flush()))
}

type textWriter struct {
	w    *bufio.Writer
	sep  string
	next int // the line that would be written next
	err  error
}

func (t *textWriter) write(s string) {
	if t.err == nil {
		_, t.err = t.w.WriteString(s)
	}
}

// row writes a row at its line, after the empty lines that stood before it.
func (t *textWriter) row(number int, values []string) {
	for ; t.next < number; t.next++ {
		t.write("\r\n")
	}
	for i, v := range values {
		if i > 0 {
			t.write(t.sep)
		}
		t.next += strings.Count(v, "\n")
		t.write(t.quoted(harmless(v)))
	}
	t.write("\r\n")
	t.next++
}

func (t *textWriter) quoted(v string) string {
	if !strings.ContainsAny(v, t.sep+"\"\r\n") {
		return v
	}
	return `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
}

// harmless puts an apostrophe before what a spreadsheet would calculate. A sign alone is none.
func harmless(v string) string {
	if len(v) > 1 && strings.ContainsRune("=+-@\t\r", rune(v[0])) {
		return "'" + v
	}
	return v
}
