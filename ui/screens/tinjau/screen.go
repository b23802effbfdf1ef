// Package tinjau is the review of flagged registrations by a supervisor: each beside the registration
// that it looks like, approved or sent back with a reason.
package tinjau

import (
	"context"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/counter"
	"loket/app/words"
	"loket/ui/task"
	"loket/ui/widgets"
)

// Uses is what this screen needs of the kiosk. All but Village and NameOf run away from the window; who
// acts is whoever is signed in.
type Uses struct {
	Clock       app.Clock
	Waiting     func(ctx context.Context) ([]app.Registration, error)
	Participant func(ctx context.Context, id app.EntryID) (counter.Participant, error)
	LookAlikes  func(ctx context.Context, id app.EntryID, p app.Person) ([]counter.Likeness, error)
	Approve     func(ctx context.Context, id app.EntryID) (app.Registration, error)
	SendBack    func(ctx context.Context, id app.EntryID, why counter.Why) (app.Registration, error)
	Village     func(code string) string
	NameOf      func(operator string) string // may be nil
}

// Screen is Tinjau.
type Screen struct {
	window widgets.Window
	uses   Uses
	owner  *task.Owner
	model  Model
	view   *view
}

// New makes the screen of a window. The meter, which may be nil, shows long waits.
func New(w widgets.Window, meter task.Meter, uses Uses) *Screen {
	if uses.Clock == nil {
		uses.Clock = app.SystemClock{}
	}
	return &Screen{window: w, uses: uses, owner: task.NewOwner(meter)}
}

// Key is none: it is reached from Beranda.
func (s *Screen) Key() fyne.KeyName { return "" }

// Title is in the language of now.
func (s *Screen) Title() string { return s.window.Say("ui.nav.review") }

// Subtitle is how many wait, or whose registration is looked at.
func (s *Screen) Subtitle() []fyne.CanvasObject {
	switch {
	case s.model.Page != nil:
		return []fyne.CanvasObject{widgets.NewText(widgets.Quiet, s.model.Page.Registration.Number.String())}
	case s.model.Loaded && len(s.model.List) > 0:
		return []fyne.CanvasObject{widgets.NewText(widgets.Quiet, s.window.Say("ui.review.count", "n", len(s.model.List)))}
	}
	return nil
}

// Actions are the other ways out of a case.
func (s *Screen) Actions() []widgets.Action {
	if s.model.Page == nil {
		return nil
	}
	return []widgets.Action{
		{Word: s.window.Say("ui.review.list"), Icon: "back", Keys: "Esc", Act: func() { s.Back() }},
		{Word: s.window.Say("ui.review.back"), Icon: "undo", Off: s.model.Busy || s.model.Asking, Act: s.ask},
	}
}

// Primary approves.
func (s *Screen) Primary() widgets.Action {
	if s.model.Page == nil || s.model.Asking {
		return widgets.Action{}
	}
	return widgets.Action{Word: s.window.Say("ui.review.approve"), Icon: "check", Off: s.model.Busy, Act: s.approve}
}

// View draws the screen from its model.
func (s *Screen) View() fyne.CanvasObject {
	s.view = newView(s)
	return s.view.render(&s.model)
}

// Enter reads the list; a case that is open is read again: somebody may have decided it.
func (s *Screen) Enter() {
	s.load()
	if s.model.Page != nil {
		s.open(s.model.Page.Registration.ID)
	}
}

// Leave drops what is awaited. What was chosen and typed stays.
func (s *Screen) Leave() {
	s.owner.Leave()
	s.model.Busy = false
}

// News reads the list again.
func (s *Screen) News() {
	if s.model.Page == nil {
		s.load()
	}
}

// Back goes from the reason to the case, and from the case to the list.
func (s *Screen) Back() bool {
	switch {
	case s.model.Asking:
		s.model.Asking, s.model.Why.Problem = false, "" // what was typed stays for the next time
	case s.model.Page != nil:
		s.owner.Leave()
		s.model.Page, s.model.Err, s.model.Busy = nil, nil, false
		s.load()
	default:
		return false
	}
	s.show()
	return true
}

func (s *Screen) load() {
	task.Latest(s.owner, "list", struct{}{}, func(ctx context.Context, _ struct{}) ([]app.Registration, error) {
		return s.uses.Waiting(ctx)
	}, func(list []app.Registration, err error) {
		if err != nil {
			s.window.Toast(widgets.Bad, words.Error(s.window.Lang(), err))
			return
		}
		s.model.Took(list)
		if s.model.Page == nil {
			s.show()
		}
	})
}

// open looks at a case: the registration, and those that it looks like.
func (s *Screen) open(id app.EntryID) {
	task.Latest(s.owner, "case", id, s.read, func(c *Case, err error) {
		if err != nil {
			s.window.Toast(widgets.Bad, words.Error(s.window.Lang(), err))
			return
		}
		if p := s.model.Page; p != nil && p.Registration.ID == id {
			c.At, s.model.Page = min(p.At, max(len(c.Alike)-1, 0)), c // somebody may be typing a reason
		} else {
			s.model.Open(c)
		}
		s.show()
	})
}

func (s *Screen) read(ctx context.Context, id app.EntryID) (*Case, error) {
	p, err := s.uses.Participant(ctx, id)
	if err != nil {
		return nil, err
	}
	c := &Case{Registration: p.Registration}
	alike, err := s.uses.LookAlikes(ctx, id, p.Registration.Record.Person)
	if err != nil {
		return nil, err
	}
	for _, l := range alike {
		other, err := s.uses.Participant(ctx, l.ID)
		if err != nil {
			return nil, err
		}
		c.Alike = append(c.Alike, Side{other.Registration, l.Outcome})
	}
	return c, nil
}

func (s *Screen) openKey(key string) {
	if r, ok := s.model.Find(key); ok {
		s.open(r.ID)
	}
}

func (s *Screen) approve() {
	s.answer(s.uses.Approve, "ui.review.approved")
}

// ask opens the question for the reason.
func (s *Screen) ask() {
	s.model.Asking, s.model.Err = true, nil
	s.show()
}

func (s *Screen) sendBack() {
	why := counter.Why{Reason: s.model.Why.Reason, Note: s.model.Why.Note}
	s.answer(func(ctx context.Context, id app.EntryID) (app.Registration, error) {
		return s.uses.SendBack(ctx, id, why)
	}, "ui.review.returned")
}

// answer gives the supervisor's word, and goes on to the next case.
func (s *Screen) answer(say func(context.Context, app.EntryID) (app.Registration, error), done string) {
	if s.model.Busy || s.model.Page == nil {
		return
	}
	s.model.Busy = true
	task.Run(s.owner, s.model.Page.Registration.ID, func(ctx context.Context, id app.EntryID) (app.Registration, error) {
		return say(context.WithoutCancel(ctx), id) // leaving takes nothing back
	}, func(r app.Registration, err error) { s.answered(r, err, done) })
}

func (s *Screen) answered(r app.Registration, err error, done string) {
	s.model.Busy = false
	switch {
	case app.CodeOf(err) == app.RecordNoReason:
		s.model.Why.Problem = words.Error(s.window.Lang(), err)
	case err != nil:
		s.model.Err = err
		s.model.Asking = false
	default:
		s.window.Toast(widgets.Good, s.window.Say(done, "name", r.Record.Person.Name))
		next, more := s.model.Next()
		s.model.Page = nil
		if more {
			s.open(next)
		}
		s.load()
	}
	s.show()
}

// show draws again and puts the keyboard where the next key belongs.
func (s *Screen) show() {
	s.window.Renew()
	if s.view != nil {
		s.view.focus()
	}
}

// nameOf is an operator's name, or the short ID where nobody knows it.
func (s *Screen) nameOf(operator string) string {
	if s.uses.NameOf == nil {
		return operator
	}
	return s.uses.NameOf(operator)
}
