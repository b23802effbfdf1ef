package kegiatan

import (
	"context"

	"loket/app"
	"loket/app/event"
	"loket/ui/task"
	"loket/ui/widgets"
)

// wrong tells what is wrong, at its field.
func (s *Screen) wrong(field string, err error) {
	s.model.Err, s.model.Wrong = err, field
	s.show()
}

// work shows that something goes on, and forgets what was wrong before.
func (s *Screen) work() bool {
	if s.model.Busy {
		return false
	}
	s.model.Busy, s.model.Err, s.model.Wrong = true, nil, ""
	return true
}

type opening struct {
	by   app.Operator
	form event.Form
}

// open begins the event that was typed.
func (s *Screen) open() {
	now := s.uses.Clock.Now()
	form := s.model.Form.Event(now)
	if field, err := form.Problem(now); err != nil {
		if field == "hours" {
			field = s.model.Form.Missing()
		}
		s.wrong(field, err)
		return
	}
	if !s.work() {
		return
	}
	task.Run(s.works, opening{s.uses.By(), form}, func(ctx context.Context, in opening) (app.Event, error) {
		return s.uses.Open(ctx, in.by, in.form)
	}, func(e app.Event, err error) {
		s.model.Busy = false
		if err != nil {
			s.wrong("", err)
			return
		}
		s.model = Model{Known: true, Events: append([]app.Event{e}, s.model.Events...), Chosen: e.ID, Page: event.Page{Event: e}}
		s.window.Toast(widgets.Good, s.window.Say("ui.event.opened", "event", e.Name))
		s.show()
		s.News()
	})
}

type preparing struct {
	id string
	n  int
}

// prepare makes the passes that were asked for, on this laptop.
func (s *Screen) prepare() {
	if !s.work() {
		return
	}
	task.Run(s.works, preparing{s.model.Chosen, s.model.Wanted()}, func(ctx context.Context, in preparing) (struct{}, error) {
		return struct{}{}, s.uses.Prepare(ctx, in.id, in.n)
	}, func(_ struct{}, err error) {
		s.model.Busy = false
		if err != nil {
			s.model.Err, s.model.Wrong = err, "count"
		} else {
			s.window.Toast(widgets.Good, s.window.Say("ui.event.prepared", "n", s.model.Wanted()))
			s.model.Count = ""
		}
		s.view.update(s.model)
		s.read()
	})
}

// print prints the passes that nobody used yet.
func (s *Screen) print() {
	if !s.work() {
		return
	}
	task.Run(s.works, s.model.Chosen, s.uses.Paper.Passes, s.printed)
}

func (s *Screen) printed(file string, err error) {
	s.model.Busy, s.model.Err = false, err
	if err == nil {
		s.window.Toast(widgets.Good, s.window.Say("ui.event.printed", "file", file))
	}
	s.view.update(s.model)
}

type saving struct{ id, dir string }

// save writes the passes that nobody used yet into a folder, a file each.
func (s *Screen) save() {
	s.uses.Paper.ChooseFolder(func(dir string, err error) {
		if err != nil {
			s.model.Err = err
			s.view.update(s.model)
			return
		}
		if dir == "" || !s.work() {
			return
		}
		task.Run(s.works, saving{s.model.Chosen, dir}, func(ctx context.Context, in saving) (int, error) {
			return s.uses.Paper.Save(ctx, in.id, in.dir)
		}, func(n int, err error) {
			s.model.Busy, s.model.Err = false, err
			if err == nil {
				s.window.Toast(widgets.Good, s.window.Say("ui.event.saved", "n", n))
			}
			s.view.update(s.model)
		})
	})
}

// reconcile opens the reconciliation.
func (s *Screen) reconcile() {
	s.model.Stage, s.model.Err, s.model.Wrong = Closing, nil, ""
	s.show()
	s.read()
}

// askClose asks once more, when nothing is missing: nobody joins or signs in with a pass afterwards.
func (s *Screen) askClose() {
	if err := s.model.End.Sticks().Problem(s.model.End.Note); err != nil {
		s.wrong(closingField(err), err)
		return
	}
	s.window.Ask(widgets.Question{
		Title: s.window.Say("ui.event.close.title", "event", s.model.Page.Event.Name),
		Text:  s.window.Say("ui.event.close.text"),
		Answers: []widgets.Answer{
			{Word: s.window.Say("ui.cancel")},
			{Word: s.window.Say("ui.event.close.go"), Kind: widgets.Danger, Act: s.close},
		},
	})
}

// closingField is the field that keeps an event from being closed; "" when it is none.
func closingField(err error) string {
	return map[app.Code]string{app.EventSticks: "sticks", app.EventExplain: "note"}[app.CodeOf(err)]
}

type closing struct {
	by   app.Operator
	id   string
	end  End
	here bool // who closes it works there
}

func (s *Screen) close() {
	if !s.work() {
		return
	}
	task.Run(s.works, closing{s.uses.By(), s.model.Chosen, s.model.End, s.uses.At() == s.model.Chosen}, func(ctx context.Context, in closing) (event.Page, error) {
		p, err := s.uses.Close(ctx, in.by, in.id, in.end.Sticks(), in.end.Note)
		if err == nil && in.here { // nothing more is recorded at what is over
			err = s.uses.Attend(ctx, "")
		}
		return p, err
	}, func(p event.Page, err error) {
		s.model.Busy = false
		if err != nil {
			s.wrong(closingField(err), err)
			return
		}
		s.model.Stage, s.model.Page = Listing, p
		s.window.Toast(widgets.Good, s.window.Say("ui.event.closed", "event", p.Event.Name))
		s.show()
		s.News()
	})
}

// attend begins or ends working at the chosen event.
func (s *Screen) attend() {
	to, word := s.model.Chosen, "ui.event.attending"
	if s.uses.At() == to {
		to, word = "", "ui.event.attending.no"
	}
	name := s.model.Page.Event.Name
	task.Run(s.works, to, func(ctx context.Context, to string) (struct{}, error) {
		return struct{}{}, s.uses.Attend(ctx, to)
	}, func(_ struct{}, err error) {
		s.model.Err = err
		if err == nil {
			s.window.Toast(widgets.Good, s.window.Say(word, "event", name))
		}
		s.view.update(s.model)
	})
}

type reporting struct {
	id  string
	end End
}

// report prints how the event stands or ended, on one page.
func (s *Screen) report() {
	if !s.work() {
		return
	}
	task.Run(s.works, reporting{s.model.Chosen, s.model.End}, func(ctx context.Context, in reporting) (string, error) {
		return s.uses.Paper.Report(ctx, in.id, in.end.Sticks(), in.end.Note)
	}, s.printed)
}
