package daftar

import (
	"fmt"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/counter"
	"loket/app/scheme"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// renderSide shows what stays in sight: who was just saved, the contribution, likely duplicates.
func (v *view) renderSide(m *Model) {
	quote := "none"
	if m.Look.Quote != nil {
		quote = fmt.Sprint(*m.Look.Quote)
	}
	if !v.stale("side", quote, m.Look.Record.Plan.Payer, m.Look.Record.Work.Income == 0, m.Alike, m.Listing, len(m.Parked),
		m.Last != nil, m.Printed, m.Joint, m.Draft.With, m.Look.Verdict.Problem != nil, m.Cleared != nil, m.Empty(), v.nameOnBill(m)) {
		return
	}
	var panels []fyne.CanvasObject
	if m.Listing && len(m.Parked) > 0 {
		panels = append(panels, v.parked(m))
	}
	if m.Last != nil && m.Empty() && m.Draft.With == 0 {
		panels = append(panels, v.last(m))
	}
	if m.Cleared != nil {
		panels = append(panels, v.cleared(m))
	}
	if refused := v.refusedAge(m); refused != nil {
		panels = append(panels, refused)
	}
	if m.Draft.With != 0 && m.Joint != nil {
		panels = append(panels, v.running(m))
	}
	if !m.Empty() || m.Last == nil && m.Draft.With == 0 { // no price of nobody beside who was saved
		panels = append(panels, v.quote(m))
	}
	if len(m.Alike) > 0 {
		panels = append(panels, v.alike(m))
	}
	panels = append(panels, v.bottom)
	if !m.Empty() {
		clear := widgets.NewButton(v.s.window, widgets.Link, v.say("ui.daftar.clear"), v.s.clear).WithIcon("erase")
		panels = append(panels, widgets.Row(0, widgets.Gap(), clear))
	}
	if m.Empty() && m.Draft.With == 0 && v.s.uses.Push != nil {
		other := widgets.NewButton(v.s.window, widgets.Link, v.say("ui.elsewhere.open"), func() { v.s.OpenElsewhere("") }).WithIcon("help")
		panels = append(panels, widgets.Row(0, other))
	}
	v.side.Objects = panels
	v.side.Refresh()
}

// nameOnBill is the name that the running bill shows; "" where there is none.
func (v *view) nameOnBill(m *Model) string {
	if m.Draft.With == 0 {
		return ""
	}
	return m.Look.Record.Person.Name
}

// last is the person saved just now: the number, and the papers to take along.
func (v *view) last(m *Model) fyne.CanvasObject {
	r := *m.Last
	state, word := widgets.Good, v.say("ui.daftar.state.captured")
	if r.State == app.NeedsReview {
		state, word = widgets.Waiting, v.say("ui.daftar.state.review")
	}
	parts := []fyne.CanvasObject{
		widgets.Column(3, widgets.NewPara(widgets.Strong, r.Record.Person.Name), widgets.NewPara(widgets.LabelStyle.In(theme.Ink), r.Number.String())),
		widgets.NewPara(widgets.SmallStyle, word),
	}
	if r.Reason != "" && words.Has(string(r.Reason)) {
		parts = append(parts, widgets.NewPara(widgets.SmallStyle, v.say(string(r.Reason))))
	}
	if r.Member.Valid() {
		parts = append(parts, widgets.NewPara(widgets.SmallStyle, v.say("ui.daftar.member", "number", r.Member.Grouped())))
	}
	return widgets.StatePanel(state, v.say("ui.daftar.last"), append(append(parts, v.papers(m)), v.next(m)...)...)
}

// papers offers slip and card; F11 is the next of them.
func (v *view) papers(m *Model) fyne.CanvasObject {
	next := v.s.nextPaper()
	row := widgets.Flow(8)
	add := func(paper string, on bool) {
		if !on {
			return
		}
		word := v.say("ui.daftar.print." + paper)
		if paper == slip && m.several() {
			word = v.say("ui.daftar.print.joint", "n", len(m.Joint.People))
		}
		a := widgets.Action{Word: word, Act: func() { v.s.print(paper) }}
		if paper == next {
			a.Keys = "F11"
		}
		if m.Printed[paper] {
			a.Icon = "check"
		}
		row.Add(widgets.NewAction(v.s.window, widgets.Secondary, a))
	}
	add(slip, v.s.uses.PrintSlip != nil)
	add(card, v.s.mayCard())
	return row
}

// parked lists what was put aside, to go on with one. What is on the screen is parked meanwhile.
func (v *view) parked(m *Model) fyne.CanvasObject {
	rows := widgets.Column(8)
	v.first = nil
	for _, d := range m.Parked {
		if d.Ticket.Number != 0 && d.Parked {
			continue // it waits in the queue
		}
		resume := widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.daftar.resume"), func() { v.s.resume(d.ID) })
		if v.first == nil {
			v.first = resume
		}
		rows.Add(widgets.Row(8, widgets.Stretch(widgets.Column(1, widgets.NewCut(widgets.Strong, nameOf(v.s.window, d)),
			widgets.NewPara(widgets.SmallStyle, v.say("ui.daftar.parked.when", "day", app.DateOf(v.s.here(d.Changed)), "time", v.s.here(d.Changed).Format("15.04"))))), resume))
	}
	return widgets.Panel(v.say("ui.daftar.parked.title"), rows, widgets.NewPara(widgets.SmallStyle, v.say("ui.daftar.parked.more")))
}

func (v *view) focusParked() {
	if v.first != nil {
		v.s.window.Focus(v.first, 0)
	}
}

// cleared offers to bring back what was cleared.
func (v *view) cleared(m *Model) fyne.CanvasObject {
	text := v.say("ui.daftar.cleared", "name", nameOf(v.s.window, *m.Cleared))
	undo := widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.undo"), v.s.undo).WithIcon("undo")
	return widgets.StatePanel(widgets.Known, "", widgets.NewPara(widgets.Body, text), widgets.Row(0, undo))
}

// quote is the contribution, month by month, relief included.
func (v *view) quote(m *Model) fyne.CanvasObject {
	q := m.Look.Quote
	title := v.say("ui.daftar.quote")
	if q == nil {
		return widgets.Panel(title, widgets.NewPara(widgets.Quiet, v.say("ui.daftar.no_quote")))
	}
	lang := v.s.window.Lang()
	months := widgets.Column(6)
	for i, l := range q.Lines {
		months.Add(sum(widgets.NewText(widgets.Body, ShortMonth(lang, l.Month)), widgets.NewText(widgets.Strong, l.Total.String())))
		if note := Reliefs(lang, l); note != "" && (i == 0 || q.Lines[i-1].Percent != l.Percent) {
			months.Add(widgets.NewPara(widgets.SmallStyle.In(theme.Green), note))
		}
	}
	large := widgets.Style{Size: theme.Large, Colour: theme.Ink}
	total := sum(widgets.NewText(large, v.say("ui.daftar.total")), widgets.NewText(widgets.LargeStyle, q.Total.String()))
	return widgets.Panel(title, months, widgets.Rule(), total, widgets.NewPara(widgets.SmallStyle, v.quoteNote(m, q)))
}

// quoteNote says what a month is made of, in what sentence is needed for this price.
func (v *view) quoteNote(m *Model, q *scheme.Quotation) string {
	lines := q.Lines
	note := v.say("ui.daftar.a_month", "parts", Parts(lines[0]))
	if lines[0].Reduced != 0 {
		note = v.say("ui.daftar.a_month_relief", "parts", Parts(lines[0]))
	}
	if m.Draft.Form.Record.Work.Income == 0 {
		note += "\n" + v.say("ui.daftar.lowest", "base", q.Base)
	}
	if m.Look.Record.Plan.Payer != app.PayerSelf {
		note += "\n" + v.say("ui.daftar.paid_by", "payer", v.wordOf(scheme.FieldPayer, string(m.Look.Record.Plan.Payer)))
	}
	return note
}

func sum(word, amount fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Row(6, word, widgets.Gap(), amount)
}

// mostAlike keeps the panel short; the others are compared after the first ones were settled.
const mostAlike = 2

// alike is the amber panel of likely duplicates: those that nobody has judged first.
func (v *view) alike(m *Model) fyne.CanvasObject {
	open := m.Open()
	if len(open) == 0 {
		return v.settled(m)
	}
	parts := []fyne.CanvasObject{}
	for i, l := range open[:min(mostAlike, len(open))] {
		if i > 0 {
			parts = append(parts, widgets.Rule())
		}
		compare := widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.daftar.compare"), func() { v.s.compare(l) })
		parts = append(parts, v.likeness(l), widgets.Row(0, compare))
	}
	if more := len(open) - mostAlike; more > 0 {
		parts = append(parts, widgets.NewPara(widgets.SmallStyle, v.say("ui.daftar.alike.more", "n", more)))
	}
	parts = append(parts, widgets.NewPara(widgets.SmallStyle, v.say("ui.daftar.alike.ways")))
	return widgets.StatePanel(widgets.Waiting, v.say("ui.daftar.alike"), parts...)
}

func (v *view) likeness(l counter.Likeness) fyne.CanvasObject {
	where := v.s.model.judge.Rules().Regions.Label(l.Village)
	return widgets.Column(3,
		widgets.NewPara(widgets.Strong, l.Name),
		widgets.NewPara(widgets.SmallStyle, v.say("ui.daftar.alike.who", "born", l.Born, "place", where)),
		widgets.NewPara(widgets.SmallStyle.In(theme.Amber), Alikeness(v.s.window.Lang(), l.What)))
}

// settled says what was judged; it can be judged again.
func (v *view) settled(m *Model) fyne.CanvasObject {
	rows := []fyne.CanvasObject{}
	for _, l := range m.Alike {
		again := widgets.NewButton(v.s.window, widgets.Link, v.say("ui.daftar.compare_again"), func() { v.s.compare(l) })
		rows = append(rows, widgets.Column(2, widgets.NewPara(widgets.Strong, l.Name),
			widgets.Row(6, widgets.Stretch(widgets.NewPara(widgets.SmallStyle, v.say("compare."+string(l.Outcome)))), again)))
		if l.Outcome == counter.SamePerson && v.s.uses.OpenExisting != nil {
			open := widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.daftar.existing.open"), func() { v.s.openExisting(l.ID) })
			rows = append(rows, widgets.Row(0, open))
		}
	}
	return widgets.Panel(v.say("ui.daftar.compared"), rows...)
}

// refusedAge says why the person cannot be registered, and where a former member is sent.
func (v *view) refusedAge(m *Model) fyne.CanvasObject {
	problem := m.Look.Verdict.Problem
	if problem == nil || !m.Look.Record.Person.BirthDate.Known() {
		return nil
	}
	parts := []fyne.CanvasObject{widgets.NewPara(widgets.Body, words.Error(v.s.window.Lang(), problem))}
	if problem.Code == app.TooOld && v.s.uses.Push != nil {
		former := widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.daftar.former"), func() { v.s.OpenElsewhere(app.ReferFormer) })
		parts = append(parts, widgets.Row(0, former))
	}
	return widgets.StatePanel(widgets.Bad, v.say("ui.daftar.cannot"), parts...)
}
