// Package daftar is Daftar baru (F2): a person is registered in the person's presence, NIK first.
// What is typed is kept as a draft at once; saving is one commit and always succeeds or says what is
// missing.
package daftar

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/counter"
	"loket/app/identity"
	"loket/app/words"
	"loket/ui/task"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// Uses is what this screen needs of the kiosk.
type Uses struct {
	Counter *counter.Counter
	By      func() app.Operator // who is signed in
	Source  app.Source          // "" is a walk-in
	Near    func() []string     // regencies of the branch, nearest first: "64.71"; may be nil
	Clock   app.Clock
	// PrintSlip and PrintCard put paper in hand; PrintCard is nil where no cards are made.
	PrintSlip func(ctx context.Context, r app.Registration) error
	PrintCard func(ctx context.Context, r app.Registration) error
	// PrintJoint prints one slip for several with one payer; nil where there is none.
	PrintJoint func(ctx context.Context, j counter.Joint) error
	// MayCard says why no card can be made of a registration now; nil is always.
	MayCard func(r app.Registration) error
	// PrintTicket prints a number of the queue; nil where there is none.
	PrintTicket func(ctx context.Context, d counter.Draft) error
	// PrintReferral and PrintLead print the slips of those who do not register here; nil where there is
	// no printer.
	PrintReferral func(ctx context.Context, r app.Referral) error
	PrintLead     func(ctx context.Context, l app.EmployerLead) error
	// OpenExisting shows the page of somebody who is registered already; nil where there is none.
	OpenExisting func(id app.EntryID)
	// Recorded is told of what else was written down; the light changes. May be nil.
	Recorded func()
	// Push shows a page over this screen until Esc: the notice, the queue. Nil where there is none.
	Push func(Page)
	// ChooseFile lets a person choose a picture; nil where there is none.
	ChooseFile func(done func(content []byte, err error))
	// Saved is told of each registration, on the window's goroutine: the light changes. May be nil.
	Saved func(app.Registration)
}

// Screen is Daftar baru.
type Screen struct {
	window  widgets.Window
	uses    Uses
	owner   *task.Owner // of what only this view awaits
	line    line        // of what must come to its end
	model   *Model
	view    *view
	kept    *widgets.Text // beside the title: when the draft was last written
	stop    func()        // the write that is about to begin
	drawing func()        // the signature that is about to be kept
	narrow  bool          // the window is too small for columns
	saving  bool          // a registration is being made of the form
	queue   *Queue        // shown over the form
}

// New makes the screen of a window. The meter, which may be nil, shows long waits.
func New(w widgets.Window, meter task.Meter, uses Uses) *Screen {
	if uses.Source == "" {
		uses.Source = app.SourceWalkIn
	}
	if uses.Clock == nil {
		uses.Clock = app.SystemClock{}
	}
	s := &Screen{window: w, uses: uses, owner: task.NewOwner(meter), line: line{owner: task.NewOwner(meter)}}
	s.model = NewModel(uses.Counter, uses.Source)
	s.model.By = func() string { return uses.By().ID }
	return s
}

// Key opens the screen.
func (s *Screen) Key() fyne.KeyName { return fyne.KeyF2 }

// Title is in the language of now.
func (s *Screen) Title() string { return s.window.Say("ui.nav.register") }

// Subtitle is the two stages, and when the draft was last kept.
func (s *Screen) Subtitle() []fyne.CanvasObject {
	s.kept = widgets.NewText(widgets.Quiet, "")
	s.renderKept()
	var beside []fyne.CanvasObject
	if t := s.model.Draft.Ticket; t.Number != 0 {
		beside = append(beside, widgets.Pill(widgets.Known, t.String()))
	}
	beside = append(beside, widgets.Pill(widgets.Good, s.window.Say("ui.daftar.stage1")))
	if !s.narrow && s.model.Draft.Ticket.Number == 0 {
		beside = append(beside, widgets.Pill(widgets.Known, s.window.Say("ui.daftar.stage2")))
	}
	return append(beside, widgets.Sized(165*theme.Scale(), 0, s.kept))
}

// renderKept tells when the draft was last written, or that it could not be.
func (s *Screen) renderKept() {
	m := s.model
	switch {
	case s.kept == nil:
	case m.KeepErr != nil:
		s.kept.SetStyle(widgets.Strong.In(theme.Red))
		s.kept.SetText(s.window.Say("ui.daftar.not_kept"))
	case m.Kept.IsZero() || m.Empty():
		s.kept.SetText("")
	default:
		s.kept.SetStyle(widgets.Quiet)
		s.kept.SetText(s.window.Say("ui.daftar.kept", "time", s.here(m.Kept).Format("15.04")))
	}
}

// here is a moment in the branch's zone.
func (s *Screen) here(t time.Time) time.Time { return t.In(s.uses.Clock.Now().Location()) }

// Actions are beside the primary one.
func (s *Screen) Actions() []widgets.Action {
	var actions []widgets.Action
	if n := len(s.model.Parked) - len(counter.Waiting(s.model.Parked)); n > 0 {
		actions = append(actions, widgets.Action{Word: s.window.Say("ui.daftar.parked", "n", n), Icon: "waiting", Act: s.listParked})
	}
	if s.uses.Push != nil {
		word := s.window.Say("ui.queue.title")
		if n := len(counter.Waiting(s.model.Parked)); n > 0 {
			word = s.window.Say("ui.queue.open", "n", n)
		}
		actions = append(actions, widgets.Action{Word: word, Icon: "ticket", Act: s.OpenQueue})
	}
	return append(actions, widgets.Action{Word: s.window.Say("ui.daftar.park"), Act: s.park})
}

// Primary saves.
func (s *Screen) Primary() widgets.Action {
	return widgets.Action{Word: s.window.Say("ui.save"), Keys: "Ctrl+S", Act: s.Save}
}

// View draws the form from its model.
func (s *Screen) View() fyne.CanvasObject {
	at := 0
	if s.view != nil {
		at = s.view.columns.At()
		s.keepSignature()
	}
	s.view = newView(s)
	s.view.columns.Step(at)
	s.view.render(s.model)
	return s.view.columns
}

// Enter judges the form anew, because the rules and what is known of people may have changed, and
// looks for what is unfinished.
func (s *Screen) Enter() {
	s.model.look()
	if narrow := s.view.columns.Stepping(); narrow != s.narrow {
		s.narrow = narrow
		s.window.Renew()
	}
	s.view.render(s.model)
	s.list()
	s.focusNIK()
}

// Leave keeps what was typed.
func (s *Screen) Leave() {
	s.keepSignature()
	s.keep()
	s.owner.Leave()
}

// Rest calls when everything typed is kept: before signing out, because a locked vault takes nothing.
func (s *Screen) Rest(then func()) {
	s.keepSignature()
	s.keep()
	s.line.add(job{work: func(context.Context) error { return nil }, done: func(error) { then() }})
}

// PressKey is F11: the next paper of who was saved last.
func (s *Screen) PressKey(ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeyF11 || s.model.Last == nil {
		return false
	}
	switch s.nextPaper() {
	case slip:
		s.print(slip)
	case card:
		s.print(card)
	}
	return true
}

// Scan takes a NIK that a scanner read, from wherever the keyboard stands. One that was typed
// already is not replaced.
func (s *Screen) Scan(text string) bool {
	nik := identity.Check(text, s.uses.Counter.Rules().Regions.Knowledge, s.uses.Counter.Today())
	if !nik.Valid() || s.model.Draft.Form.Text(Order[0]) != "" {
		return false
	}
	s.model.Type(Order[0], nik.NIK)
	s.changed()
	s.view.focus(Order[1])
	return true
}

func (s *Screen) focusNIK() {
	s.view.columns.Step(0)
	s.view.focus(Order[0])
}

// changed shows what became of the form, and keeps it a moment later.
func (s *Screen) changed() {
	s.view.render(s.model)
	s.later()
}

// keepAfter is how long hands may go on typing before the draft is written.
const keepAfter = 250 * time.Millisecond

func (s *Screen) later() {
	if s.stop == nil && !s.saving {
		s.stop = task.After(s.line.owner, keepAfter, s.keep)
	}
}

// keep writes the draft now, unless nothing changed.
func (s *Screen) keep() {
	if s.stop == nil {
		return
	}
	s.stop()
	s.stop = nil
	m := s.model
	if m.Empty() {
		return
	}
	draft, by := m.Draft, s.uses.By()
	s.line.add(job{write: true, work: func(ctx context.Context) error {
		return s.uses.Counter.SaveDraft(ctx, by, draft)
	}, done: func(err error) {
		if m.Draft.ID == draft.ID {
			m.KeepErr = err
			if err == nil {
				m.Kept = s.uses.Clock.Now()
			}
			s.renderKept()
		}
	}})
}

// forget gives up the write that is about to begin: its draft ends otherwise.
func (s *Screen) forget() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
}

// list reads what is unfinished on this kiosk, and takes up again what was interrupted.
func (s *Screen) list() {
	by := s.uses.By().ID
	task.Latest(s.owner, "drafts", struct{}{}, func(ctx context.Context, _ struct{}) ([]counter.Draft, error) {
		return s.uses.Counter.Drafts(ctx)
	}, func(drafts []counter.Draft, err error) {
		before := len(s.model.Parked)
		draft, found := s.model.Listed(drafts, by)
		if found {
			s.model.Take(draft)
			s.window.Toast(widgets.Known, s.window.Say("ui.daftar.resumed"))
			s.readBill()
		}
		if err != nil {
			s.window.Toast(widgets.Waiting, words.Error(s.window.Lang(), err))
		}
		if found || before != len(s.model.Parked) {
			s.again()
		}
	})
}

// again draws everything anew: another person's form.
func (s *Screen) again() {
	s.window.Renew()
	s.focusNIK()
}

func (s *Screen) complain(err error) {
	s.window.Toast(widgets.Bad, words.Error(s.window.Lang(), err))
}

// listParked shows what was put aside, or hides it again.
func (s *Screen) listParked() {
	s.model.Listing = !s.model.Listing
	s.view.renderSide(s.model)
	if s.model.Listing {
		s.view.focusParked()
	}
}
