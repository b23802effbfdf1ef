package office

import (
	"loket/app"
	"loket/app/journal"
	"loket/app/sealed"
)

// readers judge the bodies of the kinds that change the books.
var readers = map[journal.Kind]func(sealed.Item) app.Code{
	journal.OperatorAdded:        body[journal.OperatorBody],
	journal.RegistrationCaptured: captured,
	journal.RegistrationCompared: body[journal.ComparedBody],
	journal.OperatorAttested:     body[journal.AttestationBody],
	journal.DeviceRekeyed:        body[journal.DeviceBody],
	journal.ClockJumped:          body[journal.ClockBody],
	journal.CardQueued:           body[journal.CardBody],
	journal.CardReissued:         body[journal.CardBody],
	journal.CardSent:             body[journal.CardMoveBody],
	journal.CardConfirmed:        body[journal.CardMoveBody],
	journal.CardSpoiled:          body[journal.CardMoveBody],
	journal.CardLost:             body[journal.CardMoveBody],
	journal.HandoverDone:         body[journal.HandoverBody],
	journal.LookupAsked:          asked,
	journal.LookupCalled:         body[journal.CalledBackBody],
}

func body[T any](it sealed.Item) app.Code {
	var v T
	if it.Entry.Into(&v) != nil {
		return app.OfficeBodyBad
	}
	return ""
}

func captured(it sealed.Item) app.Code {
	if code := body[journal.RegistrationBody](it); code != "" {
		return code
	}
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

// appliers change the books. What an entry asks that cannot be is set aside with a code and holds
// up nothing else.
var appliers = map[journal.Kind]func(*tx, journal.Entry) error{
	journal.OperatorAdded:         (*tx).addOperator,
	journal.OperatorRemoved:       (*tx).removeOperator,
	journal.OperatorAttested:      (*tx).attested,
	journal.DeviceRekeyed:         (*tx).rekeyed,
	journal.RegistrationCaptured:  (*tx).capture,
	journal.RegistrationCompared:  (*tx).compared,
	journal.RegistrationReviewed:  (*tx).reviewed,
	journal.RegistrationWithdrawn: (*tx).withdrawn,
	journal.CardQueued:            (*tx).queued,
	journal.CardReissued:          (*tx).queued,
	journal.CardSent:              (*tx).moved,
	journal.CardConfirmed:         (*tx).moved,
	journal.CardSpoiled:           (*tx).moved,
	journal.CardLost:              (*tx).moved,
	journal.HandoverDone:          (*tx).handed,
	journal.LookupAsked:           (*tx).ask,
	journal.LookupCalled:          (*tx).called,
}

// applyInOrder applies every stored batch that now continues the chain. A batch that was stored
// before its predecessor and turns out to continue another story stays unapplied, and the alarm
// tells people.
func (t *tx) applyInOrder(chain app.Chain) error {
	for {
		l, err := t.linkOf(chain)
		if err != nil {
			return err
		}
		h, identity, found, err := t.batchHeader(chain, l.number+1)
		if err != nil || !found {
			return err
		}
		if !l.continuedBy(h) {
			return t.must(`INSERT INTO clone_alarms (kiosk, incarnation, number, identity, raw, at)
				SELECT kiosk, incarnation, number, identity, raw, received_at FROM batches WHERE kiosk = $1 AND incarnation = $2 AND number = $3
				ON CONFLICT (kiosk, incarnation, number, identity) DO NOTHING`, chain.Kiosk, chain.Incarnation, h.Number)
		}
		if err := t.applyBatch(h, identity); err != nil {
			return err
		}
	}
}

// batchHeader reads back what of a stored batch's signed header decides its place.
func (t *tx) batchHeader(chain app.Chain, number uint64) (h sealed.Header, identity []byte, found bool, err error) {
	var previous, before, after []byte
	h = sealed.Header{Chain: chain, Number: number}
	found, err = t.get("SELECT identity, first_seq, last_seq, previous, head_before, head_after FROM batches WHERE kiosk = $1 AND incarnation = $2 AND number = $3",
		[]any{chain.Kiosk, chain.Incarnation, number}, &identity, &h.First, &h.Last, &previous, &before, &after)
	copy(h.Previous[:], previous)
	copy(h.HeadBefore[:], before)
	copy(h.HeadAfter[:], after)
	return h, identity, found, err
}

func (t *tx) applyBatch(h sealed.Header, identity []byte) error {
	for seq := h.First; seq <= h.Last; seq++ {
		if err := t.applyEntry(app.EntryID{Chain: h.Chain, Seq: seq}); err != nil {
			return err
		}
	}
	if err := t.must("UPDATE batches SET applied_at = $4 WHERE kiosk = $1 AND incarnation = $2 AND number = $3", h.Chain.Kiosk, h.Chain.Incarnation, h.Number, ms(t.at)); err != nil {
		return err
	}
	return t.must("UPDATE chains SET batch_number = $3, batch_identity = $4, seq = $5, head = $6 WHERE kiosk = $1 AND incarnation = $2",
		h.Chain.Kiosk, h.Chain.Incarnation, h.Number, identity, h.Last, h.HeadAfter[:])
}

func (t *tx) applyEntry(id app.EntryID) error {
	args := []any{id.Kiosk, id.Incarnation, id.Seq}
	var raw []byte
	found, err := t.get(`SELECT raw FROM entries e WHERE kiosk = $1 AND incarnation = $2 AND seq = $3 AND applied = 0
		AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.kiosk = e.kiosk AND q.incarnation = e.incarnation AND q.seq = e.seq)`, args, &raw)
	if err != nil || !found {
		return err
	}
	e, err := journal.Decode(raw)
	if err != nil {
		return err
	}
	if apply, ok := appliers[e.Kind]; ok {
		if err := apply(t, e); err != nil {
			return err
		}
	}
	return t.must("UPDATE entries SET applied = 1 WHERE kiosk = $1 AND incarnation = $2 AND seq = $3", args...)
}

func (t *tx) addOperator(e journal.Entry) error {
	var b journal.OperatorBody
	if err := e.Into(&b); err != nil {
		return err
	}
	return t.must(`INSERT INTO operators (kiosk, incarnation, operator, role, agency, public_key, removed_at) VALUES ($1, $2, $3, $4, $5, $6, 0)
		ON CONFLICT (kiosk, incarnation, operator) DO UPDATE SET role = $4, agency = $5, public_key = $6, removed_at = 0`,
		e.Kiosk, e.Incarnation, b.ID, b.Role, b.Agency, filled(b.Key))
}

// removeOperator takes an operator off the list; the key stays with what it signed. The subject is
// the operator.
func (t *tx) removeOperator(e journal.Entry) error {
	return t.must("UPDATE operators SET removed_at = $4 WHERE kiosk = $1 AND incarnation = $2 AND operator = $3", e.Kiosk, e.Incarnation, string(e.Subject), e.At)
}
