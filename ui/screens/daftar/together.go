package daftar

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/counter"
	"loket/app/scheme"
	"loket/ui/task"
	"loket/ui/widgets"
)

// together reads who is paid together with somebody; nil when it cannot be read, which is in nobody's
// way: the person is registered.
func (s *Screen) together(ctx context.Context, r app.Registration) *counter.Joint {
	j, err := s.uses.Counter.Together(ctx, r)
	if err != nil || len(j.People) == 0 {
		return nil
	}
	return &j
}

// bill is the bill that who was saved last is on; nil where it is not known.
func (m *Model) bill() *counter.Joint {
	if m.Last == nil || m.Joint == nil || !slices.ContainsFunc(m.Joint.People, func(p counter.JointPerson) bool { return p.ID == m.Last.ID }) {
		return nil
	}
	return m.Joint
}

// several says whether who was saved last is not alone on the bill.
func (m *Model) several() bool {
	bill := m.bill()
	return bill != nil && len(bill.People) > 1
}

// readBill reads the bill that a draft taken up again goes on with.
func (s *Screen) readBill() {
	with := s.model.Draft.With
	if with == 0 || s.model.Joint != nil && s.model.Joint.First == with {
		return
	}
	task.Latest(s.owner, "bill", with, func(ctx context.Context, with uint32) (*counter.Joint, error) {
		return s.together(ctx, app.Registration{Number: app.ProvisionalNumber{Counter: with}}), nil
	}, func(j *counter.Joint, _ error) {
		s.model.Joint = j
		s.view.renderSide(s.model)
	})
}

// Next begins the form of the next person with the payer of the last one.
func (m *Model) Next(sameHouse bool) {
	if m.bill() == nil {
		return
	}
	m.Take(counter.NextDraft(*m.Last, m.Joint.First, sameHouse))
}

// nextPerson goes on with the same payer.
func (s *Screen) nextPerson(sameHouse bool) {
	s.model.Next(sameHouse)
	s.again()
}

// nextKey, typed where a NIK begins, goes on with the same payer: no NIK has it, and it stands on the
// number pad.
const nextKey = "+"

// mayNext says whether the payer of who was saved last may pay for another one.
func (m *Model) mayNext() bool { return m.bill() != nil && !m.Joint.Payer.Government() }

// nextByKey goes on with the payer of who was saved last, and says whether it did: only while that one
// is in sight.
func (s *Screen) nextByKey(text string) bool {
	m := s.model
	if text != nextKey || !m.Empty() || m.Draft.With != 0 || !m.mayNext() {
		return false
	}
	s.nextPerson(household(m.Joint.Payer))
	return true
}

// endTogether goes back to a form of somebody who pays alone.
func (s *Screen) endTogether() {
	s.model.Fresh()
	s.again()
}

// household kinds of payer are of people who may live in one house.
func household(payer app.PayerKind) bool {
	return payer == app.PayerSelf || payer == app.PayerFamily || payer == app.PayerEmployer
}

// next offers the next person with the same payer, and shows who is on the bill so far.
func (v *view) next(m *Model) (parts []fyne.CanvasObject) {
	if !m.mayNext() {
		return nil
	}
	if m.several() {
		parts = append(parts, widgets.Rule(), v.people(m.Joint))
	}
	word := "ui.daftar.next"
	if m.Joint.Payer == app.PayerSelf {
		word = "ui.daftar.next.family"
	}
	button := func(word, keys string, sameHouse bool) *widgets.Button {
		return widgets.NewAction(v.s.window, widgets.Secondary, widgets.Action{Word: v.say(word), Keys: keys, Act: func() { v.s.nextPerson(sameHouse) }})
	}
	buttons := widgets.Flow(8)
	if household(m.Joint.Payer) {
		buttons.Add(button("ui.daftar.next.home", nextKey, true))
		buttons.Add(button("ui.daftar.next.elsewhere", "", false))
	} else {
		buttons.Add(button("ui.daftar.next.add", nextKey, false))
	}
	return append(parts, widgets.NewPara(widgets.SmallStyle, v.say(word)), buttons)
}

// people lists who is on one bill, with the total.
func (v *view) people(j *counter.Joint) fyne.CanvasObject {
	rows := widgets.Column(4)
	for _, p := range j.People {
		rows.Add(widgets.Row(6, widgets.Stretch(widgets.NewCut(widgets.Body, p.Name)), widgets.NewText(widgets.Strong, p.Total.String())))
	}
	rows.Add(widgets.Rule())
	rows.Add(sum(widgets.NewText(widgets.Body, v.say("ui.daftar.joint.total", "n", len(j.People))), widgets.NewText(widgets.Strong, j.Total.String())))
	return rows
}

// running is the bill while its next person is typed, this person's own contribution included.
func (v *view) running(m *Model) fyne.CanvasObject {
	j := *m.Joint
	j.People = append([]counter.JointPerson{}, j.People...)
	if q := m.Look.Quote; q != nil && !m.Empty() {
		name := m.Look.Record.Person.Name
		if name == "" {
			name = v.say("ui.daftar.joint.this")
		}
		j.People = append(j.People, counter.JointPerson{Name: name, Total: q.Total})
		j.Total += q.Total
	}
	payer := j.Name
	if payer == "" {
		payer = v.wordOf(scheme.FieldPayer, string(j.Payer))
	}
	if j.Group != "" {
		payer = j.Group + " · " + payer
	}
	if plan := m.Look.Record.Plan; plan.Payer == app.PayerFamily && j.Payer == app.PayerSelf {
		payer = plan.PayerName
	}
	parts := []fyne.CanvasObject{widgets.NewPara(widgets.Strong, payer), v.people(&j)}
	if m.Empty() {
		end := widgets.NewButton(v.s.window, widgets.Link, v.say("ui.daftar.joint.end"), v.s.endTogether).WithIcon("cross")
		parts = append(parts, widgets.Row(0, widgets.Gap(), end))
	}
	return widgets.StatePanel(widgets.Known, v.say("ui.daftar.joint"), parts...)
}
