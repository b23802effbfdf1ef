package kiosk

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"

	"loket/app"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/roster"
)

// TakeRows takes in the next rows of a list, all of them or none: who is new is registered, what the
// list corrects is corrected, who is as before stays untouched, and what was judged is written down.
// It gives the registrations that are new or changed, and how far the list is now.
func (s *Store) TakeRows(ctx context.Context, by app.Author, at app.ListTaking, rows []app.ListRow) (app.ListTaking, []app.Registration, error) {
	l := listing{by: by, ListTaking: at}
	err := s.write(ctx, "kiosk.TakeRows", func(t *tx) error {
		l.tx = t
		if err := t.continuesList(&l.ListTaking); err != nil {
			return err
		}
		counter, err := t.nextCounter()
		if err != nil {
			return err
		}
		l.counter = counter
		if err := t.row(`SELECT EXISTS (SELECT 1 FROM listed WHERE nik IS NOT NULL)`).Scan(&l.renumbers); err != nil {
			return err
		}
		for i := range rows {
			if err := l.take(&rows[i]); err != nil {
				return err
			}
		}
		l.Done += len(rows)
		return t.exec(`UPDATE lists SET done = ?, fresh = ?, corrected = ?, unchanged = ? WHERE scope = ? AND version = ?`,
			l.Done, l.New, l.Corrected, l.Unchanged, l.Scope[:], l.Number)
	})
	if err != nil {
		return at, nil, err
	}
	return l.ListTaking, l.changed, nil
}

// continuesList reads how far a list is, and refuses to go on from anywhere else.
func (t *tx) continuesList(at *app.ListTaking) error {
	stands, err := takingOf(at.Scope, t.row(selectLists+` WHERE scope = ? ORDER BY version DESC LIMIT 1`, at.Scope[:]))
	if err != nil {
		return err
	}
	if stands.Number != at.Number || stands.Done != at.Done || stands.Ended {
		return app.Fail(app.SponsorListMoved)
	}
	stands.Rules = at.Rules
	*at = stands
	return nil
}

// listing is one call of TakeRows.
type listing struct {
	*tx
	app.ListTaking
	by      app.Author
	counter uint32 // of the next new person
	// somebody of a list has another NIK at the counter
	renumbers bool
	changed   []app.Registration
}

func (l *listing) take(row *app.ListRow) error {
	if !row.Accepted {
		return l.judged(row)
	}
	heard, err := l.hear(row)
	if err != nil {
		return err
	}
	known, err := l.known(heard)
	if err != nil {
		return err
	}
	if known != nil {
		return l.again(row, heard, known)
	}
	if err := l.register(row, heard); err != nil || len(row.Codes) == 0 {
		return err
	}
	return l.judged(row)
}

// judged writes down why a row was rejected, or what to look at in it.
func (l *listing) judged(row *app.ListRow) error {
	body := journal.RowJudgedBody{Version: uint32(l.Number), Sheet: uint32(row.Sheet), Line: uint32(row.Line)}
	for _, c := range row.Codes {
		body.Codes = append(body.Codes, string(c))
	}
	_, err := l.append(l.by, journal.RosterRowJudged, l.Scope, nil, body, nil)
	return err
}

// heard is what a row says, ready to be kept: the record as it travels, without what the programme
// adds, and the keyed values by which it is found and compared.
type heard struct {
	part   journal.RecordPart
	nik    []byte
	before []byte // the index under the key before, while two stand side by side
	digest []byte
}

func (l *listing) hear(row *app.ListRow) (*heard, error) {
	part, err := journal.PackRecord(row.Record)
	if err != nil {
		return nil, err
	}
	h := &heard{part: part}
	part.Plan = journal.RecordPart{}.Plan
	said, err := cose.Marshal(part)
	if err != nil {
		return nil, err
	}
	if h.nik, err = l.blind("nik", row.Record.Person.NIK); err != nil {
		return nil, err
	}
	if h.before, err = l.blindBefore("nik", row.Record.Person.NIK); err != nil {
		return nil, err
	}
	h.digest, err = l.blind("listed", string(said))
	return h, err
}

// listedRow is a person who was registered from this programme's list before.
type listedRow struct {
	registration uint64
	record       uint64
	state        app.RegistrationState
	version      int
	digest       []byte
	sealed       []byte
}

const selectListed = `SELECT r.seq, r.record, r.state, l.version, l.digest, l.sealed FROM registrations r JOIN listed l ON l.registration = r.seq `

func (l *listing) known(h *heard) (*listedRow, error) {
	for _, nik := range [][]byte{h.nik, h.before} {
		if nik == nil {
			continue
		}
		k, err := l.listedAs(`WHERE r.nik = ? AND r.scope = ?`, nik)
		if k == nil && err == nil && l.renumbers {
			k, err = l.listedAs(`WHERE l.nik = ? AND l.scope = ?`, nik)
		}
		if k != nil || err != nil {
			return k, err
		}
	}
	return nil, nil
}

func (l *listing) listedAs(where string, nik []byte) (*listedRow, error) {
	var k listedRow
	err := l.row(selectListed+where, nik, l.Scope[:]).Scan(&k.registration, &k.record, &k.state, &k.version, &k.digest, &k.sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &k, err
}

// renumbered keeps by which NIK a list knows somebody whose NIK is corrected at the counter, so that
// the next list finds the person.
func (t *tx) renumbered(registration uint64, nik []byte) error {
	return t.exec(`UPDATE listed SET nik = (SELECT r.nik FROM registrations r WHERE r.seq = listed.registration)
		WHERE registration = ?1 AND nik IS NULL AND ?2 <> (SELECT r.nik FROM registrations r WHERE r.seq = ?1)`, registration, nik)
}

// register makes a participant of a row. The member number comes from head office, with acceptance.
func (l *listing) register(row *app.ListRow, h *heard) error {
	if l.counter > mostCounter {
		return app.Fail(app.NumbersExhausted)
	}
	l.gave.counter = max(l.gave.counter, uint64(l.counter))
	proof, err := proofOf(row.Record)
	if err != nil {
		return err
	}
	h.part.RowSalt = proof.Salt[:]
	body := journal.RegistrationBody{Counter: l.counter, Rules: l.Rules, Row: proof.Commitment[:], List: uint32(l.Number), Line: uint32(row.Line)}
	e, err := l.append(l.by, journal.RegistrationCaptured, l.Scope, nil, body, h.part)
	if err != nil {
		return err
	}
	r := app.Registration{
		ID: e.ID(), Scope: l.Scope, Number: app.ProvisionalNumber{Chain: e.ID().Chain, Counter: l.counter},
		State: app.Captured, CapturedAt: e.Time(), Operator: l.by.Operator, Record: row.Record, Revision: e.Seq,
	}
	if err := l.insertPerson(l.by, r, h.nik, 0); err != nil {
		return err
	}
	err = l.exec(`INSERT INTO listed (registration, scope, version, digest, commitment) VALUES (?, ?, ?, ?, ?)`,
		e.Seq, l.Scope[:], l.Number, h.digest, proof.Commitment[:])
	if err != nil {
		return err
	}
	l.counter++
	l.New++
	l.changed = append(l.changed, r)
	return nil
}

func proofOf(r app.Record) (app.RowProof, error) {
	var p app.RowProof
	rand.Read(p.Salt[:]) // never fails: the program would stop
	var err error
	p.Commitment, err = journal.CommitRow(p.Salt, r.Person, r.Address.Village)
	return p, err
}

// again meets a person of an earlier version. What the list says as before changes nothing.
func (l *listing) again(row *app.ListRow, h *heard, k *listedRow) error {
	if string(k.digest) == string(h.digest) {
		l.Unchanged++
		return l.exec(`UPDATE listed SET version = ? WHERE registration = ?`, l.Number, k.registration)
	}
	part, err := l.saidBefore(k)
	if err != nil {
		return err
	}
	before, err := part.Record()
	if err != nil {
		return err
	}
	if roster.SaysSame(before, row.Record) { // only the key is another
		l.Unchanged++
		return l.exec(`UPDATE listed SET version = ?, digest = ? WHERE registration = ?`, l.Number, h.digest, k.registration)
	}
	h.part.RowSalt = part.RowSalt
	return l.correct(row, h, k, before)
}

// saidBefore is what the list said of a person until now.
func (l *listing) saidBefore(k *listedRow) (journal.RecordPart, error) {
	if k.sealed != nil {
		return l.s.openListed(k.registration, k.sealed)
	}
	return l.partBeside(k.registration)
}

// partBeside is the record that stands beside an entry; empty where it was purged.
func (l *listing) partBeside(seq uint64) (journal.RecordPart, error) {
	var sealed []byte
	err := l.row(`SELECT sealed FROM parts WHERE seq = ?`, seq).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return journal.RecordPart{}, nil
	}
	if err != nil {
		return journal.RecordPart{}, err
	}
	return l.s.recordPart(seq, sealed)
}

// correct takes over what the list corrects. A new commitment is made where it says otherwise who
// the person is.
func (l *listing) correct(row *app.ListRow, h *heard, k *listedRow, before app.Record) error {
	body := journal.AmendedBody{Fields: []string{}}
	if !sameRow(before, row.Record) {
		proof, err := proofOf(row.Record)
		if err != nil {
			return err
		}
		body.Row, h.part.RowSalt = proof.Commitment[:], proof.Salt[:]
	}
	if err := l.keepListed(h, k, body.Row); err != nil {
		return err
	}
	part, err := l.partBeside(k.record)
	if err != nil {
		return err
	}
	record, err := part.Record()
	if err != nil {
		return err
	}
	record, fields := roster.Correct(record, before, row.Record)
	if part.NIK == 0 || k.state == app.Withdrawn || len(fields) == 0 && body.Row == nil {
		l.Unchanged++
		return nil
	}
	for _, f := range fields {
		body.Fields = append(body.Fields, string(f))
	}
	if err := l.amended(k, record, body, h.part.RowSalt); err != nil || len(row.Codes) == 0 {
		return err
	}
	return l.judged(row)
}

// sameRow says whether two records are the same row to the order.
func sameRow(a, b app.Record) bool {
	return a.Person.NIK == b.Person.NIK && a.Person.Name == b.Person.Name && a.Person.BirthDate == b.Person.BirthDate && a.Address.Village == b.Address.Village
}

// amended writes registration.corrected and gives the registration as it is now.
func (l *listing) amended(k *listedRow, record app.Record, body journal.AmendedBody, salt []byte) error {
	part, err := journal.PackRecord(record)
	if err != nil {
		return err
	}
	if body.Row != nil {
		part.RowSalt = salt
	}
	if _, err := l.amend(l.by, k.registration, journal.RegistrationCorrected, body, part); err != nil {
		return err
	}
	r, err := l.s.registrationOf(l.row(selectRegistrations+` WHERE r.seq = ?`, k.registration))
	l.changed = append(l.changed, r)
	l.Corrected++
	return err
}

// keepListed keeps what the list says of a person from now on.
func (l *listing) keepListed(h *heard, k *listedRow, commitment []byte) error {
	plain, err := cose.Marshal(h.part)
	if err != nil {
		return err
	}
	if err := l.reindexNow(k.registration); err != nil {
		return err
	}
	sealed, err := l.seal("listed", "sealed", k.registration, plain)
	if err != nil {
		return err
	}
	return l.exec(`UPDATE listed SET version = ?, digest = ?, commitment = coalesce(?, commitment), sealed = ?,
		nik = nullif(?, (SELECT r.nik FROM registrations r WHERE r.seq = listed.registration)) WHERE registration = ?`,
		l.Number, h.digest, commitment, sealed, h.nik, k.registration)
}
