// Package masuk is the sign-in screen: pick your name, give your PIN; and the first start of a
// kiosk, with its enrolment code and first supervisor.
package masuk

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/access"
	"loket/app/sealed"
	"loket/app/words"
	"loket/ui/task"
	"loket/ui/widgets"
)

// Door is what this screen needs of the kiosk. All but Signed run away from the window.
type Door struct {
	Begun      func() bool  // false: nobody has begun this kiosk
	Trouble    func() error // what is told before anybody signs in; nil, or nil from it: nothing
	People     func(ctx context.Context) ([]app.Operator, error)
	SignIn     func(ctx context.Context, operator, pin string) (access.Session, error)
	FirstStart func(ctx context.Context, token sealed.Token, name, pin string) (access.Session, error)
	// ShowPass judges an event pass and Join lets in with it; nil where there are none.
	ShowPass func(ctx context.Context, pass string) (app.Event, error)
	Join     func(ctx context.Context, pass, name, pin string) (access.Session, error)
	Recovery Recovery
	Signed   func(access.Session) // opens the screens of who signed in; on the window's goroutine
}

// Options are what the screen is told about the window around it.
type Options struct {
	Office      func() string // under the name of the program
	PracticePIN string        // shown in practice mode; "" outside it
	SetLang     func(words.Lang)
	// ChooseFile lets a person choose a file and gives its content; nil where there is none.
	ChooseFile func(done func(content []byte, err error))
	// ChooseFolder lets a person choose a folder; nil where there is none.
	ChooseFolder func(done func(dir string, err error))
	// Touch brings pads for fingers to the fields, or takes them away; may be nil.
	Touch   func(on bool)
	Fingers func() bool // whether there is no keyboard; nil: there is one
	Clock   app.Clock   // nil is the computer's
}

// Screen is the sign-in screen.
type Screen struct {
	window  widgets.Window
	door    Door
	options Options
	owner   *task.Owner
	model   Model
	view    *view
	ticking func()
}

// New makes the screen of a window. The meter, which may be nil, shows long waits.
func New(w widgets.Window, meter task.Meter, door Door, o Options) *Screen {
	return &Screen{window: w, door: door, options: o, owner: task.NewOwner(meter)}
}

// Key is none: this screen stands before all others.
func (s *Screen) Key() fyne.KeyName { return "" }

// Title is in the language of now.
func (s *Screen) Title() string { return s.window.Say("ui.signin.title") }

// Bare asks for the whole window.
func (s *Screen) Bare() bool { return true }

// View draws the screen from its model.
func (s *Screen) View() fyne.CanvasObject {
	s.view = newView(s)
	return s.view.render(s.model)
}

// Enter reads who can sign in.
func (s *Screen) Enter() {
	if !s.door.Begun() {
		s.model.Begin()
		s.show()
		return
	}
	s.model = Model{Chosen: s.model.Chosen}
	task.Latest(s.owner, "people", struct{}{}, func(ctx context.Context, _ struct{}) ([]app.Operator, error) {
		return s.door.People(ctx)
	}, func(people []app.Operator, err error) {
		s.model.Listed(people, err)
		s.show()
	})
}

// Tell says why the one before was signed out. It stays until somebody comes.
func (s *Screen) Tell(notice string) {
	s.model.Notice = notice
	s.show()
}

// Leave drops what is awaited and what was typed.
func (s *Screen) Leave() {
	s.stopTicking()
	s.owner.Leave()
	s.model.Busy = false
	s.model.Start, s.model.Pass, s.model.Forgot = Start{}, Pass{}, Forgot{}
	s.touch(false)
}

// Back unpicks the name at Esc.
func (s *Screen) Back() bool {
	if !s.model.Back() {
		return false
	}
	s.stopTicking()
	s.touch(s.model.Stage == ByPass && s.model.Pass.Good)
	s.show()
	return true
}

// back is Esc for fingers.
func (s *Screen) back() { s.Back() }

func (s *Screen) now() time.Time {
	if s.options.Clock != nil {
		return s.options.Clock.Now()
	}
	return app.SystemClock{}.Now()
}

// Scan takes an enrolment code or an event pass from a scanner. Quick fingers are no scanner: what does not begin as
// such a code stays where it was typed.
func (s *Screen) Scan(text string) bool {
	if s.door.ShowPass != nil && s.model.Stage != First && s.model.Stage != Forgotten && LooksLikePass(text) {
		s.takePass(text)
		return true
	}
	if s.model.Stage != First || s.model.Busy || !LooksLikeCode(text) {
		return false
	}
	s.setCode(text)
	return true
}

// show draws again and puts the keyboard where the next key belongs.
func (s *Screen) show() {
	s.window.Renew()
	if s.view != nil {
		s.view.focus(s.model)
	}
}

func (s *Screen) choose(id string) {
	s.stopTicking()
	s.model.Choose(id)
	s.show()
}

type try struct{ operator, pin string }

func (s *Screen) signIn(pin string) {
	if !s.model.Try() {
		return
	}
	s.show()
	task.Run(s.owner, try{s.model.Chosen.ID, pin}, func(ctx context.Context, t try) (access.Session, error) {
		return s.door.SignIn(ctx, t.operator, t.pin)
	}, s.opened)
}

// opened goes in, or says why not. A session that opened with a complaint (a record that cannot be
// read) is a session: the complaint is told and work goes on.
func (s *Screen) opened(session access.Session, err error) {
	if session.Operator.ID == "" {
		s.model.Refused(err)
		s.show()
		s.tick()
		return
	}
	s.model.Busy = false
	s.door.Signed(session)
	if err != nil {
		s.window.Toast(widgets.Waiting, words.Error(s.window.Lang(), err))
	}
}

// tick counts the wait down, so that people see when they may try again.
func (s *Screen) tick() {
	s.stopTicking()
	if s.model.Wait == 0 {
		return
	}
	s.ticking = task.Every(s.owner, time.Second, func() {
		if !s.model.Tick() {
			s.stopTicking()
		}
		s.show()
	})
}

func (s *Screen) stopTicking() {
	if s.ticking != nil {
		s.ticking()
		s.ticking = nil
	}
}

func (s *Screen) setCode(text string) {
	s.model.SetCode(text)
	s.show()
}

func (s *Screen) chooseFile() {
	s.options.ChooseFile(func(content []byte, err error) {
		if err != nil {
			s.model.Err = err
			s.show()
			return
		}
		s.setCode(string(content))
	})
}

func (s *Screen) begin() {
	if s.model.Busy {
		return
	}
	if field, err := s.model.Start.Problem(); err != nil {
		s.view.complain(field, err)
		return
	}
	s.model.Busy, s.model.Err = true, nil
	s.show()
	task.Run(s.owner, s.model.Start, func(ctx context.Context, f Start) (access.Session, error) {
		return s.door.FirstStart(ctx, f.Token, f.Name, f.PIN)
	}, s.opened)
}
