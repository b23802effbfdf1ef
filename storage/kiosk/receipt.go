package kiosk

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/sealed"
)

// ApplyReceipt writes head office's word that it holds a batch or an attachment. Only from then on
// does the light stop counting what is in it.
func (s *Store) ApplyReceipt(ctx context.Context, f sealed.Frame, hash [32]byte, r sealed.Receipt) error {
	err := s.apply(ctx, "kiosk.ApplyReceipt", f, hash, func(t *tx) error {
		err := t.knows(f.Batch)
		switch {
		case err != nil && s.stranded != nil && s.stranded.Why != ByFork:
			// A former life that was taken back: head office has what this database knows of the batch.
			return t.exec(`UPDATE entries SET receipted = 1 WHERE seq BETWEEN ? AND ?`, r.Verdicts.First, r.Verdicts.Last)
		case err != nil:
			return err
		}
		return t.receipted(f.Content, r)
	})
	if app.CodeOf(err) == app.StorageBehind && s.Behind() == nil {
		err = both(err, s.FoundBehind(ctx, ByReceipt, f.Batch))
	}
	return err
}

// knows fails with storage.behind where head office has a batch that was never made here, as far as this
// database goes.
func (t *tx) knows(batch uint64) error {
	var newest uint64
	if err := t.row(`SELECT coalesce(max(number), 0) FROM batches`).Scan(&newest); err != nil {
		return err
	}
	if batch > newest {
		return Behind{Here: t.at.seq, Batch: batch}.Err()
	}
	return nil
}

func (t *tx) receipted(content []byte, r sealed.Receipt) error {
	b, err := batchOf(t.row(`SELECT number, first, last, identity FROM batches WHERE identity = ?`, r.Identity[:]))
	switch app.CodeOf(err) {
	case "":
		return t.receiptedBatch(b, content, r)
	case app.NotFound:
		return t.receiptedAttachment(content, r)
	}
	return err
}

func (t *tx) receiptedBatch(b batchRow, content []byte, r sealed.Receipt) error {
	if r.Verdicts.First != b.first || r.Verdicts.Last != b.last {
		return app.Fail(app.PostHashDiffers)
	}
	n, err := t.change(`UPDATE batches SET receipted_at = ?, receipt = ? WHERE number = ? AND receipted_at IS NULL`,
		r.ReceivedAt.UnixMilli(), content, b.number)
	if err != nil || n == 0 {
		return err
	}
	if err := t.exec(`UPDATE entries SET receipted = 1 WHERE seq BETWEEN ? AND ?`, b.first, b.last); err != nil {
		return err
	}
	for _, q := range r.Verdicts.Quarantined {
		if err := t.exec(`UPDATE entries SET verdict = ? WHERE seq = ? AND batch = ?`, string(q.Code), q.Seq, b.number); err != nil {
			return err
		}
	}
	body := journal.BatchBody{Number: b.number, First: b.first, Last: b.last, Identity: r.Identity[:]}
	_, err = t.append(app.Author{}, journal.PostReceipted, app.ScopeDevice, nil, body, nil)
	return err
}

func (t *tx) receiptedAttachment(content []byte, r sealed.Receipt) error {
	n, err := t.change(`UPDATE attachments SET receipted_at = ?, receipt = ? WHERE hash = ? AND receipted_at IS NULL`,
		r.ReceivedAt.UnixMilli(), content, r.Identity[:])
	if err != nil || n == 1 {
		return err
	}
	var one int
	err = t.row(`SELECT 1 FROM attachments WHERE hash = ?`, r.Identity[:]).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return app.Fail(app.PostHashDiffers)
	}
	return err
}

// Problem keeps that a file in the inbox could not be applied, and why.
func (s *Store) Problem(ctx context.Context, name string, code app.Code) error {
	return s.write(ctx, "kiosk.Problem", func(t *tx) error {
		return t.exec(`INSERT INTO inbox_problems (name, code, at) VALUES (?, ?, ?)
			ON CONFLICT (name) DO UPDATE SET code = excluded.code, at = excluded.at`, name, string(code), t.ms())
	})
}

// Solved forgets it.
func (s *Store) Solved(ctx context.Context, name string) error {
	return s.write(ctx, "kiosk.Solved", func(t *tx) error { return t.exec(`DELETE FROM inbox_problems WHERE name = ?`, name) })
}

// Problems lists the files in the inbox that could not be applied, with the code of each.
func (s *Store) Problems(ctx context.Context) (map[string]app.Code, error) {
	rows, err := s.r.rows(ctx, `SELECT name, code FROM inbox_problems`)
	if err != nil {
		return nil, failed("kiosk.Problems", err)
	}
	all := map[string]app.Code{}
	_, err = collect("kiosk.Problems", rows, func(row scanner) (none, error) {
		var name, code string
		err := row.Scan(&name, &code)
		all[name] = app.Code(code)
		return none{}, err
	})
	return all, err
}

// Receipts lists the batches that head office holds, the newest first: number, how many entries, and
// when the receipt was applied.
func (s *Store) Receipts(ctx context.Context, most int) (numbers, entries []uint64, at []time.Time, err error) {
	rows, err := s.r.rows(ctx, `SELECT number, last - first + 1, receipted_at FROM batches WHERE receipted_at IS NOT NULL ORDER BY number DESC LIMIT ?`, most)
	if err != nil {
		return nil, nil, nil, failed("kiosk.Receipts", err)
	}
	type line struct{ number, entries, ms int64 }
	lines, err := collect("kiosk.Receipts", rows, func(row scanner) (l line, err error) {
		return l, row.Scan(&l.number, &l.entries, &l.ms)
	})
	for _, l := range lines {
		numbers, entries, at = append(numbers, uint64(l.number)), append(entries, uint64(l.entries)), append(at, time.UnixMilli(l.ms))
	}
	return numbers, entries, at, err
}
