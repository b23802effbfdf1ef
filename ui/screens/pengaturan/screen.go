// Package pengaturan is the settings (F12): how the screens look, where documents go, who may work
// here, one's own PIN, and what this program keeps on the disk.
package pengaturan

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/access"
	"loket/app/words"
	"loket/ui/task"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// Door is who may work here: access.Door.
type Door interface {
	People(ctx context.Context) ([]app.Operator, error)
	AddOperator(ctx context.Context, by access.Session, n access.Newcomer) (app.Operator, error)
	RemoveOperator(ctx context.Context, by access.Session, operator string) error
	RestoreOperator(ctx context.Context, by access.Session, operator, pin string) (app.Operator, error)
	ChangePIN(ctx context.Context, s access.Session, old, next string) error
}

// Uses is what this screen needs of the kiosk. What takes a context runs away from the window; the
// setters keep what they set.
type Uses struct {
	Session func() access.Session
	Clock   app.Clock
	Door    Door
	About   func(ctx context.Context) (About, error)
	SignOut func()

	Look    func() theme.Look
	SetLook func(theme.Look)
	SetLang func(words.Lang)

	PrintFolder    func(ctx context.Context) (string, error)
	SetPrintFolder func(ctx context.Context, folder string) error
	// ChooseFolder lets a person choose; nil where there is no such dialog. Who chooses nothing is
	// not called back.
	ChooseFolder func(done func(folder string, err error))
}

// Screen is Pengaturan.
type Screen struct {
	window widgets.Window
	uses   Uses
	looks  *task.Owner // reading
	works  *task.Owner // changing: it goes on when one leaves
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
func (s *Screen) Key() fyne.KeyName { return fyne.KeyF12 }

// Title is in the language of now.
func (s *Screen) Title() string { return s.window.Say("ui.nav.settings") }

// Actions are signing out.
func (s *Screen) Actions() []widgets.Action {
	return []widgets.Action{{Word: s.window.Say("ui.settings.signout"), Icon: "signout", Act: s.uses.SignOut}}
}

// View draws the screen from its model.
func (s *Screen) View() fyne.CanvasObject {
	s.view = newView(s)
	return s.view.render(s.model)
}

// Enter reads what is set and who works here.
func (s *Screen) Enter() {
	s.model.Printer.Saved = false
	task.Latest(s.looks, "folder", struct{}{}, func(ctx context.Context, _ struct{}) (string, error) {
		return s.uses.PrintFolder(ctx)
	}, func(folder string, err error) {
		s.model.Printer = Printer{Folder: folder, Kept: folder, Err: err}
		s.view.drawPrinter(s.model)
	})
	task.Latest(s.looks, "about", struct{}{}, func(ctx context.Context, _ struct{}) (About, error) {
		return s.uses.About(ctx)
	}, func(a About, err error) {
		s.model.About, s.model.AboutErr = a, err
		s.view.drawAbout(s.model)
	})
	s.list()
}

// Leave keeps the folder that was typed and forgets PINs that were not used.
func (s *Screen) Leave() {
	s.keepFolder()
	s.looks.Leave()
	s.model.Shut()
}

// Save keeps the folder at Ctrl+S; everything else is kept as it is chosen.
func (s *Screen) Save() { s.keepFolder() }

// Back shuts the open form at Esc.
func (s *Screen) Back() bool {
	mode := s.model.Mode
	if !s.model.Shut() {
		return false
	}
	s.view.drawForms(s.model)
	s.view.focusOpener(mode)
	return true
}

func (s *Screen) may(t access.Task) bool { return s.uses.Session().Allow(t) == nil }

func (s *Screen) list() {
	task.Latest(s.looks, "people", struct{}{}, func(ctx context.Context, _ struct{}) ([]app.Operator, error) {
		return s.uses.Door.People(ctx)
	}, func(people []app.Operator, err error) {
		s.model.People, s.model.PeopleErr = people, err
		if s.model.Mode != Adding && s.model.Mode != Restoring {
			s.view.drawPeople(s.model)
		}
	})
}

func (s *Screen) setLang(lang string) {
	if words.Lang(lang) != s.window.Lang() {
		s.uses.SetLang(words.Lang(lang))
		s.view.display["lang"].FocusChosen()
	}
}

func (s *Screen) setLook(choice string, change func(*theme.Look)) {
	before := s.uses.Look()
	look := before
	change(&look)
	if look != before {
		s.uses.SetLook(look)
		s.view.display[choice].FocusChosen()
	}
}

// keepFolder keeps another folder for documents, when one was typed.
func (s *Screen) keepFolder() {
	p := &s.model.Printer
	folder := strings.TrimSpace(p.Folder)
	if folder == p.Kept || folder == "" || !s.may(access.Settings) {
		return
	}
	p.Kept, p.Err = folder, nil
	task.Run(s.works, folder, func(ctx context.Context, folder string) (struct{}, error) {
		return struct{}{}, s.uses.SetPrintFolder(ctx, folder)
	}, func(_ struct{}, err error) {
		s.model.Printer.Saved, s.model.Printer.Err = err == nil, err
		if err != nil {
			s.model.Printer.Kept = ""
		}
		s.view.sayFolder(s.model)
	})
}

func (s *Screen) chooseFolder() {
	s.uses.ChooseFolder(func(folder string, err error) {
		s.model.Printer.Err = err
		if err == nil && folder != "" {
			s.model.Printer.Folder = folder
			s.keepFolder()
		}
		s.view.drawPrinter(s.model)
	})
}
