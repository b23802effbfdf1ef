package office

import (
	"bytes"
	"unicode/utf8"

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
	journal.FeedApplied:          body[journal.FeedBody],
	journal.CardQueued:           body[journal.CardBody],
	journal.CardReissued:         body[journal.CardBody],
	journal.CardSent:             body[journal.CardMoveBody],
	journal.CardConfirmed:        body[journal.CardMoveBody],
	journal.CardSpoiled:          body[journal.CardMoveBody],
	journal.CardLost:             body[journal.CardMoveBody],
	journal.HandoverDone:         body[journal.HandoverBody],
	journal.RegistrationReferred: body[journal.ReferredBody],
	journal.EmployerLead:         led,
	journal.ProgrammeOpened:      programmeTerms,
	journal.ProgrammeChanged:     programmeTerms,
	journal.ProgrammeClosed:      ofProgramme,
	journal.RosterImported:       rosterImported,
	journal.RosterRowJudged:      rowJudged,

	journal.RegistrationCompleted: amendedBody,
	journal.RegistrationCorrected: amendedBody,
	journal.RegistrationReviewed:  reviewedBody,
	journal.RegistrationWithdrawn: withdrawnBody,
	journal.ConsentGiven:          consentBody,
	journal.ConsentWithdrawn:      consentBody,
	journal.LookupAsked:           asked,
	journal.LookupCalled:          body[journal.CalledBackBody],
	journal.EventOpened:           body[journal.EventBody],
	journal.EventPassIssued:       body[journal.PassBody],
	journal.EventJoined:           body[journal.JoinedBody],
	journal.EventClosed:           body[journal.EventClosedBody],
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
	return wholeRecord(it)
}

// appliers change the books. What an entry asks that cannot be is set aside with a code and holds
// up nothing else.
var appliers = map[journal.Kind]func(*tx, journal.Entry) error{
	journal.OperatorAdded:         (*tx).addOperator,
	journal.OperatorRemoved:       (*tx).removeOperator,
	journal.OperatorAttested:      (*tx).attested,
	journal.DeviceRekeyed:         (*tx).rekeyed,
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
	journal.EmployerLead:          (*tx).lead,
	journal.ProgrammeOpened:       (*tx).openProgramme,
	journal.ProgrammeChanged:      (*tx).changeProgramme,
	journal.ProgrammeClosed:       (*tx).closeProgramme,
	journal.RosterImported:        (*tx).listImported,
	journal.LookupAsked:           (*tx).question,
	journal.LookupCalled:          (*tx).called,

	journal.RegistrationCompleted: (*tx).amended,
	journal.RegistrationCorrected: (*tx).amended,
	journal.ConsentGiven:          (*tx).consented,
	journal.ConsentWithdrawn:      (*tx).consented,
	journal.EventOpened:           (*tx).opened,
	journal.EventClosed:           (*tx).closedEvent,
}

// manyAppliers apply several neighbours of one kind and scope at once.
var manyAppliers = map[journal.Kind]func(*tx, []journal.Entry) error{
	journal.RegistrationCaptured: (*tx).capture,
	journal.RosterRowJudged:      (*tx).rowsJudged,
	journal.FeedApplied:          (*tx).appliedNews,
}

// applyInOrder applies every stored batch that now continues the chain. A batch that was stored
// before its predecessor and turns out to continue another story stays unapplied, and the alarm
// tells people.
func (t *tx) applyInOrder(chain app.Chain) error {
	foreign := false
	for {
		l, err := t.linkOf(chain)
		if err != nil {
			return err
		}
		h, identity, found, err := t.batchHeader(chain, l.number+1)
		if err != nil || !found {
			return err
		}
		if foreign || !l.continuedBy(h) {
			return t.must(`INSERT INTO clone_alarms (kiosk, incarnation, number, identity, raw, at)
				SELECT kiosk, incarnation, number, identity, raw, received_at FROM batches WHERE kiosk = $1 AND incarnation = $2 AND number = $3
				AND NOT EXISTS (SELECT 1 FROM clone_alarms a WHERE a.kiosk = $1 AND a.incarnation = $2)
				ON CONFLICT (kiosk, incarnation, number, identity) DO NOTHING`, chain.Kiosk, chain.Incarnation, h.Number)
		}
		if err := t.applyBatch(h, identity); err != nil {
			return err
		}
		if foreign, err = t.changedKeys(h); err != nil {
			return err
		}
	}
}

// changedKeys says whether a batch brought new keys of its kiosk. What was stored before it was proven
// by the old key, which signs for nothing that comes after: whoever holds it made another story.
func (t *tx) changedKeys(h sealed.Header) (changed bool, err error) {
	var through uint64
	return t.get("SELECT through FROM former_keys WHERE kiosk = $1 AND incarnation = $2 AND through >= $3 AND through <= $4 LIMIT 1",
		[]any{h.Chain.Kiosk, h.Chain.Incarnation, h.First, h.Last}, &through)
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
	if err := t.applyEntries(h); err != nil {
		return err
	}
	if err := t.must("UPDATE batches SET applied_at = $4 WHERE kiosk = $1 AND incarnation = $2 AND number = $3", h.Chain.Kiosk, h.Chain.Incarnation, h.Number, ms(t.at)); err != nil {
		return err
	}
	return t.must("UPDATE chains SET batch_number = $3, batch_identity = $4, seq = $5, head = $6 WHERE kiosk = $1 AND incarnation = $2",
		h.Chain.Kiosk, h.Chain.Incarnation, h.Number, identity, h.Last, h.HeadAfter[:])
}

// applyEntries applies the entries of a batch in their order; those that were set aside wait for
// people. Neighbours of a kind that comes in thousands are applied together.
func (t *tx) applyEntries(h sealed.Header) error {
	entries, err := t.unapplied(h)
	if err != nil {
		return err
	}
	for len(entries) > 0 {
		run := entries[:1]
		if many, ok := manyAppliers[run[0].Kind]; ok {
			run = entries[:runOf(entries)]
			err = many(t, run)
		} else if apply, ok := appliers[run[0].Kind]; ok {
			err = apply(t, run[0])
		}
		if err == nil {
			err = t.atEvent(run)
		}
		if err != nil {
			return err
		}
		entries = entries[len(run):]
	}
	return nil
}

// runOf counts the entries at the front that are of one kind and one scope.
func runOf(entries []journal.Entry) int {
	n := 1
	for n < len(entries) && entries[n].Kind == entries[0].Kind && entries[n].Scope == entries[0].Scope {
		n++
	}
	return n
}

// unapplied reads the entries of a batch that are still to be applied, and marks them.
func (t *tx) unapplied(h sealed.Header) (entries []journal.Entry, err error) {
	if t.fresh != nil && t.fresh.Batch.Header.Number == h.Number { // they are marked already
		return t.fresh.entries(), nil
	}
	const these = `kiosk = $1 AND incarnation = $2 AND seq >= $3 AND seq <= $4 AND applied = 0
		AND seq NOT IN (SELECT q.seq FROM quarantine q WHERE q.kiosk = $1 AND q.incarnation = $2 AND q.seq >= $3 AND q.seq <= $4)`
	args := []any{h.Chain.Kiosk, h.Chain.Incarnation, h.First, h.Last}
	err = t.each("SELECT raw FROM entries WHERE "+these+" ORDER BY seq", args, func(scan func(...any) error) error {
		var raw []byte
		if err := scan(&raw); err != nil {
			return err
		}
		e, err := journal.Decode(raw)
		entries = append(entries, e)
		return err
	})
	if err != nil {
		return nil, err
	}
	return entries, t.must("UPDATE entries SET applied = 1 WHERE "+these, args...)
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
	if !utf8.Valid(e.Subject) || bytes.IndexByte(e.Subject, 0) >= 0 {
		return t.quarantine(e.ID(), app.OfficeBodyBad)
	}
	return t.must("UPDATE operators SET removed_at = $4 WHERE kiosk = $1 AND incarnation = $2 AND operator = $3", e.Kiosk, e.Incarnation, string(e.Subject), e.At)
}
