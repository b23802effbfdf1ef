// Package lengkapi is stage 2 of a registration: the list of what still misses something or was sent
// back, and the form that fills it in, beside the picture of the e-KTP or the signed archive sheet.
// Corrections are made on the same form, with a reason.
package lengkapi

import (
	"context"
	"image"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/card"
	"loket/app/counter"
	"loket/app/words"
	"loket/ui/task"
	"loket/ui/widgets"
)

// Uses is what this screen needs of the kiosk. What takes a context runs away from the window; who acts
// is whoever is signed in.
type Uses struct {
	Counter    *counter.Counter
	Clock      app.Clock
	Waiting    func(ctx context.Context, list app.WorkList, after app.EntryID) ([]app.Registration, error)
	Counts     func(ctx context.Context) (map[app.WorkList]int, error)
	Begin      func(ctx context.Context, id app.EntryID, correcting bool) (counter.Half, error)
	Keep       func(ctx context.Context, h counter.Half) error
	Drop       func(ctx context.Context, id app.EntryID) error
	Finish     func(ctx context.Context, h counter.Half) (counter.Corrected, error)
	LookAlikes func(ctx context.Context, id app.EntryID, p app.Person) ([]counter.Likeness, error)
	Near       func() []string // regencies of the branch; may be nil
}

// Options are what the screen is told about the window around it. Each may be nil.
type Options struct {
	ChooseFile func(done func(content []byte, err error))
	Shoot      func(ctx context.Context) ([]byte, error) // a picture from the camera
	NameOf     func(operator string) string
	Done       func(id app.EntryID) // a registration that was opened from elsewhere is finished
}

// Screen is Lengkapi.
type Screen struct {
	window  widgets.Window
	uses    Uses
	options Options
	owner   *task.Owner
	keeping *task.Owner // what was typed is kept, whatever is looked at meanwhile
	model   Model
	view    *view
	visit   bool // opened from elsewhere for one registration
	entered bool // just now: what a supervisor sent back comes first
}

// New makes the screen of a window. The meter, which may be nil, shows long waits.
func New(w widgets.Window, meter task.Meter, uses Uses, o Options) *Screen {
	if uses.Clock == nil {
		uses.Clock = app.SystemClock{}
	}
	return &Screen{
		window: w, uses: uses, options: o, owner: task.NewOwner(meter), keeping: task.NewOwner(nil),
		model: Model{Tab: app.WorkIncomplete},
	}
}

// Key is none: it is reached from Beranda and from a person's page.
func (s *Screen) Key() fyne.KeyName { return "" }

// Title is in the language of now.
func (s *Screen) Title() string {
	if p := s.model.Page; p != nil && p.Half.Correcting {
		return s.window.Say("ui.complete.correct")
	}
	return s.window.Say("ui.nav.complete")
}

// Subtitle names the registration at hand.
func (s *Screen) Subtitle() []fyne.CanvasObject {
	if p := s.model.Page; p != nil {
		return []fyne.CanvasObject{widgets.NewText(widgets.Quiet, p.Half.From.Number.String())}
	}
	return nil
}

// Actions are the other ways out.
func (s *Screen) Actions() []widgets.Action {
	p := s.model.Page
	switch {
	case p == nil && len(s.model.List) > 0 && len(s.model.List) < s.model.Counts[s.model.Tab]:
		return []widgets.Action{{Word: s.window.Say("ui.complete.more"), Icon: "down", Act: func() { s.load(s.model.Last()) }}}
	case p == nil:
		return nil
	case !p.Half.Correcting:
		return []widgets.Action{
			{Word: s.window.Say("ui.complete.list"), Icon: "back", Keys: "Esc", Act: func() { s.Back() }},
			{Word: s.window.Say("ui.complete.correct"), Icon: "undo", Off: p.Busy, Act: func() { s.open(p.Half.From.ID, true) }},
		}
	}
	return []widgets.Action{{Word: s.window.Say("ui.complete.list"), Icon: "back", Keys: "Esc", Act: func() { s.Back() }}}
}

// Primary saves.
func (s *Screen) Primary() widgets.Action {
	p := s.model.Page
	if p == nil {
		return widgets.Action{}
	}
	return widgets.Action{Word: s.window.Say("ui.complete.save"), Keys: "Ctrl+S", Icon: "check", Off: p.Busy, Act: s.Save}
}

// View draws the screen from its model.
func (s *Screen) View() fyne.CanvasObject {
	s.view = newView(s)
	return s.view.render(&s.model)
}

// Enter reads the lists.
func (s *Screen) Enter() {
	if s.model.Page == nil {
		s.entered = true
		s.load(app.EntryID{})
	}
	s.view.focus()
}

// Leave drops what is awaited. What was typed is kept already.
func (s *Screen) Leave() {
	s.owner.Leave()
	if p := s.model.Page; p != nil {
		p.Busy = false
	}
}

// Back goes from the form to the list, or to where it was opened from. What was typed is kept.
func (s *Screen) Back() bool {
	p := s.model.Page
	if p == nil {
		return false
	}
	s.leavePage()
	return true
}

// leavePage puts the form away and shows what was there before it.
func (s *Screen) leavePage() {
	id := s.model.Page.Half.From.ID
	s.owner.Leave()
	s.model.Page = nil
	if s.visit && s.options.Done != nil {
		s.visit = false
		s.options.Done(id)
		return
	}
	s.visit = false
	s.load(app.EntryID{})
	s.show()
}

// Visit opens one registration for who comes from elsewhere and goes back there.
func (s *Screen) Visit(id app.EntryID, correcting bool) {
	s.visit = true
	s.model.Page = nil
	s.open(id, correcting)
}

// Scan opens the registration of a slip or an archive sheet.
func (s *Screen) Scan(text string) bool {
	scanned, err := card.ParseScan(text)
	if err != nil || scanned.Kind != card.ScanProvisional && scanned.Kind != card.ScanArchiveSheet {
		return false
	}
	task.Latest(s.owner, "scan", scanned.Provisional().String(), s.uses.Counter.Find, func(hits []counter.Hit, err error) {
		switch {
		case err != nil:
			s.complain(err)
		case len(hits) != 1:
			s.window.Toast(widgets.Waiting, s.window.Say("ui.complete.unknown", "number", scanned.Provisional()))
		default:
			s.open(hits[0].ID, false)
		}
	})
	return true
}

type wanted struct {
	list  app.WorkList
	after app.EntryID
}

type found struct {
	list   []app.Registration
	counts map[app.WorkList]int
}

// load reads a page of the list, behind a registration.
func (s *Screen) load(after app.EntryID) {
	task.Latest(s.owner, "list", wanted{s.model.Tab, after}, func(ctx context.Context, w wanted) (f found, err error) {
		if f.list, err = s.uses.Waiting(ctx, w.list, w.after); err != nil {
			return f, err
		}
		f.counts, err = s.uses.Counts(ctx)
		return f, err
	}, func(f found, err error) {
		if err != nil {
			s.complain(err)
			return
		}
		first := s.entered && s.model.Tab == app.WorkIncomplete && f.counts[app.WorkSentBack] > 0
		s.entered = false
		if first {
			s.tab(string(app.WorkSentBack))
			return
		}
		if after == (app.EntryID{}) {
			s.model.List = nil
		}
		s.model.List, s.model.Counts, s.model.Loaded = append(s.model.List, f.list...), f.counts, true
		if s.model.Page == nil {
			s.show()
		}
	})
}

// tab shows another list.
func (s *Screen) tab(list string) {
	s.model.Tab, s.model.List, s.model.Loaded, s.model.Selected = app.WorkList(list), nil, false, ""
	s.load(app.EntryID{})
}

func (s *Screen) openKey(key string) {
	if r, ok := s.model.Find(key); ok {
		s.open(r.ID, s.model.Tab == app.WorkSentBack)
	}
}

type opening struct {
	id         app.EntryID
	correcting bool
}

// open shows the form of a registration, with what was typed before.
func (s *Screen) open(id app.EntryID, correcting bool) {
	task.Latest(s.owner, "open", opening{id, correcting}, func(ctx context.Context, o opening) (counter.Half, error) {
		return s.uses.Begin(ctx, o.id, o.correcting)
	}, func(h counter.Half, err error) {
		if err != nil {
			s.complain(err)
			if s.visit && s.options.Done != nil {
				s.visit = false
				s.options.Done(id)
			}
			return
		}
		s.model.Page, s.model.Selected = newPage(h), id.String()
		s.picture()
		s.show()
	})
}

// picture opens the picture that is shown beside the form.
func (s *Screen) picture() {
	p := s.model.Page
	all := p.Pictures()
	if p.Shown >= len(all) || p.Shown < 0 {
		p.Shown = 0
	}
	if p.Picture = nil; len(all) == 0 {
		return
	}
	task.Latest(s.owner, "picture", all[p.Shown], func(ctx context.Context, e app.Evidence) (image.Image, error) {
		content, err := s.uses.Counter.Attachment(ctx, e.Hash)
		if err != nil {
			return nil, err
		}
		return decode(content)
	}, func(img image.Image, err error) {
		if err != nil {
			s.complain(err)
			return
		}
		p.Picture = img
		s.view.showPicture()
	})
}

func (s *Screen) complain(err error) {
	s.window.Toast(widgets.Bad, words.Error(s.window.Lang(), s.named(err)))
}

// show draws again and puts the keyboard where the next key belongs.
func (s *Screen) show() {
	s.window.Renew()
	if s.view != nil {
		s.view.focus()
	}
}

func (s *Screen) nameOf(operator string) string {
	if s.options.NameOf == nil {
		return operator
	}
	return s.options.NameOf(operator)
}
