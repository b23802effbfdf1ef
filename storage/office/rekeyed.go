package office

import (
	"context"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/office/books"
)

// rekeyed takes in new keys of a kiosk. The batch that brings them is signed by the old device key, and
// nothing after it is. The new device key signs batches whatever happens; a kiosk that changes keys more
// often than it may has its new issuing key held back from the trust list until a person lets it in. The
// time of the change is the kiosk's own word, so it counts only between its enrolment and now.
func (t *tx) rekeyed(e journal.Entry) error {
	var b journal.DeviceBody
	if err := e.Into(&b); err != nil {
		return err
	}
	if cose.SoundKey(b.Key) != nil || cose.SoundKey(b.Issuing) != nil {
		return t.quarantine(e.ID(), app.CoseKey)
	}
	chain := e.ID().Chain
	var enrolled, since, held int64
	if _, err := t.get("SELECT enrolled_at, issuing_since, issuing_held FROM chains WHERE kiosk = $1 AND incarnation = $2",
		[]any{chain.Kiosk, chain.Incarnation}, &enrolled, &since, &held); err != nil {
		return err
	}
	if used, err := t.keyKnown(b); err != nil {
		return err
	} else if used {
		return t.quarantine(e.ID(), app.OfficeKeyUsed)
	}
	at := min(max(e.At, enrolled, since), ms(t.at))
	changes, err := t.keyChanges(chain)
	if err != nil {
		return err
	}
	tooMany := 0
	if moment(at).Before(card.NextKeyChange(changes)) {
		tooMany = 1
	}
	// A key that came and went within one batch signed nothing that could be proven by it: it leaves no trace.
	if err := t.must(`INSERT INTO former_keys (kiosk, incarnation, through, device_key, issuing_key, until, arrived_at, held)
		SELECT c.kiosk, c.incarnation, $3, c.device_key, c.issuing_key, $4, $5, $6 FROM chains c WHERE c.kiosk = $1 AND c.incarnation = $2
		AND NOT EXISTS (SELECT 1 FROM batches b WHERE b.kiosk = $1 AND b.incarnation = $2 AND b.first_seq <= c.former_through AND b.last_seq >= $3)`,
		chain.Kiosk, chain.Incarnation, e.Seq, at, ms(t.at), held); err != nil {
		return err
	}
	if err := t.must(`UPDATE chains SET device_key = $3, issuing_key = $4, issuing_since = $5, issuing_held = $6, former_through = $7 WHERE kiosk = $1 AND incarnation = $2`,
		chain.Kiosk, chain.Incarnation, b.Key, b.Issuing, at, tooMany, e.Seq); err != nil {
		return err
	}
	return t.wantLife(chain)
}

// keyKnown says whether one of the new keys is an old one, of whichever life.
func (t *tx) keyKnown(b journal.DeviceBody) (bool, error) {
	var n int
	args := []any{b.Key, b.Issuing}
	known, err := t.get("SELECT 1 FROM chains WHERE device_key = $1 OR issuing_key = $1 OR device_key = $2 OR issuing_key = $2 LIMIT 1", args, &n)
	if err != nil || known {
		return known, err
	}
	return t.get("SELECT 1 FROM former_keys WHERE device_key = $1 OR issuing_key = $1 OR device_key = $2 OR issuing_key = $2 LIMIT 1", args, &n)
}

// keyChanges are when a life's keys were last changed, those above the rate too.
func (t *tx) keyChanges(chain app.Chain) (all []time.Time, err error) {
	err = t.each("SELECT until FROM former_keys WHERE kiosk = $1 AND incarnation = $2 ORDER BY until DESC LIMIT $3",
		[]any{chain.Kiosk, chain.Incarnation, card.KeyChangesAYear}, func(scan func(...any) error) error {
			var at int64
			err := scan(&at)
			all = append(all, moment(min(at, ms(t.at)))) // an earlier version kept what the kiosk's clock said
			return err
		})
	return all, err
}

// formers are the device keys that a chain had before, oldest first.
func (t *tx) formers(chain app.Chain) (formers []books.FormerKey, err error) {
	err = t.each(`SELECT through, device_key FROM former_keys WHERE kiosk = $1 AND incarnation = $2 ORDER BY through`,
		[]any{chain.Kiosk, chain.Incarnation}, func(scan func(...any) error) error {
			var f books.FormerKey
			var key []byte
			err := scan(&f.Through, &key)
			f.Device = key
			formers = append(formers, f)
			return err
		})
	return formers, err
}

// NoteRecovery writes into the own journal who gave a kiosk its data key back.
func (s *Store) NoteRecovery(ctx context.Context, w books.RecoveryWord) error {
	return s.change(ctx, "office.NoteRecovery", w.At, func(t *tx) error {
		body := journal.RestoredBody{Second: w.Second, Request: w.Code}
		return t.record(journal.OperatorRestored, w.First, app.ScopeDevice, []byte(w.Chain.String()), body)
	})
}
