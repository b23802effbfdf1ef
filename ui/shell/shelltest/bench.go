// Package shelltest is a window with a shell for tests of screens. It needs no display, and what
// tasks hand back is run by the test itself, so that nothing happens behind its back.
package shelltest

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"loket/app/words"
	"loket/ui/shell"
	"loket/ui/task"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// Bench is a window for one test.
type Bench struct {
	Shell   *shell.Shell
	Win     fyne.Window
	Pressed int // keys that are no text
	t       testing.TB
	queue   chan func()
}

// New opens a window at a size.
func New(t testing.TB, wide, high float32, lang words.Lang, look theme.Look) *Bench {
	t.Helper()
	a := test.NewTempApp(t)
	win := a.NewWindow("")
	win.Resize(fyne.NewSize(wide, high))
	b := &Bench{t: t, Win: win, queue: make(chan func(), 256)}
	b.Shell = shell.New(a, win, shell.Options{Office: "Kantor Cabang Balikpapan", Lang: lang, Look: look, Do: b.hand})
	t.Cleanup(b.Shell.Close)
	return b
}

// hand takes what a timer hands back, so that it draws nothing while the test does. Once the queue is
// full it is dropped: nobody looks any more.
func (b *Bench) hand(f func()) {
	select {
	case b.queue <- f:
	default:
	}
}

// Own makes the bench run what the tasks of an owner hand back.
func (b *Bench) Own(o *task.Owner) { o.Do = func(f func()) { b.queue <- f } }

// Open shows a screen among places that look like Loket's.
func (b *Bench) Open(name string, screen shell.Screen) {
	var places []shell.Place
	for _, p := range [][2]string{
		{"home", "home"},
		{"register", "register"},
		{"find", "search"},
		{"cards", "card"},
		{"handover", "handover"},
		{"check", "verify"},
		{"programmes", "programme"},
		{"post", "send"},
		{"settings", "settings"},
	} {
		place := shell.Place{Name: p[0], Icon: p[1], Word: "ui.nav." + p[0], Screen: blank{}, Foot: p[0] == "settings"}
		if p[0] == name {
			place.Screen = screen
		}
		places = append(places, place)
	}
	b.Shell.SignIn(shell.Session{Places: places, Home: name})
	b.Shell.SetStatus(shell.Status{
		Operator: "Dewi Lestari · " + b.Shell.Say("role.officer"),
		Light:    shell.Sign{State: widgets.Waiting, Word: "14"},
	})
}

type blank struct{}

func (blank) Key() fyne.KeyName       { return "" }
func (blank) Title() string           { return "" }
func (blank) View() fyne.CanvasObject { return widgets.Gap() }

// Until runs what tasks hand back until something holds.
func (b *Bench) Until(what string, holds func() bool) {
	b.t.Helper()
	late := time.After(20 * time.Second)
	for !holds() {
		select {
		case f := <-b.queue:
			f()
		case <-late:
			b.t.Fatal("never: " + what)
		}
	}
}

// Picture keeps what the window shows, for eyes, where LOKET_SHOTS names a folder.
func (b *Bench) Picture(name string) {
	b.t.Helper()
	dir := os.Getenv("LOKET_SHOTS")
	if dir == "" {
		return
	}
	b.Settle()
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		b.t.Fatal(err)
	}
	if err := png.Encode(f, b.Win.Canvas().Capture()); err != nil {
		b.t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.t.Fatal(err)
	}
}

// Settle lays the window out as often as texts need that break their lines.
func (b *Bench) Settle() {
	size := b.Win.Canvas().Size()
	for range 3 {
		b.Win.Resize(size.AddWidthHeight(1, 0))
		b.Win.Resize(size)
	}
}

// Type types as hands would, into what has the keyboard.
func (b *Bench) Type(text string) {
	b.t.Helper()
	for _, r := range text {
		if f := b.Win.Canvas().Focused(); f != nil {
			f.TypedRune(r)
		} else {
			b.Shell.Rune(r)
		}
	}
}

// Press presses a key, in what has the keyboard or on the window.
func (b *Bench) Press(key fyne.KeyName) {
	b.t.Helper()
	b.Pressed++
	ev := &fyne.KeyEvent{Name: key}
	if f := b.Win.Canvas().Focused(); f != nil {
		f.TypedKey(ev)
		return
	}
	b.Shell.Key(ev)
}

// Scan gives the screen what a scanner read. How a scanner's burst is told from typing is tested with
// the fields; here it would only measure how busy the computer is.
func (b *Bench) Scan(text string) {
	b.t.Helper()
	b.Shell.Scanned(text)
}

// Fits complains when something in sight has to be scrolled to: a cut button is a lost button.
func (b *Bench) Fits(what string) {
	b.t.Helper()
	b.Settle()
	for _, s := range scrolls(b.Win.Content()) {
		if over := s.Content.MinSize().Height - s.Size().Height; over > 1 {
			b.t.Errorf("%s: %.0f pixels too high", what, over)
		}
	}
}

// scrolls are those of the shell, not those within lists.
func scrolls(o fyne.CanvasObject) (found []*container.Scroll) {
	switch o := o.(type) {
	case *container.Scroll:
		return []*container.Scroll{o}
	case *fyne.Container:
		for _, inner := range o.Objects {
			found = append(found, scrolls(inner)...)
		}
	}
	return found
}

// Alone shows a screen as volunteers see theirs: without a side bar, for fingers.
func (b *Bench) Alone(name string, screen shell.Screen) {
	b.Shell.SignIn(shell.Session{Places: []shell.Place{{Name: name, Screen: screen}}, Home: name, NoSide: true, Touch: true})
	b.Shell.SetStatus(shell.Status{
		Operator: "Sri Wahyuni · " + b.Shell.Say("role.volunteer") + " · Bazar UMKM Manggar",
		Light:    shell.Sign{State: widgets.Waiting, Word: "14"}, Battery: shell.Sign{Word: b.Shell.Say("window.battery", "n", 72)},
	})
}
