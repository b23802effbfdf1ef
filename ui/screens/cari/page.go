package cari

import (
	"strings"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/identity"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// page is one person: who, what happened, and the cards.
func (v *view) page(m *Model) fyne.CanvasObject {
	r := m.Page.Registration
	right := []fyne.CanvasObject{v.cards(m), v.history(m)}
	gutter := theme.Size(theme.Gutter)
	return widgets.NewFitting(func(room widgets.Room) fyne.CanvasObject {
		left := []fyne.CanvasObject{widgets.Column(gutter, v.head(r), v.amendments(m)), v.person(r), widgets.Column(gutter, v.work(r), v.consents(r))}
		if room == widgets.Roomy {
			return widgets.Shares(gutter, []float32{1, 1.25}, widgets.Column(gutter, left...), widgets.Column(gutter, right...))
		}
		return widgets.Column(gutter, append([]fyne.CanvasObject{left[0], right[0], left[1], left[2]}, right[1])...)
	})
}

// head is the name, and where the registration stands.
func (v *view) head(r app.Registration) fyne.CanvasObject {
	tone, key := StateOf(r.State, r.Cover)
	parts := []fyne.CanvasObject{
		widgets.NewPara(widgets.LargeStyle, r.Record.Person.Name),
		widgets.Row(0, widgets.Pill(states[tone], v.say(key, "from", r.CoverFrom))),
	}
	if r.Cover == app.CoverBegun && r.CoverFrom.Known() {
		parts = append(parts, widgets.NewPara(widgets.Body, v.say("ui.cari.since", "from", r.CoverFrom)))
	}
	if r.Reason != "" && words.Has(string(r.Reason)) {
		parts = append(parts, widgets.NewNote(states[tone], v.say(string(r.Reason))))
	}
	rows := [][2]string{{v.say("ui.cari.registered"), v.moment(r)}, {v.say("ui.cari.provisional"), r.Number.String()}}
	if r.Member.Valid() {
		rows = append(rows, [2]string{v.say("ui.cari.member"), r.Member.Grouped()})
	}
	return widgets.Panel("", append(parts, v.rows(rows))...)
}

func (v *view) moment(r app.Registration) string {
	return widgets.Moment(v.s.window, r.CapturedAt, v.s.uses.Clock.Now())
}

func (v *view) person(r app.Registration) fyne.CanvasObject {
	p, a := r.Record.Person, r.Record.Address
	regions := v.s.uses.Counter.Rules().Regions
	neighbourhood := strings.Trim(a.RT+"/"+a.RW, "/")
	reach := identity.FormatPhone(r.Record.Reach.Phone)
	if r.Record.Reach.NoPhone {
		reach = v.say("ui.cari.no_phone", "through", r.Record.Reach.Through)
	}
	family := strings.Trim(r.Record.Family.Name+" · "+identity.FormatPhone(r.Record.Family.Phone), " ·")
	if r.Record.Family.None {
		family = v.say("ui.cari.no_family")
	}
	return widgets.Panel(v.say("ui.cari.who"), v.rows([][2]string{
		{v.say("field.nik"), fours(p.NIK)},
		{v.say("ui.cari.born"), strings.Trim(p.BirthPlace+", "+p.BirthDate.String(), ", ")},
		{v.say("field.sex"), v.word("sex.", string(p.Sex))},
		{v.say("field.mother_name"), p.MotherName},
		{v.say("field.address"), strings.Trim(a.Street+", RT/RW "+neighbourhood, ", ")},
		{v.say("field.village"), regions.Label(a.Village)},
		{v.say("field.phone"), reach},
		{v.say("field.family_contact"), family},
	}))
}

func (v *view) work(r app.Registration) fyne.CanvasObject {
	rules := v.s.uses.Counter.Rules().Scheme
	w, plan := r.Record.Work, r.Record.Plan
	occupation := w.Occupation
	if o, ok := rules.Occupation(w.Occupation); ok {
		occupation = o.ID
		if v.s.window.Lang() == words.EN {
			occupation = o.EN
		}
	}
	owner := ""
	if w.BusinessOwner != nil {
		owner = map[bool]string{true: v.say("ui.yes"), false: v.say("ui.no")}[*w.BusinessOwner]
	}
	return widgets.Panel(v.say("ui.cari.plan"), v.rows([][2]string{
		{v.say("field.occupation"), occupation},
		{v.say("field.business_owner"), owner},
		{v.say("field.income"), w.Income.String()},
		{v.say("field.programmes"), plan.Programmes.String()},
		{v.say("field.period"), v.say("ui.cari.months", "n", plan.Months, "first", plan.FirstMonth)},
		{v.say("field.payer"), strings.Trim(v.word("payer.", string(plan.Payer))+" · "+plan.PayerName, " ·")},
	}))
}

func (v *view) word(prefix, value string) string {
	if value == "" {
		return ""
	}
	return v.say(prefix + value)
}

// rows are labels with what stands beside them; what is empty is left out.
func (v *view) rows(rows [][2]string) fyne.CanvasObject {
	list := widgets.Column(7)
	for _, r := range rows {
		if r[1] != "" {
			list.Add(widgets.Shares(10, []float32{1, 1.7}, widgets.NewPara(widgets.LabelStyle, r[0]), widgets.NewPara(widgets.Body, r[1])))
		}
	}
	return list
}

// cards are the lives of a person's cards, each as a line of steps.
func (v *view) cards(m *Model) fyne.CanvasObject {
	if len(m.Page.Cards) == 0 {
		return widgets.Panel(v.say("ui.cari.cards"), widgets.NewPara(widgets.Quiet, v.say("ui.cari.no_card")))
	}
	var parts []fyne.CanvasObject
	now := v.s.uses.Clock.Now()
	for i, c := range m.Page.Cards {
		if i > 0 {
			parts = append(parts, widgets.Rule())
		}
		var stages []widgets.Stage
		for _, s := range Life(c, m.Page.History) {
			stage := widgets.Stage{Word: v.say(s.Key), State: states[s.Tone]}
			if !s.At.IsZero() {
				stage.When = widgets.When(s.At, now)
			}
			stages = append(stages, stage)
		}
		title := widgets.Row(10, widgets.NewText(widgets.Strong, c.Serial.String()),
			widgets.NewText(widgets.LabelStyle, v.say("ui.cari.generation", "n", c.Generation)))
		parts = append(parts, title, widgets.Lifeline(stages...))
	}
	return widgets.Panel(v.say("ui.cari.cards"), parts...)
}

// history is what the journal tells of this person, in words, the newest first.
func (v *view) history(m *Model) fyne.CanvasObject {
	list := widgets.Column(8)
	now := v.s.uses.Clock.Now()
	for i, e := range Events(m.Page.History) {
		if i > 0 {
			list.Add(widgets.Rule())
		}
		who := e.Operator
		if v.s.uses.NameOf != nil && who != "" {
			who = v.s.uses.NameOf(who)
		}
		small := strings.Trim(widgets.Moment(v.s.window, e.At, now)+" · "+who, " ·")
		list.Add(widgets.Column(2, widgets.NewPara(widgets.Body, strings.TrimSpace(v.say(e.Key, "card", e.About))), widgets.NewPara(widgets.SmallStyle, small)))
	}
	return widgets.Panel(v.say("ui.cari.history"), list)
}
