package shell

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"loket/app/words"
	"loket/ui/task"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// Options are what a shell starts with.
type Options struct {
	Lang     words.Lang
	Look     theme.Look
	Office   string // "Kantor Cabang Balikpapan"
	Practice bool
	Idle     time.Duration // without a key or press before OnIdle; 0 is never
	OnIdle   func()
	// Stray takes what a scanner read and the screen in sight does not await; true when it is told what
	// to do with it, so that it does not stay in the field that had the keyboard. May be nil.
	Stray func(text string) bool
	// Do runs on the window's goroutine what the shell's timers hand back; nil is the toolkit's own way.
	Do func(func())
}

// Shell is the window. All of its methods belong to the window's goroutine.
type Shell struct {
	app      fyne.App
	window   fyne.Window
	options  Options
	places   []Place
	gate     Screen   // sign-in; shown while nobody is signed in
	open     []Screen // the last one is in sight
	slim     bool     // navigation without words
	itemHigh float32  // of the navigation, fitted to the window
	noSide   bool
	pads     pads
	status   Status
	parts    parts
	keys     keys
	owner    *task.Owner
}

// parts are the regions of the window that are drawn again one by one.
type parts struct {
	nav, head, banner, content, foot, pad *fyne.Container
	float, notes                          *fyne.Container
	main                                  *fyne.Container
	root                                  *fyne.Container
	scroll                                *container.Scroll // of the content; nil where it does not scroll
	waiting                               bool
	progress                              fyne.CanvasObject // of a long task, among the notes
}

// New makes the shell of a window. Show a gate or sign in to see something.
func New(a fyne.App, w fyne.Window, o Options) *Shell {
	if o.Lang == "" {
		o.Lang = words.ID
	}
	s := &Shell{app: a, window: w, options: o}
	s.owner = task.NewOwner(nil)
	if o.Do != nil {
		s.owner.Do = o.Do
	}
	a.Settings().SetTheme(theme.New(o.Look))
	s.build()
	s.listen()
	return s
}

func (s *Shell) build() {
	p := &s.parts
	p.nav, p.head, p.banner = container.NewStack(), container.NewStack(), container.NewStack()
	p.content, p.foot, p.pad = container.NewStack(), container.NewStack(), container.NewStack()
	p.float, p.notes = container.NewWithoutLayout(), container.New(&noteLayout{})
	p.main = container.New(mainLayout{}, p.head, p.banner, p.content)
	p.root = container.New(&frame{s}, p.nav, p.main, p.foot, p.pad, p.notes, p.float)
	s.window.SetPadded(false)
	s.window.SetContent(p.root)
}

// Gate shows the screen that stands before everything: sign-in. It signs out.
func (s *Shell) Gate(gate Screen) {
	s.leave()
	s.gate, s.places, s.open, s.pads.touch = gate, nil, nil, false
	s.status = Status{}
	s.ClearBanner()
	s.draw()
	s.entered()
}

// Close ends what the shell watches, and leaves the screen in sight. The window is not closed.
func (s *Shell) Close() {
	s.leave()
	s.owner.Leave()
}

// Session is what opens when somebody signs in.
type Session struct {
	Places []Place
	Home   string
	NoSide bool // volunteers: big buttons and no side bar
	Touch  bool // pads for fingers come with the fields
}

// SignIn opens the places of who signed in and shows the first screen.
func (s *Shell) SignIn(in Session) {
	s.leave()
	s.gate = nil // it was left: what it puts away when it is, it must not put away again
	s.places, s.noSide, s.open = in.Places, in.NoSide, nil
	s.pads.touch, s.pads.shut = in.Touch, false
	s.Open(in.Home)
}

// Showing is the screen in sight; nil when there is none.
func (s *Shell) Showing() Screen {
	if len(s.open) == 0 {
		return s.gate
	}
	return s.open[len(s.open)-1]
}

// Open goes to a place by its name.
func (s *Shell) Open(name string) {
	for _, p := range s.places {
		if p.Name == name {
			s.leave()
			s.open = []Screen{p.Screen}
			s.draw()
			s.entered()
			return
		}
	}
}

// Push shows a screen over the one in sight; Esc comes back.
func (s *Shell) Push(screen Screen) {
	s.leave()
	s.open = append(s.open, screen)
	s.draw()
	s.entered()
}

// Back steps back: first within the screen, then to the one before it, then home.
func (s *Shell) Back() {
	if b, ok := s.Showing().(Backer); ok && b.Back() {
		return
	}
	switch {
	case len(s.open) > 1:
		s.leave()
		s.open = s.open[:len(s.open)-1]
		s.draw()
		s.entered()
	case len(s.open) == 1 && len(s.places) > 0 && s.open[0] != s.places[0].Screen:
		s.Open(s.places[0].Name)
	}
}

func (s *Shell) leave() {
	s.keys.sinkAll()
	s.forgetPad()
	if l, ok := s.Showing().(Leaver); ok {
		l.Leave()
	}
}

func (s *Shell) entered() {
	if e, ok := s.Showing().(Enterer); ok {
		e.Enter()
	}
}

// Lang is the language of the screens.
func (s *Shell) Lang() words.Lang { return s.options.Lang }

// SetLang changes the language and draws everything again.
func (s *Shell) SetLang(lang words.Lang) {
	s.options.Lang = lang
	s.draw()
}

// Look is how the screens look.
func (s *Shell) Look() theme.Look { return s.options.Look }

// SetLook changes it and draws everything again.
func (s *Shell) SetLook(look theme.Look) {
	s.options.Look = look
	s.app.Settings().SetTheme(theme.New(look))
	s.draw()
}

// SetOffice changes the name under "Loket".
func (s *Shell) SetOffice(name string) {
	s.options.Office = name
	s.drawNav()
}

// Say gives a sentence in the language of the screens.
func (s *Shell) Say(key string, pairs ...any) string { return words.Say(s.options.Lang, key, pairs...) }

// Renew draws title, actions and content of the screen in sight again.
func (s *Shell) Renew() {
	s.drawHead()
	s.drawContent()
}

var _ widgets.Window = (*Shell)(nil)
