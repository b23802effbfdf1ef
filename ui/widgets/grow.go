package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"loket/ui/theme"
)

// Growing lets a long text go on in further lines: a name is never cut. Enter still
// goes to the next field.
func (f *Field) Growing() *Field {
	f.entry.MultiLine, f.entry.Wrapping = true, fyne.TextWrapWord
	f.entry.SetMinRowsVisible(1)
	f.entry.onKey = func(key fyne.KeyName) bool {
		switch key {
		case fyne.KeyReturn, fyne.KeyEnter:
			f.entry.goOn()
		case fyne.KeyTab:
			f.desk.Focus(nil, 1)
		default:
			return false
		}
		return true
	}
	room := &growRoom{field: f}
	f.body.Objects[1] = container.New(room, container.NewClip(container.New(inField{}, f.entry)))
	return f
}

// growRoom is as high as the text needs at the width that it has.
type growRoom struct {
	field *Field
	width float32
	rows  int
}

const growMost = 5

func (g *growRoom) lines() int {
	room := g.width - 24
	if room <= 0 {
		return 1
	}
	style := newText(Body, g.field.entry.Text, wrap)
	style.width = room
	return min(max(len(style.broken()), 1), growMost)
}

func (g *growRoom) MinSize(objects []fyne.CanvasObject) fyne.Size {
	for _, o := range objects {
		o.MinSize() // what was never asked is not there yet for the keyboard
	}
	more := float32(g.lines()-1) * theme.Size(theme.Text) * 1.32
	return fyne.NewSize(64*theme.Scale(), theme.Size(theme.Field)+more)
}

func (g *growRoom) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	g.width = size.Width
	if rows := g.lines(); rows != g.rows {
		g.rows = rows
		g.field.entry.SetMinRowsVisible(rows)
	}
	for _, o := range objects {
		o.Resize(size)
		o.Move(fyne.NewPos(0, 0))
	}
}

// Mark shows a text that the computer knows by itself, tinted, or one that a person gave.
func (f *Field) Mark(text string, byItself bool) {
	if f.filled != byItself {
		f.filled = byItself
		f.render()
	}
	if f.raw != text {
		f.SetText(text)
	}
}

// OnFocused calls when the keyboard arrives here.
func (f *Field) OnFocused(act func()) {
	f.entry.onFocus = func(on bool) {
		f.onFocus(on)
		if on {
			act()
		}
	}
}

// SelectAll marks the text, so that typing replaces it.
func (f *Field) SelectAll() { f.entry.Entry.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// NewNarrowPick is a pick for little room: its arrow takes less of it.
func NewNarrowPick(d Desk, label string, find func(text string) []Option) *Pick {
	p := &Pick{desk: d, find: find}
	p.Field = newField(d, label, newNarrowDrop(p.toggle))
	p.Field.OnChanged = func(text string) { p.offer(text) }
	p.Field.OnLeft = func(string) { p.left() }
	p.Field.entry.onKey = p.key
	p.ExtendBaseWidget(p)
	return p
}

// narrowDrop is the arrow of a pick with little air around it.
type narrowDrop struct{ *drop }

func newNarrowDrop(act func()) *narrowDrop {
	d := &narrowDrop{&drop{act: act}}
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer is the toolkit's way to ask for what to draw.
func (d *narrowDrop) CreateRenderer() fyne.WidgetRenderer {
	icon := container.New(layout.NewCustomPaddedLayout(0, fieldUnder, 0, 3), NewIcon("down", theme.Muted, theme.Size(theme.Small)))
	return widget.NewSimpleRenderer(icon)
}
