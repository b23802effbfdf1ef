package shell

import (
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"loket/app"
	"loket/ui/task"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// toastStays is how long a toast is shown; what needs an act is a banner.
const (
	toastStays = 5 * time.Second
	badStays   = 12 * time.Second // a reason takes longer to read
	toastsMost = 2                // more would cover what is worked on
)

// Toast tells of a success or a small thing, and goes by itself.
func (s *Shell) Toast(state widgets.State, text string) {
	note := toast{widgets.Toast(state, text), text}
	for _, old := range slices.Clone(s.keys.toasts) {
		if old.text == text { // said once is enough
			s.dropToast(old)
		}
	}
	s.keys.toasts = append(s.keys.toasts, note)
	if len(s.keys.toasts) > toastsMost {
		s.dropToast(s.keys.toasts[0])
	}
	s.parts.notes.Add(note.shown)
	s.parts.notes.Refresh()
	stays := toastStays
	if state == widgets.Bad {
		stays = badStays
	}
	task.After(s.owner, stays, func() { s.dropToast(note) })
}

// toast is a note that goes by itself.
type toast struct {
	shown fyne.CanvasObject
	text  string
}

func (s *Shell) dropToast(note toast) {
	s.keys.toasts = slices.DeleteFunc(s.keys.toasts, func(t toast) bool { return t.shown == note.shown })
	s.parts.notes.Remove(note.shown)
}

// Toasts counts what is shown now.
func (s *Shell) Toasts() int { return len(s.parts.notes.Objects) }

// dialog is one open question.
type dialog struct {
	popup *widget.PopUp
	float *fyne.Container
	stay  func()
}

// Ask opens a dialog to decide something. While it is open, F-keys and chords rest; Esc stays.
func (s *Shell) Ask(q widgets.Question) {
	d := &dialog{float: container.NewWithoutLayout()}
	shut := func(then func()) func() {
		return func() {
			s.shut(d)
			if then != nil {
				then()
			}
		}
	}
	d.stay = shut(q.Stay)
	parts := []fyne.CanvasObject{widgets.NewPara(widgets.LargeStyle, q.Title)}
	if q.Text != "" {
		parts = append(parts, widgets.NewPara(widgets.Body, q.Text))
	}
	if q.Content != nil {
		parts = append(parts, q.Content)
	}
	answers := []fyne.CanvasObject{}
	for _, a := range q.Answers {
		answers = append(answers, widgets.NewButton(s, a.Kind, a.Word, shut(a.Act)))
	}
	parts = append(parts, widgets.Row(10, append([]fyne.CanvasObject{widgets.Gap()}, answers...)...))
	size := s.window.Canvas().Size()
	wide := min(520*theme.Scale(), size.Width-48)
	body := widgets.Pad(20, 18, widgets.Column(14, parts...))
	body.Resize(fyne.NewSize(wide, 10))
	d.popup = widget.NewModalPopUp(container.NewStack(widgets.Sized(wide, body.MinSize().Height, body), d.float), s.window.Canvas())
	s.keys.modal = append(s.keys.modal, d)
	d.popup.Show()
}

// Dismiss closes the dialog on top, unanswered, as Esc does.
func (s *Shell) Dismiss() {
	if n := len(s.keys.modal); n > 0 {
		s.keys.modal[n-1].stay()
	}
}

func (s *Shell) shut(d *dialog) {
	d.popup.Hide()
	for i, open := range s.keys.modal {
		if open == d {
			s.keys.modal = append(s.keys.modal[:i], s.keys.modal[i+1:]...)
			return
		}
	}
}

// Modal says whether a dialog is open.
func (s *Shell) Modal() bool { return len(s.keys.modal) > 0 }

// Busy shows a spinner in the status bar while something takes longer than 0.3 s.
func (s *Shell) Busy(on bool) {
	s.parts.waiting = on
	s.drawFoot()
}

// Progress shows how far a long task has come, and a way to stop it.
func (s *Shell) Progress(p task.Progress) {
	notes := s.parts.notes
	if s.parts.progress != nil {
		notes.Remove(s.parts.progress)
		s.parts.progress = nil
	}
	if !p.Over {
		s.parts.progress = s.progressNote(p)
		notes.Add(s.parts.progress)
	}
	notes.Refresh()
}

func (s *Shell) progressNote(p task.Progress) fyne.CanvasObject {
	stop := widgets.NewButton(s, widgets.Secondary, s.Say("ui.busy.stop"), p.Stop)
	text := s.Say("ui.busy")
	var bar fyne.CanvasObject = widget.NewProgressBarInfinite()
	switch {
	case p.Total > 0:
		text = s.Say("ui.busy.count", "done", number(p.Done), "total", number(p.Total),
			"rate", number(int(p.PerSecond)), "left", s.span(p.Left))
		bar = widgets.Proportion(widgets.Part{Value: p.Done, Colour: theme.Teal}, widgets.Part{Value: max(p.Total-p.Done, 0), Colour: theme.GreyTint})
	case p.Done > 0:
		text = s.Say("ui.busy.some", "done", number(p.Done))
	}
	return widgets.Panel("", widgets.NewPara(widgets.Body, text), bar, widgets.Row(0, widgets.Gap(), stop))
}

func (s *Shell) span(d time.Duration) string {
	if d < 90*time.Second {
		return s.Say("ui.busy.seconds", "n", int(d.Seconds()))
	}
	return s.Say("ui.busy.minutes", "n", int((d + 30*time.Second).Minutes()))
}

func number(n int) string { return app.GroupThousands(strconv.Itoa(n)) }

var _ task.Meter = (*Shell)(nil)
