package kiosk

import (
	"context"

	"loket/app"
	"loket/app/journal"
	"loket/app/sealed"
)

// ApplySendAgain makes batches wait for a receipt again, from a number on: head office no longer has them.
// What is in them exists only here until it has, and the light says so. The first receipts are kept.
func (s *Store) ApplySendAgain(ctx context.Context, f sealed.Frame, hash [32]byte, from uint64) error {
	return s.apply(ctx, "kiosk.ApplySendAgain", f, hash, func(t *tx) error {
		const these = ` WHERE number >= ? AND receipted_at IS NOT NULL`
		if err := t.exec(`UPDATE entries SET receipted = 0 WHERE batch IN (SELECT number FROM batches`+these+`)`, from); err != nil {
			return err
		}
		// Pictures that these entries name go again by their hash; one that is gone from here stays away.
		if err := t.exec(`UPDATE attachments SET receipted_at = NULL, receipt = NULL
			WHERE receipted_at IS NOT NULL AND entry IN (SELECT seq FROM entries WHERE batch IN (SELECT number FROM batches`+these+`))`, from); err != nil {
			return err
		}
		n, err := t.change(`UPDATE batches SET former_receipt = COALESCE(former_receipt, receipt), receipted_at = NULL, receipt = NULL, again_at = ?`+these, t.ms(), from)
		if err != nil || n == 0 {
			return err
		}
		_, err = t.append(app.Author{}, journal.PostAskedAgain, app.ScopeDevice, nil, journal.AgainBody{From: from, Batches: uint64(n)}, nil)
		return err
	})
}

// Again counts the batches that head office had, lost and has not receipted anew.
func (s *Store) Again(ctx context.Context) (n int, err error) {
	err = s.r.row(ctx, `SELECT count(*) FROM batches WHERE receipted_at IS NULL AND again_at IS NOT NULL`).Scan(&n)
	return n, failed("kiosk.Again", err)
}
