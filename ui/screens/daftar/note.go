package daftar

import (
	"slices"
	"strings"

	"loket/app"
	"loket/app/counter"
	"loket/app/identity"
	"loket/app/scheme"
	"loket/app/words"
)

// Tone is how a note below a field is meant.
type Tone int

// The tones.
const (
	Calm  Tone = iota // a hint
	Fine              // understood
	Look              // a warning: the law allows it, a person should look
	Wrong             // keeps the form from being saved
)

// Note is a line below a field.
type Note struct {
	Tone Tone
	Text string
}

// Note is what is to be said about a field now: what is wrong once the keyboard has left it, what
// is worth a look, what was understood.
func (m *Model) Note(lang words.Lang, f counter.Field) Note {
	var look []string
	for _, p := range m.Look.Of(f) {
		switch {
		case p.Warning:
			look = append(look, words.Error(lang, p.Err))
		case f == scheme.FieldBirthDate && m.Look.Verdict.Problem != nil && m.Look.Verdict.Age > 0:
			return Note{Wrong, words.Say(lang, "ui.daftar.age", "age", m.Look.Verdict.Age)} // the reason stands beside
		case m.Left[f] || m.Tried || m.fills(f) || complete(f, m.Draft.Form.Text(f)):
			return Note{Wrong, words.Error(lang, p.Err)}
		}
	}
	asked := f
	if f == counter.FamilyName {
		asked = scheme.FieldFamilyContact // the rules know it as one thing
	}
	if m.Tried && slices.Contains(m.Look.Missing, asked) {
		return Note{Wrong, words.Say(lang, "ui.daftar.missing")}
	}
	if len(look) > 0 {
		return Note{Look, strings.Join(look, "\n")}
	}
	return m.hint(lang, f)
}

// complete says whether a field holds as many characters as it can hold, so that it is judged
// before the keyboard leaves it.
func complete(f counter.Field, text string) bool {
	switch f {
	case scheme.FieldNIK:
		return len(identity.CleanDigits(text)) >= 16
	case scheme.FieldBirthDate:
		return len(strings.TrimSpace(text)) >= 10
	}
	return false
}

func (m *Model) hint(lang words.Lang, f counter.Field) Note {
	switch f {
	case scheme.FieldNIK:
		return m.nikHint(lang)
	case scheme.FieldVillage:
		return m.villageHint()
	case scheme.FieldIncome:
		if q := m.Look.Quote; q != nil && m.Look.Record.Work.Income > 0 {
			return Note{Calm, words.Say(lang, "ui.daftar.base", "base", q.Base)}
		}
	case counter.FamilyName:
		return Note{Calm, words.Say(lang, "ui.daftar.no_heir")}
	case scheme.FieldProgrammes:
		if m.Look.OldAge {
			return Note{Look, whyOldAge(lang, m.Look.Quote)}
		}
	case scheme.FieldOccupation:
		return m.whyRelief(lang)
	}
	return Note{}
}

// nikHint counts digits while one types, and then says who that is.
func (m *Model) nikHint(lang words.Lang) Note {
	digits := len(identity.CleanDigits(m.Draft.Form.Text(scheme.FieldNIK)))
	if digits == 0 {
		return Note{}
	}
	nik := identity.Check(m.Draft.Form.Record.Person.NIK, m.judge.Rules().Regions.Knowledge, m.judge.Today())
	if !nik.Valid() {
		return Note{Calm, words.Say(lang, "ui.daftar.nik_digits", "n", digits)}
	}
	place := m.judge.Rules().Regions.Label(nik.Region)
	if name, _, found := strings.Cut(place, ","); found {
		place = name
	}
	return Note{Fine, words.Say(lang, "ui.daftar.nik_says",
		"sex", words.Say(lang, "sex."+string(nik.Sex)), "born", LongDate(lang, nik.BirthDate), "place", place)}
}

func (m *Model) villageHint() Note {
	code := m.Chosen(scheme.FieldVillage)
	if code == "" {
		return Note{}
	}
	label := m.judge.Rules().Regions.Label(code)
	_, rest, _ := strings.Cut(label, ", ")
	return Note{Calm, rest}
}

// LongDate is "5 Oktober 1990".
func LongDate(lang words.Lang, d app.Date) string {
	if !d.Known() {
		return ""
	}
	months := strings.Split(words.Say(lang, "ui.daftar.months"), " ")
	return number(d.Day) + " " + months[int(d.Month)-1] + " " + number(d.Year)
}

// ShortMonth is "Des 2026".
func ShortMonth(lang words.Lang, m app.Month) string {
	months := strings.Split(words.Say(lang, "ui.daftar.months_short"), " ")
	return months[int(m.Month)-1] + " " + number(m.Year)
}

// Reliefs says what the relief takes off, beside the months that have one.
func Reliefs(lang words.Lang, l scheme.Line) string {
	if l.Reduced == 0 {
		return ""
	}
	programmes := strings.ReplaceAll(l.Reduced.String(), "+", words.Say(lang, "ui.daftar.and"))
	return words.Say(lang, "ui.daftar.relief", "percent", l.Percent, "programmes", programmes)
}

// Parts says what one month is made of, for the first month of each price.
func Parts(l scheme.Line) string {
	var parts []string
	for _, p := range []struct {
		name   string
		amount app.Rupiah
	}{{"JKK", l.JKK}, {"JKM", l.JKM}, {"JHT", l.JHT}} {
		if p.amount > 0 {
			parts = append(parts, p.name+" "+p.amount.String())
		}
	}
	return strings.Join(parts, " + ")
}

// Alikeness says what a likely duplicate has in common with who is being typed.
func Alikeness(lang words.Lang, l identity.Likeness) string {
	var parts []string
	add := func(on bool, key string) {
		if on {
			parts = append(parts, words.Say(lang, key))
		}
	}
	add(l.SameNIK, "ui.daftar.alike.same_nik")
	add(l.NearNIK, "ui.daftar.alike.near_nik")
	add(l.SameName, "ui.daftar.alike.same_name")
	add(l.NearName, "ui.daftar.alike.near_name")
	add(l.SameBirthDate, "ui.daftar.alike.same_birth")
	add(l.SameMother, "ui.daftar.alike.same_mother")
	return strings.Join(parts, " · ")
}
