// Package cek is the screen that checks a card: scan or paste, and a large answer with its reason,
// to be read across the counter.
package cek

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/checking"
	"loket/ui/task"
	"loket/ui/widgets"
)

// Lists is how old what this kiosk knows is.
type Lists struct {
	Issued time.Time // of the trust list; zero: there is none
	Until  time.Time // when the next one was due
}

// Door is what this screen needs of the kiosk.
type Door struct {
	Check func(ctx context.Context, text string) (checking.Answer, error) // away from the window
	Lists func() Lists
}

// Options are what the screen is told about the window around it.
type Options struct {
	Clock app.Clock
	// Turn shows the answer in the whole window, over this screen; nil where that cannot be.
	Turn func(*Large)
}

// Screen checks cards.
type Screen struct {
	window  widgets.Window
	door    Door
	options Options
	owner   *task.Owner
	model   Model
	view    *view
	large   *Large // in sight instead
}

// New makes the screen of a window. The meter, which may be nil, shows long waits.
func New(w widgets.Window, meter task.Meter, door Door, o Options) *Screen {
	return &Screen{window: w, door: door, options: o, owner: task.NewOwner(meter)}
}

// Key is F6.
func (s *Screen) Key() fyne.KeyName { return fyne.KeyF6 }

// Title is in the language of now.
func (s *Screen) Title() string { return s.window.Say("ui.nav.check") }

// Subtitle tells how old the list is by which this screen answers.
func (s *Screen) Subtitle() []fyne.CanvasObject {
	state, word := s.age()
	return []fyne.CanvasObject{widgets.Pill(state, word)}
}

// age is how old the list is: amber when a newer one was due.
func (s *Screen) age() (widgets.State, string) {
	lists, now := s.door.Lists(), s.options.Clock.Now()
	switch {
	case lists.Issued.IsZero():
		return widgets.Bad, s.window.Say("ui.check.lists.none")
	case now.After(lists.Until):
		return widgets.Waiting, s.window.Say("ui.check.lists.old", "ago", widgets.Ago(s.window, lists.Issued, now))
	}
	return widgets.Known, s.window.Say("ui.check.lists", "ago", widgets.Ago(s.window, lists.Issued, now))
}

// Primary turns the screen around: the answer in the whole window.
func (s *Screen) Primary() widgets.Action {
	if s.options.Turn == nil {
		return widgets.Action{}
	}
	return widgets.Action{Word: s.window.Say("ui.check.turn"), Icon: "people", Act: func() { s.options.Turn(&Large{of: s}) }}
}

// Actions are beside it: the next card.
func (s *Screen) Actions() []widgets.Action {
	if s.model.Answer == nil && s.model.Err == nil {
		return nil
	}
	return []widgets.Action{{Word: s.window.Say("ui.check.next"), Keys: "Esc", Act: func() { s.Back() }}}
}

// View draws the screen from its model.
func (s *Screen) View() fyne.CanvasObject {
	s.view = newView(s)
	return widgets.NewFitting(s.view.render)
}

// Enter is ready to scan or paste.
func (s *Screen) Enter() { s.view.focus() }

// Leave drops what is awaited.
func (s *Screen) Leave() {
	s.owner.Leave()
	s.model.Busy = false
}

// News shows how old the lists are now. Nothing moves under the hands of who is typing.
func (s *Screen) News() {
	if s.model.Text == "" {
		s.show()
	}
}

// Back is ready for the next card, at Esc.
func (s *Screen) Back() bool {
	if !s.model.Clear() {
		return false
	}
	s.show()
	return true
}

// Scan answers about whatever was scanned.
func (s *Screen) Scan(text string) bool {
	if !LooksLikeCode(text) {
		return false
	}
	s.check(text)
	return true
}

// check asks, and shows the answer. The newest question counts.
func (s *Screen) check(text string) {
	s.model.Busy = true
	task.Latest(s.owner, "check", text, func(ctx context.Context, text string) (checking.Answer, error) {
		return s.door.Check(ctx, text)
	}, func(a checking.Answer, err error) {
		s.model.Answered(a, err)
		s.show()
	})
}

// show draws again and puts the keyboard where the next text belongs.
func (s *Screen) show() {
	s.window.Renew()
	switch {
	case s.large != nil:
		s.large.focus()
	case s.view != nil:
		s.view.focus()
	}
}
