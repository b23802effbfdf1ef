// Package kirim is the post box (F8): how many records exist only on this computer, how the line
// stands, sending now, carrying by USB stick, and the enrolment.
package kirim

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/post"
	"loket/app/words"
	"loket/ui/task"
	"loket/ui/widgets"
)

// Uses is what this screen needs of the kiosk. What takes a context runs away from the window.
type Uses struct {
	Clock app.Clock
	State func(ctx context.Context) (post.State, error)
	// Message is head office's newest message, "" when there is none. May be nil.
	Message func(ctx context.Context, lang words.Lang) (string, error)
	// Receipts are the last ones, the newest first. May be nil.
	Receipts func(ctx context.Context) ([]Receipt, error)
	// SendNow seals what is new, has it carried, and takes in what came.
	SendNow func(ctx context.Context) error
	// Enrol reads a token and asks head office with it.
	Enrol func(ctx context.Context, token string) error
	// Export copies all that has no receipt to a stick; Import takes head office's answers from it.
	Export func(ctx context.Context, folder string) (Carried, error)
	Import func(ctx context.Context, folder string) (Carried, error)
	// ChooseFolder and ChooseFile let a person choose; nil where there is no such dialog. Who
	// chooses nothing is not called back.
	ChooseFolder func(done func(folder string, err error))
	ChooseFile   func(done func(content []byte, err error))
	// Changed is told, on the window's goroutine, that something was sent or came. May be nil.
	Changed func()
	Going   Going
}

// lookEvery is how often the state is read again while it is in sight.
const lookEvery = 3 * time.Second

// Screen is Kirim.
type Screen struct {
	window widgets.Window
	uses   Uses
	looks  *task.Owner // reading the state
	works  *task.Owner // sending and carrying: they go on when one leaves
	here   bool        // in sight
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
func (s *Screen) Key() fyne.KeyName { return fyne.KeyF8 }

// Title is in the language of now.
func (s *Screen) Title() string { return s.window.Say("ui.nav.post") }

// Primary sends now.
func (s *Screen) Primary() widgets.Action {
	word := "ui.kirim.send"
	if s.model.Work == Sending {
		word = "ui.kirim.sending"
	}
	return widgets.Action{Word: s.window.Say(word), Icon: "send", Off: s.model.Work != Idle, Act: s.send}
}

// View draws the screen from its model.
func (s *Screen) View() fyne.CanvasObject {
	s.model.Now = s.uses.Clock.Now()
	s.view = newView(s)
	return s.view.render(s.model)
}

// Enter reads the state, now and again.
func (s *Screen) Enter() {
	s.here = true
	s.News()
	task.Every(s.looks, lookEvery, s.News)
}

// Leave drops what is awaited. What is being sent or carried goes on.
func (s *Screen) Leave() {
	s.here = false
	s.looks.Leave()
}

// Scan takes an enrolment token from a scanner.
func (s *Screen) Scan(text string) bool {
	if !LooksLikeToken(text) {
		return false
	}
	if s.model.AskGoOn() {
		s.model.Code = strings.TrimSpace(text)
		s.view.token.SetText(s.model.Code)
		s.goOn()
		return true
	}
	if !s.model.AskToken() && !s.model.State.Asked {
		return false
	}
	s.model.Asking, s.model.Code = true, strings.TrimSpace(text)
	s.draw()
	s.enrol()
	return true
}

// Back takes the question for a new token away at Esc.
func (s *Screen) Back() bool {
	if !s.model.Asking {
		return false
	}
	s.model.Asking, s.model.CodeErr = false, nil
	s.draw()
	return true
}

// Reading is one look at the post box.
type Reading struct {
	State    post.State
	Receipts []Receipt
	Message  string
	Kiosk    app.Chain
	May      bool
}

type look struct {
	uses Uses
	lang words.Lang
}

func (l look) read(ctx context.Context) (r Reading, err error) {
	if r.State, err = l.uses.State(ctx); err != nil {
		return r, err
	}
	if l.uses.Going.On != nil {
		r.Kiosk, r.May = l.uses.Going.Kiosk(), l.uses.Going.May()
	}
	if l.uses.Message != nil {
		if r.Message, err = l.uses.Message(ctx, l.lang); err != nil {
			return r, err
		}
	}
	if l.uses.Receipts != nil {
		r.Receipts, err = l.uses.Receipts(ctx)
	}
	return r, err
}

// News reads the state again.
func (s *Screen) News() {
	if !s.here {
		return
	}
	task.Latest(s.looks, "state", look{s.uses, s.window.Lang()}, func(ctx context.Context, l look) (Reading, error) {
		return l.read(ctx)
	}, func(r Reading, err error) {
		s.model.Read(r, err)
		s.draw()
	})
}

// draw shows the model without taking the keyboard away from where it is.
func (s *Screen) draw() {
	s.model.Now = s.uses.Clock.Now()
	s.view.update(s.model)
}

// begin shows that work goes on; the title line shows it too.
func (s *Screen) begin(w Work) bool {
	if !s.model.Begin(w) {
		return false
	}
	s.window.Renew()
	return true
}

// end shows how it ended, and brings the keyboard back to where the work was begun. Who has gone to
// another screen meanwhile is left in peace.
func (s *Screen) end() {
	begun := s.model.Work
	s.model.Work = Idle
	if s.here {
		s.window.Renew()
		s.view.focus(begun)
		s.News()
	}
	if s.uses.Changed != nil {
		s.uses.Changed()
	}
}

func (s *Screen) send() {
	if !s.begin(Sending) {
		return
	}
	task.Run(s.works, s.uses.SendNow, func(ctx context.Context, send func(context.Context) error) (struct{}, error) {
		return struct{}{}, send(ctx)
	}, func(_ struct{}, err error) {
		s.model.Err = err
		if err == nil {
			s.window.Toast(widgets.Good, s.window.Say("ui.kirim.sent"))
		}
		s.end()
	})
}

type journey struct {
	carry  func(context.Context, string) (Carried, error)
	folder string
}

// carry does one journey of a stick; without a folder it asks for one first.
func (s *Screen) carry(w Work) {
	if strings.TrimSpace(s.model.Folder) == "" {
		s.askFolder(w)
		return
	}
	if !s.begin(w) {
		return
	}
	j := journey{s.uses.Export, strings.TrimSpace(s.model.Folder)}
	if w == Importing {
		j.carry = s.uses.Import
	}
	task.Run(s.works, j, func(ctx context.Context, j journey) (Carried, error) {
		return j.carry(ctx, j.folder)
	}, func(c Carried, err error) {
		s.model.Stick, s.model.StickErr = Stick{w, c}, err
		s.end()
	})
}

func (s *Screen) askFolder(then Work) {
	if s.uses.ChooseFolder == nil {
		s.model.StickErr = app.Fail(app.KirimNoFolder)
		s.draw()
		s.view.folder.Focus()
		return
	}
	s.chooseFolder(func() { s.carry(then) })
}

func (s *Screen) chooseFolder(then func()) {
	s.uses.ChooseFolder(func(folder string, err error) {
		s.model.StickErr = err
		if err == nil && folder != "" {
			s.model.Folder = folder
			s.view.folder.SetText(folder)
			then()
		}
		s.draw()
	})
}

// useToken uses the token that was put in for what it is asked for.
func (s *Screen) useToken() {
	if s.model.Behind() {
		s.goOn()
		return
	}
	s.enrol()
}

func (s *Screen) enrol() {
	if err := s.model.CodeProblem(); err != nil {
		s.model.CodeErr = err
		s.draw()
		s.view.token.Focus()
		return
	}
	if !s.begin(Enrolling) {
		return
	}
	code := strings.TrimSpace(s.model.Code)
	task.Run(s.works, code, func(ctx context.Context, code string) (struct{}, error) {
		return struct{}{}, s.uses.Enrol(ctx, code)
	}, func(_ struct{}, err error) {
		s.model.CodeErr = err
		if err == nil {
			s.model.Code, s.model.Asking = "", false
		}
		s.end()
	})
}

func (s *Screen) chooseToken() {
	s.uses.ChooseFile(func(content []byte, err error) {
		s.model.CodeErr = err
		if err == nil {
			s.model.Code = strings.TrimSpace(string(content))
			s.view.token.SetText(s.model.Code)
			s.useToken()
			return
		}
		s.draw()
	})
}
