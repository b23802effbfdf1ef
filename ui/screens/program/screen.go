// Package program is the screen of sponsor programmes (F7): what a payer pays for, the budget as a
// treasurer follows it, and lists that become registrations.
package program

import (
	"context"
	"io"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/region"
	"loket/app/roster"
	"loket/app/sponsor"
	"loket/ui/task"
	"loket/ui/widgets"
)

// Uses is what this screen needs of the kiosk. What takes a context runs away from the window.
type Uses struct {
	By      func() app.Operator
	Clock   app.Clock
	Near    func() []string // regencies of the office, which are offered first; may be nil
	Books   Books
	Lists   Lists
	Files   Files
	Drafts  Drafts
	Changed func() // told, on the window's goroutine, that something was written; may be nil
}

// Books are the programmes.
type Books struct {
	All      func(ctx context.Context) ([]sponsor.Standing, error)
	One      func(ctx context.Context, scope app.Scope) (sponsor.Standing, error)
	Open     func(ctx context.Context, by app.Operator, p sponsor.Programme) (sponsor.Programme, error)
	Change   func(ctx context.Context, by app.Operator, p sponsor.Programme) error
	Close    func(ctx context.Context, by app.Operator, scope app.Scope) error
	Budget   func(p sponsor.Programme, people int) (sponsor.Budget, error)
	Versions func(ctx context.Context, scope app.Scope) ([]sponsor.Version, error)
	Leavers  func(ctx context.Context, scope app.Scope) ([]sponsor.Leaver, error)
	Overlaps func(ctx context.Context, scope app.Scope) ([]sponsor.Overlap, error)
}

// Lists are what comes into a programme and what its payer gets.
type Lists struct {
	Judge  func(ctx context.Context, scope app.Scope, book *roster.Book, o sponsor.JudgeOptions) (*roster.Result, error)
	Import func(ctx context.Context, by app.Operator, scope app.Scope, file [32]byte, result *roster.Result, progress func(sponsor.Progress)) (sponsor.Outcome, error)
	Rows   func(ctx context.Context, by app.Operator, scope app.Scope, w io.Writer) (int, error)
}

// Files are files of this computer. Who chooses nothing is not called back.
type Files struct {
	Choose       func(done func(path string))
	Read         func(ctx context.Context, path string) ([]byte, error) // at most as much as a list may have
	ChooseFolder func(done func(dir string, err error))
	Write        func(ctx context.Context, path string, fill func(io.Writer) error) error // whole or not at all
}

// Drafts keep what is unfinished, sealed, for whoever signs in next.
type Drafts struct {
	Keep func(ctx context.Context, by app.Operator, id string, body []byte) error // nil forgets it
	Kept func(ctx context.Context, by app.Operator, id string) ([]byte, error)    // nil is nothing
}

// Screen is the screen of sponsor programmes.
type Screen struct {
	window  widgets.Window
	uses    Uses
	regions *region.Table
	looks   *task.Owner // reading: dropped when one leaves
	works   *task.Owner // judging, importing, writing: they go on
	drafts  keeper
	here    bool // in sight
	model   Model
	view    *view
}

// New makes the screen of a window. The meter, which may be nil, shows long waits.
func New(w widgets.Window, meter task.Meter, uses Uses) *Screen {
	if uses.Clock == nil {
		uses.Clock = app.SystemClock{}
	}
	return &Screen{
		drafts: keeper{uses: uses.Drafts, by: uses.By, owner: task.NewOwner(nil)}, window: w, uses: uses, looks: task.NewOwner(meter), works: task.NewOwner(meter),
		regions: region.Load(), model: Model{Page: PageList},
	}
}

// Key opens the screen.
func (s *Screen) Key() fyne.KeyName { return fyne.KeyF7 }

// Title is in the language of now.
func (s *Screen) Title() string {
	if s.model.Page == PageList {
		return s.window.Say("ui.nav.programmes")
	}
	if s.model.Page == PageProgramme {
		return shortened(s.model.Chosen.Name, 44)
	}
	if s.model.Page == PageForm && s.model.Form.Scope != (app.Scope{}) {
		return s.window.Say("ui.program.title.change")
	}
	return s.window.Say("ui.program.title." + string(s.model.Page))
}

// Subtitle names the programme that one is in.
func (s *Screen) Subtitle() []fyne.CanvasObject {
	switch s.model.Page {
	case PageList, PageForm:
		return nil
	}
	var parts []fyne.CanvasObject
	if s.model.Page != PageProgramme {
		parts = append(parts, widgets.NewText(widgets.Quiet, shortened(s.model.Chosen.Name, 48)))
	}
	if s.model.Chosen.Closed {
		parts = append(parts, widgets.Pill(widgets.Plain, s.window.Say("ui.program.closed")))
	}
	return parts
}

func shortened(text string, most int) string {
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	return string(letters[:most-1]) + "…"
}

// View draws the screen from its model.
func (s *Screen) View() fyne.CanvasObject {
	s.view = newView(s)
	return widgets.NewFitting(s.view.render)
}

// Enter reads the programmes.
func (s *Screen) Enter() {
	s.here = true
	s.restore()
	s.load()
	s.view.focus()
}

// Leave drops what is awaited. What is judged, imported or written goes on.
func (s *Screen) Leave() {
	s.here = false
	s.looks.Leave()
}

// News reads the programmes again, while nothing is typed: head office has said something.
func (s *Screen) News() {
	if s.model.Page == PageList || s.model.Page == PageProgramme {
		s.load()
	}
}

// Back steps back at Esc; what was typed stays.
func (s *Screen) Back() bool {
	if !s.model.Back() {
		return false
	}
	s.show()
	return true
}

// show draws again and puts the keyboard where the next key belongs.
func (s *Screen) show() {
	if !s.here {
		return
	}
	s.window.Renew()
	s.view.focus()
}

func (s *Screen) say(key string, pairs ...any) string { return s.window.Say(key, pairs...) }
