package daftar

import (
	"context"

	"loket/app"
	"loket/app/counter"
	"loket/ui/task"
	"loket/ui/widgets"
)

// Save makes a registration of the form. What keeps it from that is said, and the keyboard goes
// there; what was typed is kept in any case.
func (s *Screen) Save() {
	if s.saving {
		return
	}
	s.keepSignature()
	s.saving = true
	s.line.add(job{work: func(context.Context) error { return nil }, done: func(error) { s.save() }})
}

// save comes after what was under way, so that a signature is part of the record.
func (s *Screen) save() {
	s.forget()
	m := s.model
	if m.Empty() {
		s.saving = false
		s.focusNIK()
		return
	}
	m.Tried = true
	draft, by := m.Draft, s.uses.By()
	var saved app.Registration
	var joint *counter.Joint
	s.line.add(job{work: func(ctx context.Context) (err error) {
		if saved, err = s.uses.Counter.Save(ctx, by, draft); err == nil {
			joint = s.together(ctx, saved)
		}
		return err
	}, done: func(err error) {
		s.saving = false
		if err != nil {
			s.refused(err)
			return
		}
		s.saved(draft, saved, joint)
	}})
}

func (s *Screen) refused(err error) {
	s.model.Draft.Reason = app.CodeOf(err)
	s.view.render(s.model)
	s.complain(err)
	if f, ok := s.model.First(); ok {
		s.view.focus(f)
	}
}

func (s *Screen) saved(draft counter.Draft, r app.Registration, joint *counter.Joint) {
	if s.model.Draft.ID == draft.ID {
		s.model.Saved(r, joint)
	}
	if s.uses.Saved != nil {
		s.uses.Saved(r)
	}
	s.window.Toast(widgets.Good, s.window.Say("ui.daftar.saved", "name", r.Record.Person.Name, "number", r.Number))
	s.again()
}

// park puts the form aside for the next person.
func (s *Screen) park() {
	if s.model.Empty() {
		return
	}
	s.keepSignature()
	s.forget()
	draft, by := s.model.Draft, s.uses.By()
	s.line.add(job{work: func(ctx context.Context) error { return s.uses.Counter.Park(ctx, by, draft) }, done: func(err error) {
		if err != nil {
			s.later()
			s.complain(err)
			return
		}
		s.model.Fresh()
		s.window.Toast(widgets.Good, s.window.Say("ui.daftar.is_parked", "name", nameOf(s.window, draft)))
		s.again()
		s.list()
	}})
}

// resume goes on with a parked draft; what is on the screen is parked meanwhile.
func (s *Screen) resume(id string) {
	take := func() {
		var draft counter.Draft
		s.line.add(job{work: func(ctx context.Context) (err error) {
			draft, err = s.uses.Counter.Resume(ctx, id)
			return err
		}, done: func(err error) {
			if err != nil {
				s.complain(err)
			} else {
				s.model.Take(draft)
				s.again()
				s.readBill()
			}
			s.list()
		}})
	}
	if !s.model.Empty() {
		s.park()
	}
	take()
}

// clear empties the form; it can be brought back.
func (s *Screen) clear() {
	m := s.model
	if m.Empty() {
		s.focusNIK()
		return
	}
	s.forget()
	draft := m.Draft
	m.Cleared = &draft
	m.Fresh()
	s.line.add(job{work: func(ctx context.Context) error {
		_, err := s.uses.Counter.Discard(ctx, draft.ID)
		if app.CodeOf(err) == app.DraftGone {
			return nil // it was never written
		}
		return err
	}})
	s.again()
}

// undo brings back what was cleared.
func (s *Screen) undo() {
	if s.model.Cleared == nil {
		return
	}
	if !s.model.Empty() {
		s.park()
	}
	draft := *s.model.Cleared
	s.line.add(job{work: func(context.Context) error { return nil }, done: func(error) {
		s.model.Cleared = nil
		s.model.Take(draft)
		s.again()
		s.later()
	}})
}

// The papers that somebody can take along.
const (
	slip = "slip"
	card = "card"
)

// nextPaper is what was not printed yet of who was saved last.
func (s *Screen) nextPaper() string {
	switch {
	case s.uses.PrintSlip != nil && !s.model.Printed[slip]:
		return slip
	case s.mayCard() && !s.model.Printed[card]:
		return card
	}
	return ""
}

func (s *Screen) mayCard() bool {
	return s.uses.PrintCard != nil && s.model.Last != nil &&
		(s.uses.MayCard == nil || s.uses.MayCard(*s.model.Last) == nil)
}

// print prints a paper. Printing is never in the way of saving: it happens afterwards.
func (s *Screen) print(paper string) {
	m, work := s.model, s.uses.PrintSlip
	if paper == card {
		work = s.uses.PrintCard
	}
	if m.Last == nil || work == nil {
		return
	}
	r := *m.Last
	if paper == slip && s.uses.PrintJoint != nil && m.several() {
		joint := *m.Joint
		work = func(ctx context.Context, _ app.Registration) error { return s.uses.PrintJoint(ctx, joint) }
	}
	task.Run(s.line.owner, r, func(ctx context.Context, r app.Registration) (struct{}, error) {
		return struct{}{}, work(ctx, r)
	}, func(_ struct{}, err error) {
		if err != nil {
			s.complain(err)
			return
		}
		if m.Last != nil && m.Last.ID == r.ID {
			m.Printed[paper] = true
			s.view.renderSide(m)
		}
		s.window.Toast(widgets.Good, s.window.Say("ui.daftar.printed."+paper, "name", r.Record.Person.Name))
	})
}
