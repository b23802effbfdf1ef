package office

import (
	"cmp"
	"context"
	"slices"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/office/books"
)

const selectProgrammes = `SELECT scope, kiosk, incarnation, seq, body, opened_at, changed_at, closed_at FROM programmes`

// Programmes lists the sponsor programmes with their figures, the newest first.
func (s *Store) Programmes(ctx context.Context) (all []books.Programme, err error) {
	err = s.look(ctx, "office.Programmes", func(t *tx) error {
		if all, err = t.programmes(selectProgrammes + " ORDER BY opened_at DESC, scope"); err != nil {
			return err
		}
		for i := range all {
			if err := t.programmeFigures(&all[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return all, err
}

func (t *tx) programmes(query string, args ...any) (all []books.Programme, err error) {
	err = t.each(query, args, func(scan func(...any) error) error {
		var p books.Programme
		var scope, body []byte
		var opened, changed, closed int64
		if err := scan(&scope, &p.Opened.Kiosk, &p.Opened.Incarnation, &p.Opened.Seq, &body, &opened, &changed, &closed); err != nil {
			return err
		}
		copy(p.Scope[:], scope)
		p.OpenedAt, p.ChangedAt, p.ClosedAt = moment(opened), moment(changed), moment(closed)
		all = append(all, p)
		return cose.UnmarshalOpen(body, &all[len(all)-1].Terms)
	})
	return all, err
}

// programmeFigures counts people, the newest list and who is paid for twice.
func (t *tx) programmeFigures(p *books.Programme) error {
	err := t.each("SELECT state, cover, count(*) FROM registrations WHERE scope = $1 GROUP BY state, cover", []any{p.Scope[:]}, func(scan func(...any) error) error {
		return addPeople(&p.People, scan)
	})
	if err != nil {
		return err
	}
	versions, err := t.versions(p.Scope, 1)
	if len(versions) > 0 {
		p.Newest = versions[0]
	}
	if err != nil {
		return err
	}
	_, err = t.get("SELECT (SELECT count(*) FROM paid_twice WHERE scope = $1) + (SELECT count(*) FROM paid_twice WHERE other_scope = $1)", []any{p.Scope[:]}, &p.Overlaps)
	return err
}

// addPeople reads state, cover and count behind what else a row holds.
func addPeople(people *books.People, scan func(...any) error, first ...any) error {
	var state app.RegistrationState
	var cover app.Cover
	var n int
	err := scan(append(first, &state, &cover, &n)...)
	people.Add(state, cover, n)
	return err
}

// versions lists a programme's lists, the newest first, with what their rows were judged.
func (t *tx) versions(scope app.Scope, most int) (all []books.Version, err error) {
	err = t.each("SELECT kiosk, incarnation, operator, at, body FROM programme_lists WHERE scope = $1 ORDER BY version DESC LIMIT $2", []any{scope[:], most},
		func(scan func(...any) error) error {
			var v books.Version
			var body []byte
			var at int64
			if err := scan(&v.From.Kiosk, &v.From.Incarnation, &v.Operator, &at, &body); err != nil {
				return err
			}
			v.At = moment(at)
			err := cose.UnmarshalOpen(body, &v.List)
			all = append(all, v)
			return err
		})
	for i := range all {
		if err == nil {
			all[i].Codes, err = t.codesOf(scope, all[i].List.Version)
		}
	}
	return all, err
}

func (t *tx) codesOf(scope app.Scope, version uint32) (all []books.CodeCount, err error) {
	err = t.each("SELECT code, n FROM list_codes WHERE scope = $1 AND version = $2 ORDER BY n DESC, code", []any{scope[:], version}, func(scan func(...any) error) error {
		var c books.CodeCount
		err := scan(&c.Code, &c.N)
		all = append(all, c)
		return err
	})
	return all, err
}

// mostVersions and mostChanges keep a page short.
const (
	mostVersions = 50
	mostChanges  = 100
)

// Programme is everything about one programme. The villages are those by which people are counted;
// whoever lives in no other is counted under "".
func (s *Store) Programme(ctx context.Context, scope app.Scope, villages func(journal.ProgrammeBody) []string) (d books.Dossier, err error) {
	err = s.look(ctx, "office.Programme", func(t *tx) error {
		all, err := t.programmes(selectProgrammes+" WHERE scope = $1", scope[:])
		if err == nil && len(all) == 0 {
			err = app.Fail(app.NotFound)
		}
		if err != nil {
			return err
		}
		d = books.Dossier{Programme: all[0]}
		if err := t.programmeFigures(&d.Programme); err != nil {
			return err
		}
		if d.Versions, err = t.versions(scope, mostVersions); err != nil {
			return err
		}
		if d.Changes, err = t.changes(scope); err != nil {
			return err
		}
		if d.Kiosks, err = t.kioskCounts(scope); err != nil {
			return err
		}
		d.Villages, err = t.villageCounts(scope, villages(d.Terms))
		return err
	})
	return d, err
}

func (t *tx) changes(scope app.Scope) (all []books.Change, err error) {
	err = t.each("SELECT kiosk, incarnation, seq, kind, operator, at, body FROM programme_changes WHERE scope = $1 ORDER BY at, kiosk, incarnation, seq LIMIT $2", []any{scope[:], mostChanges},
		func(scan func(...any) error) error {
			var c books.Change
			var body []byte
			var at int64
			if err := scan(&c.ID.Kiosk, &c.ID.Incarnation, &c.ID.Seq, &c.Kind, &c.Operator, &at, &body); err != nil {
				return err
			}
			c.At = moment(at)
			all = append(all, c)
			if len(body) == 0 { // closing says nothing new
				return nil
			}
			return cose.UnmarshalOpen(body, &all[len(all)-1].Terms)
		})
	return all, err
}

func (t *tx) kioskCounts(scope app.Scope) (all []books.KioskCount, err error) {
	err = t.each(`SELECT r.kiosk, r.incarnation, COALESCE(k.label, ''), r.state, r.cover, r.n FROM (SELECT kiosk, incarnation, state, cover, count(*) AS n
		FROM registrations WHERE scope = $1 GROUP BY state, cover, kiosk, incarnation) AS r LEFT JOIN kiosks k ON k.kiosk = r.kiosk ORDER BY r.kiosk, r.incarnation`,
		[]any{scope[:]}, func(scan func(...any) error) error {
			var k books.KioskCount
			if err := addPeople(&k.People, scan, &k.Chain.Kiosk, &k.Chain.Incarnation, &k.Label); err != nil {
				return err
			}
			if last := len(all) - 1; last >= 0 && all[last].Chain == k.Chain {
				all[last].People.Join(k.People)
				return nil
			}
			all = append(all, k)
			return nil
		})
	return all, err
}

func (t *tx) villageCounts(scope app.Scope, villages []string) ([]books.VillageCount, error) {
	places := make(map[string]string, len(villages))
	for _, code := range villages {
		places[string(t.villageIndex(code))] = code
	}
	counts := map[string]*books.People{}
	err := t.each("SELECT village_index, state, cover, count(*) FROM registrations WHERE scope = $1 GROUP BY state, cover, kiosk, incarnation, village_index", []any{scope[:]},
		func(scan func(...any) error) error {
			var index []byte
			var people books.People
			err := addPeople(&people, scan, &index)
			village := places[string(index)]
			if counts[village] == nil {
				counts[village] = &books.People{}
			}
			counts[village].Join(people)
			return err
		})
	var all []books.VillageCount
	for _, code := range append([]string{""}, villages...) {
		if people := counts[code]; people != nil {
			all = append(all, books.VillageCount{Village: code, People: *people})
		}
	}
	return all, err
}

// Overlaps lists people for whom a programme and another payer pay in the same months.
func (s *Store) Overlaps(ctx context.Context, scope app.Scope, most int) (all []books.Overlap, err error) {
	err = s.look(ctx, "office.Overlaps", func(t *tx) error {
		return t.each(`SELECT p.kiosk, p.incarnation, p.seq, p.scope, p.other_kiosk, p.other_incarnation, p.other_seq, p.other_scope, p.first_month, p.last_month, r.state
			FROM paid_twice p JOIN registrations r ON r.kiosk = p.kiosk AND r.incarnation = p.incarnation AND r.seq = p.seq
			WHERE p.scope = $1 OR p.other_scope = $1 ORDER BY p.kiosk, p.incarnation, p.seq LIMIT $2`, []any{scope[:], most}, func(scan func(...any) error) error {
			var o books.Overlap
			var own, other []byte
			var from, to uint32
			err := scan(&o.Registration.Kiosk, &o.Registration.Incarnation, &o.Registration.Seq, &own,
				&o.Other.Kiosk, &o.Other.Incarnation, &o.Other.Seq, &other, &from, &to, &o.State)
			copy(o.Scope[:], own)
			copy(o.OtherScope[:], other)
			o.From, o.To = monthOf(from), monthOf(to)
			all = append(all, o)
			return err
		})
	})
	return all, err
}

// Payments finds who pays already for the people with these NIKs, and which months. Whoever was
// rejected or has withdrawn is paid for by nobody.
func (s *Store) Payments(ctx context.Context, niks []string) (found map[string][]books.Payment, err error) {
	err = s.look(ctx, "office.Payments", func(t *tx) error {
		found = map[string][]books.Payment{}
		keys, plain := make([][]byte, len(niks)), make(map[string]string, len(niks))
		for i, nik := range niks {
			keys[i] = t.clerk.Index("nik", nik)
			plain[string(keys[i])] = nik
		}
		return t.asked("SELECT nik_index, scope, state, pays_from, pays_to FROM registrations WHERE nik_index", keys, func(scan func(...any) error) error {
			var nik, scope []byte
			var state app.RegistrationState
			var from, to uint32
			if err := scan(&nik, &scope, &state, &from, &to); err != nil || state == app.Rejected || state == app.Withdrawn {
				return err
			}
			p := books.Payment{From: monthOf(from), To: monthOf(to)}
			copy(p.Scope[:], scope)
			found[plain[string(nik)]] = append(found[plain[string(nik)]], p)
			return nil
		})
	})
	return found, err
}

// ProgrammeRecords are the next registrations of a programme by one kiosk behind a seq, in order,
// decrypted: a piece of an export.
func (s *Store) ProgrammeRecords(ctx context.Context, scope app.Scope, chain app.Chain, after uint64, most int) (rows []books.RegistrationRow, err error) {
	err = s.look(ctx, "office.ProgrammeRecords", func(t *tx) error {
		var last uint64
		if _, err := t.get(`SELECT COALESCE(MAX(seq), 0) FROM (SELECT seq FROM registrations
			WHERE kiosk = $1 AND incarnation = $2 AND seq > $3 AND scope = $4 ORDER BY seq LIMIT $5) AS piece`,
			[]any{chain.Kiosk, chain.Incarnation, after, scope[:], most}, &last); err != nil || last == 0 {
			return err
		}
		if err := t.listRegistrations("kiosk = $1 AND incarnation = $2 AND seq > $3 AND seq <= $4 AND scope = $5",
			[]any{chain.Kiosk, chain.Incarnation, after, last, scope[:], most}, &rows); err != nil {
			return err
		}
		slices.SortFunc(rows, func(a, b books.RegistrationRow) int { return cmp.Compare(a.ID.Seq, b.ID.Seq) })
		rows, err = t.withRecords(rows, "", most)
		return err
	})
	return rows, err
}

// Exported writes into the own journal who took a programme's registrations out, and how many.
func (s *Store) Exported(ctx context.Context, scope app.Scope, by string, body journal.ExportBody, at time.Time) error {
	return s.change(ctx, "office.Exported", at, func(t *tx) error {
		return t.record(journal.AccessLookedUp, by, scope, []byte("export"), body)
	})
}

// NoteOpened writes into the own journal which account opened whose page. It fails with not_found.
func (s *Store) NoteOpened(ctx context.Context, id app.EntryID, by string, at time.Time) error {
	return s.change(ctx, "office.NoteOpened", at, func(t *tx) error {
		var scope []byte
		found, err := t.get("SELECT scope FROM registrations WHERE kiosk = $1 AND incarnation = $2 AND seq = $3", []any{id.Kiosk, id.Incarnation, id.Seq}, &scope)
		if err == nil && !found {
			err = app.Fail(app.NotFound)
		}
		if err != nil {
			return err
		}
		subject, err := cose.Marshal([]any{id.Kiosk, id.Incarnation, id.Seq})
		if err != nil {
			return err
		}
		var of app.Scope
		copy(of[:], scope)
		return t.record(journal.AccessLookedUp, by, of, subject, journal.OpenedBody{Where: journal.OpenedOffice})
	})
}
