package kiosk

import (
	"context"
	"database/sql"
	"iter"
	"slices"

	"loket/app"
	"loket/app/journal"
)

// mostCounter is the last provisional number of an incarnation: the counter has six digits.
const mostCounter = 999_999

// Capture registers a person, all of it or nothing: the provisional number, the member number from
// the lease if there is one, the entry with its personal part, the row, what was judged about
// look-alikes, and the end of the draft. Of the body it takes Review and Rules.
func (s *Store) Capture(ctx context.Context, by app.Author, draft string, record app.Record, body journal.RegistrationBody, compared map[app.EntryID]string) (app.Registration, error) {
	part, err := journal.PackRecord(record)
	if err != nil {
		return app.Registration{}, err
	}
	r := app.Registration{Scope: app.ScopeSelfPayers, State: app.Captured, Reason: app.Code(body.Review), Operator: by.Operator, Record: record}
	if body.Review != "" {
		r.State = app.NeedsReview
	}
	err = s.write(ctx, "kiosk.Capture", func(t *tx) error {
		counter, err := t.nextCounter()
		if err != nil {
			return err
		}
		if r.Member, err = t.takeMember(); err != nil {
			return err
		}
		body.Counter, body.Member = counter, string(r.Member)
		e, err := t.append(by, journal.RegistrationCaptured, r.Scope, nil, body, part)
		if err != nil {
			return err
		}
		r.ID, r.CapturedAt, r.Revision = e.ID(), e.Time(), e.Seq
		r.Number = app.ProvisionalNumber{Chain: e.ID().Chain, Counter: counter}
		if err := t.insertRegistration(by, r, body.Group); err != nil {
			return err
		}
		if err := t.appendCompared(by, r.ID, compared); err != nil {
			return err
		}
		for _, e := range record.Evidence {
			if err := t.attach(e, r.ID.Seq); err != nil {
				return err
			}
		}
		return t.deleteDraft(roomRegistration, draft)
	})
	if err != nil {
		return app.Registration{}, err
	}
	return r, nil
}

func (t *tx) nextCounter() (uint32, error) {
	var last uint64
	err := t.row(`SELECT coalesce(max(counter), 0) FROM registrations`).Scan(&last)
	next := max(last, t.s.given.counter) + 1
	if err == nil && next > mostCounter {
		err = app.Fail(app.NumbersExhausted)
	}
	t.gave.counter = max(t.gave.counter, next)
	return uint32(next), err
}

func (t *tx) insertRegistration(by app.Author, r app.Registration, together uint32) error {
	nik, err := t.blind("nik", r.Record.Person.NIK)
	if err != nil {
		return err
	}
	return t.insertPerson(by, r, nik, together)
}

// insertPerson is insertRegistration with the blind index in hand. What is counted of a record is kept
// while it is at hand.
func (t *tx) insertPerson(by app.Author, r app.Registration, nik []byte, together uint32) error {
	before, err := t.blindBefore("nik", r.Record.Person.NIK)
	if err != nil {
		return err
	}
	err = t.exec(`INSERT INTO registrations (seq, record, counter, state, reason, member, cover, cover_from, captured_at, operator, nik, nik_before, scope, together, lacks)
		VALUES (?, ?, ?, ?, ?, ?, '', '', ?, ?, ?, ?, ?, ?, ?)`,
		r.ID.Seq, r.ID.Seq, r.Number.Counter, r.State, r.Reason, r.Member, r.CapturedAt.UnixMilli(), r.Operator, nik, before, r.Scope[:], together, r.Record.Lacks())
	if err != nil {
		return err
	}
	return t.keepCoarse(coarse{r.ID.Seq, r.ID.Seq, r.Record.Address.Village, string(r.Record.Plan.Payer), by.Event})
}

func (t *tx) appendCompared(by app.Author, id app.EntryID, compared map[app.EntryID]string) error {
	others := make([]app.EntryID, 0, len(compared))
	for other := range compared {
		others = append(others, other)
	}
	slices.SortFunc(others, func(a, b app.EntryID) int { return int(a.Seq) - int(b.Seq) })
	for _, other := range others {
		body := journal.ComparedBody{Registration: id.Seq, Kiosk: other.Kiosk, Incarnation: other.Incarnation, Seq: other.Seq, Outcome: compared[other]}
		if err := t.appendAbout(id.Seq, by, journal.RegistrationCompared, aboutRegistration(id.Seq), body, nil); err != nil {
			return err
		}
	}
	return nil
}

const selectRegistrations = `SELECT r.seq, r.record, r.counter, r.state, r.reason, r.member, r.cover, r.cover_from, r.captured_at, r.decided_at, r.operator, r.scope, p.sealed,
	r.reviewed_by, r.reviewed_at, r.sent_back
	FROM registrations r LEFT JOIN parts p ON p.seq = r.record`

// Registration is one registered person, or not_found. Where the record was purged it is empty.
func (s *Store) Registration(ctx context.Context, id app.EntryID) (app.Registration, error) {
	if f := s.former(id); f != nil {
		return f.Registration(ctx, id)
	}
	if id.Chain != s.Chain() {
		return app.Registration{}, app.Fail(app.NotFound)
	}
	r, err := s.registrationOf(s.r.row(ctx, selectRegistrations+` WHERE r.seq = ?`, id.Seq))
	if err == nil {
		r.Review.Note, err = s.reviewNote(ctx, r)
	}
	return r, failed("kiosk.Registration", err)
}

// Registrations goes through everybody, oldest first. A record that cannot be read is reported, and
// the next one follows.
func (s *Store) Registrations(ctx context.Context) iter.Seq2[app.Registration, error] {
	return func(yield func(app.Registration, error) bool) {
		for _, f := range s.formerLives() {
			for r, err := range f.Registrations(ctx) {
				if !yield(r, err) {
					return
				}
			}
		}
		rows, err := s.r.rows(ctx, selectRegistrations+` ORDER BY r.seq`)
		if err != nil {
			yield(app.Registration{}, failed("kiosk.Registrations", err))
			return
		}
		s.each(rows, "kiosk.Registrations", yield)
	}
}

// registrationOf reads a row and opens the record in it.
func (s *Store) registrationOf(row scanner) (app.Registration, error) {
	chain := s.Chain()
	r := app.Registration{ID: app.EntryID{Chain: chain}, Number: app.ProvisionalNumber{Chain: chain}}
	var from string
	var captured, decided, reviewed sql.NullInt64
	var scope, sealed []byte
	err := row.Scan(&r.ID.Seq, &r.Revision, &r.Number.Counter, &r.State, &r.Reason, &r.Member, &r.Cover, &from, &captured, &decided, &r.Operator, &scope, &sealed,
		&r.Review.By, &reviewed, &r.Review.Reason)
	if err != nil {
		return app.Registration{}, err
	}
	copy(r.Scope[:], scope)
	r.CapturedAt, r.DecidedAt, r.Review.At = moment(captured), moment(decided), moment(reviewed)
	r.Review.SentBack = r.Review.Reason != ""
	if r.CoverFrom, err = dayOf(from); err != nil {
		return r, err
	}
	if sealed == nil { // nothing purges yet: the disk has lost it, and head office has it where it was sent
		return r, app.Fail(app.JournalPartLost)
	}
	part, err := s.openPart(r.Revision, sealed)
	if err != nil {
		return r, err
	}
	var packed journal.RecordPart
	if err := part.Into(&packed); err != nil {
		return r, err
	}
	r.Record, err = packed.Record()
	return r, err
}

func dayOf(iso string) (app.Date, error) {
	var d app.Date
	err := d.UnmarshalText([]byte(iso))
	return d, err
}

// SameNIK lists the registrations that hold a cleaned NIK, by its blind index.
func (s *Store) SameNIK(ctx context.Context, nik string) ([]app.EntryID, error) {
	index, err := s.blind("nik", nik)
	if err != nil {
		return nil, err
	}
	before, err := s.blindBefore(ctx, "nik", nik)
	if err != nil {
		return nil, err
	}
	rows, err := s.r.rows(ctx, `SELECT seq FROM registrations WHERE nik IN (?, ?) ORDER BY seq`, index, before)
	if err != nil {
		return nil, failed("kiosk.SameNIK", err)
	}
	chain := s.Chain()
	same, err := collect("kiosk.SameNIK", rows, func(row scanner) (app.EntryID, error) {
		id := app.EntryID{Chain: chain}
		return id, row.Scan(&id.Seq)
	})
	for _, f := range s.formerLives() {
		before, failure := f.SameNIK(ctx, nik)
		same, err = append(before, same...), both(err, failure)
	}
	return same, err
}
