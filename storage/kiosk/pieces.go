package kiosk

import (
	"context"

	"loket/app"
	"loket/app/vault"
)

// A change of keys goes in pieces: rows are sealed anew some at a time, each piece in a transaction of its
// own, and saves come between. Until the last piece two versions of the data key stand side by side: what
// is sealed says under which, and whoever looks up a NIK asks both indexes. A row whose index is the new
// one keeps the one before beside it, so that rows can be compared with each other all the while. A cut
// goes on where it was at the next sign-in.

// pieceRows is how many rows one piece looks at: some hundredths of a second.
const pieceRows = 80

// The steps of a change after the columns: the blind indexes, then forgetting the ones before, then the
// pictures, which are files.
var (
	stepIndex  = 1 + len(pieceColumns)
	stepForget = stepIndex + len(blindColumns)
	stepFiles  = stepForget + 1
)

// The first column is step 1: 0 says that no change is under way.
const noStep = 0

// changing says whether indexes of two keys stand side by side.
func (at state) changing() bool { return at.step > noStep && at.step < stepForget }

// Reseal does some pieces of a change of keys, and says whether pieces are left. The pictures come after
// them, see MoveBlobs.
func (s *Store) Reseal(ctx context.Context, pieces int) (left bool, err error) {
	for range pieces {
		at := s.stand()
		if at.step == noStep || at.step >= stepFiles {
			return false, nil
		}
		if err := ctx.Err(); err != nil {
			return true, app.Wrap("kiosk.Reseal", app.Cancelled, err)
		}
		old, err := s.oldKey(ctx)
		if err != nil {
			return true, err
		}
		if err := s.write(ctx, "kiosk.Reseal", func(t *tx) error { return t.piece(old) }); err != nil {
			return true, err
		}
	}
	at := s.stand()
	return at.step > noStep && at.step < stepFiles, nil
}

// piece does the next one and notes how far it came. Without the key before, which head office's recovery
// of another machine may lack, nothing of it can be read anyhow.
func (t *tx) piece(old *vault.Key) (err error) {
	after, n := int64(0), 0
	switch step := t.at.step; {
	case step < stepIndex:
		after, n, err = t.resealPiece(old, pieceColumns[step-1])
	case step < stepForget:
		after, n, err = t.reindexPiece(blindColumns[step-stepIndex])
	default:
		after, n, err = t.forgetPiece()
	}
	if err != nil {
		return err
	}
	if t.at.after = after; n < pieceRows {
		t.at.step, t.at.after = t.at.step+1, 0
	}
	return t.keepStep()
}

func (t *tx) keepStep() error {
	return t.exec(`UPDATE meta SET reseal_step = ?, reseal_after = ?`, t.at.step-1, t.at.after) // -1: none
}

func (t *tx) resealPiece(old *vault.Key, c sealedColumn) (after int64, n int, err error) {
	page, err := t.page(c.read, t.at.after, pieceRows)
	for _, r := range page {
		if err == nil {
			err = t.resealRow(old, c, r)
		}
		after = r.number
	}
	return after, len(page), err
}

func (t *tx) reindexPiece(c blindColumn) (after int64, n int, err error) {
	page, err := t.page(c.read, t.at.after, pieceRows)
	for _, r := range page {
		if err == nil {
			err = t.reindexRow(c, r)
		}
		after = r.number
	}
	return after, len(page), err
}

// reindexNow makes the indexes of one registration anew out of turn, before they are compared with others
// of the row.
func (t *tx) reindexNow(registration uint64) error {
	if !t.at.changing() {
		return nil
	}
	for _, c := range blindColumns {
		page, err := t.page(c.read, int64(registration)-1, 1)
		if err != nil {
			return err
		}
		if len(page) == 1 && uint64(page[0].number) == registration {
			if err := t.reindexRow(c, page[0]); err != nil {
				return err
			}
		}
	}
	return nil
}

// forgetPiece takes the indexes under the key before away: nobody compares them any more.
func (t *tx) forgetPiece() (after int64, n int, err error) {
	page, err := t.page(`SELECT seq, '', '', nik_before FROM registrations WHERE seq > ? AND nik_before IS NOT NULL ORDER BY seq LIMIT ?`, t.at.after, pieceRows)
	for _, r := range page {
		if err == nil {
			err = t.exec(`UPDATE registrations SET nik_before = NULL WHERE seq = ?`, r.number)
		}
		after = r.number
	}
	return after, len(page), err
}

// blindBefore is the index under the key before while two stand side by side, else nil.
func (t *tx) blindBefore(kind, cleaned string) ([]byte, error) {
	if !t.at.changing() {
		return nil, nil
	}
	return t.s.blindBefore(t.ctx, kind, cleaned)
}

func (s *Store) blindBefore(ctx context.Context, kind, cleaned string) ([]byte, error) {
	if !s.stand().changing() {
		return nil, nil
	}
	old, err := s.oldKey(ctx)
	if old == nil || err != nil {
		return nil, err
	}
	return old.BlindIndex(kind, cleaned)
}

// everybodysNIK is an index that all rows of registrations have under the same key.
func (s *Store) everybodysNIK(alias string) string {
	if s.stand().changing() {
		return "coalesce(" + alias + ".nik_before, " + alias + ".nik)"
	}
	return alias + ".nik"
}

// everybodysKey is the key of everybodysNIK.
func (s *Store) everybodysKey(ctx context.Context) (*vault.Key, error) {
	if s.stand().changing() {
		if old, err := s.oldKey(ctx); old != nil || err != nil {
			return old, err
		}
	}
	return s.vault()
}
