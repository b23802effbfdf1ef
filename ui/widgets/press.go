package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"loket/ui/theme"
)

// Face is how something to press looks: the colours may be empty for none.
type Face struct {
	Fill, Stroke fyne.ThemeColorName
	Radius       float32
	PadX, PadY   float32
	Least        fyne.Size
	Left         bool // content stands at the left and fills, instead of in the middle
}

// Press is anything that can be pressed: with mouse, finger, Space or Enter. Buttons, chips,
// tiles, rows and keys of the number pad are made of it.
type Press struct {
	widget.BaseWidget
	desk                  Desk
	face                  Face
	content               fyne.CanvasObject
	act                   func()
	off, hovered, focused bool
	self                  fyne.Widget // what stands in the tree: this, or what is built on it
}

// NewPress makes something to press. The desk gets the keys that it has no use for.
func NewPress(d Desk, face Face, content fyne.CanvasObject, act func()) *Press {
	p := &Press{}
	p.become(p, d, face, content, act)
	return p
}

func (p *Press) become(self fyne.Widget, d Desk, face Face, content fyne.CanvasObject, act func()) {
	p.self, p.desk, p.face, p.content, p.act = self, d, face, content, act
	p.ExtendBaseWidget(self)
}

// SetFace changes how it looks and what it shows.
func (p *Press) SetFace(face Face, content fyne.CanvasObject) {
	p.face, p.content = face, content
	p.Refresh()
}

// Allow lets it be pressed, or not.
func (p *Press) Allow(on bool) {
	if p.off == on {
		p.off = !on
		p.Refresh()
	}
}

// Enable and Disable are Allow, as the toolkit calls it: Tab passes over what is off.
func (p *Press) Enable() { p.Allow(true) }

// Disable lets it not be pressed.
func (p *Press) Disable() { p.Allow(false) }

// Disabled says whether it cannot be pressed now.
func (p *Press) Disabled() bool { return p.off }

// Tapped presses it.
func (p *Press) Tapped(*fyne.PointEvent) {
	if p.desk != nil {
		p.desk.Rune(0) // somebody is there
	}
	if !p.off && p.act != nil {
		p.act()
	}
}

// TypedKey presses it by Space or Enter and hands other keys on.
func (p *Press) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if !p.desk.Key(ev) { // the end of a scan is not a press
			p.Tapped(nil)
		}
	case fyne.KeySpace:
		p.Tapped(nil)
	case fyne.KeyRight, fyne.KeyDown:
		p.desk.Focus(nil, 1)
	case fyne.KeyLeft, fyne.KeyUp:
		p.desk.Focus(nil, -1)
	default:
		p.desk.Key(ev)
	}
}

// TypedRune hands characters on: a scanner may be typing.
func (p *Press) TypedRune(r rune) { p.desk.Rune(r) }

// TypedShortcut hands chords on.
func (p *Press) TypedShortcut(s fyne.Shortcut) { p.desk.Shortcut(s) }

// FocusGained shows the ring.
func (p *Press) FocusGained() {
	p.focused = true
	p.Refresh()
	if p.desk != nil {
		p.desk.Rune(0)
	}
}

// FocusLost takes the ring away.
func (p *Press) FocusLost() { p.focused = false; p.Refresh() }

// MouseIn shades it.
func (p *Press) MouseIn(*desktop.MouseEvent) { p.hovered = true; p.Refresh() }

// MouseMoved changes nothing.
func (p *Press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the shade away.
func (p *Press) MouseOut() { p.hovered = false; p.Refresh() }

// Cursor is a hand.
func (p *Press) Cursor() desktop.Cursor {
	if p.off {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

var _ fyne.Disableable = (*Press)(nil)

// CreateRenderer is the toolkit's way to ask for what to draw.
func (p *Press) CreateRenderer() fyne.WidgetRenderer {
	return newPressRenderer(p)
}

type pressRenderer struct {
	p                *Press
	back, over, ring *canvas.Rectangle
	size             fyne.Size
}

func newPressRenderer(p *Press) *pressRenderer {
	r := &pressRenderer{p: p, back: &canvas.Rectangle{}, over: &canvas.Rectangle{}, ring: &canvas.Rectangle{}}
	r.render()
	return r
}

func (r *pressRenderer) render() {
	f := r.p.face
	for _, rect := range []*canvas.Rectangle{r.back, r.over, r.ring} {
		rect.CornerRadius = f.Radius
	}
	r.back.FillColor, r.back.StrokeColor, r.back.StrokeWidth = colourOr(f.Fill), colourOr(f.Stroke), 1
	if f.Stroke == "" {
		r.back.StrokeWidth = 0
	}
	r.over.FillColor = color.Transparent
	switch {
	case r.p.off:
		r.over.FillColor = veil()
	case r.p.hovered:
		r.over.FillColor = theme.Color(fynetheme.ColorNameHover)
	}
	r.ring.FillColor, r.ring.StrokeColor, r.ring.StrokeWidth = color.Transparent, color.Transparent, 0
	if r.p.focused {
		r.ring.StrokeColor, r.ring.StrokeWidth = theme.Color(theme.Accent), 2
	}
}

func (r *pressRenderer) Layout(size fyne.Size) {
	r.size = size
	for _, rect := range []*canvas.Rectangle{r.back, r.over, r.ring} {
		rect.Resize(size)
	}
	f := r.p.face
	room := size.Subtract(fyne.NewSize(2*f.PadX, 2*f.PadY))
	if !f.Left {
		m := r.p.content.MinSize()
		room = fyne.NewSize(min(m.Width, room.Width), min(m.Height, room.Height))
	}
	r.p.content.Resize(room)
	r.p.content.Move(fyne.NewPos((size.Width-room.Width)/2, (size.Height-room.Height)/2))
}

func (r *pressRenderer) MinSize() fyne.Size {
	f := r.p.face
	return r.p.content.MinSize().Add(fyne.NewSize(2*f.PadX, 2*f.PadY)).Max(f.Least)
}

func (r *pressRenderer) Refresh() {
	r.render()
	r.Layout(r.size)
	canvas.Refresh(r.p.self)
}
func (r *pressRenderer) Destroy() {}
func (r *pressRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.p.content, r.over, r.ring}
}

func colourOr(name fyne.ThemeColorName) color.Color {
	if name == "" {
		return color.Transparent
	}
	return theme.Color(name)
}

// veil dims what cannot be used.
func veil() color.Color {
	c := color.NRGBAModel.Convert(theme.Color(theme.Surface)).(color.NRGBA)
	c.A = 0x99
	return c
}
