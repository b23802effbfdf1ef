package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"loket/ui/theme"
)

// Field is a line to type into: its label above, what is to be said about it below.
type Field struct {
	widget.BaseWidget
	OnChanged func(text string)   // while typing
	OnLeft    func(text string)   // the keyboard went elsewhere
	Shape     func(string) string // how the text looks while nobody types: "6471 0145 1090 0003"

	desk    Desk
	label   string
	must    bool
	filled  bool // by itself: tinted until somebody types
	state   State
	note    string
	raw     string
	entry   *entry
	box     *canvas.Rectangle
	ring    *canvas.Rectangle
	body    *fyne.Container // the box, the ring and the entry
	root    *fyne.Container
	focused bool
}

// NewField makes an empty field under a label.
func NewField(d Desk, label string) *Field { return newField(d, label, nil) }

func newField(d Desk, label string, action fyne.CanvasObject) *Field {
	f := &Field{desk: d, label: label, entry: newEntry(d), box: &canvas.Rectangle{}, ring: &canvas.Rectangle{}}
	f.entry.OnChanged = f.typed
	f.entry.onFocus = f.onFocus
	f.entry.ActionItem = action
	f.body = container.NewStack(f.box, Sized(64*theme.Scale(), theme.Size(theme.Field), container.NewClip(container.New(inField{}, f.entry))), f.ring)
	f.root = Column(4)
	f.ExtendBaseWidget(f)
	f.render()
	return f
}

// Required puts a mark beside the label.
func (f *Field) Required() *Field { f.must = true; f.render(); return f }

// Password hides what is typed.
func (f *Field) Password() *Field { f.entry.Password = true; f.entry.Refresh(); return f }

// Placeholder is what a empty field shows, muted: an example.
func (f *Field) Placeholder(text string) *Field { f.entry.SetPlaceHolder(text); return f }

// Text is what was typed, without the shape.
func (f *Field) Text() string { return f.raw }

// SetText puts a text in, without a call back.
func (f *Field) SetText(text string) {
	f.raw = text
	f.display()
}

// Fill puts in what the computer knows by itself, and tints it until somebody types.
func (f *Field) Fill(text string) {
	f.filled = true
	f.SetText(text)
	f.render()
}

// Say writes a line below the field, in a state; an empty text takes it away.
func (f *Field) Say(state State, text string) {
	if f.state != state || f.note != text {
		f.state, f.note = state, text
		f.render()
	}
}

// Note tells what stands below the field.
func (f *Field) Note() (State, string) { return f.state, f.note }

// OnEnter is what Enter does instead of going to the next field.
func (f *Field) OnEnter(act func()) *Field { f.entry.onEnter = act; return f }

// Allow lets it be typed into, or not.
func (f *Field) Allow(on bool) {
	if on {
		f.entry.Enable()
	} else {
		f.entry.Disable()
	}
	f.render()
}

// Focus brings the keyboard here.
func (f *Field) Focus() { f.desk.Focus(f.entry, 0) }

func (f *Field) typed(text string) {
	if f.focused || f.Shape == nil {
		f.raw = text
	}
	if f.filled {
		f.filled = false
		f.render()
	}
	if f.OnChanged != nil {
		f.OnChanged(f.raw)
	}
}

// display shows the text, in its shape while nobody types.
func (f *Field) display() {
	text := f.raw
	if f.Shape != nil && !f.focused {
		text = f.Shape(f.raw)
	}
	if f.entry.Text != text {
		f.entry.OnChanged = nil
		f.entry.SetText(text)
		f.entry.OnChanged = f.typed
	}
}

func (f *Field) onFocus(on bool) {
	f.focused = on
	f.display()
	f.render()
	if !on && f.OnLeft != nil {
		f.OnLeft(f.raw)
	}
}

// render is the whole picture of the field from its state.
func (f *Field) render() {
	f.box.FillColor, f.box.CornerRadius = theme.Color(theme.Surface), theme.Size(theme.Corner)
	switch {
	case f.entry.Disabled():
		f.box.FillColor = theme.Color(theme.Ground)
	case f.filled:
		f.box.FillColor = theme.Color(theme.TealTint)
	}
	f.box.StrokeColor, f.box.StrokeWidth = theme.Color(theme.Edge), 1
	f.ring.FillColor, f.ring.CornerRadius = color.Transparent, theme.Size(theme.Corner)
	f.ring.StrokeColor, f.ring.StrokeWidth = color.Transparent, 0
	switch {
	case f.focused:
		f.ring.StrokeColor, f.ring.StrokeWidth = theme.Color(theme.TealText), 2
	case f.state == Bad || f.state == Waiting:
		f.ring.StrokeColor, f.ring.StrokeWidth = theme.Color(f.state.Ink()), 1
	}
	parts := []fyne.CanvasObject{f.body}
	if f.label != "" {
		parts = append([]fyne.CanvasObject{labelOf(f.label, f.must)}, parts...)
	}
	if f.note != "" {
		parts = append(parts, NewNote(f.state, f.note))
	}
	f.root.Objects = parts
	f.root.Refresh()
	f.ring.Refresh()
	f.box.Refresh()
}

// CreateRenderer is the toolkit's way to ask for what to draw.
func (f *Field) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.root) }

func labelOf(label string, must bool) fyne.CanvasObject {
	if must {
		label += " *"
	}
	return NewPara(LabelStyle, label)
}

// NewNote is a small line in a state: icon, colour and word.
func NewNote(state State, text string) fyne.CanvasObject {
	if state == Plain {
		return NewPara(SmallStyle, text)
	}
	size := theme.Size(theme.Small)
	icon := NewIcon(state.Icon(), state.Ink(), size+2)
	return container.New(row{4, true}, icon, Stretch(NewPara(SmallStyle.In(state.Ink()), text)))
}

// inField keeps the entry a little off the left border, and the toolkit's scroll bar of a long
// text below the lower one, where it is clipped.
type inField struct{}

const (
	fieldIn    = 4
	fieldUnder = 14
)

func (inField) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }
func (inField) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	h := objects[0].MinSize().Height
	objects[0].Resize(fyne.NewSize(size.Width-fieldIn, h+fieldUnder))
	objects[0].Move(fyne.NewPos(fieldIn, (size.Height-h)/2))
}
