package window

import (
	"context"
	"math"
	"strconv"
	"time"

	"loket/app"
	"loket/app/post"
	"loket/app/words"
	"loket/ui/shell"
	"loket/ui/task"
	"loket/ui/widgets"
)

// tell brings the status bar up to date.
func (w *Window) tell() {
	s := w.kiosk.Life.Session()
	if s.Operator.ID == "" {
		return
	}
	task.Latest(w.owner, "status", struct{}{}, func(ctx context.Context, _ struct{}) (post.State, error) {
		return w.kiosk.Post.State(ctx)
	}, func(state post.State, err error) {
		if err != nil {
			w.complain(err)
			return
		}
		w.shell.SetStatus(shell.Status{
			Operator: w.who(s), Battery: w.battery(),
			Light: w.light(state), Line: w.line(state), Lists: w.listAge(state),
			Printer: shell.Sign{State: widgets.Plain, Word: w.shell.Say("window.printer.folder")},
		})
		w.warn(state, s.Restricted)
	})
}

// light says how many records exist only on this computer.
func (w *Window) light(s post.State) shell.Sign {
	if s.Green() {
		return shell.Sign{State: widgets.Good, Word: w.shell.Say("window.light.green")}
	}
	if s.Entries+s.Attachments == 1 {
		return shell.Sign{State: widgets.Waiting, Word: w.shell.Say("window.light.one")}
	}
	return shell.Sign{State: widgets.Waiting, Word: w.shell.Say("window.light.some", "n", app.GroupThousands(strconv.Itoa(int(s.Entries+s.Attachments))))}
}

// line says whether head office answers, and when it last did.
func (w *Window) line(s post.State) shell.Sign {
	switch {
	case !s.Enrolled:
		return shell.Sign{State: widgets.Waiting, Word: w.shell.Say("window.line.not_enrolled")}
	case s.Contact.Good.IsZero():
		return shell.Sign{State: widgets.Waiting, Word: w.shell.Say("window.line.never")}
	case s.Contact.Code != "":
		return shell.Sign{State: widgets.Waiting, Word: w.shell.Say("window.line.down", "at", w.hour(s.Contact.Good))}
	}
	return shell.Sign{State: widgets.Good, Word: w.shell.Say("window.line.up", "at", w.hour(s.Contact.Good))}
}

// listAge says how old the list of valid cards is.
func (w *Window) listAge(s post.State) shell.Sign {
	if s.Trust.IsZero() {
		return shell.Sign{State: widgets.Waiting, Word: w.shell.Say("window.lists.none")}
	}
	age := max(w.kiosk.Clock.Now().Sub(s.Trust), 0)
	switch {
	case age < time.Hour:
		return shell.Sign{Word: w.shell.Say("window.lists.minutes", "n", int(age.Minutes()))}
	case age < 48*time.Hour:
		return shell.Sign{Word: w.shell.Say("window.lists.hours", "n", int(math.Round(age.Hours())))}
	}
	return shell.Sign{State: widgets.Waiting, Word: w.shell.Say("window.lists.days", "n", int(age.Hours()/24))}
}

// warn shows what needs an act across every screen.
func (w *Window) warn(s post.State, restricted bool) {
	text := ""
	state := widgets.Bad
	switch {
	case s.Recall != "":
		text = w.shell.Say("window.warn.recall")
	case s.Trouble != nil:
		text = words.Error(w.shell.Lang(), s.Trouble)
	case len(s.Tampered) > 0:
		text = w.shell.Say(string(app.VaultTampered))
	case s.Ahead > 0:
		text = w.shell.Say("window.warn.ahead", "n", days(s.Ahead))
		if !restricted {
			state = widgets.Waiting
		}
	case restricted:
		text = w.shell.Say(string(app.AccessRestricted))
	case s.Fast > 0:
		text, state = w.shell.Say("window.warn.fast", "n", days(s.Fast)), widgets.Waiting
	default:
		text, state = w.endsSoon(), widgets.Waiting
	}
	if text == w.warned {
		return // drawn anew it would take the keyboard from its button
	}
	w.warned = text
	if text == "" {
		w.shell.ClearBanner()
		return
	}
	if state == widgets.Waiting {
		w.shell.SetBanner(state, text)
		return
	}
	send := widgets.Action{Word: w.shell.Say("window.warn.open"), Act: func() { w.shell.Open(placePost) }}
	w.shell.SetBanner(state, text, send)
}

// hour is a time of day in the branch's zone, with the day where that is another one.
func (w *Window) hour(t time.Time) string {
	now := w.kiosk.Clock.Now()
	t = t.In(now.Location())
	if app.DateOf(t) == app.DateOf(now) {
		return t.Format("15.04 ") + app.ZoneName(t)
	}
	return t.Format("02-01 15.04 ") + app.ZoneName(t)
}

// days counts begun days.
func days(d time.Duration) int { return int(math.Ceil(d.Hours() / 24)) }
