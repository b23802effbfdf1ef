package daftar

import (
	"strings"

	"loket/app/scheme"
	"loket/app/words"
)

// whyRelief says what the occupation means for the price: the sector, what it costs and would cost,
// until when, and by which regulation; and why it means nothing for some money.
func (m *Model) whyRelief(lang words.Lang) Note {
	rules, r := m.judge.Rules().Scheme, m.Look.Record
	occupation, known := rules.Occupation(r.Work.Occupation)
	q := m.Look.Quote
	if !known || q == nil {
		return Note{}
	}
	name := occupation.ID
	if lang == words.EN {
		name = occupation.EN
	}
	first := q.Lines[0]
	relief, there := rules.ReliefOf(occupation.Sector, first.Month)
	pairs := []any{
		"occupation", name, "sector", strings.ToLower(words.Say(lang, "sector."+string(occupation.Sector))),
		"amount", first.Total, "full", rules.Full(first, r.Work.Income), "until", monthYear(lang, relief), "source", relief.Source, "percent", relief.Percent,
	}
	switch {
	case !there:
		return Note{Calm, words.Say(lang, "ui.daftar.why.none", pairs...)}
	case first.Reduced == 0:
		return Note{Calm, words.Say(lang, "ui.daftar.why.payer", append(pairs, "payer", words.Say(lang, "payer."+string(r.Plan.Payer)))...)}
	}
	return Note{Fine, words.Say(lang, "ui.daftar.why.relief", pairs...)}
}

func monthYear(lang words.Lang, r scheme.Relief) string {
	if r.Percent == 0 {
		return ""
	}
	months := strings.Split(words.Say(lang, "ui.daftar.months"), " ")
	return months[int(r.Last.Month)-1] + " " + number(r.Last.Year)
}

// whyOldAge says why an owner takes JHT, and what it adds.
func whyOldAge(lang words.Lang, q *scheme.Quotation) string {
	why := words.Say(lang, scheme.WhyOldAge)
	if q != nil && q.Lines[0].JHT > 0 {
		why += " " + words.Say(lang, "ui.daftar.why.jht", "amount", q.Lines[0].JHT)
	}
	return why
}
