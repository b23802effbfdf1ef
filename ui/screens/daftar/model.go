package daftar

import (
	"maps"
	"slices"
	"time"

	"loket/app"
	"loket/app/counter"
	"loket/app/scheme"
)

// Judge is what the form is judged by: the counter's own rules and memory.
type Judge interface {
	Inspect(f counter.Form) counter.Inspection
	Duplicates(d counter.Draft) []counter.Likeness
	Rules() counter.Rules
	Today() app.Date
}

// Model is the state of the registration screen: one person being registered.
type Model struct {
	Draft   counter.Draft
	Look    counter.Inspection
	Alike   []counter.Likeness
	Left    map[counter.Field]bool // the keyboard was there and left: what is wrong is told
	Tried   bool                   // a save was refused: what is missing is told
	Kept    time.Time              // when the draft was last written
	KeepErr error                  // why it was not
	Parked  []counter.Draft
	Listing bool              // the parked ones are shown
	More    bool              // what only some people tell is shown
	Cleared *counter.Draft    // what was cleared last, to bring it back
	Last    *app.Registration // the one saved last
	Joint   *counter.Joint    // who is paid together with the last one, or with the one on the screen
	Printed map[string]bool   // of the last: slip, card
	By      func() string     // who is signed in

	judge  Judge
	source app.Source
}

// NewModel is an empty form.
func NewModel(judge Judge, source app.Source) *Model {
	m := &Model{judge: judge, source: source}
	m.Fresh()
	return m
}

// Fresh begins with the next person. What is parked, cleared and saved last stays known.
func (m *Model) Fresh() { m.Take(counter.NewDraft(m.source)) }

// Take goes on with a draft.
func (m *Model) Take(d counter.Draft) {
	m.Draft, m.Left, m.Tried, m.Kept, m.KeepErr = d, map[counter.Field]bool{}, false, d.Changed, nil
	m.Listing, m.More = false, tellsMore(d.Form)
	if d.Reason != "" {
		m.Tried = true
	}
	m.look()
}

// Empty says whether there is nothing to lose.
func (m *Model) Empty() bool {
	if m.Draft.With != 0 {
		return m.Draft.Fresh() // what was carried over from the one before is no loss
	}
	return m.Draft.Ticket.Number == 0 && m.Draft.Form.Empty() && len(m.Draft.Form.Record.Evidence) == 0
}

func (m *Model) look() {
	m.Look = m.judge.Inspect(m.Draft.Form)
	m.Alike = m.judge.Duplicates(m.Draft)
}

// Type takes what stands in a text field.
func (m *Model) Type(f counter.Field, text string) {
	if m.Draft.Form.Text(f) != text {
		m.Draft.Form.Type(f, text)
		m.look()
	}
}

// Text is what a text field shows: what was typed, or what the NIK says.
func (m *Model) Text(f counter.Field) (text string, byItself bool) {
	if m.fills(f) {
		return m.Look.Record.Person.BirthDate.String(), true
	}
	return m.Draft.Form.Text(f), false
}

func (m *Model) fills(f counter.Field) bool {
	return f == scheme.FieldBirthDate && slices.Contains(m.Look.Filled, f)
}

// Leave notes that the keyboard left a field.
func (m *Model) Leave(f counter.Field) { m.Left[f] = true }

// Choose takes what was chosen of a field; "" takes the choice back.
func (m *Model) Choose(f counter.Field, value string) {
	if set, ok := chosen[f]; ok {
		set.put(&m.Draft.Form.Record, value)
		m.look()
	}
}

// Chosen is the value of a field that is chosen, with what the NIK or the rules say filled in.
func (m *Model) Chosen(f counter.Field) string {
	if set, ok := chosen[f]; ok {
		return set.get(m.Look.Record)
	}
	return ""
}

// ByItself says whether a value was taken from the NIK or the rules.
func (m *Model) ByItself(f counter.Field) bool { return slices.Contains(m.Look.Filled, f) }

// Consent takes the answer for one purpose, with the version of the words that were shown.
func (m *Model) Consent(purpose string, given bool) {
	text := ""
	for _, c := range m.judge.Rules().Scheme.Asking.Consents {
		if c.Purpose == purpose {
			text = c.Text
		}
	}
	r := &m.Draft.Form.Record
	others := slices.DeleteFunc(slices.Clone(r.Consents), func(c app.Consent) bool { return c.Purpose == purpose })
	r.Consents = append(others, app.Consent{Purpose: purpose, Given: given, Text: text})
	m.look()
}

// Consented is the answer for a purpose; asked is false while there is none.
func (m *Model) Consented(purpose string) (given, asked bool) {
	for _, c := range m.Draft.Form.Record.Consents {
		if c.Purpose == purpose {
			return c.Given, true
		}
	}
	return false, false
}

// Notice notes that the legal notice was given, and whether who is signed in read it aloud.
func (m *Model) Notice(given, aloud bool) {
	r := &m.Draft.Form.Record
	r.Notice, r.Agreed.ReadBy = nil, ""
	if given || aloud {
		r.Notice = &app.Notice{Text: m.judge.Rules().Scheme.Asking.NoticeText, Read: aloud}
	}
	if aloud && m.By != nil {
		r.Agreed.ReadBy = m.By()
	}
	m.look()
}

// Help takes which help is needed.
func (m *Model) Help(needed []string) {
	m.Draft.Form.Record.Help = slices.Clone(needed)
	m.look()
}

// Attach keeps a piece of evidence, instead of the one of its kind before.
func (m *Model) Attach(e app.Evidence) {
	m.Detach(e.Kind)
	m.Draft.Form.Record.Evidence = append(m.Draft.Form.Record.Evidence, e)
	m.look()
}

// Detach takes a piece of evidence away.
func (m *Model) Detach(kind string) {
	r := &m.Draft.Form.Record
	r.Evidence = slices.DeleteFunc(slices.Clone(r.Evidence), func(e app.Evidence) bool { return e.Kind == kind })
	m.look()
}

// Has says whether there is evidence of a kind.
func (m *Model) Has(kind string) bool {
	return slices.ContainsFunc(m.Draft.Form.Record.Evidence, func(e app.Evidence) bool { return e.Kind == kind })
}

const onPaper = counter.OnPaper

// OnPaper says whether the person signs the archive sheet instead of the screen.
func (m *Model) OnPaper() bool { return m.Draft.Form.Typed[onPaper] != "" }

// SetOnPaper chooses that.
func (m *Model) SetOnPaper(on bool) {
	typed := maps.Clone(m.Draft.Form.Typed)
	delete(typed, onPaper)
	if on {
		typed[onPaper] = "1"
	}
	m.Draft.Form.Typed = typed
}

// Settle takes what a person judged about a likely duplicate.
func (m *Model) Settle(id app.EntryID, outcome counter.Comparison) {
	m.Draft.Compared = maps.Clone(m.Draft.Compared) // a draft being written may still hold the old one
	m.Draft.Settle(id, outcome)
	m.Alike = m.judge.Duplicates(m.Draft)
}

// Open lists the likely duplicates that nobody has judged yet.
func (m *Model) Open() []counter.Likeness {
	return slices.DeleteFunc(slices.Clone(m.Alike), func(l counter.Likeness) bool { return l.Outcome != "" })
}

// Saved takes in the registration that was made, and begins with the next person.
func (m *Model) Saved(r app.Registration, joint *counter.Joint) {
	m.Last, m.Printed, m.Cleared, m.Joint = &r, map[string]bool{}, nil, joint
	m.Fresh()
}

// Listed takes in what is unfinished on this kiosk. What was interrupted, not parked, is handed back
// to go on with, when the form is empty.
func (m *Model) Listed(drafts []counter.Draft, by string) (resume counter.Draft, found bool) {
	m.Parked = nil
	for _, d := range drafts {
		switch {
		case d.ID == m.Draft.ID:
		case !found && !d.Parked && d.Operator == by && m.Empty():
			resume, found = d, true
		default:
			m.Parked = append(m.Parked, d)
		}
	}
	return resume, found
}

// Order is the order of the fields on the screen, in which what is missing is asked for.
var Order = []counter.Field{
	scheme.FieldNIK, scheme.FieldName, scheme.FieldBirthPlace, scheme.FieldBirthDate, scheme.FieldSex, scheme.FieldMarital,
	scheme.FieldMotherName, scheme.FieldAddress, counter.RT, counter.RW, scheme.FieldVillage,
	scheme.FieldOccupation, scheme.FieldBusinessOwner, scheme.FieldWorkPlace, scheme.FieldWorkingHours, scheme.FieldIncome,
	scheme.FieldProgrammes, scheme.FieldPeriod, scheme.FieldPayer, scheme.FieldGroup, counter.PayerName,
	scheme.FieldFamilyCard, scheme.FieldEmail, counter.BankName, counter.BankAccount, counter.BankHolder, counter.Source, scheme.FieldCampaign,
	scheme.FieldPhone, counter.Through, scheme.FieldFamilyContact, counter.FamilyName, counter.FamilyRelation, counter.FamilyPhone,
	scheme.FieldGuardian, scheme.FieldNotice, scheme.FieldConsents, scheme.FieldEvidence,
}

// First is the first field that keeps the form from being saved, in the order of the screen.
func (m *Model) First() (counter.Field, bool) {
	for _, f := range Order {
		if slices.Contains(m.Look.Missing, f) {
			return f, true
		}
		for _, p := range m.Look.Of(f) {
			if !p.Warning {
				return f, true
			}
		}
	}
	return "", false
}
