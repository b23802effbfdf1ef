package widgets

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"loket/app/identity"
	"loket/ui/theme"
)

// Style is how words are set.
type Style struct {
	Size   fyne.ThemeSizeName
	Colour fyne.ThemeColorName
	Weight fyne.Resource // theme.SemiBold, theme.Bold; nil is regular
	Align  fyne.TextAlign
}

// The styles of Loket.
var (
	Body       = Style{Size: theme.Text, Colour: theme.Ink}
	Strong     = Style{Size: theme.Text, Colour: theme.Ink, Weight: theme.SemiBold}
	Quiet      = Style{Size: theme.Text, Colour: theme.Muted}
	LabelStyle = Style{Size: theme.Label, Colour: theme.Muted}
	SmallStyle = Style{Size: theme.Small, Colour: theme.Muted}
	Section    = Style{Size: theme.Section, Colour: theme.Muted, Weight: theme.SemiBold}
	LargeStyle = Style{Size: theme.Large, Colour: theme.Ink, Weight: theme.Bold}
	TitleStyle = Style{Size: theme.Title, Colour: theme.Ink, Weight: theme.Bold}
	NumberFace = Style{Size: theme.Number, Colour: theme.Ink, Weight: theme.Bold}
	HugeStyle  = Style{Size: theme.Huge, Colour: theme.Ink, Weight: theme.Bold}
)

// In gives the style another colour.
func (s Style) In(colour fyne.ThemeColorName) Style { s.Colour = colour; return s }

// Centred centres the style.
func (s Style) Centred() Style { s.Align = fyne.TextAlignCenter; return s }

// Right sets the style to the right, as sums stand.
func (s Style) Right() Style { s.Align = fyne.TextAlignTrailing; return s }

type fit int

const (
	asWide fit = iota // one line, as wide as it must be
	wrap              // as many lines as it needs
	cut               // one line, ending in … where there is no room
)

// Text is words on a screen, whoever wrote them: nothing hidden in them turns or hides others.
type Text struct {
	widget.BaseWidget
	text   string
	style  Style
	fit    fit
	width  float32 // that the lines were broken for
	widest float32 // of its words, where it wraps
	lines  []fyne.CanvasObject
}

// NewText is one line.
func NewText(style Style, text string) *Text { return newText(style, text, asWide) }

// NewPara wraps to as many lines as it needs.
func NewPara(style Style, text string) *Text { return newText(style, text, wrap) }

// NewCut is one line that ends in … where there is no room.
func NewCut(style Style, text string) *Text { return newText(style, text, cut) }

func newText(style Style, text string, f fit) *Text {
	t := &Text{text: identity.Shown(text), style: style, fit: f}
	t.ExtendBaseWidget(t)
	t.set()
	return t
}

// Text tells what stands there.
func (t *Text) Text() string { return t.text }

// SetText changes the words.
func (t *Text) SetText(text string) {
	if text = identity.Shown(text); t.text != text {
		t.text = text
		t.Refresh()
	}
}

// SetStyle changes how they are set.
func (t *Text) SetStyle(style Style) {
	t.style = style
	t.Refresh()
}

// Refresh sets the lines again, in the theme of now.
func (t *Text) Refresh() {
	t.set()
	t.BaseWidget.Refresh()
}

// set breaks the words into lines for the width.
func (t *Text) set() {
	var lines []string
	if t.fit == wrap {
		t.measure()
	}
	switch {
	case t.fit == wrap && t.width > 0:
		lines = t.broken()
	case t.fit == cut && t.width > 0:
		lines = []string{t.shortened()}
	default:
		lines = strings.Split(t.text, "\n")
	}
	t.lines = nil
	for _, line := range lines {
		t.lines = append(t.lines, t.line(line))
	}
	t.place()
}

func (t *Text) line(s string) *canvas.Text {
	line := canvas.NewText(s, theme.Color(t.style.Colour))
	line.TextSize = theme.Size(t.style.Size)
	line.Alignment = t.style.Align
	line.FontSource = t.style.Weight
	return line
}

func (t *Text) place() {
	y := float32(0)
	for _, l := range t.lines {
		h := l.MinSize().Height
		l.Resize(fyne.NewSize(t.width, h))
		l.Move(fyne.NewPos(0, y))
		y += h
	}
}

func (t *Text) widthOf(s string) float32 { return t.line(s).MinSize().Width }

func (t *Text) measure() {
	t.widest = 0
	for _, word := range strings.Fields(t.text) {
		t.widest = max(t.widest, t.widthOf(word))
	}
}

// broken is the text in lines that fit, broken between words.
func (t *Text) broken() (lines []string) {
	space := t.widthOf("a b") - t.widthOf("ab")
	for _, paragraph := range strings.Split(t.text, "\n") {
		line, used := "", float32(0)
		for _, word := range t.fitting(strings.Fields(paragraph)) {
			w := t.widthOf(word)
			if line != "" && used+space+w > t.width+0.5 {
				lines, line, used = append(lines, line), "", 0
			}
			if line != "" {
				line, used = line+" ", used+space
			}
			line, used = line+word, used+w
		}
		lines = append(lines, line)
	}
	return lines
}

// fitting breaks words that are wider than a line: a file's name, a number.
func (t *Text) fitting(words []string) (out []string) {
	for _, word := range words {
		for t.widest > t.width && len(word) > 1 && t.widthOf(word) > t.width {
			n := t.fits(word, "")
			out, word = append(out, word[:n]), word[n:]
		}
		out = append(out, word)
	}
	return out
}

// fits counts the bytes of a text that have room before an ending; at least one character.
func (t *Text) fits(text, ending string) int {
	last := 0
	for i := range text {
		if last > 0 && t.widthOf(text[:i]+ending) > t.width {
			return last
		}
		last = i
	}
	_, one := utf8.DecodeRuneInString(text)
	return max(last, one)
}

func (t *Text) shortened() string {
	one := strings.ReplaceAll(t.text, "\n", " ")
	if t.widthOf(one) <= t.width+0.5 {
		return one
	}
	return strings.TrimRight(one[:t.fits(one, "…")], " ") + "…"
}

// CreateRenderer is the toolkit's way to ask for what to draw.
func (t *Text) CreateRenderer() fyne.WidgetRenderer { return &textRenderer{t} }

type textRenderer struct{ t *Text }

func (r *textRenderer) Layout(size fyne.Size) {
	if r.t.width == size.Width {
		return
	}
	r.t.width = size.Width
	if r.t.fit == asWide {
		r.t.place()
		return
	}
	r.t.set()
}

func (r *textRenderer) MinSize() (least fyne.Size) {
	for _, l := range r.t.lines {
		m := l.MinSize()
		least.Width = max(least.Width, m.Width)
		least.Height += m.Height
	}
	switch r.t.fit {
	case wrap:
		least.Width = min(r.t.widest, 10*theme.Size(r.t.style.Size))
	case cut:
		least.Width = min(least.Width, 3*theme.Size(r.t.style.Size))
	}
	return least
}

func (r *textRenderer) Refresh()                     { canvas.Refresh(r.t) }
func (r *textRenderer) Destroy()                     {}
func (r *textRenderer) Objects() []fyne.CanvasObject { return r.t.lines }
