package daftar

import (
	"context"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/counter"
	"loket/app/scheme"
	"loket/app/words"
	"loket/ui/task"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// Queue is Antrean: a helper gives out numbers, each with a draft that holds a NIK, a name or nothing
// yet, and the counter takes up the next one. The numbers survive a power cut.
type Queue struct {
	of      *Screen
	owner   *task.Owner
	waiting []counter.Draft
	given   *counter.Draft // number given out last
	typed   [2]string      // NIK and name of the next one
	busy    bool
	nik     *widgets.Field
	name    *widgets.Field
}

// OpenQueue shows the queue over the form.
func (s *Screen) OpenQueue() {
	if s.uses.Push != nil {
		s.queue = &Queue{of: s, owner: task.NewOwner(nil)}
		s.queue.owner.Do = s.owner.Do
		s.uses.Push(s.queue)
	}
}

// Key is none: it stands over the form.
func (q *Queue) Key() fyne.KeyName { return "" }

// Title is in the language of now.
func (q *Queue) Title() string { return q.say("ui.queue.title") }

func (q *Queue) say(key string, pairs ...any) string { return q.of.window.Say(key, pairs...) }

// Subtitle counts who waits.
func (q *Queue) Subtitle() []fyne.CanvasObject {
	return []fyne.CanvasObject{widgets.Pill(widgets.Known, q.say("ui.queue.waiting_n", "n", len(q.waiting)))}
}

// Primary serves the next number.
func (q *Queue) Primary() widgets.Action {
	if len(q.waiting) == 0 {
		return widgets.Action{Word: q.say("ui.queue.nobody"), Off: true, Act: func() {}}
	}
	next := q.waiting[0]
	return widgets.Action{Word: q.say("ui.queue.next", "number", next.Ticket), Keys: "F11", Act: func() { q.serve(next) }}
}

// PressKey is F11: the next one.
func (q *Queue) PressKey(ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeyF11 || len(q.waiting) == 0 {
		return false
	}
	q.serve(q.waiting[0])
	return true
}

// Enter looks who waits.
func (q *Queue) Enter() {
	q.look()
	q.nik.Focus()
}

// Leave drops what is awaited. A number that is being given out is kept all the same.
func (q *Queue) Leave() { q.of.queue = nil }

// Scan takes a NIK for the next number.
func (q *Queue) Scan(text string) bool {
	if len(text) != 16 || q.typed[0] != "" {
		return false
	}
	q.typed[0] = text
	q.nik.SetText(text)
	q.name.Focus()
	return true
}

func (q *Queue) look() {
	task.Latest(q.owner, "queue", struct{}{}, func(ctx context.Context, _ struct{}) ([]counter.Draft, error) {
		return q.of.uses.Counter.Drafts(ctx)
	}, func(drafts []counter.Draft, err error) {
		q.waiting = counter.Waiting(drafts)
		if err != nil {
			q.of.window.Toast(widgets.Waiting, words.Error(q.of.window.Lang(), err))
		}
		q.renew()
	})
}

// renew draws the page again, if it is still in sight, and leaves the keyboard where hands are.
func (q *Queue) renew() {
	if q.of.queue == q {
		q.of.window.Renew()
		if q.typed[0] == "" {
			q.nik.Focus()
		} else {
			q.name.Focus()
		}
	}
}

// give gives the next number to whom was typed.
func (q *Queue) give() {
	if q.busy {
		return
	}
	q.busy = true
	typed, by := q.typed, q.of.uses.By()
	task.Run(q.owner, typed, func(ctx context.Context, typed [2]string) (counter.Draft, error) {
		return q.of.uses.Counter.TakeNumber(ctx, by, q.of.uses.Source, typed[0], typed[1])
	}, func(d counter.Draft, err error) {
		q.busy = false
		if err != nil {
			q.of.complain(err)
			return
		}
		q.given, q.typed = &d, [2]string{}
		q.look()
		q.print()
	})
}

// print prints the number, where there is a printer for slips; it stands on the screen in any case.
func (q *Queue) print() {
	if q.given == nil || q.of.uses.PrintTicket == nil {
		return
	}
	task.Run(q.owner, *q.given, func(ctx context.Context, d counter.Draft) (struct{}, error) {
		return struct{}{}, q.of.uses.PrintTicket(ctx, d)
	}, func(_ struct{}, err error) {
		if err != nil {
			q.of.complain(err)
		}
	})
}

// serve takes a number to the form; what is on it is parked meanwhile.
func (q *Queue) serve(d counter.Draft) {
	s := q.of
	s.window.Key(&fyne.KeyEvent{Name: fyne.KeyEscape})
	s.resume(d.ID)
}

// View is the page: giving numbers at the left, who waits at the right.
func (q *Queue) View() fyne.CanvasObject {
	left := []fyne.CanvasObject{q.form()}
	if q.given != nil {
		left = append(left, q.large())
	}
	return widgets.Split(1.3, q.list(), widgets.Column(theme.Size(theme.Gutter), left...))
}

func (q *Queue) form() fyne.CanvasObject {
	w := q.of.window
	q.nik = widgets.NewField(w, q.say("ui.queue.nik")).Digits()
	q.nik.Shape = func(s string) string { return Groups(s) }
	q.name = widgets.NewField(w, q.say("ui.queue.name")).OnEnter(q.give)
	for i, f := range []*widgets.Field{q.nik, q.name} {
		f.SetText(q.typed[i])
		f.OnChanged = func(text string) { q.typed[i] = text }
	}
	give := widgets.NewButton(w, widgets.Primary, q.say("ui.queue.give"), q.give).WithIcon("ticket")
	return widgets.Panel(q.say("ui.queue.new"), widgets.NewPara(widgets.SmallStyle, q.say("ui.queue.about")), q.nik, q.name, widgets.Row(0, give))
}

// large is the number given out last, to be read across the counter.
func (q *Queue) large() fyne.CanvasObject {
	parts := []fyne.CanvasObject{widgets.NewPara(widgets.HugeStyle.Centred(), q.given.Ticket.String())}
	if name := nameOf(q.of.window, *q.given); !q.given.Form.Empty() {
		parts = append(parts, widgets.NewPara(widgets.Body.Centred(), name))
	}
	if q.of.uses.PrintTicket != nil {
		again := widgets.NewButton(q.of.window, widgets.Link, q.say("ui.queue.print_again"), q.print).WithIcon("printer")
		parts = append(parts, widgets.Row(0, widgets.Gap(), again, widgets.Gap()))
	}
	return widgets.StatePanel(widgets.Good, q.say("ui.queue.given"), parts...)
}

func (q *Queue) list() fyne.CanvasObject {
	if len(q.waiting) == 0 {
		return widgets.Hint("ticket", q.say("ui.queue.nobody"), q.say("ui.queue.nobody.more"))
	}
	rows := widgets.Column(10)
	today := app.DateOf(q.of.uses.Clock.Now()).ISO()
	for i, d := range q.waiting {
		if i > 0 {
			rows.Add(widgets.Rule())
		}
		changed := q.of.here(d.Changed)
		since := changed.Format("15.04")
		if d.Ticket.Day != today {
			since = app.DateOf(changed).String() + " " + since
		}
		serve := widgets.NewButton(q.of.window, widgets.Secondary, q.say("ui.queue.serve"), func() { q.serve(d) })
		who := widgets.Column(1, widgets.NewCut(widgets.Body, q.who(d)), widgets.NewText(widgets.SmallStyle, q.say("ui.queue.since", "time", since)))
		rows.Add(widgets.Row(14, widgets.NewText(widgets.LargeStyle, d.Ticket.String()), widgets.Stretch(who), serve))
	}
	return widgets.Panel(q.say("ui.queue.waiting"), rows)
}

func (q *Queue) who(d counter.Draft) string {
	if d.Form.Record.Person.Name == "" && d.Form.Text(scheme.FieldNIK) == "" {
		return q.say("ui.daftar.nameless")
	}
	return nameOf(q.of.window, d)
}
