package daftar

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/counter"
	"loket/app/scheme"
	"loket/ui/widgets"
)

// rare are the parts that only some people need.
type rare struct {
	more, bank *fyne.Container // fields, and those of the account
	opener     *fyne.Container // opens or closes them
	group      *widgets.Pick
	traits     *widgets.Chips
}

// rarely are the fields that stay closed until they are asked for.
var rarely = []counter.Field{
	scheme.FieldFamilyCard, scheme.FieldEmail, counter.BankName, counter.BankAccount, counter.BankHolder, counter.Source, scheme.FieldCampaign,
}

// tellsMore says whether a form holds something of that, so that it is in sight.
func tellsMore(f counter.Form) bool {
	r := f.Record
	return r.Traits != (app.Traits{}) || r.Person.NoFamilyCard || r.Source == app.SourcePartner || slices.ContainsFunc(rarely, func(one counter.Field) bool {
		return strings.TrimSpace(f.Typed[one]) != ""
	})
}

// The words of the traits' chips.
const (
	disabled   = "disabled"
	femaleHead = "female_head"
)

// Traits takes what the person told. Nothing of it is ever chosen beforehand.
func (m *Model) Traits(told []string) {
	m.Draft.Form.Record.Traits = app.Traits{Disabled: slices.Contains(told, disabled), FemaleHead: slices.Contains(told, femaleHead)}
	m.look()
}

func (m *Model) traits() (told []string) {
	if m.Draft.Form.Record.Traits.Disabled {
		told = append(told, disabled)
	}
	if m.Draft.Form.Record.Traits.FemaleHead {
		told = append(told, femaleHead)
	}
	return told
}

// moreSection is closed until it is opened; Enter goes past it.
func (v *view) moreSection() fyne.CanvasObject {
	card := v.text(scheme.FieldFamilyCard)
	card.Shape = func(s string) string { return Groups(s) }
	v.bank = widgets.Column(8,
		widgets.NewPara(widgets.SmallStyle, v.say("ui.daftar.bank")),
		v.text(counter.BankName), v.text(counter.BankAccount), v.text(counter.BankHolder))
	v.traits = widgets.NewChips(v.s.window, v.say("ui.daftar.traits"),
		widgets.Option{Value: disabled, Word: v.say("ui.daftar.traits.disabled")},
		widgets.Option{Value: femaleHead, Word: v.say("ui.daftar.traits.female_head")})
	v.traits.OnChanged = func(told []string) {
		v.s.model.Traits(told)
		v.s.changed()
	}
	v.more = widgets.Column(8, card, v.none(NoCard, scheme.FieldEmail), v.text(scheme.FieldEmail), v.bank,
		widgets.Beside(10, v.among(counter.Source, v.sources()...), v.text(scheme.FieldCampaign)), v.traits)
	v.opener = widgets.Column(0)
	return widgets.Column(8, v.opener, v.more)
}

// sources are where somebody at this counter may come from.
func (v *view) sources() []string {
	sources := []string{string(app.SourceWalkIn), string(app.SourcePartner)}
	if own := string(v.s.uses.Source); !slices.Contains(sources, own) {
		sources = append([]string{own}, sources...)
	}
	return sources
}

func (v *view) openMore() {
	v.s.model.More = !v.s.model.More
	v.s.changed()
	if v.s.model.More {
		v.focus(scheme.FieldFamilyCard)
	}
}

// renderMore shows or hides it.
func (v *view) renderMore(m *Model) (hidden []bool) {
	show(v.more, m.More)
	noCard := m.Chosen(NoCard) == Yes
	show(v.fields[scheme.FieldFamilyCard], !noCard)
	show(v.chips[NoCard], noCard || m.Draft.Form.Text(scheme.FieldFamilyCard) == "")
	jht := m.Look.Record.Plan.Programmes.Has(app.OldAge)
	show(v.bank, jht)
	group := m.Chosen(scheme.FieldPayer) == string(app.PayerGroup)
	show(v.group, group || m.More)
	if text := m.Draft.Form.Text(scheme.FieldGroup); v.group.Field.Text() != text {
		v.group.Set(widgets.Option{Word: text})
	}
	n := m.Note(v.s.window.Lang(), scheme.FieldGroup)
	v.group.Field.Say(states[n.Tone], n.Text)
	if v.stale("more", m.More) {
		word, icon, holds := "ui.daftar.more", "down", v.say("ui.daftar.more.holds")
		if m.More {
			word, icon, holds = "ui.daftar.more.hide", "cross", ""
		}
		key := widgets.NewButton(v.s.window, widgets.Link, v.say(word), v.openMore).WithIcon(icon)
		v.opener.Objects = []fyne.CanvasObject{widgets.Row(6, key, widgets.Stretch(widgets.NewPara(widgets.SmallStyle, holds)))}
		v.opener.Refresh()
	}
	if v.stale("traits", m.traits()) {
		v.traits.Set(m.traits()...)
	}
	return []bool{m.More, jht, group, noCard, v.chips[NoCard].Visible()}
}

// groupName is free text; groups of this kiosk are offered while one types.
func (v *view) groupName() fyne.CanvasObject {
	v.group = widgets.NewPick(v.deskOf(scheme.FieldGroup), v.label(scheme.FieldGroup), v.findGroup).Free()
	offer := v.group.Field.OnChanged
	v.group.Field.OnChanged = func(text string) { // kept as it is typed
		offer(text)
		v.s.model.Type(scheme.FieldGroup, text)
		v.s.changed()
	}
	v.group.OnPicked = func(o widgets.Option) {
		v.s.model.Group(o.Word, o.Value)
		v.s.model.Leave(scheme.FieldGroup)
		v.s.changed()
	}
	return v.group
}

// findGroup offers what is typed itself first, so that Enter never takes another group for it.
func (v *view) findGroup(text string) (offers []widgets.Option) {
	text = strings.TrimSpace(text)
	if text != "" {
		offers = append(offers, widgets.Option{Word: text})
	}
	for _, g := range v.s.uses.Counter.Groups(text) {
		if !strings.EqualFold(g.Name, text) {
			offers = append(offers, widgets.Option{Value: g.Payer, Word: g.Name, More: g.Payer})
		} else if text != "" {
			offers[0].Value, offers[0].More = g.Payer, g.Payer
		}
	}
	return offers[:min(len(offers), mostOffers)]
}

// Group takes the name of a group, and with one that is known who paid for it last, where nothing
// else was typed.
func (m *Model) Group(name, payer string) {
	m.Type(scheme.FieldGroup, name)
	if payer != "" && m.Chosen(scheme.FieldPayer) == string(app.PayerGroup) && m.Draft.Form.Text(counter.PayerName) == "" {
		m.Type(counter.PayerName, payer)
	}
}
