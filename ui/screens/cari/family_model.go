package cari

import (
	"slices"

	"loket/app"
	"loket/app/counter"
)

// FamilyMode is what the families' screen shows.
type FamilyMode int

// The modes.
const (
	FamilyList FamilyMode = iota
	FamilyAsking
	FamilyShown
)

// Asked is a question as it is typed.
type Asked struct {
	NIK, Name, Born          string
	Asker, Relation, Purpose string
	Phone, Way               string
}

// Empty says whether there is nothing to lose.
func (a Asked) Empty() bool { return a == Asked{} }

// FamilyModel is the state of the families' screen. What was typed stays until it is recorded.
type FamilyModel struct {
	Mode    FamilyMode
	Known   bool // the list was read
	Lookups []app.Lookup
	Counts  counter.Asked
	Form    Asked
	Wrong   map[string]app.Code // by field, after a try
	Shown   app.Lookup
	How     string // chosen way of telling
	Busy    bool
}

// Question is what was typed, cleaned, and what is wrong with it.
func (m *FamilyModel) Question() (app.Question, map[string]app.Code) {
	f := m.Form
	born, readable := counter.ParseDay(f.Born)
	q, wrong := counter.CleanQuestion(app.Question{
		NIK: f.NIK, Name: f.Name, Born: born, Asker: f.Asker, Relation: f.Relation, Purpose: f.Purpose, Phone: f.Phone, Way: f.Way,
	})
	if f.Born != "" && !readable {
		wrong["born"] = app.DateUnreadable
		delete(wrong, "whom")
	}
	return q, wrong
}

// familyFields are the fields in the order of the form.
var familyFields = []string{"nik", "whom", "born", "purpose", "asker", "relation", "phone", "reach"}

// FirstWrong is the first field that keeps the question from being recorded.
func (m *FamilyModel) FirstWrong() string {
	i := slices.IndexFunc(familyFields, func(f string) bool { return m.Wrong[f] != "" })
	if i < 0 {
		return ""
	}
	return familyFields[i]
}

// Start begins a question with what was searched for: a NIK or a name.
func (m *FamilyModel) Start(query string) {
	m.Mode = FamilyAsking
	if query == "" || !m.Form.Empty() {
		return
	}
	if digits := onlyDigits(query); digits != "" {
		m.Form.NIK = digits
	} else {
		m.Form.Name = query
	}
}

func onlyDigits(text string) string {
	digits := []rune{}
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits = append(digits, r)
		case r != ' ' && r != '.' && r != '-':
			return ""
		}
	}
	return string(digits)
}

// Lookup finds a question by its key.
func (m *FamilyModel) Lookup(key string) (app.Lookup, bool) {
	i := slices.IndexFunc(m.Lookups, func(l app.Lookup) bool { return l.ID.String() == key })
	if i < 0 {
		return app.Lookup{}, false
	}
	return m.Lookups[i], true
}

// Took takes a new reading in, and shows what became of the question that is open.
func (m *FamilyModel) Took(all []app.Lookup, counts counter.Asked) {
	m.Known, m.Lookups, m.Counts = true, all, counts
	if l, ok := m.Lookup(m.Shown.ID.String()); ok {
		m.Shown = l
	}
}

// FindingTone is how a finding stands.
func FindingTone(f app.Finding) Tone {
	switch f {
	case app.FindingCovered, app.FindingAccepted:
		return Good
	}
	return Waiting // nothing of this is "no"
}

// LookupTone is how a question stands.
func LookupTone(s app.LookupState) Tone {
	switch s {
	case app.LookupTold, app.LookupClosed:
		return Good
	}
	return Waiting
}
