package office

import (
	"context"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
)

// SetAside keeps a proven batch that a revoked life sent too late, for people to decide; of one life so
// many and no more. The same again changes nothing.
func (s *Store) SetAside(ctx context.Context, d books.Delivery) error {
	return s.change(ctx, "office.SetAside", d.At, func(t *tx) error {
		h := d.Batch.Header
		var n int
		if _, err := t.get("SELECT count(*) FROM late_batches WHERE kiosk = $1 AND incarnation = $2", []any{h.Chain.Kiosk, h.Chain.Incarnation}, &n); err != nil || n >= books.MostLate {
			return err
		}
		return t.must(`INSERT INTO late_batches (kiosk, incarnation, number, identity, raw, arrived_at, asked_by, asked_at, let_in_at) VALUES ($1, $2, $3, $4, $5, $6, '', 0, 0)
			ON CONFLICT (kiosk, incarnation, number, identity) DO NOTHING`, h.Chain.Kiosk, h.Chain.Incarnation, h.Number, d.Batch.Identity[:], d.Raw, ms(t.at))
	})
}

// LateBatches lists what was set aside, the oldest first.
func (s *Store) LateBatches(ctx context.Context) (all []books.LateBatch, err error) {
	err = s.look(ctx, "office.LateBatches", func(t *tx) error {
		return t.each("SELECT kiosk, incarnation, number, identity, arrived_at, asked_by, let_in_at FROM late_batches ORDER BY arrived_at, kiosk, incarnation, number", nil,
			func(scan func(...any) error) error {
				var b books.LateBatch
				var identity []byte
				var arrived, let int64
				err := scan(&b.Chain.Kiosk, &b.Chain.Incarnation, &b.Number, &identity, &arrived, &b.AskedBy, &let)
				copy(b.Identity[:], identity)
				b.ArrivedAt, b.LetInAt = moment(arrived), moment(let)
				all = append(all, b)
				return err
			})
	})
	return all, err
}

// AskLetIn is one person's word that a late batch is to be let in. The first is noted; when a second, another,
// says so too, the batch is given back to be taken in.
func (s *Store) AskLetIn(ctx context.Context, chain app.Chain, number uint64, by string, at time.Time) (late books.LateBatch, err error) {
	err = s.change(ctx, "office.AskLetIn", at, func(t *tx) error {
		late = books.LateBatch{Chain: chain, Number: number}
		var first string
		var identity, raw []byte
		found, err := t.get(`SELECT identity, raw, asked_by FROM late_batches WHERE kiosk = $1 AND incarnation = $2 AND number = $3 ORDER BY arrived_at LIMIT 1`,
			[]any{chain.Kiosk, chain.Incarnation, number}, &identity, &raw, &first)
		switch {
		case err != nil:
			return err
		case !found:
			return app.Fail(app.NotFound)
		case by == "" || by == first:
			return app.Fail(app.OfficeTwoPeople)
		}
		copy(late.Identity[:], identity)
		if late.AskedBy = first; first != "" {
			late.Raw = raw
			return nil
		}
		return t.must("UPDATE late_batches SET asked_by = $5, asked_at = $6 WHERE kiosk = $1 AND incarnation = $2 AND number = $3 AND identity = $4",
			chain.Kiosk, chain.Incarnation, number, identity, by, ms(t.at))
	})
	return late, err
}

// LetIn notes that a late batch was taken in, by whose word.
func (s *Store) LetIn(ctx context.Context, late books.LateBatch, by string, at time.Time) error {
	return s.change(ctx, "office.LetIn", at, func(t *tx) error {
		n, err := t.do("UPDATE late_batches SET let_in_at = $5 WHERE kiosk = $1 AND incarnation = $2 AND number = $3 AND identity = $4 AND let_in_at = 0",
			late.Chain.Kiosk, late.Chain.Incarnation, late.Number, late.Identity[:], ms(t.at))
		if err != nil || n == 0 {
			return err
		}
		return t.record(journal.BatchLetIn, by, app.ScopeDevice, []byte(late.Chain.String()), journal.LetInBody{Second: late.AskedBy, Batch: late.Number})
	})
}
