package serah

import (
	"slices"
	"strings"
	"time"

	"loket/app"
	"loket/app/custody"
	"loket/app/identity"
	"loket/app/issuing"
	"loket/ui/widgets"
)

// Step is where the handover at hand stands.
type Step int

// The steps.
const (
	Idle    Step = iota // a card is awaited
	Picked              // a card was picked by hand: its code is to be shown
	Filling             // who received it, on what evidence
	Refused             // the card cannot be handed over
	Done                // it was; the sign of it is shown for a moment
)

// Given is a card that was handed over, with how.
type Given struct {
	issuing.Listed
	Handover app.Handover
}

// Lists are what the kiosk knows.
type Lists struct {
	Waiting []issuing.Listed // checked cards that lie here
	Given   []Given          // of today, the newest first
	Parked  []custody.Form
	Trusted time.Time // when the trust list was issued; zero: there is none
}

// Model is the state of the handover screen.
type Model struct {
	Lists
	Loaded  bool
	Filter  string
	First   int // row that is shown first
	Step    Step
	Card    issuing.Listed // the card at hand
	Held    custody.Held   // as scanned
	Scanned time.Time
	Form    custody.Form
	Busy    bool
	Err     error
}

// Row is one row of the table: a card that waits, or one that was given today.
type Row struct {
	issuing.Listed
	Handover *app.Handover
	Parked   bool
}

// Rows are the rows that fit the filter: begun ones first, then the waiting, then the given.
func (m *Model) Rows() (rows []Row) {
	for _, l := range m.Waiting {
		if fits(l, m.Filter) {
			rows = append(rows, Row{Listed: l, Parked: m.IsParked(l.Card.Serial)})
		}
	}
	slices.SortStableFunc(rows, func(a, b Row) int { return rank(a) - rank(b) })
	for i := range m.Given {
		if g := &m.Given[i]; fits(g.Listed, m.Filter) {
			rows = append(rows, Row{Listed: g.Listed, Handover: &g.Handover})
		}
	}
	return rows
}

func rank(r Row) int {
	if r.Parked {
		return 0
	}
	return 1
}

// fits says whether a card is what somebody looks for: by name, serial or member number.
func fits(l issuing.Listed, filter string) bool {
	filter = strings.ToUpper(strings.TrimSpace(filter))
	if digits := strings.Join(strings.Fields(filter), ""); digits != "" && strings.Trim(digits, "0123456789") == "" {
		return strings.Contains(l.Card.Serial.String(), digits) || strings.Contains(string(l.Card.Member), digits)
	}
	return strings.Contains(strings.ToUpper(l.Registration.Record.Person.Name), filter) ||
		strings.Contains(l.Card.Serial.String(), filter)
}

// Find is a card of the lists.
func (m *Model) Find(serial app.Serial) (issuing.Listed, bool) {
	for _, l := range m.Waiting {
		if l.Card.Serial == serial {
			return l, true
		}
	}
	for _, g := range m.Given {
		if g.Card.Serial == serial {
			return g.Listed, true
		}
	}
	return issuing.Listed{}, false
}

// IsParked says whether a handover was begun and put aside.
func (m *Model) IsParked(serial app.Serial) bool {
	_, ok := m.parked(serial)
	return ok
}

func (m *Model) parked(serial app.Serial) (custody.Form, bool) {
	i := slices.IndexFunc(m.Parked, func(f custody.Form) bool { return f.Serial == serial })
	if i < 0 || m.Step == Filling && m.Form.Serial == serial {
		return custody.Form{}, false
	}
	return m.Parked[i], true
}

// Unfinished lists what was put aside, but for the card at hand and for what was given meanwhile.
func (m *Model) Unfinished() (forms []custody.Form) {
	for _, f := range m.Parked {
		if m.IsParked(f.Serial) && !slices.ContainsFunc(m.Given, func(g Given) bool { return g.Card.Serial == f.Serial }) {
			forms = append(forms, f)
		}
	}
	return forms
}

// Pick takes a card of the table without its scan: its two letters are asked.
func (m *Model) Pick(l issuing.Listed) {
	m.Step, m.Card, m.Err, m.Form, m.Held = Picked, l, nil, custody.Form{}, custody.Held{}
}

// Open takes a scanned card. What was put aside of it goes on.
func (m *Model) Open(held custody.Held, at time.Time) {
	m.Card = issuing.Listed{Card: held.Card, Registration: held.Registration}
	form, begun := m.parked(held.Card.Serial)
	if !begun {
		form = custody.Form{Serial: held.Card.Serial}
	}
	form.Hash = held.Hash
	m.Step, m.Held, m.Scanned, m.Form, m.Err = Filling, held, at, form, nil
}

// Refuse shows why a card cannot be handed over.
func (m *Model) Refuse(held custody.Held, err error) {
	m.Step, m.Held, m.Err, m.Form = Refused, held, err, custody.Form{}
	m.Card = issuing.Listed{Card: held.Card, Registration: held.Registration}
}

// Aside puts the form at hand aside and is ready for another card; nil when there is none.
func (m *Model) Aside() *custody.Form {
	if m.Step != Filling {
		m.Ready()
		return nil
	}
	form := m.Form
	m.Parked = append(slices.DeleteFunc(slices.Clone(m.Parked), func(f custody.Form) bool { return f.Serial == form.Serial }), form)
	m.Ready()
	return &form
}

// Ready awaits the next card.
func (m *Model) Ready() {
	m.Step, m.Card, m.Held, m.Form, m.Err = Idle, issuing.Listed{}, custody.Held{}, custody.Form{}, nil
}

// Receive says who takes the card. Name and relation are those of the one who was chosen.
func (m *Model) Receive(who app.Receiver) {
	if m.Form.Receiver != who {
		m.Form.Receiver, m.Form.Name, m.Form.Relation = who, "", ""
	}
	m.Err = nil
}

// Known is the family contact of the holder, offered and not filled in; false when there is none.
func (m *Model) Known() (app.FamilyContact, bool) {
	f := m.Card.Registration.Record.Family
	return f, m.Form.Receiver == app.ReceiverFamily && f.Name != "" && m.Form.Name == ""
}

// Missing says what the form needs; a drawn signature counts.
func (m *Model) Missing(signed bool) error {
	form := m.Form
	if signed {
		form.Evidence = append(slices.Clone(form.Evidence), app.Evidence{Kind: kindSignature})
	}
	return form.Missing(max(m.Held.Demanded, 1))
}

// Kinds of evidence that this screen takes.
const (
	kindSignature  = "signature"
	kindThumbprint = "thumbprint"
	kindPhoto      = "photo"
)

// Has says whether the form holds a kind of evidence.
func (m *Model) Has(kind string) bool {
	return slices.ContainsFunc(m.Form.Evidence, func(e app.Evidence) bool { return e.Kind == kind })
}

// Take adds a piece of evidence, in the place of an older one of its kind.
func (m *Model) Take(e app.Evidence) { m.Form.Evidence = append(without(m.Form.Evidence, e.Kind), e) }

// Remove takes a kind of evidence away.
func (m *Model) Remove(kind string) { m.Form.Evidence = without(m.Form.Evidence, kind) }

func without(evidence []app.Evidence, kind string) []app.Evidence {
	return slices.DeleteFunc(slices.Clone(evidence), func(e app.Evidence) bool { return e.Kind == kind })
}

// SameCode compares the two letters on a card with what was typed.
func SameCode(code, typed string) bool {
	return code != "" && strings.EqualFold(code, strings.Join(strings.Fields(typed), ""))
}

// SerialIn reads a serial as people type it: "KT-0098412", "98412".
func SerialIn(text string) (app.Serial, bool) {
	text = strings.TrimPrefix(strings.ToUpper(strings.Join(strings.Fields(text), "")), "KT")
	text = strings.TrimLeft(text, "-")
	n := uint32(0)
	for _, c := range text {
		if c < '0' || c > '9' || n > 99_999_999 {
			return 0, false
		}
		n = n*10 + uint32(c-'0')
	}
	return app.Serial(n), n > 0
}

// Place is where the holder lives, as far as it tells people apart: street and RT.
func Place(a app.Address) string {
	place := identity.CleanSpaces(a.Street)
	if a.RT != "" {
		place = strings.TrimPrefix(place+" · RT "+a.RT, " · ")
	}
	return place
}

// today keeps what was given on the day of now, the newest first.
func today(cards []issuing.Listed, now time.Time) (kept []issuing.Listed) {
	day := app.DateOf(now)
	for _, l := range cards {
		if app.DateOf(l.Card.ChangedAt.In(now.Location())) == day {
			kept = append(kept, l)
		}
	}
	slices.SortStableFunc(kept, func(a, b issuing.Listed) int { return b.Card.ChangedAt.Compare(a.Card.ChangedAt) })
	return kept[:min(len(kept), widgets.PageSize)]
}

// Kept takes in a form as it was saved, with the evidence that its signature became.
func (m *Model) Kept(form custody.Form) {
	for i := range m.Parked {
		if m.Parked[i].Serial == form.Serial {
			m.Parked[i] = form
		}
	}
}

// Finished shows the sign of a handover, and moves the card to what was given today.
func (m *Model) Finished(h app.Handover, now time.Time) {
	m.Step, m.Err = Done, nil
	serial := m.Card.Card.Serial
	m.Card.Card.State, m.Card.Card.ChangedAt = app.CardHanded, now
	m.Waiting = slices.DeleteFunc(slices.Clone(m.Waiting), func(l issuing.Listed) bool { return l.Card.Serial == serial })
	m.Parked = slices.DeleteFunc(slices.Clone(m.Parked), func(f custody.Form) bool { return f.Serial == serial })
	m.Given = append([]Given{{m.Card, h}}, m.Given...)
}
