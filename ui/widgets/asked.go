package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"loket/ui/theme"
)

// Asked is a question with its answers beside it, in little room. Nothing is preselected.
type Asked struct {
	widget.BaseWidget
	OnChosen func(value string)

	text    string
	options []Option
	keys    []*Press
	value   string
	root    *fyne.Container
}

// NewAsked makes a question with none of its answers chosen.
func NewAsked(d Desk, text string, options ...Option) *Asked {
	a := &Asked{text: text, options: options, root: Column(0)}
	for _, o := range options {
		a.keys = append(a.keys, NewPress(d, Face{}, Gap(), func() {
			a.SetValue(o.Value)
			if a.OnChosen != nil {
				a.OnChosen(o.Value)
			}
		}))
	}
	a.ExtendBaseWidget(a)
	a.render()
	return a
}

// SetValue shows a choice without a call back; "" is nothing chosen.
func (a *Asked) SetValue(value string) { a.value = value; a.render() }

// Value is what was chosen; "" is nothing.
func (a *Asked) Value() string { return a.value }

// Focus brings the keyboard to the first answer.
func (a *Asked) Focus(d Desk) { d.Focus(a.keys[0], 0) }

func (a *Asked) render() {
	height := theme.Size(theme.Chip)
	answers := Row(5)
	for i, o := range a.options {
		face := Face{Fill: theme.Surface, Stroke: theme.Edge, Radius: 7, PadX: 10, PadY: 2, Least: fyne.NewSize(38, height)}
		style := Style{Size: theme.Label, Colour: theme.Ink}
		if o.Value == a.value && a.value != "" {
			face.Fill, face.Stroke = theme.Teal, ""
			style = Style{Size: theme.Label, Colour: theme.OnTeal, Weight: theme.SemiBold}
		}
		a.keys[i].SetFace(face, NewText(style, o.Word))
		answers.Add(a.keys[i])
	}
	a.root.Objects = []fyne.CanvasObject{Row(8, Stretch(NewPara(SmallStyle.In(theme.Ink), a.text)), answers)}
	a.root.Refresh()
}

// CreateRenderer is the toolkit's way to ask for what to draw.
func (a *Asked) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(a.root) }

// Focus brings the keyboard to the first of the chips.
func (c *Chips) Focus(d Desk) { d.Focus(c.keys[0], 0) }

// Paper is what is signed on, for who draws by itself.
func (s *Signature) Paper() fyne.CanvasObject { return s.pad }
