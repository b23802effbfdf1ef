package office

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"strings"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

// amendedBody judges a completed or corrected record: its body, and the whole record as its part.
func amendedBody(it sealed.Item) app.Code {
	var b journal.AmendedBody
	if it.Entry.Into(&b) != nil || slices.ContainsFunc(b.Added, func(f journal.FileBody) bool { return len(f.Hash) != sha256.Size }) {
		return app.OfficeBodyBad
	}
	return wholeRecord(it)
}

// consentBody judges a consent that was given or withdrawn later: it brings the whole record, too.
func consentBody(it sealed.Item) app.Code {
	var b journal.ConsentBody
	if it.Entry.Into(&b) != nil || b.Purpose == "" {
		return app.OfficeBodyBad
	}
	return wholeRecord(it)
}

func withdrawnBody(it sealed.Item) app.Code {
	var b journal.WithdrawnBody
	if it.Entry.Into(&b) != nil || !slices.Contains(journal.WithdrawalReasons, b.Reason) {
		return app.OfficeBodyBad
	}
	return ""
}

func reviewedBody(it sealed.Item) app.Code {
	var b journal.ReviewedBody
	if it.Entry.Into(&b) != nil || !b.Approved && !slices.Contains(journal.SendBackReasons, b.Reason) {
		return app.OfficeBodyBad
	}
	return ""
}

// wholeRecord judges a part that must be a record.
func wholeRecord(it sealed.Item) app.Code {
	if it.Part == nil {
		return app.OfficePartMissing
	}
	var p journal.RecordPart
	if it.Part.Into(&p) != nil || p.NIK == 0 {
		return app.OfficeBodyBad
	}
	if _, err := p.Record(); err != nil {
		return app.OfficeBodyBad
	}
	return ""
}

// about finds the registration that an entry of the same chain speaks of. One that is not there, or
// whose money is another's than the entry's, sets the entry aside.
func (t *tx) about(e journal.Entry) (r reg, found bool, err error) {
	id, ok := subjectOf(e)
	if ok {
		r, found, err = t.regOf(id)
	}
	if err == nil && (!found || r.scope != e.Scope) {
		return r, false, t.quarantine(e.ID(), app.OfficeNoRegistration)
	}
	return r, found, err
}

// noted remembers for the console what was done about a registration.
func (t *tx) noted(r reg, e journal.Entry, reason string, fields ...string) error {
	return t.must(`INSERT INTO amendments (kiosk, incarnation, registration, seq, kind, operator, at, reason, fields) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (kiosk, incarnation, registration, seq) DO NOTHING`,
		r.id.Kiosk, r.id.Incarnation, r.id.Seq, e.Seq, uint16(e.Kind), e.Operator, e.At, reason, strings.Join(fields, " "))
}

// amended lets a completed or corrected record take the place of the one before. Another NIK moves the
// claim; whoever waited behind the old one is decided.
func (t *tx) amended(e journal.Entry) error {
	var b journal.AmendedBody
	if err := e.Into(&b); err != nil {
		return err
	}
	r, found, err := t.about(e)
	if err != nil || !found {
		return err
	}
	if err := t.noted(r, e, b.Reason, b.Fields...); err != nil {
		return err
	}
	nik, err := t.replaceRecord(r, e)
	if err != nil {
		return err
	}
	return t.decideAgain(r, nik, app.Code(b.Review))
}

// consented takes the record in that stands after a consent was given or withdrawn.
func (t *tx) consented(e journal.Entry) error {
	var b journal.ConsentBody
	if err := e.Into(&b); err != nil {
		return err
	}
	r, found, err := t.about(e)
	if err != nil || !found {
		return err
	}
	if err := t.noted(r, e, "", b.Purpose); err != nil {
		return err
	}
	_, err = t.replaceRecord(r, e)
	return err
}

// replaceRecord makes an entry's part the record of a registration, and gives the index of its NIK.
func (t *tx) replaceRecord(r reg, e journal.Entry) ([]byte, error) {
	part, err := t.partOf(e.ID())
	if err != nil {
		return nil, err
	}
	record, err := part.Record()
	if err != nil {
		return nil, err
	}
	if err := t.indexPerson(r.id, record.Person); err != nil {
		return nil, err
	}
	nik := t.clerk.Index("nik", record.Person.NIK)
	from, to := paysFor(record.Plan)
	return nik, t.must(`UPDATE registrations SET record = $4, nik_index = $5, village_index = $6, pays_from = $7, pays_to = $8
		WHERE kiosk = $1 AND incarnation = $2 AND seq = $3`,
		r.id.Kiosk, r.id.Incarnation, r.id.Seq, e.Seq, nik, t.villageIndex(record.Address.Village), from, to)
}

// decideAgain is what a changed record means for the decision. Who was withdrawn or refused stays so.
// What a supervisor of the counter must look at waits, unless it was accepted before: cover is not
// taken from a person for a flag.
func (t *tx) decideAgain(r reg, nik []byte, review app.Code) error {
	moved := !bytes.Equal(r.nik, nik)
	old := r.nik
	if r.nik = nik; moved {
		if err := t.release(r.id, old); err != nil {
			return err
		}
	}
	switch {
	case r.state == app.Withdrawn, r.state == app.Rejected:
		return nil
	case review != "" && r.state != app.Accepted:
		return t.must("UPDATE registrations SET state = $4, reason = $5 WHERE kiosk = $1 AND incarnation = $2 AND seq = $3",
			r.id.Kiosk, r.id.Incarnation, r.id.Seq, string(app.NeedsReview), string(review))
	case r.state == app.NeedsReview || !moved:
		return nil
	case r.state == app.Duplicate:
		return t.decide(r.id)
	}
	return t.keepAccepted(r)
}

// keepAccepted moves an accepted person to a corrected NIK: free, all stays as it is and the claim is
// moved; another's, the registration is a duplicate that people decide. The number stays the person's.
func (t *tx) keepAccepted(r reg) error {
	own := []*reg{&r}
	holders, err := t.claim(own)
	if err != nil {
		return err
	}
	if err := t.holders(own, holders); err != nil {
		return err
	}
	holder := holders[string(r.nik)]
	if holder == nil || holder.id == r.id {
		return nil
	}
	if err := t.must("UPDATE registrations SET wanted = member WHERE kiosk = $1 AND incarnation = $2 AND seq = $3", r.id.Kiosk, r.id.Incarnation, r.id.Seq); err != nil {
		return err
	}
	overlaps := rowsFor(intoOverlaps, "ON CONFLICT (kiosk, incarnation, seq, other_kiosk, other_incarnation, other_seq) DO NOTHING")
	if err := t.double(&r, holder, overlaps); err != nil {
		return err
	}
	if err := t.insertMust(overlaps); err != nil {
		return err
	}
	return t.rule(r, app.Duplicate, r.member, r.reason, "")
}

// release frees a NIK that a registration held, and decides the oldest that waited behind it.
func (t *tx) release(id app.EntryID, nik []byte) error {
	n, err := t.do("DELETE FROM nik_claims WHERE nik_index = $1 AND kiosk = $2 AND incarnation = $3 AND seq = $4", nik, id.Kiosk, id.Incarnation, id.Seq)
	if err != nil || n == 0 {
		return err
	}
	var next app.EntryID
	found, err := t.get(`SELECT kiosk, incarnation, seq FROM registrations WHERE nik_index = $1 AND state = $2 ORDER BY captured_at, kiosk, seq LIMIT 1`,
		[]any{nik, string(app.Duplicate)}, &next.Kiosk, &next.Incarnation, &next.Seq)
	if err != nil || !found || next == id {
		return err
	}
	return t.decide(next)
}

// reviewed decides what waited for a supervisor, or notes that it was sent back and waits on.
func (t *tx) reviewed(e journal.Entry) error {
	var b journal.ReviewedBody
	if err := e.Into(&b); err != nil {
		return err
	}
	r, found, err := t.about(e)
	if err != nil || !found {
		return err
	}
	if err := t.noted(r, e, b.Reason, map[bool]string{true: "approved", false: "sent_back"}[b.Approved]); err != nil {
		return err
	}
	switch {
	case r.state != app.NeedsReview:
		return nil
	case b.Approved:
		return t.decide(r.id)
	}
	return t.must("UPDATE registrations SET reason = $4 WHERE kiosk = $1 AND incarnation = $2 AND seq = $3",
		r.id.Kiosk, r.id.Incarnation, r.id.Seq, string(app.RecordSentBack))
}

// withdrawn takes a registration back: its cards are void, its NIK is free, its number stays with the
// person. Where cover has begun only head office ends it: a counter that had not heard of it is told, and
// people here see what was asked.
func (t *tx) withdrawn(e journal.Entry) error {
	var b journal.WithdrawnBody
	if err := e.Into(&b); err != nil {
		return err
	}
	r, found, err := t.about(e)
	if err != nil || !found {
		return err
	}
	if err := t.noted(r, e, b.Reason); err != nil {
		return err
	}
	if r.state == app.Accepted && r.cover == app.CoverBegun {
		if err := t.quarantine(e.ID(), app.RecordCovered); err != nil {
			return err
		}
		return t.note(r, journal.DecisionBody{Outcome: journal.OutcomeAccepted, Member: string(r.member), Reason: string(app.RecordCovered)}, "")
	}
	if err := t.must("UPDATE registrations SET state = $4, reason = '' WHERE kiosk = $1 AND incarnation = $2 AND seq = $3",
		r.id.Kiosk, r.id.Incarnation, r.id.Seq, string(app.Withdrawn)); err != nil {
		return err
	}
	if err := t.refreshCards(r.id); err != nil {
		return err
	}
	return t.release(r.id, r.nik)
}

// amendments lists what was done about a registration, the oldest first.
func (t *tx) amendments(id app.EntryID) (all []books.Amendment, err error) {
	err = t.each("SELECT seq, kind, operator, at, reason, fields FROM amendments WHERE kiosk = $1 AND incarnation = $2 AND registration = $3 ORDER BY seq",
		[]any{id.Kiosk, id.Incarnation, id.Seq}, func(scan func(...any) error) error {
			a := books.Amendment{ID: app.EntryID{Chain: id.Chain}}
			var at int64
			var fields string
			err := scan(&a.ID.Seq, &a.Kind, &a.Operator, &at, &a.Reason, &fields)
			a.At, a.Fields = moment(at), strings.Fields(fields)
			all = append(all, a)
			return err
		})
	return all, err
}

// recordOf reads the record of a registration as it stands now.
func (t *tx) recordOf(id app.EntryID) (app.Record, error) {
	at := id
	if _, err := t.get("SELECT CASE record WHEN 0 THEN seq ELSE record END FROM registrations WHERE kiosk = $1 AND incarnation = $2 AND seq = $3",
		[]any{id.Kiosk, id.Incarnation, id.Seq}, &at.Seq); err != nil {
		return app.Record{}, err
	}
	part, err := t.partOf(at)
	if err != nil {
		return app.Record{}, err
	}
	return part.Record()
}
