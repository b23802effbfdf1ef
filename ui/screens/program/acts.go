package program

import (
	"loket/app"
	"loket/ui/widgets"
)

// Primary is the one thing to do next.
func (s *Screen) Primary() widgets.Action {
	m := &s.model
	busy := m.Work != Idle
	switch m.Page {
	case PageList:
		return widgets.Action{Word: s.say("ui.program.new"), Icon: "add", Off: busy, Act: s.fresh}
	case PageForm:
		return widgets.Action{Word: s.say("ui.save"), Keys: "Ctrl+S", Off: busy, Act: s.Save}
	case PageProgramme:
		if m.Chosen.Closed {
			return widgets.Action{}
		}
		return widgets.Action{Word: s.say("ui.program.import"), Icon: "add", Off: busy, Act: s.toFile}
	case PageFile:
		if !m.Import.Has() {
			return widgets.Action{Word: s.say("ui.program.choose"), Icon: "file", Off: busy, Act: s.chooseList}
		}
		return widgets.Action{Word: s.say("ui.program.judge"), Icon: "next", Off: busy, Act: s.judge}
	case PageVerdict:
		if m.Import.Stale() {
			return widgets.Action{Word: s.say("ui.program.judge.again"), Icon: "next", Off: busy, Act: s.judge}
		}
		n := m.Import.Verdict.Accepted
		return widgets.Action{Word: s.say("ui.program.register", "n", number(n)), Icon: "people", Off: busy || n == 0, Act: s.askImport}
	case PageDone:
		if m.Import.Outcome.Stopped {
			return widgets.Action{Word: s.say("ui.program.stopped.on"), Icon: "next", Off: busy, Act: s.register}
		}
		return widgets.Action{Word: s.say("ui.program.done.back"), Icon: "programme", Act: func() { s.open(m.Chosen.Scope) }}
	}
	return widgets.Action{}
}

// Actions are beside it.
func (s *Screen) Actions() []widgets.Action {
	m := &s.model
	off := m.Work != Idle
	switch m.Page {
	case PageList:
		if n := m.Shut(); n > 0 {
			word := s.say("ui.program.show_closed", "n", n)
			if m.Closed {
				word = s.say("ui.program.hide_closed")
			}
			return []widgets.Action{{Word: word, Act: func() { m.Closed = !m.Closed; s.show() }}}
		}
	case PageForm:
		return []widgets.Action{s.backAction()}
	case PageProgramme:
		return []widgets.Action{s.backAction(), {Word: s.say("ui.program.title.budget"), Act: s.toBudget}}
	case PageFile:
		if m.Import.Has() {
			return []widgets.Action{s.backAction(), {Word: s.say("ui.program.choose.other"), Icon: "file", Off: off, Act: s.chooseList}}
		}
		return []widgets.Action{s.backAction()}
	case PageVerdict:
		acts := []widgets.Action{s.backAction()}
		if m.Import.Verdict.Rejected+m.Import.Verdict.Warned > 0 {
			acts = append(acts, widgets.Action{Word: s.say("ui.program.rejects"), Icon: "file", Off: off, Act: s.writeRejects})
		}
		return acts
	case PageBudget, PageDone:
		return []widgets.Action{s.backAction()}
	}
	return nil
}

// backAction is Esc for fingers.
func (s *Screen) backAction() widgets.Action {
	working := s.model.Work == Judging || s.model.Work == Importing
	return widgets.Action{Word: s.say("ui.back"), Icon: "back", Off: working, Act: func() { s.Back() }}
}

// fresh begins a new programme, or goes on with one that was begun.
func (s *Screen) fresh() {
	if s.model.Form.Scope != (app.Scope{}) {
		s.model.Form = Form{}
	}
	s.model.Page, s.model.Err = PageForm, nil
	s.show()
}

// change opens the form of the chosen programme.
func (s *Screen) change() {
	if s.model.Form.Scope != s.model.Chosen.Scope {
		s.model.Form = formOf(s.model.Chosen.Programme)
	}
	s.model.Page, s.model.Err = PageForm, nil
	s.show()
}

func (s *Screen) toBudget() {
	s.model.Page, s.model.Err = PageBudget, nil
	if s.model.People == "" {
		s.model.People = grouped(firstOf(s.model.Chosen.Target, s.model.Chosen.Registered))
	}
	s.show()
}

func firstOf(a, b int) int {
	if a != 0 {
		return a
	}
	return b
}

func (s *Screen) toFile() {
	s.model.Page, s.model.Err = PageFile, nil
	if o := s.model.Import.Outcome; o.Number > 0 && !o.Stopped { // that list is in
		s.model.Import = Import{}
	}
	s.show()
}

// goOn has the file of an interrupted import chosen again.
func (s *Screen) goOn() {
	s.toFile()
	s.chooseList()
}

// open goes to a programme and reads its lists.
func (s *Screen) open(scope app.Scope) {
	if s.model.Choose(scope) {
		s.show()
		s.load()
	}
}

// discard throws the form away.
func (s *Screen) discard() {
	s.model.Page = PageList
	if s.model.Form.Scope != (app.Scope{}) {
		s.model.Page = PageProgramme
	}
	s.model.Form = Form{}
	s.keepForm()
	s.show()
}
