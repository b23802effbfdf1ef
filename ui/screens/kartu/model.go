package kartu

import (
	"image"
	"time"

	"loket/app"
	"loket/app/issuing"
	"loket/ui/widgets"
)

// Tabs are the lists of this screen: a list is the cards of one state.
var Tabs = []app.CardState{app.CardQueued, app.CardSent, app.CardConfirmed}

// Printer is the printer's line: how it stands, as a key of words, and where its prints go.
type Printer struct {
	Key   string
	Where string
}

// Sides is a card as it will print.
type Sides struct {
	Front, Back image.Image
	Err         error
}

// Moment is what the last act did, shown large until the next one.
type Moment struct {
	State widgets.State
	Key   string // of the word
	Name  string
	More  string // a sentence
}

// Model is the state of the card screen.
type Model struct {
	Tab      app.CardState
	Lists    map[app.CardState][]issuing.Listed
	First    int // row of the list that is shown first
	Stock    issuing.Stock
	Counted  bool // the stock is known
	Printer  Printer
	Selected app.Serial
	Sides    Sides // of the selected card
	Run      int   // cards of the print run that is being checked
	Busy     bool
	Spoiling bool
	Reason   string // of spoiling; nothing is preselected
	Moment   *Moment
	Err      error // why the lists could not be read
}

// Rows are the cards of the list in sight.
func (m *Model) Rows() []issuing.Listed { return m.Lists[m.Tab] }

// Job is the cards that go to the printer next: the oldest, at most a job full.
func (m *Model) Job() []app.Serial { return firstOf(m.Lists[app.CardQueued]) }

// Again is the cards that went to the printer and that nobody has seen, at most a job full.
func (m *Model) Again() []app.Serial { return firstOf(m.Lists[app.CardSent]) }

func firstOf(rows []issuing.Listed) (serials []app.Serial) {
	for _, l := range rows[:min(len(rows), issuing.MostInJob)] {
		serials = append(serials, l.Card.Serial)
	}
	return serials
}

// Find is a card of any of the lists.
func (m *Model) Find(serial app.Serial) (issuing.Listed, bool) {
	for _, tab := range Tabs {
		for _, l := range m.Lists[tab] {
			if l.Card.Serial == serial && serial != 0 {
				return l, true
			}
		}
	}
	return issuing.Listed{}, false
}

// Loaded takes the lists in. What is selected stays selected as long as it stands in a list, and
// its list comes in sight.
func (m *Model) Loaded(lists map[app.CardState][]issuing.Listed, err error) {
	if m.Err = err; err != nil {
		return
	}
	m.Lists = lists
	first := m.Tab == ""
	if first {
		m.Tab = app.CardQueued
		if len(lists[app.CardQueued]) == 0 && len(lists[app.CardSent]) > 0 {
			m.Tab = app.CardSent // a run that was interrupted goes on
		}
	}
	if chosen, ok := m.Find(m.Selected); ok {
		m.Tab = chosen.Card.State
	} else {
		m.Unselect()
	}
	m.Run = max(m.Run, len(lists[app.CardSent]))
	if len(lists[app.CardSent]) == 0 {
		m.Run = 0
	}
	m.turn()
	if first {
		m.look()
	}
}

// look shows the first card that waits to be printed: what the printer will get is worth a look.
func (m *Model) look() {
	if rows := m.Rows(); m.Tab == app.CardQueued && len(rows) > 0 {
		m.Selected = rows[0].Card.Serial
	}
}

// Turn shows another list.
func (m *Model) Turn(tab app.CardState) {
	m.Tab, m.First, m.Moment = tab, 0, nil
	m.Unselect()
	m.look()
}

// turn keeps the page within the list.
func (m *Model) turn() {
	if m.First >= len(m.Rows()) {
		m.First = 0
	}
}

// Select shows a card; false when no list has it.
func (m *Model) Select(serial app.Serial) bool {
	chosen, ok := m.Find(serial)
	if !ok {
		return false
	}
	if m.Tab != chosen.Card.State {
		m.Tab, m.First = chosen.Card.State, 0
	}
	m.Selected, m.Sides, m.Spoiling, m.Reason, m.Moment = serial, Sides{}, false, "", nil
	return true
}

// Unselect shows no card.
func (m *Model) Unselect() { m.Selected, m.Sides, m.Spoiling, m.Reason = 0, Sides{}, false, "" }

// Back steps back: from a reason to the card, from the card to the list.
func (m *Model) Back() bool {
	switch {
	case m.Moment != nil:
		m.Moment = nil
	case m.Spoiling:
		m.Spoiling, m.Reason = false, ""
	case m.Selected != 0:
		m.Unselect()
	default:
		return false
	}
	return true
}

// Printed takes in that a job went out: its cards wait to be seen.
func (m *Model) Printed() {
	m.Unselect()
	m.Tab, m.First, m.Run = app.CardSent, 0, 0
}

// Confirmed shows the sign of a card that somebody has seen; before says that it was seen already.
func (m *Model) Confirmed(c app.Card, before bool) {
	name := c.Serial.String()
	if known, ok := m.Find(c.Serial); ok {
		name = known.Registration.Record.Person.Name
	}
	m.Unselect()
	m.Moment = &Moment{State: widgets.Good, Key: "ui.cards.moment.checked", Name: name}
	if before {
		m.Moment.Key = "ui.cards.moment.before"
	}
}

// Refused shows why something was not done.
func (m *Model) Refused(key, sentence string) {
	m.Moment = &Moment{State: widgets.Bad, Key: key, More: sentence}
}

// Low says whether numbers run out soon.
func (m *Model) Low(now time.Time) bool {
	const few, soon = 20, 72 * time.Hour
	s := m.Stock
	return m.Counted && (s.Serials < few || s.Members < few || s.SerialsUntil.Sub(now) < soon || s.MembersUntil.Sub(now) < soon)
}
