package window

import (
	"context"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/words"
	"loket/ui/shell"
	"loket/ui/task"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// RefusedSize is room for a sentence and a button.
var RefusedSize = fyne.NewSize(640, 400)

// Refused fills a window that says why Loket cannot be opened: who started it by a double click sees
// no command line.
// It closes by itself when the context ends.
func Refused(ctx context.Context, a fyne.App, native fyne.Window, r Refusal) {
	s := shell.New(a, native, shell.Options{Lang: r.Lang})
	screen := &refusal{Refusal: r, shell: s, quit: a.Quit}
	s.Gate(screen)
	s.Focus(screen.close, 0)
	task.Run(task.NewOwner(nil), ctx, func(_ context.Context, until context.Context) (struct{}, error) {
		<-until.Done()
		return struct{}{}, nil
	}, func(struct{}, error) { a.Quit() })
}

// Refusal is why there is no kiosk.
type Refusal struct {
	Lang  words.Lang
	Dir   string
	Cause error
}

// refusal is the screen of it.
type refusal struct {
	Refusal
	shell *shell.Shell
	quit  func()
	close *widgets.Button
}

// Key is none.
func (r *refusal) Key() fyne.KeyName { return "" }

// Title is in the language of the start.
func (r *refusal) Title() string { return r.shell.Say("window.refused.title") }

// Bare asks for the whole window.
func (r *refusal) Bare() bool { return true }

// PressKey is Esc: nothing else can be done here.
func (r *refusal) PressKey(ev *fyne.KeyEvent) bool {
	if ev.Name == fyne.KeyEscape {
		r.quit()
	}
	return ev.Name == fyne.KeyEscape
}

// View says what, why and what now.
func (r *refusal) View() fyne.CanvasObject {
	r.close = widgets.NewButton(r.shell, widgets.Primary, r.shell.Say("window.refused.close"), r.quit)
	head := widgets.Row(14, widgets.NewIcon("refused", theme.Red, 34*theme.Scale()),
		widgets.Stretch(widgets.NewPara(widgets.TitleStyle, r.Title())))
	where := r.shell.Say("window.refused.where", "dir", r.Dir, "code", app.CodeOf(r.Cause))
	return widgets.Pad(32, 28, widgets.Column(14, head, widgets.NewPara(widgets.Body, r.sentence()),
		widgets.NewPara(widgets.SmallStyle, where), widgets.Gap(), widgets.Row(0, widgets.Gap(), r.close)))
}

// sentence is that of the code, but where it speaks of a form that is open.
func (r *refusal) sentence() string {
	if key := "window.refused." + string(app.CodeOf(r.Cause)); words.Has(key) {
		return r.shell.Say(key)
	}
	return words.Error(r.shell.Lang(), r.Cause)
}
