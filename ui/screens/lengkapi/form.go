package lengkapi

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/counter"
	"loket/app/scheme"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// wide are the fields that take the whole width.
var wide = map[counter.Field]bool{
	scheme.FieldName: true, scheme.FieldAddress: true, scheme.FieldMarital: true, scheme.FieldVillage: true, traits: true,
	counter.FamilyName: true, counter.FamilyRelation: true, absent: true,
}

// form is the fields, two beside each other where they are short and there is room.
func (v *view) form(p *Page, room widgets.Room) fyne.CanvasObject {
	rows := widgets.Column(10)
	var half fyne.CanvasObject
	flush := func() {
		if half != nil {
			rows.Add(half)
			half = nil
		}
	}
	for _, f := range p.Fields {
		o := v.field(p, f)
		switch {
		case wide[f] || room == widgets.Small:
			flush()
			rows.Add(o)
		case half == nil:
			half = o
		default:
			rows.Add(widgets.Beside(theme.Size(theme.Gutter), half, o))
			half = nil
		}
	}
	flush()
	return widgets.Panel("", rows)
}

// field is the widget of one field.
func (v *view) field(p *Page, f counter.Field) fyne.CanvasObject {
	switch f {
	case scheme.FieldMarital:
		return v.choice(p, f, "marital.", "single", "married", "divorced", "widowed")
	case scheme.FieldSex:
		return v.choice(p, f, "sex.", string(app.Female), string(app.Male))
	case scheme.FieldVillage:
		return v.village(p)
	case traits:
		return v.traits(p)
	case counter.FamilyRelation:
		return v.choice(p, f, "relation.", "spouse", "child", "parent", "sibling", "other")
	case absent:
		return v.absent(p)
	case scheme.FieldFamilyCard:
		return v.familyCard(p)
	}
	return v.text(p, f)
}

// text is a field that is typed.
func (v *view) text(p *Page, f counter.Field) *widgets.Field {
	field := widgets.NewField(v.s.window, v.label(f))
	if counter.Numeric(f) {
		field.Digits()
	}
	field.SetText(p.Text(f))
	field.OnChanged = func(text string) {
		v.s.typed(f, text)
		field.Say(widgets.Plain, "")
	}
	if err := p.Problems[f]; err != nil {
		field.Say(widgets.Bad, words.Error(v.s.window.Lang(), err))
	}
	v.begins(field.Focus)
	return field
}

// familyCard is the number, or the answer that there is none: then nothing more is asked for.
func (v *view) familyCard(p *Page) fyne.CanvasObject {
	number := v.text(p, scheme.FieldFamilyCard)
	none := widgets.NewChips(v.s.window, "", widgets.Option{Value: "none", Word: v.say("family_card.none")})
	show := func() {
		has := p.Half.Form.Record.Person.NoFamilyCard
		number.Allow(!has)
		none.Set(map[bool]string{true: "none"}[has])
	}
	typed := number.OnChanged
	number.OnChanged = func(text string) {
		typed(text)
		show()
	}
	none.OnChanged = func(on []string) {
		if len(on) > 0 {
			number.SetText("")
		}
		v.s.noFamilyCard(len(on) > 0)
		show()
	}
	show()
	return widgets.Column(4, number, none)
}

// label is the name of a field; those of the bank account are this screen's.
func (v *view) label(f counter.Field) string {
	if key := "ui.complete.field." + string(f); words.Has(key) {
		return v.say(key)
	}
	return v.say(f.Key())
}

func (v *view) begins(focus func()) {
	if v.first == nil {
		v.first = focus
	}
}

func (v *view) choice(p *Page, f counter.Field, prefix string, values ...string) fyne.CanvasObject {
	var options []widgets.Option
	for _, value := range values {
		options = append(options, widgets.Option{Value: value, Word: v.say(prefix + value)})
	}
	c := widgets.NewChoice(v.s.window, v.label(f), options...)
	c.SetValue(p.Chosen(f))
	c.OnChosen = func(value string) { v.s.chosen(f, value) }
	v.begins(c.Focus)
	return c
}

func (v *view) village(p *Page) fyne.CanvasObject {
	regions := v.s.uses.Counter.Rules().Regions
	near := func() []string { return nil }
	if v.s.uses.Near != nil {
		near = v.s.uses.Near
	}
	pick := widgets.NewPick(v.s.window, v.label(scheme.FieldVillage), func(text string) (offers []widgets.Option) {
		for _, place := range regions.Search(text, near(), 8) {
			offers = append(offers, widgets.Option{Value: place.Code, Word: place.Name, More: strings.Join(place.Parents[:min(2, len(place.Parents))], ", ")})
		}
		return offers
	})
	pick.Set(widgets.Option{Value: p.Chosen(scheme.FieldVillage), Word: regions.Label(p.Chosen(scheme.FieldVillage))})
	pick.OnPicked = func(o widgets.Option) {
		if o.Value != "" {
			v.s.chosen(scheme.FieldVillage, o.Value)
		}
	}
	return pick
}

// traits are what a person may tell, never must.
func (v *view) traits(p *Page) fyne.CanvasObject {
	chips := widgets.NewChips(v.s.window, v.say("ui.complete.traits"),
		widgets.Option{Value: "disabled", Word: v.say("ui.complete.traits.disabled")},
		widgets.Option{Value: "head", Word: v.say("ui.complete.traits.head")})
	t := p.Half.Form.Record.Traits
	var on []string
	if t.Disabled {
		on = append(on, "disabled")
	}
	if t.FemaleHead {
		on = append(on, "head")
	}
	chips.Set(on...)
	chips.OnChanged = func(on []string) {
		has := strings.Join(on, " ")
		p.Half.Form.Record.Traits = app.Traits{Disabled: strings.Contains(has, "disabled"), FemaleHead: strings.Contains(has, "head")}
		p.changed(traits)
		v.s.keep()
	}
	return chips
}

// absent says that there is no phone, or no family: then nobody asks again.
func (v *view) absent(p *Page) fyne.CanvasObject {
	from := p.Half.From.Record
	var options []widgets.Option
	if noPhone(from) {
		options = append(options, widgets.Option{Value: "phone", Word: v.say("ui.complete.absent.phone")})
	}
	if noFamily(from) {
		options = append(options, widgets.Option{Value: "family", Word: v.say("ui.complete.absent.family")})
	}
	chips := widgets.NewChips(v.s.window, v.say("ui.complete.absent"), options...)
	r := &p.Half.Form.Record
	var on []string
	if r.Reach.NoPhone && noPhone(from) {
		on = append(on, "phone")
	}
	if r.Family.None && noFamily(from) {
		on = append(on, "family")
	}
	chips.Set(on...)
	chips.OnChanged = func(on []string) {
		r := &p.Half.Form.Record
		if noPhone(from) {
			r.Reach.NoPhone = slices.Contains(on, "phone")
		}
		if noFamily(from) {
			r.Family.None = slices.Contains(on, "family")
		}
		p.changed(absent)
		v.s.keep()
	}
	return chips
}
