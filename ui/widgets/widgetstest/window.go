// Package widgetstest is a window for tests of widgets and screens: it remembers what was asked
// of it and needs no display.
package widgetstest

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// Window is a widgets.Window that remembers.
type Window struct {
	Language  words.Lang
	Keys      []fyne.KeyName
	Runes     []rune
	Shortcuts []fyne.Shortcut
	Scans     []string
	Awaits    func(scan string) bool // whether a scan is awaited; nil is every one
	Toasts    []string
	Asked     []widgets.Question
	Opened    []string
	Renewed   int

	win   fyne.Window
	float *fyne.Container
}

var _ widgets.Window = (*Window)(nil)

// New opens a window of a test, in Loket's look. It lasts as long as the test.
func New(t testing.TB, look theme.Look) *Window {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(look))
	w := &Window{Language: words.ID, win: test.NewTempWindow(t, nil), float: container.NewWithoutLayout()}
	w.win.SetPadded(false)
	return w
}

// Show puts an object into the window at a size.
func (w *Window) Show(o fyne.CanvasObject, width, height float32) {
	w.win.SetContent(container.NewStack(o, w.float))
	for range 2 { // text breaks its lines at the first, the rest follows at the second
		w.win.Resize(fyne.NewSize(width+1, height))
		w.win.Resize(fyne.NewSize(width, height))
	}
}

// Type types a text as hands would, into what has the focus.
func (w *Window) Type(text string) {
	for _, r := range text {
		w.win.Canvas().Focused().TypedRune(r)
	}
}

// Press presses keys, in what has the focus.
func (w *Window) Press(names ...fyne.KeyName) {
	for _, name := range names {
		w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	}
}

// Scan types a text at once and ends it with Enter, as a scanner would.
func (w *Window) Scan(text string) {
	w.Type(text)
	w.Press(fyne.KeyReturn)
}

// Focused is what has the keyboard.
func (w *Window) Focused() fyne.Focusable { return w.win.Canvas().Focused() }

// Floating counts what is shown over everything.
func (w *Window) Floating() int { return len(w.float.Objects) }

// Picture is what the window shows.
func (w *Window) Picture() image.Image { return w.win.Canvas().Capture() }

// Canvas is the window's canvas.
func (w *Window) Canvas() fyne.Canvas { return w.win.Canvas() }

// Key remembers a key that no widget used.
func (w *Window) Key(ev *fyne.KeyEvent) bool { w.Keys = append(w.Keys, ev.Name); return false }

// Rune remembers a character that no widget used.
func (w *Window) Rune(r rune) { w.Runes = append(w.Runes, r) }

// Shortcut remembers a chord.
func (w *Window) Shortcut(s fyne.Shortcut) { w.Shortcuts = append(w.Shortcuts, s) }

// Scanned remembers a scan.
func (w *Window) Scanned(text string) bool {
	if w.Awaits != nil && !w.Awaits(text) {
		return false
	}
	w.Scans = append(w.Scans, text)
	return true
}

// Focus moves the keyboard.
func (w *Window) Focus(to fyne.Focusable, step int) {
	switch c := w.win.Canvas(); {
	case to != nil:
		c.Focus(to)
	case step > 0:
		c.FocusNext()
	case step < 0:
		c.FocusPrevious()
	}
}

// Float shows something over everything.
func (w *Window) Float(_, content fyne.CanvasObject) func() {
	content.Resize(content.MinSize())
	w.float.Add(content)
	return func() { w.float.Remove(content) }
}

// Lang is the language that the test chose.
func (w *Window) Lang() words.Lang { return w.Language }

// Say gives a sentence in it.
func (w *Window) Say(key string, pairs ...any) string { return words.Say(w.Language, key, pairs...) }

// Toast remembers a toast.
func (w *Window) Toast(_ widgets.State, text string) { w.Toasts = append(w.Toasts, text) }

// Ask remembers a question.
func (w *Window) Ask(q widgets.Question) { w.Asked = append(w.Asked, q) }

// Open remembers where to.
func (w *Window) Open(name string) { w.Opened = append(w.Opened, name) }

// Renew counts.
func (w *Window) Renew() { w.Renewed++ }
