package officesuite

import (
	"slices"
	"testing"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

// Scope is a programme of tests.
func Scope(n byte) app.Scope { return app.Scope{9, 9, 9, 9, 9, 9, 9, n} }

// Terms are those of a regency that pays for a year.
func Terms() journal.ProgrammeBody {
	return journal.ProgrammeBody{
		Name: "Pekerja rentan Contoh 2026", Payer: string(app.PayerRegency), PayerName: "Kabupaten Contoh", Decree: "500.15/K.1/2026", DecreeDay: "2026-11-02",
		Programmes: uint8(app.WorkAccident | app.Death), First: 202612, Months: 12, Target: 100, Budget: 20_160_000, Level: 2, Region: "64.71",
	}
}

// Imported is a list of which some rows were rejected.
func Imported(version uint32, rows, rejected int) journal.RosterBody {
	return journal.RosterBody{
		Version: version, File: make([]byte, 32), AsOf: "2026-11-20", Rows: rows, Rejected: rejected, New: rows - rejected, RowsRoot: make([]byte, 32),
	}
}

// Listed is an invented person of a programme's list.
func Listed(n int) app.Record {
	r := Person(n)
	r.Source, r.Work, r.Reach = app.SourceList, app.Work{}, app.Reach{}
	r.Plan = app.Plan{Programmes: app.WorkAccident | app.Death, FirstMonth: app.Month{Year: 2026, Month: 12}, Months: 12, Payer: app.PayerRegency, PayerName: "Kabupaten Contoh"}
	if n%2 == 1 {
		r.Address.Village = "64.71.01.1002"
	}
	return r
}

// Open opens a programme; what the kiosk writes from now on is the programme's.
func (k *Kiosk) Open(t testing.TB, scope app.Scope, terms journal.ProgrammeBody) app.EntryID {
	t.Helper()
	k.Scope = scope
	return k.Add(t, journal.ProgrammeOpened, terms, nil)
}

func villagesOfTests(journal.ProgrammeBody) []string {
	return []string{"64.71.01.1001", "64.71.01.1002", "64.71.01.1003"}
}

func (w *officeWorld) dossier(t testing.TB, scope app.Scope) books.Dossier {
	t.Helper()
	d, err := w.store.Programme(w.ctx, scope, villagesOfTests)
	need(t, err)
	return d
}

func programmeRegistered(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	opened := k.Open(t, Scope(1), Terms())
	var ids []app.EntryID
	for n := range 5 {
		ids = append(ids, k.Register(t, Listed(n), "", ""))
	}
	elsewhere := Listed(5)
	elsewhere.Address.Village = "64.08.04.2001"
	k.Register(t, elsewhere, "", "")
	for range 3 {
		k.Add(t, journal.RosterRowJudged, journal.RowJudgedBody{Version: 1, Line: 9, Codes: []string{string(app.AgeOver), string(app.PhoneInvalid)}}, nil)
	}
	k.Add(t, journal.RosterRowJudged, journal.RowJudgedBody{Version: 1, Line: 10, Codes: []string{string(app.AgeOver)}}, nil)
	k.Add(t, journal.RosterImported, Imported(1, 10, 4), nil)
	w.send(t, k)
	if f := w.figures(t); f.Quarantined != 0 || f.Accepted != 6 {
		t.Errorf("%+v", f)
	}
	d := w.dossier(t, Scope(1))
	if d.Opened != opened || d.Terms.Name != Terms().Name || d.People != (books.People{Registered: 6, Accepted: 6}) || d.Newest.List.Rejected != 4 || d.First() != (app.Month{Year: 2026, Month: 12}) {
		t.Errorf("%+v", d.Programme)
	}
	if want := []books.CodeCount{{Code: app.AgeOver, N: 4}, {Code: app.PhoneInvalid, N: 3}}; len(d.Versions) != 1 || !slices.Equal(d.Versions[0].Codes, want) {
		t.Errorf("%+v", d.Versions)
	}
	want := []books.VillageCount{{Village: "", People: books.People{Registered: 1, Accepted: 1}}, {Village: "64.71.01.1001", People: books.People{Registered: 3, Accepted: 3}}, {Village: "64.71.01.1002", People: books.People{Registered: 2, Accepted: 2}}}
	if !slices.Equal(d.Villages, want) {
		t.Errorf("%+v", d.Villages)
	}
	if len(d.Kiosks) != 1 || d.Kiosks[0].Chain != k.Chain || d.Kiosks[0].People.Accepted != 6 {
		t.Errorf("%+v", d.Kiosks)
	}
	row := w.row(t, ids[2])
	if row.Scope != Scope(1) || !row.Member.Valid() || row.Record.Source != app.SourceList {
		t.Errorf("%+v", row.Registration)
	}
	rows, err := w.store.Registrations(w.ctx, books.Filter{Scope: Scope(1), Text: row.Record.Person.NIK, Limit: 10})
	need(t, err)
	none, err := w.store.Registrations(w.ctx, books.Filter{Scope: Scope(2), Limit: 10})
	need(t, err)
	if len(rows) != 1 || len(none) != 0 {
		t.Error("found in the programme, and in another:", len(rows), len(none))
	}
	if all, err := w.store.Programmes(w.ctx); err != nil || len(all) != 1 || all[0].People.Accepted != 6 {
		t.Errorf("%+v %v", all, err)
	}
	_, err = w.store.Programme(w.ctx, Scope(7), villagesOfTests)
	wantCode(t, err, app.NotFound)
}

func paidTwice(t testing.TB, w *officeWorld) {
	a, b := w.kiosk(t, 417), w.kiosk(t, 418)
	own := a.Register(t, Person(1), "", "") // pays December to February alone
	a.Open(t, Scope(1), Terms())
	first := a.Register(t, Listed(2), "", "")
	w.send(t, a)
	b.Open(t, Scope(2), Terms())
	again := b.Register(t, Listed(1), "", "")
	second := b.Register(t, Listed(2), "", "")
	twice := b.Register(t, Listed(2), "", "")
	later := Listed(2)
	later.Plan.FirstMonth = app.Month{Year: 2027, Month: 12}
	next := b.Register(t, later, "", "")
	b.Register(t, Listed(3), "", "")
	w.send(t, b)
	for id, want := range map[app.EntryID]app.Code{again: app.OfficeOtherPayer, second: app.OfficeOtherPayer, twice: app.OfficeOtherPayer, next: app.OfficeNIKTaken} {
		row := w.row(t, id)
		if d := w.decisions(t, b)[id]; row.State != app.Duplicate || row.Reason != want || row.Member != "" || len(d) != 1 || d[0].Reason != string(want) {
			t.Errorf("%s: %+v, told %+v", id, row.Registration, d)
		}
	}
	mine, err := w.store.Overlaps(w.ctx, Scope(2), 10)
	need(t, err)
	december, february, november := app.Month{Year: 2026, Month: 12}, app.Month{Year: 2027, Month: 2}, app.Month{Year: 2027, Month: 11}
	want := []books.Overlap{
		{Registration: again, Scope: Scope(2), Other: own, OtherScope: app.ScopeSelfPayers, From: december, To: february, State: app.Duplicate},
		{Registration: second, Scope: Scope(2), Other: first, OtherScope: Scope(1), From: december, To: november, State: app.Duplicate},
		{Registration: twice, Scope: Scope(2), Other: first, OtherScope: Scope(1), From: december, To: november, State: app.Duplicate},
	}
	if !slices.Equal(mine, want) {
		t.Errorf("%+v", mine)
	}
	theirs, err := w.store.Overlaps(w.ctx, Scope(1), 10)
	need(t, err)
	if !slices.Equal(theirs, want[1:]) || w.dossier(t, Scope(1)).Overlaps != 2 || w.dossier(t, Scope(2)).Overlaps != 3 {
		t.Errorf("the other payer sees %+v", theirs)
	}
	if f := w.figures(t); f.Overlaps != 3 || f.Duplicates != 1 {
		t.Errorf("%+v", f)
	}
	paid, err := w.store.Payments(w.ctx, []string{Person(1).Person.NIK, Person(2).Person.NIK, Person(9).Person.NIK})
	need(t, err)
	if p := paid[Person(1).Person.NIK]; len(p) != 2 || !p[0].Pays(february, november) || len(paid[Person(2).Person.NIK]) != 4 || len(paid) != 2 {
		t.Errorf("%+v", paid)
	}
}

func strangeProgramme(t testing.TB, w *officeWorld) {
	a, b := w.kiosk(t, 417), w.kiosk(t, 418)
	a.Open(t, Scope(1), Terms())
	w.send(t, a)
	var bad []app.EntryID
	wrong := func(change func(*journal.ProgrammeBody)) journal.ProgrammeBody {
		terms := Terms()
		change(&terms)
		return terms
	}
	aside := func(id app.EntryID) { bad = append(bad, id) }
	aside(b.Open(t, app.ScopeDevice, Terms()))
	aside(b.Open(t, app.ScopeSelfPayers, Terms()))
	aside(b.Open(t, Scope(1), Terms()))
	aside(b.Add(t, journal.ProgrammeChanged, Terms(), nil))
	aside(b.Add(t, journal.ProgrammeClosed, nil, nil))
	aside(b.Add(t, journal.RosterImported, Imported(1, 1, 0), nil))
	aside(b.Add(t, journal.RosterRowJudged, journal.RowJudgedBody{Version: 1, Line: 2, Codes: []string{"age_over"}}, nil))
	b.Scope = Scope(2)
	aside(b.Register(t, Listed(1), "", ""))
	aside(b.Add(t, journal.ProgrammeOpened, "no terms", nil))
	for _, change := range []func(*journal.ProgrammeBody){
		func(p *journal.ProgrammeBody) { p.Payer = "moon" },
		func(p *journal.ProgrammeBody) { p.First = 202613 },
		func(p *journal.ProgrammeBody) { p.Months = -1 },
		func(p *journal.ProgrammeBody) { p.Budget = -1 },
		func(p *journal.ProgrammeBody) { p.Programmes = 64 },
		func(p *journal.ProgrammeBody) { p.DecreeDay = "yesterday" },
		func(p *journal.ProgrammeBody) { p.Name = string(make([]byte, 5000)) },
	} {
		aside(b.Add(t, journal.ProgrammeOpened, wrong(change), nil))
	}
	aside(b.Add(t, journal.RosterRowJudged, journal.RowJudgedBody{Version: 1, Line: 2, Codes: make([]string, 99)}, nil))
	aside(b.Add(t, journal.RosterRowJudged, journal.RowJudgedBody{Version: 1, Line: 2, Codes: []string{"moon"}}, nil))
	aside(b.Add(t, journal.RosterImported, Imported(1, 1, 2), nil))
	b.Open(t, Scope(3), Terms())
	good := b.Register(t, Listed(1), "", "")
	b.Add(t, journal.RosterImported, Imported(1, 1, 0), nil)
	aside(b.Add(t, journal.RosterImported, Imported(1, 7, 0), nil))
	w.send(t, b)
	if f := w.figures(t); f.Quarantined != len(bad) || f.Accepted != 1 || w.row(t, good).State != app.Accepted {
		t.Errorf("%d bad ones, %+v", len(bad), f)
	}
	if all, err := w.store.Programmes(w.ctx); err != nil || len(all) != 2 {
		t.Errorf("%+v %v", all, err)
	}
	if d := w.dossier(t, Scope(1)); len(d.Changes) != 1 || len(d.Versions) != 0 || !d.ClosedAt.IsZero() {
		t.Errorf("another kiosk changed it: %+v", d)
	}
	if d := w.dossier(t, Scope(3)); len(d.Versions) != 1 || d.Versions[0].List.Rows != 1 {
		t.Errorf("a version came twice: %+v", d.Versions)
	}
}

func decidedTogether(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	k.Open(t, Scope(1), Terms())
	const people = sealed.MaxDecisions + 3
	var batches []*sealed.Prepared
	for n := range people {
		k.Register(t, Listed(n), "", "")
		if n%200 == 199 {
			batches = append(batches, k.Seal(t))
		}
	}
	k.Register(t, Listed(people-1), "", "") // twice in one batch
	batches = append(batches, k.Seal(t))
	for _, p := range append(batches[1:], batches[0]) { // the first closes the gap: all are decided together
		_, err := w.take(t, k, p)
		need(t, err)
	}
	var sizes []int
	for _, f := range w.feed(t, k) {
		if some := decisionsOf(t, f); some != nil {
			sizes = append(sizes, len(some))
		}
	}
	if !slices.Equal(sizes, []int{sealed.MaxDecisions, 4}) {
		t.Error("frames of", sizes)
	}
	if f := w.figures(t); f.Accepted != people || f.Duplicates != 1 {
		t.Errorf("%+v", f)
	}
	k.Register(t, Listed(people), "", "")
	w.send(t, k)
	frames := w.feed(t, k)
	if !slices.ContainsFunc(frames, func(f sealed.Frame) bool { return f.Kind == sealed.FrameDecision }) {
		t.Error("one decision travels alone")
	}
	members := map[string]bool{}
	for _, d := range w.decisions(t, k) {
		if d[0].Outcome != journal.OutcomeAccepted {
			continue
		}
		if members[d[0].Member] {
			t.Error("a number was given twice:", d[0].Member)
		}
		members[d[0].Member] = true
	}
}

func changedTerms(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	k.Open(t, Scope(1), Terms())
	w.send(t, k)
	more := Terms()
	more.Target = 250
	k.Add(t, journal.ProgrammeChanged, more, nil)
	k.Add(t, journal.ProgrammeClosed, nil, nil)
	w.send(t, k)
	d := w.dossier(t, Scope(1))
	if d.Terms.Target != 250 || d.ChangedAt.IsZero() || d.ClosedAt.IsZero() || len(d.Changes) != 3 || d.Changes[0].Terms.Target != 100 || d.Changes[1].Terms.Target != 250 {
		t.Errorf("%+v", d)
	}
}

func takenOut(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	k.Register(t, Person(90), "", "")
	k.Open(t, Scope(1), Terms())
	for n := range 7 {
		k.Register(t, Listed(n), "", "")
		if n == 3 {
			w.send(t, k)
		}
	}
	w.send(t, k)
	var names []string
	for after := uint64(0); ; {
		rows, err := w.store.ProgrammeRecords(w.ctx, Scope(1), k.Chain, after, 3)
		need(t, err)
		if len(rows) == 0 {
			break
		}
		for _, r := range rows {
			names = append(names, r.Record.Person.Name)
		}
		after = rows[len(rows)-1].ID.Seq
	}
	if len(names) != 7 || names[0] != Listed(0).Person.Name || names[6] != Listed(6).Person.Name {
		t.Error(names)
	}
	need(t, w.store.Exported(w.ctx, Scope(1), "admin", journal.ExportBody{People: 7}, w.at))
}
