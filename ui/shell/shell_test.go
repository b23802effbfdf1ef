package shell_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"loket/app/words"
	"loket/ui/shell"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// screen is a screen of tests with one field; it remembers what happens to it.
type screen struct {
	name   string
	key    fyne.KeyName
	log    []string
	steps  int // that Back goes back within
	field  *widgets.Field
	desk   widgets.Desk
	awaits bool
}

func (s *screen) Key() fyne.KeyName { return s.key }
func (s *screen) Title() string     { return s.name }
func (s *screen) View() fyne.CanvasObject {
	s.log = append(s.log, "view")
	s.field = widgets.NewField(s.desk, "NIK")
	return widgets.Column(8, s.field)
}
func (s *screen) Enter()                  { s.log = append(s.log, "enter") }
func (s *screen) Leave()                  { s.log = append(s.log, "leave") }
func (s *screen) Save()                   { s.log = append(s.log, "save") }
func (s *screen) Scan(text string) bool   { s.log = append(s.log, "scan "+text); return s.awaits }
func (s *screen) Primary() widgets.Action { return widgets.Action{Word: "Simpan", Act: s.Save} }
func (s *screen) Back() bool {
	if s.steps > 0 {
		s.steps--
		return true
	}
	return false
}
func (s *screen) did(what string) bool { return slices.Contains(s.log, what) }

type house struct {
	*shell.Shell
	window     fyne.Window
	home, form *screen
	gate       *screen
}

func open(t *testing.T, o shell.Options) *house {
	t.Helper()
	a := test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	s := shell.New(a, w, o)
	h := &house{
		Shell: s, window: w,
		home: &screen{name: "Beranda", key: fyne.KeyF1, desk: s, awaits: true},
		form: &screen{name: "Daftar baru", key: fyne.KeyF2, desk: s, awaits: true},
		gate: &screen{name: "Masuk", desk: s},
	}
	w.Resize(fyne.NewSize(1366, 768))
	s.Gate(h.gate)
	return h
}

func (h *house) signIn() {
	h.SignIn(shell.Session{Home: "home", Places: []shell.Place{
		{Name: "home", Icon: "home", Word: "ui.nav.home", Screen: h.home},
		{Name: "form", Icon: "register", Word: "ui.nav.register", Screen: h.form},
	}})
}

func (h *house) press(names ...fyne.KeyName) {
	for _, name := range names {
		ev := &fyne.KeyEvent{Name: name}
		if f := h.window.Canvas().Focused(); f != nil {
			f.TypedKey(ev)
		} else {
			h.window.Canvas().OnTypedKey()(ev)
		}
	}
}

func (h *house) texts() string {
	var all []string
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if t, ok := o.(*widgets.Text); ok && t.Visible() {
			all = append(all, t.Text())
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c)
			}
		}
	}
	walk(h.window.Content())
	return strings.Join(all, "|")
}

// find is the key of the letter pad with a letter.
func (h *house) find(letter string) (key fyne.CanvasObject) {
	var last fyne.CanvasObject
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if _, ok := o.(desktop.Mouseable); ok {
			last = o
		}
		if t, ok := o.(*widgets.Text); ok && t.Text() == letter {
			key = last
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c)
			}
		}
	}
	walk(h.window.Content())
	return key
}

func TestNothingIsReachableBeforeSigningIn(t *testing.T) {
	h := open(t, shell.Options{})
	h.press(fyne.KeyF2, fyne.KeyEscape)
	if h.Showing() != h.gate {
		t.Error("a key opened a screen before sign-in")
	}
	if strings.Contains(h.texts(), "Beranda") {
		t.Error("the navigation shows before sign-in")
	}
	h.signIn()
	if h.Showing() != h.home || !strings.Contains(h.texts(), "Daftar baru") || !h.gate.did("leave") {
		t.Errorf("after sign-in: %s", h.texts())
	}
	h.Gate(h.gate)
	h.press(fyne.KeyF2)
	if h.Showing() != h.gate || !h.home.did("leave") {
		t.Error("signing out leaves screens open")
	}
}

func TestFKeysWorkWhileAFieldHasTheFocus(t *testing.T) {
	h := open(t, shell.Options{})
	h.signIn()
	h.press(fyne.KeyF2)
	h.form.field.Focus()
	h.press(fyne.KeyF1)
	if h.Showing() != h.home || !h.form.did("leave") {
		t.Error("F1 did not go home")
	}
}

func TestEscStepsBackWithinThenHome(t *testing.T) {
	h := open(t, shell.Options{})
	h.signIn()
	h.Open("form")
	h.form.steps = 1
	h.press(fyne.KeyEscape)
	if h.Showing() != h.form {
		t.Error("Esc left before the screen's own steps")
	}
	page := &screen{name: "Peserta", desk: h}
	h.Push(page)
	h.press(fyne.KeyEscape)
	if h.Showing() != h.form || !page.did("leave") {
		t.Error("Esc did not come back from the page")
	}
	h.press(fyne.KeyEscape)
	if h.Showing() != h.home {
		t.Error("Esc did not go home")
	}
}

func TestScansReachTheScreenWhereverTheFocusIs(t *testing.T) {
	h := open(t, shell.Options{})
	h.signIn()
	scan := func(text string) {
		for _, r := range text {
			if f := h.window.Canvas().Focused(); f != nil {
				f.TypedRune(r)
			} else {
				h.window.Canvas().OnTypedRune()(r)
			}
		}
		h.press(fyne.KeyReturn)
	}
	scan("KT-0098412-A")
	h.home.field.Focus()
	scan("KT-0098412-B")
	if !h.home.did("scan KT-0098412-A") || !h.home.did("scan KT-0098412-B") || h.home.field.Text() != "" {
		t.Errorf("log %v, field %q", h.home.log, h.home.field.Text())
	}
}

func TestAStrayScanLeavesNothingInAField(t *testing.T) {
	strays := 0
	h := open(t, shell.Options{Stray: func(string) bool { strays++; return true }})
	h.signIn()
	h.home.awaits = false
	h.home.field.Focus()
	for _, r := range "KT-0098412-A" {
		h.window.Canvas().Focused().TypedRune(r)
	}
	h.press(fyne.KeyReturn)
	if strays != 1 || h.home.field.Text() != "" {
		t.Errorf("%d strays, field %q", strays, h.home.field.Text())
	}
}

func TestToastsDoNotPileUp(t *testing.T) {
	h := open(t, shell.Options{})
	h.signIn()
	for _, text := range []string{"satu", "dua", "dua", "tiga", "tiga"} {
		h.Toast(widgets.Good, text)
	}
	if h.Toasts() != 2 {
		t.Errorf("%d toasts cover the screen", h.Toasts())
	}
}

func TestADialogStopsKeysAndChords(t *testing.T) {
	h := open(t, shell.Options{})
	h.signIn()
	stayed := false
	h.Ask(widgets.Question{Title: "Hapus?", Answers: []widgets.Answer{{Word: "Hapus"}}, Stay: func() { stayed = true }})
	h.press(fyne.KeyF2)
	h.Shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierControl})
	if h.Showing() != h.home || h.home.did("save") || !h.Modal() {
		t.Error("the dialog let a key through")
	}
	h.press(fyne.KeyEscape)
	if !stayed || h.Modal() {
		t.Error("Esc did not close the dialog")
	}
	h.Shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierControl})
	if !h.home.did("save") {
		t.Error("Ctrl+S does not save")
	}
}

func TestLanguageSwitchesAtOnce(t *testing.T) {
	h := open(t, shell.Options{})
	h.signIn()
	h.home.log = nil
	h.SetLang(words.EN)
	if !strings.Contains(h.texts(), "Register") || !h.home.did("view") {
		t.Errorf("after the switch: %s", h.texts())
	}
}

func TestStatusAndVolunteers(t *testing.T) {
	h := open(t, shell.Options{})
	h.SignIn(shell.Session{NoSide: true, Home: "home", Places: []shell.Place{
		{Name: "home", Icon: "home", Word: "ui.nav.home", Screen: h.home},
		{Name: "form", Icon: "register", Word: "ui.nav.register", Screen: h.form},
	}})
	h.SetStatus(shell.Status{Operator: "Dewi", Light: shell.Sign{State: widgets.Waiting, Word: "14 catatan"}})
	if got := h.texts(); strings.Contains(got, "Daftar baru") || !strings.Contains(got, "14 catatan") {
		t.Errorf("a volunteer sees %s", got)
	}
	h.press(fyne.KeyF2)
	if h.Showing() != h.form {
		t.Error("keys rest for volunteers")
	}
}

func TestEverythingIsDrawnInEveryLook(t *testing.T) {
	for _, mode := range theme.Modes {
		for _, scale := range theme.Scales {
			h := open(t, shell.Options{Look: theme.Look{Mode: mode, Scale: scale}})
			h.signIn()
			h.window.Resize(fyne.NewSize(1024, 600))
			h.SetBanner(widgets.Waiting, "Printer kehabisan pita.")
			if img := h.window.Canvas().Capture(); img.Bounds().Dx() < 1024 {
				t.Errorf("%s %d: %v", mode, scale, img.Bounds())
			}
		}
	}
}

func TestTheLetterPadTypesIntoTheField(t *testing.T) {
	h := open(t, shell.Options{Look: theme.Look{Touch: true}})
	h.signIn()
	h.ShowLetters(true)
	h.home.field.Focus()
	left := 0
	h.home.field.OnLeft = func(string) { left++ }
	for _, o := range []string{"S", "I"} {
		key := h.find(o).(interface {
			fyne.Tappable
			desktop.Mouseable
		})
		key.MouseDown(nil)
		h.window.Canvas().Unfocus() // as the window does when something else is pressed
		key.Tapped(nil)
	}
	if h.home.field.Text() != "SI" || left != 0 {
		t.Errorf("the field holds %q and was left %d times", h.home.field.Text(), left)
	}
}

func TestIdleLocksOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		locks := 0
		h := open(t, shell.Options{Idle: 4 * time.Minute, OnIdle: func() { locks++ }})
		defer h.Close()
		h.signIn()
		time.Sleep(3 * time.Minute)
		h.Rune(0)
		time.Sleep(3 * time.Minute)
		synctest.Wait()
		if locks != 0 {
			t.Error("locked although somebody was there")
		}
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		if locks != 1 {
			t.Errorf("locked %d times", locks)
		}
	})
}

// long is a screen that is higher than any window.
type long struct {
	*screen
	last *widgets.Field
}

func (l *long) View() fyne.CanvasObject {
	c := widgets.Column(8)
	for range 30 {
		l.last = widgets.NewField(l.desk, "NIK")
		c.Add(l.last)
	}
	return c
}

func TestTheKeyboardIsAlwaysInSight(t *testing.T) {
	h := open(t, shell.Options{})
	page := &long{screen: h.home}
	h.SignIn(shell.Session{Home: "home", Places: []shell.Place{{Name: "home", Icon: "home", Word: "ui.nav.home", Screen: page}}})
	page.last.Focus()
	y := fyne.CurrentApp().Driver().AbsolutePositionForObject(page.last).Y
	if y < 60 || y > 730 {
		t.Errorf("the field stands at %v of 768", y)
	}
}
