package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// pickMost is how many suggestions are shown at once; more typing narrows them.
const pickMost = 8

// Pick is a field that offers what fits while one types: choose with the arrows and Enter, or
// press. What was typed but not chosen gives way to the last choice, unless the pick is Free.
type Pick struct {
	widget.BaseWidget
	Field    *Field
	OnPicked func(Option)

	desk   Desk
	find   func(text string) []Option
	free   bool
	picked Option
	offers []Option
	at     int
	list   *offerList
	sink   func()
}

// NewPick makes a pick that finds its offers by a function: quick, and without a file or a line.
func NewPick(d Desk, label string, find func(text string) []Option) *Pick {
	p := &Pick{desk: d, find: find}
	p.Field = newField(d, label, newDrop(p.toggle))
	p.Field.OnChanged = func(text string) { p.offer(text) }
	p.Field.OnLeft = func(string) { p.left() }
	p.Field.entry.onKey = p.key
	p.ExtendBaseWidget(p)
	return p
}

// NewSelect is a pick among a few fixed options.
func NewSelect(d Desk, label string, options ...Option) *Pick {
	return NewPick(d, label, func(text string) []Option {
		var fit []Option
		for _, o := range options {
			if strings.Contains(strings.ToLower(o.Word), strings.ToLower(strings.TrimSpace(text))) {
				fit = append(fit, o)
			}
		}
		return fit
	})
}

// Required puts a mark beside the label.
func (p *Pick) Required() *Pick { p.Field.Required(); return p }

// Free lets people write what is not offered; it is picked with an empty Value.
func (p *Pick) Free() *Pick { p.free = true; return p }

// Picked is what was chosen.
func (p *Pick) Picked() Option { return p.picked }

// Set shows a choice without a call back.
func (p *Pick) Set(o Option) {
	p.picked = o
	p.Field.SetText(o.Word)
}

func (p *Pick) offer(text string) {
	p.offers, p.at = p.find(text), 0
	if len(p.offers) > pickMost {
		p.offers = p.offers[:pickMost]
	}
	p.show()
}

func (p *Pick) show() {
	p.hide()
	if len(p.offers) == 0 {
		return
	}
	p.list = newOfferList(p.offers, p.at, p.pick)
	p.sink = p.desk.Float(p.Field.body, p.list)
}

func (p *Pick) hide() {
	if p.sink != nil {
		p.sink()
		p.sink, p.list = nil, nil
	}
}

func (p *Pick) toggle() {
	if p.sink != nil {
		p.hide()
		return
	}
	p.Field.Focus()
	p.offer("")
}

func (p *Pick) pick(o Option) {
	p.hide()
	p.take(o)
	p.desk.Focus(p.Field.entry, 0)
	p.desk.Focus(nil, 1)
}

func (p *Pick) take(o Option) {
	p.Set(o)
	if p.OnPicked != nil {
		p.OnPicked(o)
	}
}

func (p *Pick) key(name fyne.KeyName) bool {
	open := p.sink != nil
	switch {
	case name == fyne.KeyDown && !open:
		p.offer("")
	case name == fyne.KeyDown:
		p.move(1)
	case name == fyne.KeyUp && open:
		p.move(-1)
	case isEnter(name) && open:
		p.pick(p.offers[p.at])
	case name == fyne.KeyEscape && open:
		p.hide()
	default:
		return false
	}
	return true
}

func (p *Pick) move(step int) {
	p.at = (p.at + step + len(p.offers)) % len(p.offers)
	p.list.move(p.at)
}

// left settles what was typed when the keyboard goes elsewhere.
func (p *Pick) left() {
	if p.list != nil && p.list.hovered {
		return // the pointer is about to choose
	}
	p.hide()
	text := strings.TrimSpace(p.Field.Text())
	if text == p.picked.Word {
		return
	}
	for _, o := range p.find(text) {
		if strings.EqualFold(o.Word, text) {
			p.take(o)
			return
		}
	}
	switch {
	case p.free || text == "":
		p.take(Option{Word: text})
	default:
		p.Field.SetText(p.picked.Word)
	}
}

// CreateRenderer is the toolkit's way to ask for what to draw.
func (p *Pick) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.Field) }
