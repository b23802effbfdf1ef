package office

import (
	"context"
	"crypto/ed25519"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/journal"
	"loket/app/office/books"
)

// rekeyed takes in new keys of a kiosk. The batch that brings them is signed by the old device key,
// and nothing after it is.
func (t *tx) rekeyed(e journal.Entry) error {
	var b journal.DeviceBody
	if err := e.Into(&b); err != nil {
		return err
	}
	if len(b.Key) != ed25519.PublicKeySize || len(b.Issuing) != ed25519.PublicKeySize {
		return t.quarantine(e.ID(), app.OfficeBodyBad)
	}
	chain := e.ID().Chain
	if err := t.must(`INSERT INTO former_keys (kiosk, incarnation, through, device_key, issuing_key, until)
		SELECT kiosk, incarnation, $3, device_key, issuing_key, $4 FROM chains WHERE kiosk = $1 AND incarnation = $2`,
		chain.Kiosk, chain.Incarnation, e.Seq, e.At); err != nil {
		return err
	}
	if err := t.must(`UPDATE chains SET device_key = $3, issuing_key = $4 WHERE kiosk = $1 AND incarnation = $2`,
		chain.Kiosk, chain.Incarnation, b.Key, b.Issuing); err != nil {
		return err
	}
	return t.want(books.ListName{Kind: books.TrustList})
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

// splitKey parts an issuing key of the trust list where it was replaced: cards made before verify by
// the key of then. The present key comes last.
func (t *tx) splitKey(now card.Key, chain app.Chain) (keys []card.Key, err error) {
	err = t.each(`SELECT issuing_key, until FROM former_keys WHERE kiosk = $1 AND incarnation = $2 ORDER BY through`,
		[]any{chain.Kiosk, chain.Incarnation}, func(scan func(...any) error) error {
			var key []byte
			var until int64
			if err := scan(&key, &until); err != nil {
				return err
			}
			before := now
			before.Public = key
			// A key holds until the next begins; list times are whole seconds.
			end := moment(until).Truncate(time.Second).Add(time.Second)
			if end.Before(before.Until) {
				before.Until, before.VerifyUntil = end, end.Add(t.policy.Verify)
			}
			if !before.From.Before(before.Until) {
				return nil
			}
			now.From = moment(until).Truncate(time.Second)
			keys = append(keys, before)
			return nil
		})
	return append(keys, now), err
}

// NoteRecovery writes into the own journal who gave a kiosk its data key back.
func (s *Store) NoteRecovery(ctx context.Context, w books.RecoveryWord) error {
	return s.change(ctx, "office.NoteRecovery", w.At, func(t *tx) error {
		body := journal.RestoredBody{Second: w.Second, Request: w.Code}
		return t.record(journal.OperatorRestored, w.First, app.ScopeDevice, []byte(w.Chain.String()), body)
	})
}
