package beranda

import (
	"math"
	"time"

	"loket/app"
	"loket/app/access"
)

// Weight is how much something presses.
type Weight int

// The weights.
const (
	Note   Weight = iota // good to know
	Look                 // please look
	Urgent               // work stops without it
)

// Todo is one thing that waits for somebody.
type Todo struct {
	Word   string // key of its sentence
	Count  int
	Weight Weight
	Place  string // where it is done
}

// When something presses.
const (
	fewNumbers   = 50                 // member or card numbers left to give out
	oldLists     = 7 * 24 * time.Hour // the age of signed lists that is worth a word
	endingPermit = 7 * 24 * time.Hour // before head office's authority ends
)

// Todos lists what waits for somebody, the most pressing first.
func (m Model) Todos() (todos []Todo) {
	if !m.Known {
		return nil
	}
	all := append(m.office(), m.numbers()...)
	all = append(all, m.desk()...)
	all = append(all, m.lists()...)
	if n := m.Facts.Post.Entries + m.Facts.Post.Attachments; n > 0 {
		all = append(all, Todo{"ui.beranda.do.here", n, Note, "post"})
	}
	for _, weight := range []Weight{Urgent, Look, Note} {
		for _, t := range all {
			if t.Weight == weight {
				todos = append(todos, t)
			}
		}
	}
	return todos
}

// office is what stands between this kiosk and head office.
func (m Model) office() (todos []Todo) {
	p := m.Facts.Post
	switch {
	case p.Recall != "":
		todos = append(todos, Todo{Word: "ui.beranda.do.recalled", Weight: Urgent, Place: "post"})
	case p.Asked:
		todos = append(todos, Todo{Word: "ui.beranda.do.asked", Weight: Look, Place: "post"})
	case !p.Enrolled:
		todos = append(todos, Todo{Word: "ui.beranda.do.not_enrolled", Weight: Urgent, Place: "post"})
	}
	if p.Trouble != nil {
		todos = append(todos, Todo{Word: "ui.beranda.do.trouble", Weight: Urgent, Place: "post"})
	}
	if len(p.Tampered) > 0 {
		todos = append(todos, Todo{Word: "ui.beranda.do.tampered", Weight: Urgent, Place: "post"})
	}
	switch {
	case p.Ahead > 0:
		todos = append(todos, Todo{"ui.beranda.do.ahead", days(p.Ahead), Urgent, "post"})
	case p.Fast > 0:
		todos = append(todos, Todo{"ui.beranda.do.fast", days(p.Fast), Look, "post"})
	}
	if left := p.Authority.Sub(m.Now); p.Enrolled && !p.Authority.IsZero() && left < endingPermit {
		days := max(int(left.Hours()/24), 0)
		todos = append(todos, Todo{"ui.beranda.do.permit", days, Urgent, "post"})
	}
	return todos
}

// days counts begun days.
func days(d time.Duration) int { return int(math.Ceil(d.Hours() / 24)) }

// numbers is what head office lent and is running out.
func (m Model) numbers() (todos []Todo) {
	if !m.Facts.Post.Enrolled {
		return nil // none were lent yet, and the enrolment says so
	}
	for _, n := range []struct {
		task access.Task
		word string
		left int
	}{
		{access.Register, "ui.beranda.do.members", m.Facts.Stock.Members},
		{access.Print, "ui.beranda.do.serials", m.Facts.Stock.Serials},
	} {
		switch {
		case !m.Allowed[n.task] || n.left >= fewNumbers:
		case n.left == 0:
			todos = append(todos, Todo{n.word + ".none", 0, Urgent, "post"})
		default:
			todos = append(todos, Todo{n.word, n.left, Look, "post"})
		}
	}
	return todos
}

// desk is the work on this desk that was begun.
func (m Model) desk() (todos []Todo) {
	f := m.Facts
	for _, t := range []struct {
		task access.Task
		todo Todo
	}{
		{access.Register, Todo{"ui.beranda.do.drafts", f.Drafts, Look, "register"}},
		{access.Handover, Todo{"ui.beranda.do.handovers", f.Handovers, Look, "handover"}},
		{access.Print, Todo{"ui.beranda.do.unchecked", f.Unchecked, Look, "cards"}},
		{access.Print, Todo{"ui.beranda.do.queued", f.Day.WaitingCards - f.Unchecked, Note, "cards"}},
		{access.Review, Todo{"ui.beranda.do.review", f.Waiting[app.WorkReview], Look, "review"}},
		{access.Register, Todo{"ui.beranda.do.sent_back", f.Waiting[app.WorkSentBack], Look, "complete"}},
		{access.Register, Todo{"ui.beranda.do.incomplete", f.Waiting[app.WorkIncomplete], Note, "complete"}},
		{access.Ask, Todo{"ui.beranda.do.families", f.Day.Families, Look, "family"}},
	} {
		if m.Allowed[t.task] && t.todo.Count > 0 {
			todos = append(todos, t.todo)
		}
	}
	return todos
}

// lists is how old what this kiosk knows of genuine cards is.
func (m Model) lists() []Todo {
	p := m.Facts.Post
	switch {
	case !p.Enrolled:
	case p.Trust.IsZero():
		return []Todo{{Word: "ui.beranda.do.lists.none", Weight: Look, Place: "post"}}
	case m.Now.Sub(p.Trust) >= oldLists:
		return []Todo{{"ui.beranda.do.lists", int(m.Now.Sub(p.Trust).Hours() / 24), Look, "post"}}
	}
	return nil
}
