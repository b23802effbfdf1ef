// Package cari is Cari peserta (F3): who on this computer fits what is typed, and the page of one
// person. Not found is never "not registered".
package cari

import (
	"context"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/card"
	"loket/app/counter"
	"loket/app/words"
	"loket/ui/task"
	"loket/ui/widgets"
)

// Uses is what this screen needs of the kiosk.
type Uses struct {
	Counter *counter.Counter
	Clock   app.Clock
	// PrintSlip prints the slip again.
	PrintSlip func(ctx context.Context, r app.Registration) error
	// MakeCard makes the card of a person, who has none yet; MayCard says why that cannot be, or nil.
	// MakeCard is nil for who may not.
	MakeCard func(ctx context.Context, r app.Registration) error
	MayCard  func(r app.Registration) error
	// HandOver opens the handover of a card, on the window's goroutine; nil where there is none.
	HandOver func(c app.Card)
	// Families opens where families ask, with what was searched for; nil where there is no such place.
	Families func(query string)
	// NameOf tells the name of an operator; nil shows the short ID.
	NameOf func(operator string) string
	Acts   Acts // what can be done about a registration afterwards
}

// Screen is Cari peserta.
type Screen struct {
	window widgets.Window
	uses   Uses
	owner  *task.Owner
	model  Model
	view   *view
	asking asking // before something is done about the registration shown
}

// New makes the screen of a window. The meter, which may be nil, shows long waits.
func New(w widgets.Window, meter task.Meter, uses Uses) *Screen {
	if uses.Clock == nil {
		uses.Clock = app.SystemClock{}
	}
	return &Screen{window: w, uses: uses, owner: task.NewOwner(meter)}
}

// Key opens the screen.
func (s *Screen) Key() fyne.KeyName { return fyne.KeyF3 }

// Title is in the language of now.
func (s *Screen) Title() string { return s.window.Say("ui.nav.find") }

// Subtitle names who is shown.
func (s *Screen) Subtitle() []fyne.CanvasObject {
	if p := s.model.Page; p != nil {
		return []fyne.CanvasObject{widgets.NewText(widgets.Quiet, p.Registration.Number.String())}
	}
	return nil
}

// Actions are what can be done for the person shown.
func (s *Screen) Actions() []widgets.Action {
	p := s.model.Page
	if p == nil {
		return s.familyActions()
	}
	actions := []widgets.Action{{Word: s.window.Say("ui.cari.list"), Icon: "back", Act: func() { s.Back() }}}
	if s.uses.PrintSlip != nil {
		actions = append(actions, widgets.Action{Word: s.window.Say("ui.cari.slip"), Icon: "printer", Act: func() { s.do(s.uses.PrintSlip, "ui.cari.slip.done") }})
	}
	if _, has := s.model.Card(); !has && s.uses.MakeCard != nil {
		actions = append(actions, widgets.Action{Word: s.window.Say("ui.cari.card"), Icon: "card", Act: s.makeCard})
	}
	return actions
}

// Primary hands the card over, when it is ready.
func (s *Screen) Primary() widgets.Action {
	c, ok := s.model.Card()
	if !ok || !s.model.Ready() || s.uses.HandOver == nil {
		return widgets.Action{}
	}
	return widgets.Action{Word: s.window.Say("ui.cari.hand"), Icon: "handover", Act: func() { s.uses.HandOver(c) }}
}

// View draws the screen from its model.
func (s *Screen) View() fyne.CanvasObject {
	s.view = newView(s)
	return s.view.render(&s.model)
}

// Enter asks again, because people may have come or gone on.
func (s *Screen) Enter() {
	if s.model.Page != nil {
		s.open(s.model.Page.Registration.ID)
		return
	}
	s.find(s.model.Query)
	s.view.focus(&s.model)
}

// Leave drops what is awaited.
func (s *Screen) Leave() { s.owner.Leave() }

// Back goes from the page to the list, and from a query to none.
func (s *Screen) Back() bool {
	if s.model.Page == nil {
		return false
	}
	if s.stopAsking() {
		return true
	}
	s.owner.Leave()
	s.model.Page = nil
	s.window.Renew()
	s.find(s.model.Query)
	s.view.focus(&s.model)
	return true
}

// Scan opens the person of a scanned slip.
func (s *Screen) Scan(text string) bool {
	scanned, err := card.ParseScan(text)
	if err != nil || scanned.Kind != card.ScanProvisional {
		return false
	}
	s.model.Page = nil
	s.model.Ask(scanned.Provisional().String())
	s.window.Renew()
	s.findThen(func() {
		if h, ok := s.model.Only(); ok {
			s.open(h.ID)
		}
	})
	return true
}

func (s *Screen) find(query string) {
	s.model.Ask(query)
	s.findThen(func() {})
}

// findThen looks for the query; only the newest answer counts.
func (s *Screen) findThen(then func()) {
	task.Latest(s.owner, "find", s.model.Query, s.uses.Counter.Find, func(hits []counter.Hit, err error) {
		if err != nil {
			s.complain(err)
			return
		}
		s.model.Found(hits)
		s.model.Loading = s.uses.Counter.Loading()
		s.view.fill(&s.model)
		then()
	})
}

// Show opens the page of somebody, for another screen that knows who it is.
func (s *Screen) Show(id app.EntryID) { s.open(id) }

// open shows the page of a person.
func (s *Screen) open(id app.EntryID) {
	task.Latest(s.owner, "page", id, s.uses.Counter.Participant, func(p counter.Participant, err error) {
		if err != nil {
			s.complain(err)
			return
		}
		if s.model.Page == nil || s.model.Page.Registration.ID != id {
			s.asking = asking{}
		}
		s.model.Page, s.model.Selected = &p, id.String()
		s.window.Renew()
	})
}

func (s *Screen) openKey(key string) {
	if h, ok := s.model.Hit(key); ok {
		s.open(h.ID)
	}
}

// entered is Enter in the search field; who types fast is answered first.
func (s *Screen) entered() {
	if s.model.Searched || s.model.Query == "" {
		s.choose()
		return
	}
	s.findThen(s.choose)
}

// choose opens the only one; of several one is chosen.
func (s *Screen) choose() {
	if h, ok := s.model.Only(); ok {
		s.open(h.ID)
		return
	}
	s.view.toList(&s.model)
}

func (s *Screen) makeCard() {
	if s.uses.MayCard != nil {
		if err := s.uses.MayCard(s.model.Page.Registration); err != nil {
			s.complain(err)
			return
		}
	}
	s.do(s.uses.MakeCard, "ui.cari.card.done")
}

// do does something for the person shown, and shows what became of it.
func (s *Screen) do(work func(context.Context, app.Registration) error, done string) {
	r := s.model.Page.Registration
	task.Run(s.owner, r, func(ctx context.Context, r app.Registration) (struct{}, error) {
		return struct{}{}, work(ctx, r)
	}, func(_ struct{}, err error) {
		if err != nil {
			s.complain(err)
			return
		}
		s.window.Toast(widgets.Good, s.window.Say(done, "name", r.Record.Person.Name))
		s.open(r.ID)
	})
}

func (s *Screen) complain(err error) {
	s.window.Toast(widgets.Bad, words.Error(s.window.Lang(), err))
}
