package cari

import (
	"context"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/counter"
	"loket/app/journal"
	"loket/app/scheme"
	"loket/app/words"
	"loket/ui/task"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// Acts is what can be done about a registration from a person's page. Any of them may be nil: then it
// is not offered.
type Acts struct {
	// Complete and Correct open another screen, on the window's goroutine.
	Complete func(id app.EntryID)
	Correct  func(id app.EntryID)
	Withdraw func(ctx context.Context, id app.EntryID, why counter.Why) (app.Registration, error)
	Sheet    func(ctx context.Context, r app.Registration) error // prints the archive sheet
	Consent  func(ctx context.Context, r app.Registration, answer app.Consent, how string) (app.Registration, error)
}

// asking is what is being asked on a person's page before it is done.
type asking struct {
	withdraw bool
	why      widgets.Why
	consent  string // purpose whose answer is being changed
	given    string
	how      string
	busy     bool
	err      error
}

// amendments is what can be done, and what is being asked.
func (v *view) amendments(m *Model) fyne.CanvasObject {
	acts, r := v.s.uses.Acts, m.Page.Registration
	parts := widgets.Column(theme.Size(theme.Gutter))
	switch {
	case r.State == app.Withdrawn:
		return parts
	case v.s.asking.withdraw:
		parts.Add(v.withdrawing(r))
	default:
		if buttons := v.buttons(acts, r); len(buttons) > 0 {
			parts.Add(widgets.Panel("", widgets.Flow(8, buttons...)))
		}
	}
	return parts
}

func (v *view) buttons(acts Acts, r app.Registration) (buttons []fyne.CanvasObject) {
	add := func(on bool, word, icon string, act func()) {
		if on {
			buttons = append(buttons, widgets.NewButton(v.s.window, widgets.Secondary, v.say(word), act).WithIcon(icon))
		}
	}
	add(acts.Complete != nil, "ui.cari.complete", "add", func() { acts.Complete(r.ID) })
	add(acts.Correct != nil, "ui.cari.correct", "undo", func() { acts.Correct(r.ID) })
	add(acts.Sheet != nil, "ui.cari.sheet", "printer", func() { v.s.do(acts.Sheet, "ui.cari.sheet.done") })
	add(acts.Withdraw != nil && r.Cover != app.CoverBegun, "ui.cari.withdraw", "cross", func() {
		v.s.asking.withdraw = true
		v.s.again()
	})
	return buttons
}

// withdrawing asks for the reason before a registration is taken back.
func (v *view) withdrawing(r app.Registration) fyne.CanvasObject {
	var options []widgets.Option
	for _, reason := range journal.WithdrawalReasons {
		options = append(options, widgets.Option{Value: reason, Word: v.say("withdraw." + reason)})
	}
	panel, focus := widgets.WhyPanel(v.s.window, widgets.WhyWords{
		Title: v.say("ui.cari.withdraw.title", "name", r.Record.Person.Name), More: v.say("ui.cari.withdraw.more"),
		Ask: v.say("ui.cari.withdraw.ask"), Note: v.say("ui.cari.withdraw.note"), Yes: v.say("ui.cari.withdraw"), No: v.say("ui.cancel"),
	}, options, &v.s.asking.why, v.s.withdraw, func() { v.s.Back() })
	v.ask = focus
	return panel
}

// consents are the purposes with the person's answers, each of which can be changed.
func (v *view) consents(r app.Registration) fyne.CanvasObject {
	if v.s.uses.Acts.Consent == nil || r.State == app.Withdrawn {
		return widgets.Column(0)
	}
	var parts []fyne.CanvasObject
	for _, asked := range v.s.uses.Counter.Rules().Scheme.Asking.Consents {
		if len(parts) > 0 {
			parts = append(parts, widgets.Rule())
		}
		parts = append(parts, v.consent(r, asked))
	}
	return widgets.Panel(v.say("field.consents"), parts...)
}

func (v *view) consent(r app.Registration, asked scheme.ConsentText) fyne.CanvasObject {
	purpose, version := asked.Purpose, asked.Text
	word, state := v.say("ui.cari.consent.not_asked"), widgets.Plain
	for _, c := range r.Record.Consents {
		if c.Purpose == purpose {
			word, state, version = v.say("ui.no"), widgets.Plain, c.Text
			if c.Given {
				word, state = v.say("ui.yes"), widgets.Good
			}
		}
	}
	change := widgets.NewButton(v.s.window, widgets.Link, v.say("ui.cari.consent.change"), func() {
		v.s.asking.consent, v.s.asking.given, v.s.asking.how = purpose, "", ""
		v.s.again()
	})
	question, _ := words.Question(v.s.window.Lang(), purpose, version)
	line := widgets.Column(4, widgets.NewPara(widgets.Body, question), widgets.Row(10, widgets.Pill(state, word), change))
	if v.s.asking.consent != purpose {
		return line
	}
	return widgets.Column(8, line, v.changing())
}

// changing asks for the new answer and how it was given; nothing is preselected.
func (v *view) changing() fyne.CanvasObject {
	a := &v.s.asking
	answer := widgets.NewChoice(v.s.window, v.say("ui.cari.consent.answer"),
		widgets.Option{Value: "yes", Word: v.say("ui.yes")}, widgets.Option{Value: "no", Word: v.say("ui.no")}).Required()
	answer.SetValue(a.given)
	answer.OnChosen = func(value string) { a.given = value }
	var ways []widgets.Option
	for _, how := range []string{"spoken", "signed", "thumb", "sheet"} {
		ways = append(ways, widgets.Option{Value: how, Word: v.say("ui.cari.consent.how." + how)})
	}
	how := widgets.NewChoice(v.s.window, v.say("ui.cari.consent.how"), ways...).Required()
	how.SetValue(a.how)
	how.OnChosen = func(value string) { a.how = value }
	parts := []fyne.CanvasObject{answer, how}
	if a.err != nil {
		parts = append(parts, widgets.NewNote(widgets.Bad, words.Error(v.s.window.Lang(), a.err)))
	}
	parts = append(parts, widgets.Flow(8,
		widgets.NewButton(v.s.window, widgets.Primary, v.say("ui.cari.consent.save"), v.s.consent),
		widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.cancel"), func() { v.s.Back() })))
	v.ask = answer.Focus
	return widgets.StatePanel(widgets.Waiting, "", parts...)
}

// withdraw takes the registration back, with the reason that was chosen.
func (s *Screen) withdraw() {
	why := counter.Why{Reason: s.asking.why.Reason, Note: s.asking.why.Note}
	s.amend(func(ctx context.Context, r app.Registration) (app.Registration, error) {
		return s.uses.Acts.Withdraw(ctx, r.ID, why)
	}, "ui.cari.withdraw.done")
}

func (s *Screen) consent() {
	if s.asking.given == "" {
		s.asking.err = app.Fail(app.RecordConsentUnknown)
		s.again()
		return
	}
	answer, how := app.Consent{Purpose: s.asking.consent, Given: s.asking.given == "yes"}, s.asking.how
	s.amend(func(ctx context.Context, r app.Registration) (app.Registration, error) {
		return s.uses.Acts.Consent(ctx, r, answer, how)
	}, "ui.cari.consent.done")
}

// amend does something about the person shown, once, and shows the page as it stands then.
func (s *Screen) amend(work func(context.Context, app.Registration) (app.Registration, error), done string) {
	if s.asking.busy || s.model.Page == nil {
		return
	}
	s.asking.busy = true
	task.Run(s.owner, s.model.Page.Registration, func(ctx context.Context, r app.Registration) (app.Registration, error) {
		return work(context.WithoutCancel(ctx), r) // leaving takes nothing back
	}, func(r app.Registration, err error) {
		s.asking.busy = false
		if err != nil {
			s.asking.err, s.asking.why.Problem = err, words.Error(s.window.Lang(), err)
			s.again()
			return
		}
		s.asking = asking{}
		s.window.Toast(widgets.Good, s.window.Say(done, "name", r.Record.Person.Name))
		s.open(r.ID)
	})
}

// again draws the page, and brings the keyboard to what is asked.
func (s *Screen) again() {
	s.window.Renew()
	if s.view.ask != nil {
		s.view.ask()
	}
}

// stopAsking leaves a question unanswered; what was typed stays for the next time. False when nothing
// was asked.
func (s *Screen) stopAsking() bool {
	if !s.asking.withdraw && s.asking.consent == "" {
		return false
	}
	s.asking.withdraw, s.asking.consent, s.asking.busy, s.asking.err, s.asking.why.Problem = false, "", false, nil, ""
	s.window.Renew()
	return true
}
