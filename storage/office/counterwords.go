package office

import (
	"crypto/ed25519"

	"loket/app"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/office/books"
)

// outcomesOfComparing are the words that a counter may say of two registrations.
var outcomesOfComparing = map[string]bool{"different": true, "same": true, "ask_office": true}

// compared keeps the counter's word on two registrations that look alike, for who decides here.
func (t *tx) compared(e journal.Entry) error {
	var b journal.ComparedBody
	if err := e.Into(&b); err != nil {
		return err
	}
	if !outcomesOfComparing[b.Outcome] {
		return t.quarantine(e.ID(), app.OfficeBodyBad)
	}
	return t.must(`INSERT INTO comparisons (kiosk, incarnation, seq, other_kiosk, other_incarnation, other_seq, outcome, operator)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (kiosk, incarnation, seq, other_kiosk, other_incarnation, other_seq) DO UPDATE SET outcome = $7, operator = $8`,
		e.Kiosk, e.Incarnation, b.Registration, b.Kiosk, b.Incarnation, b.Seq, b.Outcome, e.Operator)
}

func (t *tx) remarks(id app.EntryID) (remarks []books.Remark, err error) {
	err = t.each(`SELECT other_kiosk, other_incarnation, other_seq, outcome, operator FROM comparisons
		WHERE kiosk = $1 AND incarnation = $2 AND seq = $3 ORDER BY other_kiosk, other_incarnation, other_seq`,
		[]any{id.Kiosk, id.Incarnation, id.Seq}, func(scan func(...any) error) error {
			var r books.Remark
			err := scan(&r.Other.Kiosk, &r.Other.Incarnation, &r.Other.Seq, &r.Outcome, &r.Operator)
			remarks = append(remarks, r)
			return err
		})
	return remarks, err
}

// attested proves an operator's signature over the own entries of a range: by the key that the
// journal introduced, over the head that the chain had at the range's end. What does not prove is set
// aside, and the entries stay unsigned.
func (t *tx) attested(e journal.Entry) error {
	var b journal.AttestationBody
	if err := e.Into(&b); err != nil {
		return err
	}
	proven, err := t.provenAttestation(e, b)
	if err != nil {
		return err
	}
	if !proven {
		return t.quarantine(e.ID(), app.OfficeAttestationBad)
	}
	return t.must(`INSERT INTO attestations (kiosk, incarnation, operator, first_seq, last_seq) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (kiosk, incarnation, operator, first_seq)
		DO UPDATE SET last_seq = CASE WHEN attestations.last_seq < $5 THEN $5 ELSE attestations.last_seq END`,
		e.Kiosk, e.Incarnation, b.Operator, b.First, b.Last)
}

func (t *tx) provenAttestation(e journal.Entry, b journal.AttestationBody) (bool, error) {
	if b.First == 0 || b.First > b.Last || b.Last >= e.Seq {
		return false, nil
	}
	var key []byte
	found, err := t.get("SELECT public_key FROM operators WHERE kiosk = $1 AND incarnation = $2 AND operator = $3",
		[]any{e.Kiosk, e.Incarnation, b.Operator}, &key)
	if err != nil || !found || cose.SoundKey(key) != nil {
		return false, err
	}
	signed, err := b.AttestedBytes()
	if err != nil || !ed25519.Verify(key, signed, b.Signature) {
		return false, err
	}
	head, err := t.headAt(app.EntryID{Chain: e.ID().Chain, Seq: b.Last})
	return string(head[:]) == string(b.Head), err
}

// headAt recomputes the head after an entry that is here, from the start of the batch that brought it.
func (t *tx) headAt(id app.EntryID) (journal.Head, error) {
	var first uint64
	var before []byte
	found, err := t.get(`SELECT first_seq, head_before FROM batches WHERE kiosk = $1 AND incarnation = $2 AND first_seq <= $3 AND last_seq >= $3`,
		[]any{id.Kiosk, id.Incarnation, id.Seq}, &first, &before)
	if err != nil || !found || len(before) != len(journal.Head{}) {
		return journal.Head{}, err
	}
	head := journal.Head(before)
	err = t.each("SELECT raw FROM entries WHERE kiosk = $1 AND incarnation = $2 AND seq >= $3 AND seq <= $4 ORDER BY seq",
		[]any{id.Kiosk, id.Incarnation, first, id.Seq}, func(scan func(...any) error) error {
			var raw []byte
			if err := scan(&raw); err != nil {
				return err
			}
			e, err := journal.Decode(raw)
			head = head.Add(e, raw)
			return err
		})
	return head, err
}

// isAttested says whether an entry's operator has signed for it.
func (t *tx) isAttested(id app.EntryID, operator string) (bool, error) {
	var n int
	_, err := t.get(`SELECT count(*) FROM attestations WHERE kiosk = $1 AND incarnation = $2 AND operator = $3 AND first_seq <= $4 AND last_seq >= $4`,
		[]any{id.Kiosk, id.Incarnation, operator, id.Seq}, &n)
	return n > 0, err
}
