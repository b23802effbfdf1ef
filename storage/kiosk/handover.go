package kiosk

import (
	"bytes"
	"context"
	"database/sql"

	"loket/app"
	"loket/app/journal"
)

// Hand records that a card reached a person, all of it or nothing: the entry with who received it as
// its personal part, the row, the card's state, the evidence, and the end of what was parked. It
// fails with handover.done_before, card.other_state, card.hash_differs, handover.evidence_used
// or storage.blob_missing.
func (s *Store) Hand(ctx context.Context, by app.Author, h app.Handover) (app.Handover, error) {
	h.Operator = by.Operator
	err := s.write(ctx, "kiosk.Hand", func(t *tx) error {
		registration, err := t.handable(h)
		if err != nil {
			return err
		}
		h.ID = app.EntryID{Chain: t.at.chain, Seq: t.at.seq + 1}
		if err := t.appendAbout(registration, by, journal.HandoverDone, aboutCard(h.Serial), handoverBody(h), receiverPart(h)); err != nil {
			return err
		}
		// The clock's own entry may have come first: the handover is the newest one.
		h.ID.Seq, h.At = t.at.seq, t.now
		if err := t.useEvidence(h.ID.Seq, h.Evidence); err != nil {
			return err
		}
		err = t.exec(`INSERT INTO handovers (seq, serial, hash, receiver, level, at, operator) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			h.ID.Seq, h.Serial, h.CredentialHash[:], h.Receiver, h.Level, t.ms(), h.Operator)
		if err != nil {
			return err
		}
		if err := t.exec(`UPDATE cards SET state = ?, changed_at = ? WHERE serial = ?`, app.CardHanded, t.ms(), h.Serial); err != nil {
			return err
		}
		return t.deleteDraft(roomHandover, h.Serial.String())
	})
	if err != nil {
		return app.Handover{}, err
	}
	return h, nil
}

// handable gives the registration of a card that can be handed over now: confirmed or packed, the one
// that was scanned, and of somebody whose registration was not taken back.
func (t *tx) handable(h app.Handover) (registration uint64, err error) {
	var state app.CardState
	var person app.RegistrationState
	var hash []byte
	err = t.row(`SELECT c.state, c.hash, c.registration, r.state FROM cards c JOIN registrations r ON r.seq = c.registration WHERE c.serial = ?`, h.Serial).
		Scan(&state, &hash, &registration, &person)
	switch {
	case err != nil:
		return 0, err
	case person == app.Withdrawn:
		return 0, app.Fail(app.HandoverWithdrawn, "serial", h.Serial)
	case state == app.CardHanded:
		return 0, app.Fail(app.HandoverDoneBefore, "serial", h.Serial)
	case !state.May(app.CardHanded):
		return 0, app.Fail(app.CardOtherState, "serial", h.Serial)
	case !bytes.Equal(hash, h.CredentialHash[:]):
		return 0, app.Fail(app.CardHashDiffers, "serial", h.Serial)
	}
	return registration, nil
}

func handoverBody(h app.Handover) journal.HandoverBody {
	body := journal.HandoverBody{
		Serial: uint32(h.Serial), Hash: h.CredentialHash[:], Receiver: string(h.Receiver), Level: int(h.Level),
	}
	for _, e := range h.Evidence {
		body.Evidence = append(body.Evidence, journal.FileBody{Kind: e.Kind, Hash: e.Hash[:], Size: e.Size})
	}
	return body
}

// receiverPart is nil for the holder, who stands in the registration.
func receiverPart(h app.Handover) any {
	if h.Name == "" && h.Relation == "" {
		return nil
	}
	return journal.ReceiverPart{Name: h.Name, Relation: h.Relation}
}

// HandoverOf is the handover of a card, or not_found.
func (s *Store) HandoverOf(ctx context.Context, serial app.Serial) (app.Handover, error) {
	h := app.Handover{ID: app.EntryID{Chain: s.Chain()}}
	var at sql.NullInt64
	var hash, sealed []byte
	err := s.r.row(ctx, `SELECT h.seq, h.serial, h.hash, h.receiver, h.level, h.at, h.operator, p.sealed
		FROM handovers h LEFT JOIN parts p ON p.seq = h.seq WHERE h.serial = ?`, serial).
		Scan(&h.ID.Seq, &h.Serial, &hash, &h.Receiver, &h.Level, &at, &h.Operator, &sealed)
	if err != nil {
		return app.Handover{}, failed("kiosk.HandoverOf", err)
	}
	copy(h.CredentialHash[:], hash)
	h.At = moment(at)
	if h.Evidence, err = s.evidenceOf(ctx, h.ID.Seq); err != nil {
		return app.Handover{}, err
	}
	if sealed == nil {
		return h, nil
	}
	part, err := s.openPart(h.ID.Seq, sealed)
	if err != nil {
		return h, err
	}
	var who journal.ReceiverPart
	if err := part.Into(&who); err != nil {
		return h, err
	}
	h.Name, h.Relation = who.Name, who.Relation
	return h, nil
}

// evidenceOf lists the attachments that an entry took as its evidence.
func (s *Store) evidenceOf(ctx context.Context, entry uint64) ([]app.Evidence, error) {
	rows, err := s.r.rows(ctx, `SELECT hash, kind, size FROM attachments WHERE entry = ? ORDER BY added_at, hash`, entry)
	if err != nil {
		return nil, failed("kiosk.evidenceOf", err)
	}
	return collect("kiosk.evidenceOf", rows, scanEvidence)
}

// useEvidence takes pictures as the evidence of one handover. A picture that stands for something
// else already is refused: one picture used twice never counts.
func (t *tx) useEvidence(entry uint64, evidence []app.Evidence) error {
	for _, e := range evidence {
		n, err := t.change(`UPDATE attachments SET entry = ? WHERE hash = ? AND entry IS NULL`, entry, e.Hash[:])
		if err != nil {
			return err
		}
		if n == 0 {
			return t.evidenceProblem(e)
		}
	}
	return nil
}

func (t *tx) evidenceProblem(e app.Evidence) error {
	var known int
	if err := t.row(`SELECT count(*) FROM attachments WHERE hash = ?`, e.Hash[:]).Scan(&known); err != nil {
		return err
	}
	if known == 0 {
		return app.Fail(app.StorageBlob)
	}
	return app.Fail(app.EvidenceUsed)
}

// EvidenceUsed says whether a picture is the evidence of something already.
func (s *Store) EvidenceUsed(ctx context.Context, hash [32]byte) (bool, error) {
	var used int
	err := s.r.row(ctx, `SELECT count(*) FROM attachments WHERE hash = ? AND entry IS NOT NULL`, hash[:]).Scan(&used)
	return used > 0, failed("kiosk.EvidenceUsed", err)
}
