package pengaturan

import (
	"context"

	"loket/app"
	"loket/app/access"
	"loket/ui/task"
	"loket/ui/widgets"
)

// open opens a form and brings the keyboard to its first field.
func (s *Screen) open(mode Mode) {
	s.model.Open(mode, s.uses.Session().Operator)
	s.view.drawForms(s.model)
	s.view.focusField(map[Mode]string{Adding: "name", Changing: "old", Restoring: "pin"}[mode])
}

// wrong tells what is wrong with the open form, at its field.
func (s *Screen) wrong(field string, err error) {
	s.model.Err, s.model.Wrong = err, field
	s.view.complain(s.model)
	s.view.focusField(field)
}

type adding struct {
	by access.Session
	n  access.Newcomer
}

func (s *Screen) add() {
	if s.model.Busy {
		return
	}
	if field, err := s.model.New.Problem(); err != nil {
		s.wrong(field, err)
		return
	}
	s.model.Busy, s.model.Err = true, nil
	s.view.drawForms(s.model)
	in := adding{s.uses.Session(), s.model.New.Newcomer()}
	task.Run(s.works, in, func(ctx context.Context, in adding) (app.Operator, error) {
		return s.uses.Door.AddOperator(ctx, in.by, in.n)
	}, func(o app.Operator, err error) {
		s.settled(err, "ui.settings.people.added", "name", o.Name)
		s.list()
	})
}

type changing struct {
	session access.Session
	change  Change
}

func (s *Screen) changePIN() {
	if s.model.Busy {
		return
	}
	session := s.uses.Session()
	if field, err := s.model.Change.Problem(session.Operator.Role); err != nil {
		s.wrong(field, err)
		return
	}
	s.model.Busy, s.model.Err = true, nil
	s.view.drawForms(s.model)
	task.Run(s.works, changing{session, s.model.Change}, func(ctx context.Context, c changing) (struct{}, error) {
		return struct{}{}, s.uses.Door.ChangePIN(ctx, c.session, c.change.Old, c.change.PIN)
	}, func(_ struct{}, err error) { s.settled(err, "ui.settings.pin.changed") })
}

// settled ends a form: with a word of success, or with what is wrong at its field.
func (s *Screen) settled(err error, key string, pairs ...any) {
	if err != nil {
		s.model.Refused(err)
		s.view.drawForms(s.model)
		s.view.focusField(s.model.Wrong)
		return
	}
	mode := s.model.Mode
	s.model.Busy = false
	s.model.Shut()
	s.view.drawForms(s.model)
	s.view.focusOpener(mode)
	s.window.Toast(widgets.Good, s.window.Say(key, pairs...))
}

// askRemove asks before somebody's access ends.
func (s *Screen) askRemove(o app.Operator) {
	s.window.Ask(widgets.Question{
		Title: s.window.Say("ui.settings.people.remove.title", "name", o.Name),
		Text:  s.window.Say("ui.settings.people.remove.text"),
		Answers: []widgets.Answer{
			{Word: s.window.Say("ui.cancel")},
			{Word: s.window.Say("ui.settings.people.remove"), Kind: widgets.Danger, Act: func() { s.remove(o) }},
		},
	})
}

type removing struct {
	by access.Session
	id string
}

func (s *Screen) remove(o app.Operator) {
	if s.model.Leaving != "" {
		return
	}
	s.model.Leaving, s.model.PeopleErr = o.ID, nil
	s.view.drawPeople(s.model)
	task.Run(s.works, removing{s.uses.Session(), o.ID}, func(ctx context.Context, r removing) (struct{}, error) {
		return struct{}{}, s.uses.Door.RemoveOperator(ctx, r.by, r.id)
	}, func(_ struct{}, err error) {
		s.model.Leaving, s.model.PeopleErr = "", err
		if err != nil {
			s.view.drawPeople(s.model)
			return
		}
		s.window.Toast(widgets.Good, s.window.Say("ui.settings.people.removed", "name", o.Name))
		s.list()
	})
}

// openRestore opens the form of a new PIN for somebody who forgot the old one.
func (s *Screen) openRestore(o app.Operator) {
	s.model.Open(Restoring, s.uses.Session().Operator)
	s.model.Back.Who = o
	s.view.drawForms(s.model)
	s.view.focusField("pin")
}

type restoring struct {
	by   access.Session
	back Restored
}

func (s *Screen) restore() {
	if s.model.Busy {
		return
	}
	if field, err := s.model.Back.Problem(); err != nil {
		s.wrong(field, err)
		return
	}
	s.model.Busy, s.model.Err = true, nil
	s.view.drawForms(s.model)
	in := restoring{s.uses.Session(), s.model.Back}
	task.Run(s.works, in, func(ctx context.Context, in restoring) (app.Operator, error) {
		return s.uses.Door.RestoreOperator(ctx, in.by, in.back.Who.ID, in.back.PIN)
	}, func(o app.Operator, err error) {
		s.settled(err, "ui.settings.people.restored", "name", o.Name)
		s.list()
	})
}
