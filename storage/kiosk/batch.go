package kiosk

import (
	"context"
	"database/sql"
	"errors"

	"loket/app"
	"loket/app/journal"
	"loket/app/sealed"
)

// Unsealed reads what the next batch holds: the entries since the last sealed one, at most limit,
// with their parts, and what the batch continues. The vault must be open.
func (s *Store) Unsealed(ctx context.Context, limit int) (sealed.Sealing, []sealed.Item, error) {
	last, err := s.lastBatch(ctx)
	if err != nil {
		return sealed.Sealing{}, nil, err
	}
	return s.continuing(ctx, last, last.last+uint64(max(limit, 0)), withoutLost)
}

// BatchAgain reads what a batch held, to seal it once more: the same items give the same identity.
func (s *Store) BatchAgain(ctx context.Context, number uint64) (sealed.Sealing, []sealed.Item, error) {
	this, err := s.batch(ctx, `number = ?`, number)
	if err != nil {
		return sealed.Sealing{}, nil, err
	}
	before, err := s.batch(ctx, `number = ?`, number-1)
	if err != nil && number > 1 {
		return sealed.Sealing{}, nil, err
	}
	return s.continuing(ctx, before, this.last, asRecorded)
}

// batchRow is where a sealed batch stands.
type batchRow struct {
	number, first, last uint64
	identity            sealed.Identity
}

// lastBatch is the newest sealed batch; zeros before the first.
func (s *Store) lastBatch(ctx context.Context) (batchRow, error) {
	b, err := s.batch(ctx, `number = (SELECT max(number) FROM batches)`)
	if app.CodeOf(err) == app.NotFound {
		return batchRow{}, nil
	}
	return b, err
}

func (s *Store) batch(ctx context.Context, where string, args ...any) (batchRow, error) {
	return batchOf(s.r.row(ctx, `SELECT number, first, last, identity FROM batches WHERE `+where, args...))
}

func batchOf(row scanner) (batchRow, error) {
	var b batchRow
	var identity []byte
	if err := row.Scan(&b.number, &b.first, &b.last, &identity); err != nil {
		return batchRow{}, failed("kiosk.batch", err)
	}
	if len(identity) != len(b.identity) {
		return batchRow{}, app.Fail(app.StorageDamaged)
	}
	b.identity = sealed.Identity(identity)
	return b, nil
}

// continuing reads the items after one batch up to an entry.
func (s *Store) continuing(ctx context.Context, before batchRow, upTo uint64, parts lostParts) (sealed.Sealing, []sealed.Item, error) {
	from := sealed.Sealing{Chain: s.Chain(), Number: before.number + 1, Previous: before.identity}
	var err error
	if from.Before, err = s.headAt(ctx, before.last); err != nil {
		return from, nil, err
	}
	if from.Counts, err = s.counts(ctx, before.last); err != nil {
		return from, nil, err
	}
	items, err := s.items(ctx, before.last+1, upTo, parts)
	return from, items, err
}

// headAt is the chain's hash after an entry; entry 0 stands for the beginning.
func (s *Store) headAt(ctx context.Context, seq uint64) (journal.Head, error) {
	if seq == 0 {
		device, err := s.Device(ctx)
		return journal.Genesis(s.Chain(), device), err
	}
	var head []byte
	if err := s.r.row(ctx, `SELECT head FROM entries WHERE seq = ?`, seq).Scan(&head); err != nil {
		return journal.Head{}, failed("kiosk.headAt", err)
	}
	if len(head) != len(journal.Head{}) {
		return journal.Head{}, app.Fail(app.StorageDamaged)
	}
	return journal.Head(head), nil
}

// counts is how many entries of each scope there are up to one. The table of scopes knows it for
// the newest batch; older ones are counted.
func (s *Store) counts(ctx context.Context, upTo uint64) (map[app.Scope]uint64, error) {
	newest, err := s.lastBatch(ctx)
	if err != nil {
		return nil, err
	}
	query, args := `SELECT scope, count FROM scopes`, []any(nil)
	if upTo != newest.last {
		query, args = `SELECT scope, count(*) FROM entries WHERE seq <= ? GROUP BY scope`, []any{upTo}
	}
	rows, err := s.r.rows(ctx, query, args...)
	if err != nil {
		return nil, failed("kiosk.counts", err)
	}
	all := map[app.Scope]uint64{}
	_, err = collect("kiosk.counts", rows, func(row scanner) (none, error) {
		var scope []byte
		var n uint64
		if err := row.Scan(&scope, &n); err != nil {
			return none{}, err
		}
		if len(scope) != len(app.Scope{}) {
			return none{}, app.Fail(app.StorageDamaged)
		}
		all[app.Scope(scope)] = n
		return none{}, nil
	})
	return all, err
}

type none struct{}

// lostParts is how parts are read that the disk has spoiled.
type lostParts bool

const (
	asRecorded  lostParts = false // an error: a batch made again must be the batch that was recorded
	withoutLost lostParts = true  // left out: head office sets the entry aside and says so, and no other waits
)

func (s *Store) items(ctx context.Context, first, last uint64, parts lostParts) ([]sealed.Item, error) {
	rows, err := s.r.rows(ctx, `SELECT e.bytes, p.sealed FROM entries e LEFT JOIN parts p ON p.seq = e.seq
		WHERE e.seq BETWEEN ? AND ? ORDER BY e.seq`, first, last)
	if err != nil {
		return nil, failed("kiosk.items", err)
	}
	return collect("kiosk.items", rows, func(row scanner) (sealed.Item, error) {
		var encoded, part []byte
		if err := row.Scan(&encoded, &part); err != nil {
			return sealed.Item{}, err
		}
		e, err := journal.Decode(encoded)
		if err != nil || part == nil {
			return sealed.Item{Entry: e}, err
		}
		p, err := s.provenPart(e, part)
		if parts == withoutLost && spoiled(err) {
			p, err = nil, nil
		}
		return sealed.Item{Entry: e, Part: p}, err
	})
}

// spoiled says whether what is personal in one row is lost, while the database is whole.
func spoiled(err error) bool {
	code := app.CodeOf(err)
	return code == app.VaultUnreadable || code == app.StorageDamaged
}

// RecordBatch writes that a batch was sealed, before its file leaves: its entries belong to it for
// good, and post.sealed says so. It must continue the batch before, else post.out_of_order.
func (s *Store) RecordBatch(ctx context.Context, by app.Author, p *sealed.Prepared) error {
	return s.write(ctx, "kiosk.RecordBatch", func(t *tx) error {
		if err := t.continues(p.Header); err != nil {
			return err
		}
		h := p.Header
		err := t.exec(`INSERT INTO batches (number, first, last, identity, signed, sealed_at) VALUES (?, ?, ?, ?, ?, ?)`,
			h.Number, h.First, h.Last, p.Identity[:], p.Signed, t.ms())
		if err != nil {
			return err
		}
		if err := t.exec(`UPDATE entries SET batch = ? WHERE seq BETWEEN ? AND ?`, h.Number, h.First, h.Last); err != nil {
			return err
		}
		for scope, n := range h.Counts {
			err := t.exec(`INSERT INTO scopes (scope, count) VALUES (?, ?) ON CONFLICT (scope) DO UPDATE SET count = excluded.count`, scope[:], n)
			if err != nil {
				return err
			}
		}
		t.sealed = batchRow{number: h.Number, first: h.First, last: h.Last, identity: p.Identity}
		body := journal.BatchBody{Number: h.Number, First: h.First, Last: h.Last, Identity: p.Identity[:]}
		_, err = t.append(by, journal.PostSealed, app.ScopeDevice, nil, body, nil)
		return err
	})
}

// continues proves that a header stands on the batch before it and on this journal.
func (t *tx) continues(h sealed.Header) error {
	before, err := batchOf(t.row(`SELECT number, first, last, identity FROM batches ORDER BY number DESC LIMIT 1`))
	if err != nil && app.CodeOf(err) != app.NotFound {
		return err
	}
	var head []byte
	err = t.row(`SELECT head FROM entries WHERE seq = ?`, h.Last).Scan(&head)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if h.Chain != t.at.chain || h.Number != before.number+1 || h.First != before.last+1 ||
		h.Previous != before.identity || string(head) != string(h.HeadAfter[:]) {
		return app.Fail(app.PostOutOfOrder)
	}
	return nil
}

// PendingBatches lists the numbers of the batches that have no receipt, oldest first.
func (s *Store) PendingBatches(ctx context.Context) ([]uint64, error) {
	rows, err := s.r.rows(ctx, `SELECT number FROM batches WHERE receipted_at IS NULL ORDER BY number`)
	if err != nil {
		return nil, failed("kiosk.PendingBatches", err)
	}
	return collect("kiosk.PendingBatches", rows, func(row scanner) (n uint64, err error) {
		err = row.Scan(&n)
		return n, err
	})
}
