package drawing

import "strings"

// Run is a stretch of text in one weight.
type Run struct {
	Text string
	Bold bool
}

// TextLine is a line of wrapped text.
type TextLine []Run

// String is the line's text alone.
func (l TextLine) String() string {
	var b strings.Builder
	for _, r := range l {
		b.WriteString(r.Text)
	}
	return b.String()
}

// Width is the line's width in a style.
func (l TextLine) Width(s Style) float64 {
	sum := 0.0
	for _, r := range l {
		sum += r.style(s).Width(r.Text)
	}
	return sum
}

func (r Run) style(s Style) Style {
	if r.Bold {
		s.Font = Bold
	}
	return s
}

// Wrap breaks text into lines of at most width mm, between words; a word that is longer than a
// line is broken itself. A no-break space holds words together, and between ** and ** text is bold.
func Wrap(text string, s Style, width float64) []TextLine {
	var lines []TextLine
	var line TextLine
	for _, word := range split(text) {
		longer := join(line, word)
		if line == nil || longer.Width(s) <= width {
			line = longer
		} else {
			lines, line = append(lines, line), word
		}
		for line.Width(s) > width && len([]rune(line.String())) > 1 {
			head, tail := breakAt(line, s, width)
			lines, line = append(lines, head), tail
		}
	}
	if line != nil {
		lines = append(lines, line)
	}
	return lines
}

// split cuts text into words; a word can change weight within itself ("**175**,").
func split(text string) []TextLine {
	var words []TextLine
	bold := false
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == '\n' }) {
		var runs TextLine
		for i, part := range strings.Split(word, "**") {
			if i > 0 {
				bold = !bold
			}
			if part != "" {
				runs = append(runs, Run{part, bold})
			}
		}
		if runs != nil {
			words = append(words, runs)
		}
	}
	return words
}

// join appends a word to a line, melting runs of the same weight.
func join(line, word TextLine) TextLine {
	if line == nil {
		return word
	}
	out := append(TextLine(nil), line...)
	last := &out[len(out)-1]
	last.Text += " "
	if last.Bold == word[0].Bold {
		last.Text += word[0].Text
		word = word[1:]
	}
	return append(out, word...)
}

// breakAt cuts a single overlong word after the last character that still fits.
func breakAt(line TextLine, s Style, width float64) (head, tail TextLine) {
	runes := []rune(line.String())
	n := 1
	for n < len(runes)-1 && line.first(n+1).Width(s) <= width {
		n++
	}
	return line.first(n), line.after(n)
}

func (l TextLine) first(n int) TextLine {
	var out TextLine
	for _, r := range l {
		if n <= 0 {
			break
		}
		runes := []rune(r.Text)
		k := min(n, len(runes))
		out = append(out, Run{string(runes[:k]), r.Bold})
		n -= k
	}
	return out
}

func (l TextLine) after(n int) TextLine {
	var out TextLine
	for _, r := range l {
		runes := []rune(r.Text)
		k := min(n, len(runes))
		if k < len(runes) {
			out = append(out, Run{string(runes[k:]), r.Bold})
		}
		n -= k
	}
	return out
}
