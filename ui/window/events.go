package window

import (
	"context"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/region"
	"loket/app/words"
	"loket/ui/screens/kegiatan"
	"loket/ui/shell"
	"loket/ui/task"
	"loket/ui/widgets"
)

// villagesMost is how many villages are offered while one types.
const villagesMost = 8

// events is the supervisor's screen of events.
func (w *Window) events() shell.Screen {
	k := w.kiosk
	return kegiatan.New(w.shell, w.shell, kegiatan.Uses{
		Clock: k.Clock, By: w.by, Lead: func() bool { return k.Life.Session().Allow(access.Events) == nil },
		List: k.Events.List, Page: k.Events.Page, Open: k.Events.Open, Close: k.Events.Close,
		Prepare: k.Events.Prepare, At: func() string { return w.by().Event },
		Attend: k.Events.Attend,
		Paper:  kegiatan.Paper{Passes: k.Events.Print, Report: k.Events.Report, Save: k.Events.Save, ChooseFolder: w.chooseFolder},
		Places: kegiatan.Places{Find: w.villages, Name: villageName},
	})
}

// eventHome is the first screen of who is here with a pass.
func (w *Window) eventHome() shell.Screen {
	k := w.kiosk
	return kegiatan.NewHome(w.shell, kegiatan.HomeUses{
		Session: k.Life.Session, Clock: k.Clock, Left: k.Life.Duty.Left, Scan: w.scanned, SignOut: w.signOut,
		Made: func(ctx context.Context, event string) (int, error) {
			page, err := k.Events.Page(ctx, event)
			return page.Tally.Registered, err
		},
	})
}

func (w *Window) villages(text string) (options []widgets.Option) {
	for _, p := range region.Load().Search(text, w.kiosk.About.Settings().Regencies, villagesMost) {
		options = append(options, widgets.Option{Value: p.Code, Word: placeWord(p), More: placeMore(p)})
	}
	return options
}

func placeWord(p region.Place) string {
	return words.Say(words.ID, "region."+string(p.Kind)) + " " + p.Name
}

func placeMore(p region.Place) string {
	more := ""
	for i, parent := range p.Parents {
		if i > 0 {
			more += ", "
		}
		more += parent
	}
	return more
}

func villageName(code string) string {
	if p, ok := region.Load().Lookup(code); ok {
		return placeWord(p)
	}
	return ""
}

// who is the operator as the status bar names one, with the event.
func (w *Window) who(s access.Session) string {
	text := s.Operator.Name + " · " + w.shell.Say("role."+string(s.Operator.Role))
	if s.Event.Name != "" {
		text += " · " + s.Event.Name
	}
	return text
}

// soon is when the end of a pass is told on every screen.
const soon = 15 * time.Minute

// endsSoon warns of the end of the event, "" while it is far.
func (w *Window) endsSoon() string {
	left, ok := w.kiosk.Life.Duty.Left()
	if !ok || left > soon {
		return ""
	}
	return w.shell.Say("ui.event.warn", "n", max(int((left+time.Minute-1)/time.Minute), 0))
}

// duty ends the session of a volunteer with the event, by itself. What was typed is kept first.
func (w *Window) duty() {
	left, ok := w.kiosk.Life.Duty.Left()
	switch {
	case !ok || w.ending:
		return
	case left > soon:
		return
	case left > 0:
		w.tell()
		return
	}
	w.ending = true
	w.keep(func() {
		task.Run(task.NewOwner(nil), struct{}{}, func(ctx context.Context, _ struct{}) (struct{}, error) {
			return struct{}{}, w.kiosk.Life.Duty.End(ctx)
		}, func(_ struct{}, err error) {
			w.ending = false
			if err != nil {
				w.log.Error("end of event", "code", app.CodeOf(err), "err", err)
			}
			w.shell.Gate(w.gate)
			w.gate.Tell(w.shell.Say("ui.event.over"))
		})
	})
}

// battery tells how long a laptop lasts; nothing where there is none.
func (w *Window) battery() shell.Sign {
	percent, charging, ok := power()
	if !ok {
		return shell.Sign{}
	}
	word, state := "window.battery", widgets.Plain
	switch {
	case charging:
		word = "window.battery.charging"
	case percent <= 15:
		state = widgets.Bad
	case percent <= 30:
		state = widgets.Waiting
	}
	return shell.Sign{State: state, Word: w.shell.Say(word, "n", percent)}
}
