package drawing

import (
	"slices"
	"strings"
	"unicode"
)

// Style is how text looks. Size is in points, as everybody speaks of type; Spacing is what is
// added after each character, in mm; Leading is the distance of lines in sizes (0 means 1.4).
type Style struct {
	Font    Font
	Size    float64
	Colour  Colour
	Align   Align
	Spacing float64
	Leading float64
}

// Align says which part of the text stands at its X.
type Align uint8

// The alignments.
const (
	Left Align = iota
	Centre
	Right
)

// PointMM is the length of a typographic point.
const PointMM = 25.4 / 72

// LineHeight is the distance between two baselines.
func (s Style) LineHeight() float64 {
	if s.Leading == 0 {
		return 1.4 * s.Size * PointMM
	}
	return s.Leading * s.Size * PointMM
}

// Width measures one line of text in mm, spacing included but not after the last character.
func (s Style) Width(text string) float64 {
	ems, count := 0.0, 0
	for _, r := range text {
		ems += s.Font.Advance(r)
		count++
	}
	return ems*s.Size*PointMM + s.Spacing*float64(max(0, count-1))
}

// Start is where the first character stands.
func (t Text) Start() float64 {
	switch t.Style.Align {
	case Centre:
		return t.X - t.Style.Width(t.Content)/2
	case Right:
		return t.X - t.Style.Width(t.Content)
	}
	return t.X
}

// With changes the weight.
func (s Style) With(f Font) Style { s.Font = f; return s }

// In changes the colour.
func (s Style) In(c Colour) Style { s.Colour = c; return s }

// To changes the alignment.
func (s Style) To(a Align) Style { s.Align = a; return s }

// Fit makes the text smaller, in quarter points, until it is at most width mm wide or smallest
// points small.
func (s Style) Fit(text string, width, smallest float64) Style {
	for s.Size-0.25 >= smallest && s.Width(text) > width {
		s.Size -= 0.25
	}
	return s
}

// Clean replaces what the font cannot draw by a visible mark and says what that was. Line breaks,
// tabs and other control characters become spaces.
func Clean(f Font, text string) (clean string, missing []rune) {
	clean = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp): // hidden, and may turn what stands beside it
			return -1
		case r > 0xFFFF || !f.Has(r): // PDF fonts here end with the first plane
			if !slices.Contains(missing, r) {
				missing = append(missing, r)
			}
			return Replacement
		}
		return r
	}, text)
	return clean, missing
}

// Write draws one line of text and returns its width.
func (d *Drawing) Write(x, y float64, s Style, text string) float64 {
	t := Text{X: x, Y: y, Style: s, Content: d.clean(s.Font, text)}
	if strings.TrimSpace(t.Content) != "" {
		d.Add(t)
	}
	return s.Width(t.Content)
}

// Paragraph draws wrapped text with its first baseline at y, and returns the baseline of the line
// that would follow. Between ** and ** text is bold.
func (d *Drawing) Paragraph(x, y, width float64, s Style, text string) float64 {
	for _, line := range Wrap(d.clean(s.Font, text), s, width) {
		at := x
		switch s.Align {
		case Centre:
			at -= line.Width(s) / 2
		case Right:
			at -= line.Width(s)
		}
		for _, run := range line {
			at += d.Write(at, y, run.style(s).To(Left), run.Text)
		}
		y += s.LineHeight()
	}
	return y
}

func (d *Drawing) clean(f Font, text string) string {
	clean, missing := Clean(f, text)
	for _, r := range missing {
		if !slices.Contains(d.Missing, r) {
			d.Missing = append(d.Missing, r)
		}
	}
	return clean
}
