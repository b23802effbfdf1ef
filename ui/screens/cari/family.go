package cari

import (
	"context"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/counter"
	"loket/app/words"
	"loket/ui/task"
	"loket/ui/widgets"
)

// FamilyUses is what the families' screen needs of the kiosk.
type FamilyUses struct {
	Clock    app.Clock
	Ask      func(ctx context.Context, q app.Question) (app.Lookup, error)
	List     func(ctx context.Context) ([]app.Lookup, error)
	Counts   func(ctx context.Context) (counter.Asked, error)
	CallBack func(ctx context.Context, id app.EntryID, how string) error
	// PrintSlip prints the numbered slip of a question.
	PrintSlip func(ctx context.Context, l app.Lookup) error
	// NameOf tells the name of an operator; nil shows the short ID.
	NameOf func(operator string) string
	// Search opens the search of participants, which this screen stands behind.
	Search func()
}

// Family is Keluarga bertanya (J8): whether a relative is insured, and what head office answered.
type Family struct {
	window widgets.Window
	uses   FamilyUses
	owner  *task.Owner
	model  FamilyModel
	view   *familyView
}

// NewFamily makes the screen of a window. The meter, which may be nil, shows long waits.
func NewFamily(w widgets.Window, meter task.Meter, uses FamilyUses) *Family {
	if uses.Clock == nil {
		uses.Clock = app.SystemClock{}
	}
	return &Family{window: w, uses: uses, owner: task.NewOwner(meter)}
}

// Key is none: it stands behind the search.
func (s *Family) Key() fyne.KeyName { return "" }

// Title is in the language of now.
func (s *Family) Title() string { return s.window.Say("ui.family.title") }

// Subtitle is the number of the question that is shown.
func (s *Family) Subtitle() []fyne.CanvasObject {
	if s.model.Mode != FamilyShown {
		return nil
	}
	return []fyne.CanvasObject{widgets.NewText(widgets.Quiet, s.model.Shown.Number.String())}
}

// Actions are the ways out, and the slip of the question that is shown.
func (s *Family) Actions() []widgets.Action {
	var actions []widgets.Action
	if s.model.Mode != FamilyList {
		actions = append(actions, widgets.Action{Word: s.window.Say("ui.family.list"), Icon: "back", Act: func() { s.Back() }})
	}
	if s.model.Mode == FamilyShown && s.uses.PrintSlip != nil {
		actions = append(actions, widgets.Action{Word: s.window.Say("ui.family.slip"), Icon: "printer", Act: s.printSlip})
	}
	return actions
}

// Primary begins or records a question.
func (s *Family) Primary() widgets.Action {
	switch s.model.Mode {
	case FamilyList:
		word := "ui.family.new"
		if !s.model.Form.Empty() {
			word = "ui.family.go_on"
		}
		return widgets.Action{Word: s.window.Say(word), Icon: "add", Act: func() { s.Start("") }}
	case FamilyAsking:
		return widgets.Action{Word: s.window.Say("ui.family.record"), Keys: "Ctrl+S", Icon: "search", Off: s.model.Busy, Act: s.record}
	}
	return widgets.Action{Word: s.window.Say("ui.family.new"), Icon: "add", Act: func() { s.Start("") }}
}

// View draws the screen from its model.
func (s *Family) View() fyne.CanvasObject {
	s.view = newFamilyView(s)
	return s.view.render()
}

// Enter reads the questions again.
func (s *Family) Enter() {
	s.read()
	s.view.focus()
}

// News reads again, because an answer may have come.
func (s *Family) News() { s.read() }

// Leave drops what is awaited; what was typed stays.
func (s *Family) Leave() { s.owner.Leave(); s.model.Busy = false }

// Save records the question.
func (s *Family) Save() {
	if s.model.Mode == FamilyAsking {
		s.record()
	}
}

// Back goes from a question to the list, and from the list to the search.
func (s *Family) Back() bool {
	if s.model.Mode == FamilyList {
		if s.uses.Search == nil {
			return false
		}
		s.uses.Search()
		return true
	}
	s.show(FamilyList)
	s.read()
	return true
}

// Start begins a question, with what was searched for.
func (s *Family) Start(query string) {
	s.model.Start(query)
	s.show(FamilyAsking)
}

func (s *Family) show(mode FamilyMode) {
	s.model.Mode = mode
	s.window.Renew()
	if s.view != nil {
		s.view.focus()
	}
}

type familyReading struct {
	all    []app.Lookup
	counts counter.Asked
}

func (s *Family) read() {
	task.Latest(s.owner, "list", struct{}{}, func(ctx context.Context, _ struct{}) (r familyReading, err error) {
		if r.all, err = s.uses.List(ctx); err == nil {
			r.counts, err = s.uses.Counts(ctx)
		}
		return r, err
	}, func(r familyReading, err error) {
		if err != nil {
			s.complain(err)
			return
		}
		s.model.Took(r.all, r.counts)
		if s.model.Mode != FamilyAsking { // nothing there changes, and the keyboard stays where it is
			s.window.Renew()
			s.view.focus()
		}
	})
}

// record keeps the question, and shows what can be said now.
func (s *Family) record() {
	if s.model.Busy {
		return
	}
	q, wrong := s.model.Question()
	if s.model.Wrong = wrong; len(wrong) > 0 {
		s.window.Renew()
		s.view.focusField(s.model.FirstWrong())
		return
	}
	s.busy(true)
	task.Run(s.owner, q, s.uses.Ask, func(l app.Lookup, err error) {
		s.busy(false)
		if err != nil {
			s.complain(err)
			return
		}
		s.model.Form, s.model.Wrong = Asked{}, nil
		s.window.Toast(widgets.Good, s.window.Say("ui.family.recorded", "number", l.Number))
		s.open(l)
		s.read()
	})
}

func (s *Family) busy(on bool) {
	s.model.Busy = on
	s.window.Renew()
}

func (s *Family) open(l app.Lookup) {
	s.model.Shown, s.model.How = l, ""
	s.show(FamilyShown)
}

func (s *Family) openKey(key string) {
	if l, ok := s.model.Lookup(key); ok {
		s.open(l)
	}
}

// called records that the family was told, or could not be reached.
func (s *Family) called() {
	if s.model.How == "" {
		s.complain(app.Fail(app.LookupCallBackBad))
		return
	}
	how := s.model.How
	task.Run(s.owner, s.model.Shown.ID, func(ctx context.Context, id app.EntryID) (struct{}, error) {
		return struct{}{}, s.uses.CallBack(ctx, id, how)
	}, func(_ struct{}, err error) {
		if err != nil {
			s.complain(err)
			return
		}
		s.model.How = ""
		s.window.Toast(widgets.Good, s.window.Say("ui.family.called"))
		s.read()
	})
}

func (s *Family) printSlip() {
	task.Run(s.owner, s.model.Shown, func(ctx context.Context, l app.Lookup) (struct{}, error) {
		return struct{}{}, s.uses.PrintSlip(ctx, l)
	}, func(_ struct{}, err error) {
		if err != nil {
			s.complain(err)
			return
		}
		s.window.Toast(widgets.Good, s.window.Say("ui.family.slip.done", "number", s.model.Shown.Number))
	})
}

func (s *Family) complain(err error) {
	s.window.Toast(widgets.Bad, words.Error(s.window.Lang(), err))
}
