package daftar

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"loket/app"
	"loket/app/counter"
	"loket/app/scheme"
	"loket/ui/task"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// compare fetches the other registration and shows the two side by side.
func (s *Screen) compare(l counter.Likeness) {
	task.Latest(s.owner, "compare", l.ID, s.uses.Counter.Participant, func(p counter.Participant, err error) {
		if err != nil {
			s.complain(err)
			return
		}
		s.askCompare(p.Registration)
	})
}

// askCompare asks what the likeness means. Not answering leaves it open; a supervisor then looks.
func (s *Screen) askCompare(other app.Registration) {
	settle := func(outcome counter.Comparison) func() {
		return func() {
			s.model.Settle(other.ID, outcome)
			s.changed()
			if outcome == counter.SamePerson {
				s.askExisting(other)
			}
		}
	}
	s.window.Ask(widgets.Question{
		Title:   s.window.Say("ui.daftar.compare.title"),
		Content: s.bounded(s.view.beside(s.model.Look.Record, other)),
		Answers: []widgets.Answer{
			{Word: s.window.Say("ui.daftar.compare.different"), Act: settle(counter.DifferentPerson)},
			{Word: s.window.Say("ui.daftar.compare.same"), Act: settle(counter.SamePerson)},
			{Word: s.window.Say("ui.daftar.compare.ask"), Act: settle(counter.AskHeadOffice)},
		},
	})
}

// leastCompare is the room that a small window has for two records beside each other.
const leastCompare = 300

// bounded lets a comparison scroll where the window is small, so that its answers stay in sight.
func (s *Screen) bounded(o fyne.CanvasObject) fyne.CanvasObject {
	if !s.narrow {
		return o
	}
	scroll := container.NewVScroll(widgets.Pad(2, 0, o))
	scroll.SetMinSize(fyne.NewSize(0, leastCompare))
	return scroll
}

// askExisting offers the registration that is there already instead of a second one. What was typed
// here is parked.
func (s *Screen) askExisting(other app.Registration) {
	if s.uses.OpenExisting == nil {
		return
	}
	s.window.Ask(widgets.Question{
		Title: s.window.Say("ui.daftar.existing.title"),
		Text:  s.window.Say("ui.daftar.existing.text", "name", other.Record.Person.Name, "number", other.Number),
		Answers: []widgets.Answer{
			{Word: s.window.Say("ui.daftar.existing.stay")},
			{Word: s.window.Say("ui.daftar.existing.open"), Kind: widgets.Primary, Act: func() { s.openExisting(other.ID) }},
		},
	})
}

func (s *Screen) openExisting(id app.EntryID) {
	s.park()
	s.uses.OpenExisting(id)
}

// Pair is one thing of two records, side by side. What one of them does not have is no difference.
type Pair struct {
	Field      counter.Field
	Here, Else string
	Differs    bool
}

// Pairs compares two records, field by field; what neither has is left out.
func Pairs(here, other app.Record, village func(code string) string) []Pair {
	var pairs []Pair
	add := func(f counter.Field, a, b string) {
		if a != "" || b != "" {
			pairs = append(pairs, Pair{f, a, b, a != "" && b != "" && a != b})
		}
	}
	add(scheme.FieldName, here.Person.Name, other.Person.Name)
	add(scheme.FieldNIK, Groups(here.Person.NIK), Groups(other.Person.NIK))
	add(scheme.FieldBirthPlace, here.Person.BirthPlace, other.Person.BirthPlace)
	add(scheme.FieldBirthDate, here.Person.BirthDate.String(), other.Person.BirthDate.String())
	add(scheme.FieldMotherName, here.Person.MotherName, other.Person.MotherName)
	add(scheme.FieldAddress, here.Address.Street, other.Address.Street)
	add(scheme.FieldVillage, village(here.Address.Village), village(other.Address.Village))
	add(scheme.FieldPhone, Phones(here.Reach.Phone), Phones(other.Reach.Phone))
	return pairs
}

func (v *view) beside(here app.Record, other app.Registration) fyne.CanvasObject {
	village := func(code string) string { return v.wordOf(scheme.FieldVillage, code) }
	shares := []float32{0.8, 1.2, 1.2}
	rows := widgets.Column(7, widgets.Shares(10, shares, widgets.NewText(widgets.LabelStyle, ""),
		widgets.NewPara(widgets.Section, v.say("ui.daftar.compare.here")), widgets.NewPara(widgets.Section, v.say("ui.daftar.compare.other"))))
	for _, p := range Pairs(here, other.Record, village) {
		style := widgets.Body
		if p.Differs {
			style = widgets.Strong.In(theme.Amber)
		}
		rows.Add(widgets.Rule())
		rows.Add(widgets.Shares(10, shares, widgets.NewPara(widgets.LabelStyle, v.label(p.Field)), widgets.NewPara(style, p.Here), widgets.NewPara(style, p.Else)))
	}
	when := v.say("ui.daftar.compare.when", "number", other.Number, "day", app.DateOf(other.CapturedAt))
	rows.Add(widgets.NewPara(widgets.SmallStyle, when))
	return rows
}

// nameOf is what a draft is called while it has no number: the name, or the NIK, or nothing yet.
func nameOf(w widgets.Window, d counter.Draft) string {
	if t := d.Ticket.String(); t != "" && d.Form.Empty() {
		return t
	}
	if name := d.Form.Record.Person.Name; name != "" {
		return name
	}
	if nik := d.Form.Text(scheme.FieldNIK); nik != "" {
		return "NIK " + nik
	}
	return w.Say("ui.daftar.nameless")
}
