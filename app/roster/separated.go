package roster

import (
	"slices"
	"strings"

	"loket/app"
)

// separated is a text file of lines with separated cells.
type separated struct {
	text string
	sep  byte
}

// rows visits every line that holds something. A cell in quotes may go over several lines; the row
// then has the number of its first line.
func (t separated) rows(_ int, visit func(line int, cells []cell) error) error {
	c := cutter{rest: t.text, sep: t.sep}
	for line := 1; c.rest != ""; {
		start := line
		cells, ended, err := c.row()
		if err != nil {
			return app.Fail(app.RosterLineTooLong, "line", start)
		}
		line += ended
		if start == 1 && len(cells) <= 2 && strings.HasPrefix(cells[0].text, "sep=") {
			continue
		}
		if !filled(cells) {
			continue
		}
		if err := visit(start, cells); err != nil {
			return err
		}
	}
	return nil
}

func (t separated) size() int { return strings.Count(t.text, "\n") }

func filled(cells []cell) bool {
	return slices.ContainsFunc(cells, func(c cell) bool { return c.text != "" })
}

// cutter cuts a text into rows and cells. Cells are parts of the text wherever possible.
type cutter struct {
	rest  string
	sep   byte
	cells []cell
}

// row cuts the next row and says how many lines it ended. The cells are good until the next call.
func (c *cutter) row() (cells []cell, ended int, err error) {
	c.cells = c.cells[:0]
	size := len(c.rest)
	for {
		value, lines := c.cell()
		ended += lines
		if size-len(c.rest) > maxLine || len(value) > maxCell*4 {
			return nil, 0, errTooMuch
		}
		if len(c.cells) < maxColumns {
			c.cells = append(c.cells, cell{text: value})
		}
		if c.rest == "" {
			return c.cells, ended + 1, nil
		}
		mark := c.rest[0]
		c.rest = c.rest[1:]
		switch mark {
		case c.sep:
			continue
		case '\r':
			c.rest = strings.TrimPrefix(c.rest, "\n")
		}
		return c.cells, ended + 1, nil
	}
}

// cell cuts one cell and leaves the sign that ends it.
func (c *cutter) cell() (value string, lines int) {
	if strings.HasPrefix(c.rest, `"`) {
		if value, lines, ok := c.quoted(); ok {
			return value, lines
		}
	}
	for i := range len(c.rest) {
		if b := c.rest[i]; b == c.sep || b == '\n' || b == '\r' {
			value, c.rest = c.rest[:i], c.rest[i:]
			return value, 0
		}
	}
	value, c.rest = c.rest, ""
	return value, 0
}

// maxQuoted is how many lines a cell in quotes may have. Beyond it the quote is taken as a sign
// that somebody forgot to close, so that it does not swallow the rest of the list.
const maxQuoted = 20

// quoted cuts a cell in quotes; ok is false when the quote closes nowhere near.
func (c *cutter) quoted() (value string, lines int, ok bool) {
	doubled := false
	s := c.rest[1:min(len(c.rest), maxLine)]
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\n':
			if lines++; lines > maxQuoted {
				return "", 0, false
			}
		case '"':
			if i+1 < len(s) && s[i+1] == '"' {
				doubled = true
				i++
				continue
			}
			return c.closed(s[:i], doubled, lines)
		}
	}
	return "", 0, false
}

func (c *cutter) closed(value string, doubled bool, lines int) (string, int, bool) {
	rest := c.rest[len(value)+2:]
	if rest != "" && rest[0] != c.sep && rest[0] != '\n' && rest[0] != '\r' {
		return "", 0, false // "Abdul" Rahman: the quotes belong to the name
	}
	c.rest = rest
	if doubled {
		value = strings.ReplaceAll(value, `""`, `"`)
	}
	return value, lines, true
}

// separators, the likeliest first where two fit equally well.
var separators = []byte{';', '\t', ',', '|'}

// findSeparator chooses the sign that cuts the first lines most evenly into most cells.
func findSeparator(s string) byte {
	if len(s) > 5 && strings.HasPrefix(s, "sep=") {
		return s[4]
	}
	best, most := separators[0], 0
	for _, sep := range separators {
		c := cutter{rest: s, sep: sep}
		widths := map[int]int{}
		for range 100 {
			if c.rest == "" {
				break
			}
			cells, _, err := c.row()
			if err != nil {
				break
			}
			if len(cells) > 1 {
				widths[len(cells)]++
			}
		}
		for width, times := range widths {
			if score := (min(width, 30) - 1) * times; score > most {
				best, most = sep, score
			}
		}
	}
	return best
}
