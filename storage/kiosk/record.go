package kiosk

import (
	"context"
	"database/sql"
	"slices"

	"loket/app"
	"loket/app/journal"
)

// standing is where a registration stands while something is done about it.
type standing struct {
	state    app.RegistrationState
	revision uint64
	decided  bool
	sentBack app.Code
	reviewed app.ReviewMark
}

func (t *tx) standing(seq uint64) (s standing, err error) {
	var decided, at sql.NullInt64
	err = t.row(`SELECT state, record, decided_at, sent_back, reviewed_by, reviewed_at FROM registrations WHERE seq = ?`, seq).
		Scan(&s.state, &s.revision, &decided, &s.sentBack, &s.reviewed.By, &at)
	s.decided, s.reviewed.At = decided.Valid, moment(at)
	return s, err
}

// Amend completes or corrects a record, all of it or nothing: the entry with the whole new record, what
// was judged about look-alikes, the pictures that came with it, and the end of what was typed. One that
// was sent back goes to the review again. It fails with record.moved when the record was changed
// meanwhile, handover.evidence_used for a picture that is the evidence of something else.
func (s *Store) Amend(ctx context.Context, by app.Author, a journal.Amendment) (app.Registration, error) {
	part, err := journal.PackRecord(a.Record)
	if err != nil {
		return app.Registration{}, err
	}
	return s.about(ctx, "kiosk.Amend", a.Registration, func(t *tx, seq uint64, was standing) error {
		if was.revision != a.Revision {
			return app.Fail(app.RecordMoved)
		}
		e, err := t.amend(by, seq, a.Kind, a.Body, part)
		if err != nil {
			return err
		}
		if err := t.appendCompared(by, a.Registration, a.Compared); err != nil {
			return err
		}
		if err := t.attachAdded(a.Body.Added, e.Seq); err != nil {
			return err
		}
		if err := t.deleteDraft(roomRecord, a.Registration.String()); err != nil {
			return err
		}
		return t.standAfter(seq, was, a.Body)
	})
}

// attachAdded takes new pictures as evidence; one that stands for something else already is refused.
func (t *tx) attachAdded(files []journal.FileBody, entry uint64) error {
	var evidence []app.Evidence
	for _, f := range files {
		e := app.Evidence{Kind: f.Kind, Size: f.Size}
		if copy(e.Hash[:], f.Hash) != len(e.Hash) {
			return app.Fail(app.StorageBlob)
		}
		evidence = append(evidence, e)
	}
	return t.useEvidence(entry, evidence)
}

// standAfter is where a registration stands after its record changed. What head office has decided
// stays until it says something else, but for a duplicate whose NIK was wrong: it waits again.
func (t *tx) standAfter(seq uint64, was standing, body journal.AmendedBody) error {
	switch {
	case body.Review != "" && was.state != app.Accepted:
		return t.exec(`UPDATE registrations SET state = ?, reason = ?, sent_back = '' WHERE seq = ?`, app.NeedsReview, body.Review, seq)
	case was.sentBack != "":
		return t.exec(`UPDATE registrations SET sent_back = '' WHERE seq = ?`, seq)
	case was.state == app.Duplicate && slices.Contains(body.Fields, "nik"):
		return t.exec(`UPDATE registrations SET state = ?, reason = '', decided_at = NULL WHERE seq = ?`, app.Captured, seq)
	}
	return nil
}

// Consent writes that a purpose was agreed to, or no longer is, with the record as it stands then.
func (s *Store) Consent(ctx context.Context, by app.Author, a journal.Amendment, body journal.ConsentBody) (app.Registration, error) {
	part, err := journal.PackRecord(a.Record)
	if err != nil {
		return app.Registration{}, err
	}
	return s.about(ctx, "kiosk.Consent", a.Registration, func(t *tx, seq uint64, was standing) error {
		if was.revision != a.Revision {
			return app.Fail(app.RecordMoved)
		}
		_, err := t.rewrite(by, seq, a.Kind, body, part)
		return err
	})
}

// Withdraw takes a registration back. Nothing is deleted: the entry says why.
func (s *Store) Withdraw(ctx context.Context, by app.Author, id app.EntryID, body journal.WithdrawnBody, note string) (app.Registration, error) {
	return s.about(ctx, "kiosk.Withdraw", id, func(t *tx, seq uint64, _ standing) error {
		if err := t.appendAbout(seq, by, journal.RegistrationWithdrawn, aboutRegistration(seq), body, notePart(note)); err != nil {
			return err
		}
		return t.exec(`UPDATE registrations SET state = ?, reason = '', sent_back = '' WHERE seq = ?`, app.Withdrawn, seq)
	})
}

// about runs what is done about one registration that was not withdrawn, and gives it as it stands
// afterwards.
func (s *Store) about(ctx context.Context, op string, id app.EntryID, do func(t *tx, seq uint64, was standing) error) (app.Registration, error) {
	if id.Chain != s.Chain() {
		return app.Registration{}, s.notHere(id)
	}
	err := s.write(ctx, op, func(t *tx) error {
		was, err := t.standing(id.Seq)
		switch {
		case err != nil:
			return err
		case was.state == app.Withdrawn:
			return app.Fail(app.RecordWithdrawn)
		}
		return do(t, id.Seq, was)
	})
	if err != nil {
		return app.Registration{}, err
	}
	return s.Registration(ctx, id)
}

// notePart is nil where nobody said anything.
func notePart(text string) any {
	if text == "" {
		return nil
	}
	return journal.NotePart{Text: text}
}

// roomRecord keeps registrations that are being completed or corrected, as typed so far.
const roomRecord = "record"

// SaveHalf keeps a registration as it is being completed or corrected, sealed. No entry is written.
func (s *Store) SaveHalf(ctx context.Context, id app.EntryID, body []byte) error {
	return s.saveDraft(ctx, roomRecord, id.String(), body)
}

// Half is what was kept of a registration that is being completed or corrected; nil is nothing.
func (s *Store) Half(ctx context.Context, id app.EntryID) ([]byte, error) {
	return s.oneDraft(ctx, roomRecord, id.String())
}

// DeleteHalf forgets what was typed; one that is gone already is no mistake.
func (s *Store) DeleteHalf(ctx context.Context, id app.EntryID) error {
	return s.write(ctx, "kiosk.DeleteHalf", func(t *tx) error { return t.deleteDraft(roomRecord, id.String()) })
}
