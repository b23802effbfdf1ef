// Package kegiatan is events away from the branch (J2): for supervisors opening one, preparing
// passes for volunteers and closing it with its reconciliation; for volunteers their first screen.
package kegiatan

import (
	"context"
	"reflect"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/event"
	"loket/ui/task"
	"loket/ui/widgets"
)

// Uses is what this screen needs of the kiosk. What takes a context runs away from the window.
type Uses struct {
	Clock   app.Clock
	By      func() app.Operator
	Lead    func() bool // opens, prepares and closes; who does not, sees and says "I work here"
	List    func(ctx context.Context) ([]app.Event, error)
	Page    func(ctx context.Context, id string) (event.Page, error)
	Open    func(ctx context.Context, by app.Operator, f event.Form) (app.Event, error)
	Prepare func(ctx context.Context, id string, n int) error
	Close   func(ctx context.Context, by app.Operator, id string, s event.Sticks, note string) (event.Page, error)
	// Attend says that who is signed in works at an event, or with "" at the branch; At tells where.
	Attend func(ctx context.Context, id string) error
	At     func() string
	Paper  Paper
	Places Places
}

// Paper is what leaves the screen: papers to the printer, passes as files.
type Paper struct {
	Passes func(ctx context.Context, id string) (file string, err error)
	Report func(ctx context.Context, id string, s event.Sticks, note string) (file string, err error)
	Save   func(ctx context.Context, id, dir string) (n int, err error)
	// ChooseFolder lets a person choose; nil where there is no such dialog.
	ChooseFolder func(done func(dir string, err error))
}

// Places finds villages and names them.
type Places struct {
	Find func(text string) []widgets.Option
	Name func(code string) string
}

// Screen is Kegiatan.
type Screen struct {
	window widgets.Window
	uses   Uses
	looks  *task.Owner
	works  *task.Owner // what goes on when one leaves
	here   bool
	model  Model
	view   *view
}

// New makes the screen of a window. The meter, which may be nil, shows long waits.
func New(w widgets.Window, meter task.Meter, uses Uses) *Screen {
	if uses.Clock == nil {
		uses.Clock = app.SystemClock{}
	}
	return &Screen{window: w, uses: uses, looks: task.NewOwner(nil), works: task.NewOwner(meter)}
}

// Key opens the screen.
func (s *Screen) Key() fyne.KeyName { return fyne.KeyF11 }

// Title is in the language of now.
func (s *Screen) Title() string {
	switch s.model.Stage {
	case Opening:
		return s.window.Say("ui.event.new")
	case Closing:
		return s.window.Say("ui.event.close")
	}
	return s.window.Say("ui.nav.events")
}

// Primary is the one act of the stage.
func (s *Screen) Primary() widgets.Action {
	switch s.model.Stage {
	case Opening:
		return widgets.Action{Word: s.window.Say("ui.event.open"), Icon: "check", Off: s.model.Busy, Act: s.open}
	case Closing:
		return widgets.Action{Word: s.window.Say("ui.event.close.go"), Icon: "check", Off: s.model.Busy, Act: s.askClose}
	}
	if !s.uses.Lead() {
		return widgets.Action{}
	}
	return widgets.Action{Word: s.window.Say("ui.event.new"), Icon: "add", Act: s.begin}
}

// Actions step back from a form, for fingers.
func (s *Screen) Actions() []widgets.Action {
	if s.model.Stage == Listing {
		return nil
	}
	return []widgets.Action{{Word: s.window.Say("ui.cancel"), Keys: "Esc", Act: func() { s.Back() }}}
}

// View draws the screen from its model.
func (s *Screen) View() fyne.CanvasObject {
	s.view = newView(s)
	return s.view.render(s.model)
}

// Enter reads the events, now and again: the light goes down while one looks.
func (s *Screen) Enter() {
	s.here = true
	s.News()
	task.Every(s.looks, 5*time.Second, func() {
		if s.model.Stage != Opening {
			s.read()
		}
	})
}

// Leave drops what is awaited.
func (s *Screen) Leave() {
	s.here = false
	s.looks.Leave()
}

// Back steps back at Esc; what was typed stays.
func (s *Screen) Back() bool {
	if !s.model.Back() {
		return false
	}
	s.show()
	return true
}

// show draws everything again and puts the keyboard where the next key belongs.
func (s *Screen) show() {
	if s.here {
		s.window.Renew()
		s.view.focus(s.model)
	}
}

// News reads the list again.
func (s *Screen) News() {
	if !s.here {
		return
	}
	task.Latest(s.looks, "list", struct{}{}, func(ctx context.Context, _ struct{}) ([]app.Event, error) {
		return s.uses.List(ctx)
	}, func(events []app.Event, err error) {
		first := !s.model.Known
		s.model.Listed(events, err)
		switch {
		case s.model.Stage != Listing:
		case first:
			s.show()
		default:
			s.view.listed(s.model)
		}
		s.read()
	})
}

// read reads the chosen event; what was typed and the keyboard stay where they are.
func (s *Screen) read() {
	if s.model.Chosen == "" {
		return
	}
	task.Latest(s.looks, "page", s.model.Chosen, s.uses.Page, func(p event.Page, err error) {
		if p.Event.ID != s.model.Chosen && err == nil {
			return
		}
		if err == nil && reflect.DeepEqual(p, s.model.Page) {
			return // nothing to draw: the keyboard stays on the button where it is
		}
		if err != nil {
			s.model.Err = err
		} else {
			s.model.Page = p
		}
		s.view.update(s.model)
	})
}

func (s *Screen) choose(id string) {
	if id == s.model.Chosen {
		return
	}
	s.model.Chosen, s.model.Page, s.model.Err, s.model.Wrong, s.model.Count, s.model.End = id, event.Page{}, nil, "", "", End{}
	s.view.update(s.model)
	s.read()
}

func (s *Screen) begin() {
	s.model.Begin(s.uses.Clock.Now())
	s.show()
}
