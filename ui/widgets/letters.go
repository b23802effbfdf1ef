package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"loket/ui/theme"
)

// letterRows are the keys of the letter pad: capitals, as names stand on an e-KTP.
var letterRows = []string{"1234567890", "QWERTYUIOP", "ASDFGHJKL'", "ZXCVBNM.,-"}

// Letters is a keyboard on the screen, for computers without another. It types into what has the
// focus; space is the word of its widest key.
func Letters(d Desk, focused func() fyne.Focusable, space string) fyne.CanvasObject {
	p := &letterPad{desk: d, focused: focused}
	rows := []fyne.CanvasObject{}
	for _, row := range letterRows {
		keys := []fyne.CanvasObject{}
		for _, r := range row {
			keys = append(keys, p.key(NewText(LargeStyle, string(r)), func(f fyne.Focusable) { f.TypedRune(r) }))
		}
		rows = append(rows, Beside(6, keys...))
	}
	last := Shares(6, []float32{1, 4, 1, 1},
		p.key(NewText(LargeStyle, "/"), func(f fyne.Focusable) { f.TypedRune('/') }),
		p.key(NewText(Body, space), func(f fyne.Focusable) { f.TypedRune(' ') }),
		p.key(NewIcon("erase", theme.Ink, 24*theme.Scale()), press(fyne.KeyBackspace)),
		p.key(NewIcon("next", theme.Ink, 24*theme.Scale()), press(fyne.KeyReturn)),
	)
	return Column(6, append(rows, last)...)
}

func press(name fyne.KeyName) func(fyne.Focusable) {
	return func(f fyne.Focusable) { f.TypedKey(&fyne.KeyEvent{Name: name}) }
}

type letterPad struct {
	desk    Desk
	focused func() fyne.Focusable
	target  fyne.Focusable // had the keyboard when a key went down
}

// held is a field that stays as it is while a key of the pad takes the focus for a moment.
type held interface{ hold() }

func (p *letterPad) down() {
	if f := p.focused(); f != nil {
		p.target = f
		if h, ok := f.(held); ok {
			h.hold()
		}
	}
}

func (p *letterPad) key(content fyne.CanvasObject, act func(fyne.Focusable)) fyne.CanvasObject {
	side := 46 * theme.Scale()
	face := Face{Fill: theme.Surface, Stroke: theme.Line, Radius: 8, Least: fyne.NewSize(side*0.6, side)}
	k := &letterKey{pad: p}
	k.press = NewPress(nil, face, content, func() {
		if p.target != nil {
			p.desk.Focus(p.target, 0)
			act(p.target)
		}
	})
	k.ExtendBaseWidget(k)
	return k
}

// letterKey looks before the toolkit takes the focus away: MouseDown comes first.
type letterKey struct {
	widget.BaseWidget
	pad   *letterPad
	press *Press
}

func (k *letterKey) MouseDown(*desktop.MouseEvent) { k.pad.down() }
func (k *letterKey) MouseUp(*desktop.MouseEvent)   {}
func (k *letterKey) Tapped(ev *fyne.PointEvent)    { k.press.Tapped(ev) }

func (k *letterKey) CreateRenderer() fyne.WidgetRenderer {
	k.press.self = k
	return newPressRenderer(k.press)
}

// LettersBoard is the ground that the pad stands on.
func LettersBoard(pad fyne.CanvasObject) fyne.CanvasObject {
	back := canvas.NewRectangle(theme.Color(theme.GreyTint))
	return container.NewStack(back, Pad(12, 8, pad))
}
