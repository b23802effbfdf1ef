package reporting

import (
	"context"

	"loket/app"
	"loket/app/words"
)

// Named is the list of names of those who are counted, as an .xlsx file: number, name, village, state.
// It holds personal data and is made only when somebody chose it as such. NIK, phone and mother's name
// never stand in it, and the journal keeps who took it. A record that cannot be read is listed by its number alone.
func (r *Reporting) Named(ctx context.Context, by app.Operator, q Question, progress func(done int)) ([]byte, error) {
	if err := by.May(app.TaskNames); err != nil {
		return nil, err
	}
	if err := r.allow(by); err != nil {
		return nil, err
	}
	if err := q.check(); err != nil {
		return nil, err
	}
	say := func(key string) string { return words.Say(words.ID, key) }
	b := newBook()
	b.sheet(say("report.named.title"), []float64{22, 44, 36, 30})
	b.line(b.bold, say("report.named.title"))
	b.line(b.bold, say("report.named.secret"))
	b.line(b.bold, say("report.named.number"), say("report.named.name"), say("report.named.village"), say("report.by_state"))
	regions, n := r.regions(), 0
	for person, err := range r.store.Among(ctx, r.counted(q)) {
		if err != nil && person.ID.Seq == 0 {
			return nil, err
		}
		n++
		village := ""
		if _, _, name := placesOf(regions, person.Record.Address.Village); name != "" {
			village = name
		}
		b.line(0, person.Number.String(), person.Record.Person.Name, village, say("report.state."+string(person.State)))
		if progress != nil {
			progress(n)
		}
	}
	if n == 0 {
		return nil, app.Fail(app.ReportNobody)
	}
	scope := app.ScopeDevice
	if q.Scope != nil {
		scope = *q.Scope
	}
	if err := r.store.Exported(ctx, by.Author(), scope, n); err != nil {
		return nil, err
	}
	return b.bytes()
}
