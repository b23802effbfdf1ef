package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"loket/ui/theme"
)

// PIN is a PIN pad: large keys for fingers, and the keyboard's digits when it has the focus. The
// digits are never shown.
type PIN struct {
	widget.BaseWidget
	OnDone func(pin string)

	desk  Desk
	least int
	most  int
	pin   []rune
	burst Burst
	dots  *fyne.Container
	ring  *canvas.Rectangle
	root  *fyne.Container
}

// NewPIN makes a pad for a PIN of least to most digits; done is the word of its last key.
func NewPIN(d Desk, least, most int, done string) *PIN {
	p := &PIN{desk: d, least: least, most: most, dots: Row(12), ring: &canvas.Rectangle{}}
	show := container.NewStack(p.ring, Sized(0, 48*theme.Scale(), container.NewCenter(p.dots)))
	keys := NumberPad(d, p.digit, p.erase)
	finish := NewButton(d, Primary, done, p.done).Large()
	p.root = Column(12, show, keys, finish)
	p.ExtendBaseWidget(p)
	p.render(false)
	return p
}

// Clear forgets what was typed.
func (p *PIN) Clear() { p.pin = nil; p.render(true) }

// Focus brings the keyboard here.
func (p *PIN) Focus() { p.desk.Focus(p, 0) }

func (p *PIN) digit(r rune) {
	if len(p.pin) < p.most {
		p.pin = append(p.pin, r)
		p.render(true)
	}
	p.Focus()
}

func (p *PIN) erase() {
	if len(p.pin) > 0 {
		p.pin = p.pin[:len(p.pin)-1]
		p.render(true)
	}
	p.Focus()
}

func (p *PIN) done() {
	if len(p.pin) < p.least || p.OnDone == nil {
		return
	}
	pin := string(p.pin)
	p.pin = nil
	p.render(true)
	p.OnDone(pin)
}

// TypedRune takes a digit.
func (p *PIN) TypedRune(r rune) {
	p.burst.Add(r)
	defer p.burst.Done()
	if r >= '0' && r <= '9' {
		p.digit(r)
	}
}

// TypedKey takes Enter and Backspace; other keys go on.
func (p *PIN) TypedKey(ev *fyne.KeyEvent) {
	switch {
	case ev.Name == fyne.KeyBackspace || ev.Name == fyne.KeyDelete:
		p.erase()
	case isEnter(ev.Name):
		if text, ok := p.burst.End(); ok && p.desk.Scanned(text) {
			p.Clear()
			return
		}
		p.done()
	default:
		p.desk.Key(ev)
	}
}

// TypedShortcut hands chords on.
func (p *PIN) TypedShortcut(s fyne.Shortcut) { p.desk.Shortcut(s) }

// FocusGained shows where the keyboard is.
func (p *PIN) FocusGained() { p.render(true); p.desk.Rune(0) }

// FocusLost takes that away.
func (p *PIN) FocusLost() { p.render(false) }

func (p *PIN) render(focused bool) {
	p.ring.FillColor, p.ring.CornerRadius = theme.Color(theme.Surface), theme.Size(theme.Corner)
	p.ring.StrokeColor, p.ring.StrokeWidth = theme.Color(theme.Edge), 1
	if focused {
		p.ring.StrokeColor, p.ring.StrokeWidth = theme.Color(theme.TealText), 2
	}
	p.dots.Objects = nil
	for i := range max(p.least, len(p.pin)) {
		dot := canvas.NewCircle(color.Transparent)
		dot.StrokeColor, dot.StrokeWidth = theme.Color(theme.Edge), 1.5
		if i < len(p.pin) {
			dot.FillColor, dot.StrokeColor = theme.Color(theme.TealText), theme.Color(theme.TealText)
		}
		p.dots.Add(Sized(14, 14, dot))
	}
	p.root.Refresh()
}

// CreateRenderer is the toolkit's way to ask for what to draw.
func (p *PIN) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.root) }

// NumberPad is ten digits and a key to take one back, for fingers.
func NumberPad(d Desk, digit func(rune), erase func()) fyne.CanvasObject {
	side := theme.Size(theme.Key)
	face := Face{Fill: theme.Surface, Stroke: theme.Line, Radius: 8, Least: fyne.NewSize(side, side)}
	key := func(r rune) fyne.CanvasObject {
		return NewTouch(face, NewText(LargeStyle, string(r)), func() { digit(r) })
	}
	back := NewTouch(face, NewIcon("erase", theme.Ink, 24*theme.Scale()), erase)
	return Column(8,
		Beside(8, key('1'), key('2'), key('3')),
		Beside(8, key('4'), key('5'), key('6')),
		Beside(8, key('7'), key('8'), key('9')),
		Beside(8, Gap(), key('0'), back),
	)
}

// TouchKey is a key for fingers only: Tab passes over it, because the keyboard has keys of its own.
type TouchKey struct {
	widget.BaseWidget
	press *Press
}

// NewTouch makes a key for fingers and mouse.
func NewTouch(face Face, content fyne.CanvasObject, act func()) *TouchKey {
	t := &TouchKey{press: NewPress(nil, face, content, act)}
	t.ExtendBaseWidget(t)
	return t
}

func (t *TouchKey) Tapped(ev *fyne.PointEvent)     { t.press.Tapped(ev) }
func (t *TouchKey) MouseIn(*desktop.MouseEvent)    { t.press.hovered = true; t.Refresh() }
func (t *TouchKey) MouseMoved(*desktop.MouseEvent) {}
func (t *TouchKey) MouseOut()                      { t.press.hovered = false; t.Refresh() }

func (t *TouchKey) CreateRenderer() fyne.WidgetRenderer {
	t.press.self = t
	return newPressRenderer(t.press)
}
