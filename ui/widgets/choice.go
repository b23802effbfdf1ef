package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"loket/ui/theme"
)

// Option is one thing to choose.
type Option struct {
	Value string // what is recorded
	Word  string // what people read
	More  string // a small line below it, in a list
}

// Choice offers a few answers beside each other. Nothing is preselected: what weighs is chosen.
type Choice struct {
	widget.BaseWidget
	OnChosen func(value string)

	desk    Desk
	label   string
	must    bool
	large   bool
	value   string
	state   State
	note    string
	options []Option
	keys    []*Press
	root    *fyne.Container
}

// NewChoice offers the options with none chosen.
func NewChoice(d Desk, label string, options ...Option) *Choice {
	c := &Choice{desk: d, label: label, options: options, root: Column(4)}
	for _, o := range options {
		c.keys = append(c.keys, NewPress(d, Face{}, Gap(), func() { c.choose(o.Value) }))
	}
	c.ExtendBaseWidget(c)
	c.render()
	return c
}

// Required puts a mark beside the label.
func (c *Choice) Required() *Choice { c.must = true; c.render(); return c }

// Large makes the answers big enough for fingers and for a choice that weighs.
func (c *Choice) Large() *Choice { c.large = true; c.render(); return c }

// Value is what was chosen; "" is nothing.
func (c *Choice) Value() string { return c.value }

// SetValue shows a choice without a call back; "" is nothing chosen.
func (c *Choice) SetValue(value string) { c.value = value; c.render() }

// Say writes a line below, in a state.
func (c *Choice) Say(state State, text string) { c.state, c.note = state, text; c.render() }

// Allow lets it be answered, or not.
func (c *Choice) Allow(on bool) {
	for _, k := range c.keys {
		k.Allow(on)
	}
}

// Focus brings the keyboard to the first answer.
func (c *Choice) Focus() { c.desk.Focus(c.keys[0], 0) }

func (c *Choice) choose(value string) {
	c.value = value
	c.render()
	if c.OnChosen != nil {
		c.OnChosen(value)
	}
}

func (c *Choice) render() {
	height := theme.Size(theme.Field)
	if c.large {
		height = max(height, 48*theme.Scale())
	}
	var segments []fyne.CanvasObject
	for i, o := range c.options {
		face := Face{Fill: theme.Surface, Stroke: theme.Edge, Radius: 7, PadX: 15, PadY: 4, Least: fyne.NewSize(48, height)}
		style := Body
		if o.Value == c.value && c.value != "" {
			face.Fill, face.Stroke = theme.Teal, ""
			style = Strong.In(theme.OnTeal)
		}
		c.keys[i].SetFace(face, NewText(style, o.Word))
		segments = append(segments, c.keys[i])
	}
	c.root.Objects = framed(c.label, c.must, Flow(8, segments...), c.state, c.note)
	c.root.Refresh()
}

// CreateRenderer is the toolkit's way to ask for what to draw.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.root) }

// framed stands a label above and a note below something to fill in.
func framed(label string, must bool, o fyne.CanvasObject, state State, note string) []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if label != "" {
		parts = append(parts, labelOf(label, must))
	}
	parts = append(parts, o)
	if note != "" {
		parts = append(parts, NewNote(state, note))
	}
	return parts
}

// Chips are several things that are each on or off.
type Chips struct {
	widget.BaseWidget
	OnChanged func(on []string)

	label   string
	must    bool
	options []Option
	on      map[string]bool
	keys    []*Press
	root    *fyne.Container
}

// NewChips offers the options, all off.
func NewChips(d Desk, label string, options ...Option) *Chips {
	c := &Chips{label: label, options: options, on: map[string]bool{}, root: Column(4)}
	for _, o := range options {
		c.keys = append(c.keys, NewPress(d, Face{}, Gap(), func() { c.toggle(o.Value) }))
	}
	c.ExtendBaseWidget(c)
	c.render()
	return c
}

// Required puts a mark beside the label.
func (c *Chips) Required() *Chips { c.must = true; c.render(); return c }

// On lists what is on, in the order of the options.
func (c *Chips) On() (on []string) {
	for _, o := range c.options {
		if c.on[o.Value] {
			on = append(on, o.Value)
		}
	}
	return on
}

// Set shows what is on, without a call back.
func (c *Chips) Set(on ...string) {
	for _, o := range c.options {
		c.on[o.Value] = slices.Contains(on, o.Value)
	}
	c.render()
}

func (c *Chips) toggle(value string) {
	c.on[value] = !c.on[value]
	c.render()
	if c.OnChanged != nil {
		c.OnChanged(c.On())
	}
}

func (c *Chips) render() {
	var chips []fyne.CanvasObject
	height := theme.Size(theme.Chip)
	for i, o := range c.options {
		state, icon := Known, "add"
		if c.on[o.Value] {
			state, icon = Good, "check"
		}
		face := Face{Fill: state.Tint(), Radius: height / 2, PadX: 12, PadY: 3, Least: fyne.NewSize(0, height)}
		words := Row(5, NewIcon(icon, state.Ink(), theme.Size(theme.Small)), NewText(LabelStyle.In(state.Ink()), o.Word))
		c.keys[i].SetFace(face, words)
		chips = append(chips, c.keys[i])
	}
	c.root.Objects = framed(c.label, c.must, Flow(6, chips...), Plain, "")
	c.root.Refresh()
}

// CreateRenderer is the toolkit's way to ask for what to draw.
func (c *Chips) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.root) }
