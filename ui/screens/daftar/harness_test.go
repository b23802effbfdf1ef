package daftar

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"loket/app/words"
	"loket/ui/shell"
	"loket/ui/task"
	"loket/ui/theme"
)

// bench is a window for one test: what tasks hand back is run by the test itself.
type bench struct {
	t     *testing.T
	shell *shell.Shell
	win   fyne.Window
	queue chan func()

	pressed int // keys that are no text
}

func newBench(t *testing.T, wide, high float32, lang words.Lang, look theme.Look) *bench {
	t.Helper()
	a := test.NewApp()
	t.Cleanup(a.Quit)
	win := a.NewWindow("")
	win.Resize(fyne.NewSize(wide, high))
	b := &bench{t: t, win: win, queue: make(chan func(), 64)}
	b.shell = shell.New(a, win, shell.Options{Office: "Kantor Cabang Balikpapan", Lang: lang, Look: look})
	return b
}

func (b *bench) own(o *task.Owner) { o.Do = func(f func()) { b.queue <- f } }

// until runs what tasks hand back until something holds.
func (b *bench) until(what string, holds func() bool) {
	b.t.Helper()
	for !holds() {
		select {
		case f := <-b.queue:
			f()
		case <-time.After(20 * time.Second):
			b.t.Fatal("never: " + what)
		}
	}
}

// picture keeps what the window shows, for eyes, where LOKET_SHOTS names a folder.
func (b *bench) picture(name string) {
	dir := os.Getenv("LOKET_SHOTS")
	if dir == "" {
		return
	}
	size := b.win.Canvas().Size()
	for range 3 {
		b.win.Resize(size.AddWidthHeight(1, 0))
		b.win.Resize(size)
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		b.t.Fatal(err)
	}
	if err := png.Encode(f, b.win.Canvas().Capture()); err != nil {
		b.t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) keys(text string) {
	for _, r := range text {
		b.win.Canvas().Focused().TypedRune(r)
	}
}

func (b *bench) press(key fyne.KeyName) {
	b.pressed++
	b.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
}
