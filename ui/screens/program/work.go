package program

import (
	"context"

	"loket/app"
	"loket/app/sponsor"
	"loket/ui/task"
	"loket/ui/widgets"
)

type reading struct {
	books Books
	scope app.Scope
}

type read struct {
	all    []sponsor.Standing
	chosen Chosen
}

// load reads the programmes, and what belongs to the chosen one.
func (s *Screen) load() {
	if !s.here {
		return
	}
	r := reading{books: s.uses.Books}
	if s.model.Page != PageList {
		r.scope = s.model.Chosen.Scope
	}
	task.Latest(s.looks, "load", r, readBooks, func(got read, err error) {
		s.model.Read(got.all, err)
		if err == nil && r.scope == s.model.Chosen.Scope && r.scope != (app.Scope{}) {
			got.chosen.Read, got.chosen.Tab, got.chosen.First = true, s.model.Chosen.Tab, s.model.Chosen.First
			s.model.Chosen = got.chosen
		}
		if s.model.Page == PageList || s.model.Page == PageProgramme {
			s.show()
		}
	})
}

func readBooks(ctx context.Context, r reading) (got read, err error) {
	if got.all, err = r.books.All(ctx); err != nil || r.scope == (app.Scope{}) {
		return got, err
	}
	if got.chosen.Standing, err = r.books.One(ctx, r.scope); err != nil {
		return got, err
	}
	if got.chosen.Versions, err = r.books.Versions(ctx, r.scope); err != nil {
		return got, err
	}
	if got.chosen.Leavers, err = r.books.Leavers(ctx, r.scope); err != nil {
		return got, err
	}
	got.chosen.Overlaps, err = r.books.Overlaps(ctx, r.scope)
	return got, err
}

// begin shows that work goes on.
func (s *Screen) begin(w Work) bool {
	if !s.model.Begin(w) {
		return false
	}
	s.show()
	return true
}

// end shows how it ended. Who has gone to another screen meanwhile is left in peace.
func (s *Screen) end() {
	s.model.Work = Idle
	s.show()
	if s.uses.Changed != nil {
		s.uses.Changed()
	}
}

type saving struct {
	books     Books
	by        app.Operator
	programme sponsor.Programme
}

// Save opens the programme of the form, or changes it. What is missing is said at its field.
func (s *Screen) Save() {
	if s.model.Page != PageForm {
		return
	}
	s.model.Form.Tried = true
	p, wrong := s.model.Form.Programme()
	if len(wrong) > 0 {
		s.view.form.complain(wrong)
		return
	}
	if !s.begin(Saving) {
		return
	}
	task.Run(s.works, saving{s.uses.Books, s.uses.By(), p}, func(ctx context.Context, in saving) (sponsor.Standing, error) {
		scope := in.programme.Scope
		if scope == (app.Scope{}) {
			opened, err := in.books.Open(ctx, in.by, in.programme)
			if err != nil {
				return sponsor.Standing{}, err
			}
			scope = opened.Scope
		} else if err := in.books.Change(ctx, in.by, in.programme); err != nil {
			return sponsor.Standing{}, err
		}
		return in.books.One(ctx, scope)
	}, s.saved)
}

func (s *Screen) saved(now sponsor.Standing, err error) {
	if err != nil {
		s.model.Err = err
		s.end()
		return
	}
	s.model.Form = Form{}
	s.keepForm()
	s.model.Chosen = Chosen{Standing: now, Tab: TabVersions}
	s.model.People, s.model.Import = "", Import{}
	s.model.Page = PageProgramme
	s.window.Toast(widgets.Good, s.say("ui.program.saved"))
	s.end()
	s.load()
}

// askClose asks before a programme takes no more lists.
func (s *Screen) askClose() {
	s.window.Ask(widgets.Question{
		Title: s.say("ui.program.close.title", "name", s.model.Chosen.Name),
		Text:  s.say("ui.program.close.text", "n", number(s.model.Chosen.Registered)),
		Answers: []widgets.Answer{
			{Word: s.say("ui.cancel")},
			{Word: s.say("ui.program.close.yes"), Kind: widgets.Danger, Act: s.shut},
		},
	})
}

type shutting struct {
	books Books
	by    app.Operator
	scope app.Scope
}

func (s *Screen) shut() {
	if !s.begin(Saving) {
		return
	}
	task.Run(s.works, shutting{s.uses.Books, s.uses.By(), s.model.Chosen.Scope}, func(ctx context.Context, in shutting) (struct{}, error) {
		return struct{}{}, in.books.Close(ctx, in.by, in.scope)
	}, func(_ struct{}, err error) {
		s.model.Err = err
		if err == nil {
			s.window.Toast(widgets.Good, s.say("ui.program.close.done"))
		}
		s.end()
		s.load()
	})
}
