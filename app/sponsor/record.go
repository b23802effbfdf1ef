package sponsor

import (
	"strings"

	"loket/app"
	"loket/app/identity"
	"loket/app/roster"
	"loket/app/scheme"
)

// writer makes records of rows. What rows say over and over is looked up once.
type writer struct {
	plan app.Plan
	work map[string]string // what a list calls an occupation -> its code, "" for none
	rule *scheme.Rules
}

func newWriter(p Programme, r *scheme.Rules) *writer {
	plan := app.Plan{Programmes: p.Programmes, FirstMonth: p.First, Months: p.Months, Payer: p.Payer, PayerName: p.PayerName}
	return &writer{plan: plan, work: map[string]string{}, rule: r}
}

// mostWork bounds what is remembered of strange lists.
const mostWork = 4096

func (w *writer) occupation(text string) string {
	code, known := w.work[text]
	if !known && text != "" {
		if o, ok := w.rule.OccupationOf(text); ok {
			code = o.Code
		}
		if len(w.work) < mostWork {
			w.work[text] = code
		}
	}
	return code
}

// record is a row as a registration. What a list does not have is completed at the handover; the
// basis is the decree, so no notice was given yet.
func (w *writer) record(row roster.Row) app.Record {
	r := app.Record{
		Person: row.Person, Address: row.Address, Reach: app.Reach{Phone: row.Phone},
		Work: app.Work{Occupation: w.occupation(row.Occupation)}, Plan: w.plan, Source: app.SourceList,
	}
	r.Family = family(row.Heir)
	return r
}

// kinship is what lists write behind the name of a family contact.
var kinship = map[string]string{
	"suami": "spouse", "istri": "spouse", "isteri": "spouse", "anak": "child",
	"ibu": "parent", "ayah": "parent", "bapak": "parent", "orangtua": "parent", "ortu": "parent",
	"kakak": "sibling", "adik": "sibling", "saudara": "sibling", "saudari": "sibling",
}

// family reads "Siti Aminah (istri)".
func family(text string) app.FamilyContact {
	name, rest, _ := strings.Cut(text, "(")
	f := app.FamilyContact{Name: identity.CleanName(name)}
	if f.Name == "" {
		return app.FamilyContact{}
	}
	for _, word := range strings.Fields(identity.Plain(rest)) {
		if relation := kinship[word]; relation != "" {
			f.Relation = relation
			break
		}
	}
	return f
}

// Lacking lists what a registration from a list does not have yet and what is asked of everybody at
// the counter: "lengkapi saat serah terima". Nothing of others.
func (s *Sponsor) Lacking(r app.Registration) []scheme.Field {
	if r.Record.Source != app.SourceList {
		return nil
	}
	record := r.Record
	record.Source = app.SourceWalkIn
	return s.rules().Scheme.Missing(record, app.DateOf(s.clock.Now()))
}
