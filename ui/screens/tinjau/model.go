package tinjau

import (
	"slices"

	"loket/app"
	"loket/app/counter"
	"loket/ui/widgets"
)

// Model is the state of the review: what waits, and the one that is looked at.
type Model struct {
	Loaded   bool
	List     []app.Registration
	Selected string
	Page     *Case
	Asking   bool // for the reason of sending back
	Why      widgets.Why
	Busy     bool
	Err      error // of the last answer, shown on the page
}

// Case is one flagged registration with those that it looks like.
type Case struct {
	Registration app.Registration
	Alike        []Side
	At           int // the look-alike that is shown beside it
}

// Side is a registration that looks like the flagged one, and the counter's word on it.
type Side struct {
	app.Registration
	Outcome counter.Comparison
}

// Beside is the look-alike that is shown, if there is any.
func (c *Case) Beside() (Side, bool) {
	if c.At < len(c.Alike) {
		return c.Alike[c.At], true
	}
	return Side{}, false
}

// Took takes the list in.
func (m *Model) Took(list []app.Registration) {
	m.List, m.Loaded = list, true
	if _, ok := m.Find(m.Selected); !ok {
		m.Selected = ""
	}
}

// Find is a registration of the list by its key.
func (m *Model) Find(key string) (app.Registration, bool) {
	i := slices.IndexFunc(m.List, func(r app.Registration) bool { return r.ID.String() == key })
	if i < 0 {
		return app.Registration{}, false
	}
	return m.List[i], true
}

// Open shows a case. What was typed for another one does not go with it.
func (m *Model) Open(c *Case) {
	m.Page, m.Selected, m.Err, m.Busy = c, c.Registration.ID.String(), nil, false
	m.Asking, m.Why = false, widgets.Why{}
}

// Next is what waits behind the case that was just decided; false at the end of the list.
func (m *Model) Next() (app.EntryID, bool) {
	i := slices.IndexFunc(m.List, func(r app.Registration) bool { return r.ID.String() == m.Selected })
	if i < 0 {
		return app.EntryID{}, false
	}
	m.List = slices.Delete(m.List, i, i+1)
	if len(m.List) == 0 {
		return app.EntryID{}, false
	}
	return m.List[min(i, len(m.List)-1)].ID, true
}
