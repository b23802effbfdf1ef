// Package beranda is the first screen (F1): what one can do, how the day goes, and what waits for
// somebody.
package beranda

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/access"
	"loket/app/counter"
	"loket/app/custody"
	"loket/app/issuing"
	"loket/app/post"
	"loket/app/region"
	"loket/app/sealed"
	"loket/ui/task"
	"loket/ui/widgets"
)

// Uses is what this screen reads of the kiosk: methods of the use cases. They run away from the
// window; Session and Clock do not.
type Uses struct {
	Session   func() access.Session
	Clock     app.Clock
	Figures   func(ctx context.Context, day app.Date) (counter.Figures, error)
	Drafts    func(ctx context.Context) ([]counter.Draft, error)
	Unchecked func(ctx context.Context) ([]issuing.Listed, error)
	Parked    func(ctx context.Context) ([]custody.Form, error)
	Stock     func(ctx context.Context) (issuing.Stock, error)
	Post      func(ctx context.Context) (post.State, error)
	Waiting   func(ctx context.Context) (map[app.WorkList]int, error) // may be nil
	// Coverage is what head office sent of it; in memory. May be nil.
	Coverage func() []sealed.Coverage
}

// Options are what the screen is told about where it stands.
type Options struct {
	Place string // beside the date: "Kantor Cabang Balikpapan", "Bazar UMKM Manggar · sampai 16.00"
	// SignOut ends the session; offered here where there is no side bar. May be nil.
	SignOut func()
	// Scan takes a card that was scanned here to its handover; false when it is no card. May be nil.
	Scan func(text string) bool
}

// lookEvery is how often the figures are read again while they are in sight.
const lookEvery = 20 * time.Second

// Screen is Beranda.
type Screen struct {
	window  widgets.Window
	uses    Uses
	options Options
	owner   *task.Owner
	here    bool // in sight
	model   Model
	view    *view
}

// New makes the screen of a window. The meter, which may be nil, shows long waits. The places that
// it opens are called register, cards, handover, check, find, post, benefits and settings.
func New(w widgets.Window, meter task.Meter, uses Uses, o Options) *Screen {
	if uses.Clock == nil {
		uses.Clock = app.SystemClock{}
	}
	return &Screen{window: w, uses: uses, options: o, owner: task.NewOwner(meter)}
}

// Key opens the screen.
func (s *Screen) Key() fyne.KeyName { return fyne.KeyF1 }

// Title is in the language of now.
func (s *Screen) Title() string { return s.window.Say("ui.nav.home") }

// Subtitle is the day and the place.
func (s *Screen) Subtitle() []fyne.CanvasObject {
	texts := []fyne.CanvasObject{widgets.NewText(widgets.Quiet, widgets.Day(s.window, app.DateOf(s.uses.Clock.Now())))}
	if s.options.Place != "" {
		texts = append(texts, widgets.NewText(widgets.Quiet, s.options.Place))
	}
	return texts
}

// Actions are the ways that volunteers, who have no side bar, would not find otherwise.
func (s *Screen) Actions() []widgets.Action {
	if s.uses.Session().Operator.Role != app.RoleVolunteer {
		return nil
	}
	open := func(place string) func() { return func() { s.window.Open(place) } }
	actions := []widgets.Action{
		{Word: s.window.Say("ui.nav.post"), Keys: "F8", Icon: "send", Act: open("post")},
		{Word: s.window.Say("ui.nav.benefits"), Keys: "F10", Icon: "info", Act: open("benefits")},
		{Word: s.window.Say("ui.nav.settings"), Keys: "F12", Icon: "settings", Act: open("settings")},
	}
	if s.options.SignOut != nil {
		actions = append(actions, widgets.Action{Word: s.window.Say("ui.beranda.signout"), Icon: "signout", Act: s.options.SignOut})
	}
	return actions
}

// View draws the screen from its model.
func (s *Screen) View() fyne.CanvasObject {
	s.look()
	s.view = newView(s)
	return s.view.render(s.model)
}

// Enter reads the figures, now and again.
func (s *Screen) Enter() {
	s.here = true
	s.view.focus()
	s.News()
	task.Every(s.owner, lookEvery, s.News)
}

// Leave drops what is awaited.
func (s *Screen) Leave() {
	s.here = false
	s.owner.Leave()
}

// Scan begins the handover of a card.
func (s *Screen) Scan(text string) bool {
	return s.options.Scan != nil && s.model.Allowed[access.Handover] && s.options.Scan(text)
}

// look takes in the hour and who is signed in.
func (s *Screen) look() {
	session := s.uses.Session()
	s.model.Now, s.model.Name = s.uses.Clock.Now(), session.Operator.Name
	s.model.Allowed = map[access.Task]bool{}
	for _, t := range []access.Task{
		access.Register, access.Print, access.Handover, access.Verify, access.Ask, access.Send, access.Figures, access.Review,
	} {
		s.model.Allowed[t] = session.Allow(t) == nil
	}
	if s.uses.Coverage != nil {
		s.model.Regencies, s.model.Districts = Coverage(s.uses.Coverage(), region.Load())
	}
	s.model.Refusal = nil
	if session.Restricted {
		s.model.Refusal = session.Allow(access.Verify)
	}
}

// News reads the figures again. The wiring calls it when news came.
func (s *Screen) News() {
	if !s.here {
		return
	}
	task.Latest(s.owner, "facts", s.uses, gather, func(f Facts, err error) {
		s.model.Known, s.model.Facts, s.model.Err = true, f, err
		s.look()
		s.view.update(s.model)
	})
}

// gather reads everything; what cannot be read leaves the rest as it is.
func gather(ctx context.Context, u Uses) (f Facts, first error) {
	note := func(err error) {
		if first == nil {
			first = err
		}
	}
	var err error
	f.Day, err = u.Figures(ctx, app.DateOf(u.Clock.Now()))
	note(err)
	by := u.Session().Operator
	if by.May(access.Register) == nil {
		drafts, err := u.Drafts(ctx)
		f.Drafts = len(drafts)
		note(err)
	}
	if by.May(access.Print) == nil {
		unchecked, err := u.Unchecked(ctx)
		f.Unchecked = len(unchecked)
		note(err)
	}
	parked, err := u.Parked(ctx)
	f.Handovers = len(parked)
	note(err)
	f.Stock, err = u.Stock(ctx)
	note(err)
	if u.Waiting != nil {
		f.Waiting, err = u.Waiting(ctx)
		note(err)
	}
	f.Post, err = u.Post(ctx)
	note(err)
	return f, first
}
