package daftar

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/words"
	"loket/ui/task"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// employer is the choice of a small employer; the others are the reasons of a referral.
const employer app.ReferralWhy = "employer"

// Elsewhere is for those who do not register here as own-account workers: a small employer is written
// down for the branch to call, others get a slip that says where to go.
type Elsewhere struct {
	of    *Screen
	owner *task.Owner
	model ElsewhereModel
	first *widgets.Field
}

// ElsewhereModel is what the page knows.
type ElsewhereModel struct {
	Why      app.ReferralWhy // "" is not chosen yet
	Lead     app.EmployerLead
	Referral app.Referral
	Workers  string // as typed
	Names    string // as typed, between commas
	Done     app.EntryID
	Err      error
	busy     bool
}

// Written is the lead as it was typed.
func (m ElsewhereModel) Written() app.EmployerLead {
	l := m.Lead
	l.Workers, _ = strconv.Atoi(strings.TrimSpace(m.Workers)) //nolint:errcheck // no number is none
	l.Names = strings.FieldsFunc(m.Names, func(r rune) bool { return r == ',' || r == ';' || r == '\n' })
	return l
}

// OpenElsewhere shows the page over the form. Why is chosen already where the form knows it; "" asks.
func (s *Screen) OpenElsewhere(why app.ReferralWhy) {
	if s.uses.Push == nil {
		return
	}
	page := &Elsewhere{of: s, owner: task.NewOwner(nil)}
	page.owner.Do = s.owner.Do
	page.model.Why = why
	if why == app.ReferFormer {
		page.model.Referral.Name, page.model.Referral.Phone = s.model.Look.Record.Person.Name, s.model.Look.Record.Reach.Phone
	}
	s.uses.Push(page)
}

// Key is none: it stands over the form.
func (e *Elsewhere) Key() fyne.KeyName { return "" }

// Title is in the language of now.
func (e *Elsewhere) Title() string { return e.say("ui.elsewhere.title") }

func (e *Elsewhere) say(key string, pairs ...any) string { return e.of.window.Say(key, pairs...) }

// Enter brings the keyboard to the first field.
func (e *Elsewhere) Enter() { e.focus() }

// Leave lets what was begun come to its end.
func (e *Elsewhere) Leave() {}

func (e *Elsewhere) focus() {
	if e.first != nil {
		e.first.Focus()
	}
}

// Back is Esc: from the form to the choice, then to the screen below.
func (e *Elsewhere) Back() bool {
	if e.model.Why == "" || e.model.Done.Seq != 0 {
		return false
	}
	e.choose("")
	return true
}

func (e *Elsewhere) choose(why app.ReferralWhy) {
	e.model.Why, e.model.Err = why, nil
	e.renew()
}

func (e *Elsewhere) renew() {
	e.of.window.Renew()
	e.focus()
}

// Save writes it down.
func (e *Elsewhere) Save() {
	m := &e.model
	if m.busy || m.Why == "" || m.Done.Seq != 0 {
		return
	}
	m.busy = true
	by, c := e.of.uses.By(), e.of.uses.Counter
	task.Run(e.owner, *m, func(ctx context.Context, m ElsewhereModel) (ElsewhereModel, error) {
		var err error
		if m.Why == employer {
			m.Lead, err = c.AddLead(ctx, by, m.Written())
			m.Done = m.Lead.ID
			return m, err
		}
		m.Referral.Why = m.Why
		m.Referral, err = c.Refer(ctx, by, m.Referral)
		m.Done = m.Referral.ID
		return m, err
	}, func(done ElsewhereModel, err error) {
		m.busy, m.Err = false, err
		if err == nil {
			e.model = done
			e.model.busy = false
			e.print()
			if e.of.uses.Recorded != nil {
				e.of.uses.Recorded()
			}
		}
		e.renew()
	})
}

// print gives the slip; what was written down stays so without one.
func (e *Elsewhere) print() {
	m := e.model
	work := func(ctx context.Context) error { return e.of.uses.PrintReferral(ctx, m.Referral) }
	if m.Why == employer {
		work = func(ctx context.Context) error { return e.of.uses.PrintLead(ctx, m.Lead) }
	}
	if e.of.uses.PrintReferral == nil || e.of.uses.PrintLead == nil {
		return
	}
	task.Run(e.owner, struct{}{}, func(ctx context.Context, _ struct{}) (struct{}, error) { return struct{}{}, work(ctx) }, func(_ struct{}, err error) {
		if err != nil {
			e.of.complain(err)
		}
	})
}

// View is the choice, the form, or what was written down.
func (e *Elsewhere) View() fyne.CanvasObject {
	e.first = nil
	switch {
	case e.model.Done.Seq != 0:
		return e.done()
	case e.model.Why == "":
		return e.choice()
	}
	return e.form()
}

func (e *Elsewhere) choice() fyne.CanvasObject {
	tiles := []fyne.CanvasObject{}
	for _, one := range []struct {
		why  app.ReferralWhy
		icon string
	}{{employer, "people"}, {app.ReferConstruction, "box"}, {app.ReferMigrant, "place"}, {app.ReferFormer, "person"}} {
		tiles = append(tiles, widgets.NewTile(e.of.window, widgets.Tile{
			Icon: one.icon, Word: e.say("refer." + string(one.why)), More: e.say("ui.elsewhere.more." + string(one.why)), Act: func() { e.choose(one.why) },
		}))
	}
	return widgets.Column(theme.Size(theme.Gutter), widgets.NewPara(widgets.Body, e.say("ui.elsewhere.about")), widgets.Grid(theme.Size(theme.Gutter), 300, tiles...))
}

func (e *Elsewhere) field(key string, into *string) *widgets.Field {
	f := widgets.NewField(e.of.window, e.say(key))
	f.SetText(*into)
	f.OnChanged = func(text string) { *into = text }
	if e.first == nil {
		e.first = f
	}
	return f
}

func (e *Elsewhere) form() fyne.CanvasObject {
	m := &e.model
	parts := []fyne.CanvasObject{widgets.NewPara(widgets.Body, e.say("refer."+string(m.Why)+".text"))}
	if m.Why == employer {
		parts = append(parts,
			e.field("ui.elsewhere.employer", &m.Lead.Name).Required(),
			widgets.Beside(10, e.field("ui.elsewhere.npp", &m.Lead.NPP), e.field("ui.elsewhere.workers", &m.Workers).Required().Digits()),
			widgets.Beside(10, e.field("ui.elsewhere.contact", &m.Lead.Contact), e.field("ui.elsewhere.phone", &m.Lead.Phone).Required().Digits()),
			e.field("ui.elsewhere.address", &m.Lead.Address),
			e.field("ui.elsewhere.names", &m.Names).Growing())
	} else {
		parts = append(parts, widgets.Beside(10, e.field("ui.elsewhere.name", &m.Referral.Name), e.field("ui.elsewhere.phone", &m.Referral.Phone).Digits()),
			widgets.NewPara(widgets.SmallStyle, e.say("ui.elsewhere.optional")))
	}
	if m.Err != nil {
		parts = append(parts, widgets.NewNote(widgets.Bad, words.Error(e.of.window.Lang(), m.Err)))
	}
	save := widgets.NewButton(e.of.window, widgets.Primary, e.say("ui.elsewhere.save"), e.Save)
	back := widgets.NewButton(e.of.window, widgets.Secondary, e.say("ui.elsewhere.back"), func() { e.choose("") })
	parts = append(parts, widgets.Row(10, save, back))
	return widgets.Column(0, widgets.Panel(e.say("refer."+string(m.Why)), parts...))
}

func (e *Elsewhere) done() fyne.CanvasObject {
	again := widgets.NewButton(e.of.window, widgets.Secondary, e.say("ui.elsewhere.print"), e.print).WithIcon("printer")
	end := widgets.NewButton(e.of.window, widgets.Primary, e.say("ui.elsewhere.end"), func() { e.of.window.Key(&fyne.KeyEvent{Name: fyne.KeyEscape}) })
	name := e.model.Referral.Name
	if e.model.Why == employer {
		name = e.model.Lead.Name
	}
	return widgets.Column(0, widgets.StatePanel(widgets.Good, e.say("refer."+string(e.model.Why)),
		widgets.NewPara(widgets.LargeStyle, e.say("ui.elsewhere.done", "number", e.model.Done)),
		widgets.NewPara(widgets.Strong, name),
		widgets.NewPara(widgets.Body, e.say("refer."+string(e.model.Why)+".text")),
		widgets.Row(10, end, again)))
}
