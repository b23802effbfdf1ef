package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"loket/app"
	"loket/app/carrier"
	"loket/storage/bare"
)

// intakeTarget is how many times as long as a plain insert of the same rows the intake of a batch may
// take: 85% of its speed.
const intakeTarget = 1 / 0.85

// benchIntake compares head office's whole work on full batches (proof, books, decisions, answers, a
// durable commit each) with the plain insert of the rows that it wrote, turn by turn: a prepared INSERT
// a table, as many transactions. What many rows in a statement would take is told beside it.
func benchIntake(ctx context.Context, b *bench) ([]figure, error) {
	s, err := b.at(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.exchange(ctx); err != nil {
		return nil, err
	}
	var rods []*bare.Books
	for _, name := range []string{"plain", "many"} {
		dir := filepath.Join(b.dir, name)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, app.Wrap("bench.intake", app.FileUnwritten, err)
		}
		rod, err := bare.OpenBooks(ctx, filepath.Join(b.dir, "centre", "office.db"), dir)
		if err != nil {
			return nil, err
		}
		rods = append(rods, rod)
	}
	figures, err := s.intake(ctx, rods[0], rods[1], b.runs(12))
	return figures, errors.Join(err, rods[0].Close(), rods[1].Close())
}

func (s *stall) intake(ctx context.Context, plain, many *bare.Books, runs int) ([]figure, error) {
	var takes, inserts, together []float64
	rows := 0
	for range runs {
		take, err := s.takeFull(ctx, plain, many)
		if err != nil {
			return nil, err
		}
		insert, n, err := inserted(ctx, plain, 1)
		if err != nil {
			return nil, err
		}
		fast, _, err := inserted(ctx, many, 64)
		if err != nil {
			return nil, err
		}
		takes, inserts, together, rows = append(takes, take), append(inserts, insert), append(together, fast), n
		if err := s.exchange(ctx); err != nil { // the receipts, and new numbers
			return nil, err
		}
	}
	take, insert := median(takes), median(inserts)
	detail := map[string]float64{
		"runs": float64(runs), "batches": full4, "rows": float64(rows), "take_ms": take, "insert_ms": insert, "many_ms": median(together),
	}
	return []figure{figureOf("intake", "times", intakeTarget, take/insert, detail)}, nil
}

// inserted puts the rows that head office has written since into a rod's tables.
func inserted(ctx context.Context, rod *bare.Books, most int) (took float64, rows int, err error) {
	if rows, err = rod.Read(ctx); err != nil {
		return 0, 0, err
	}
	took, err = timed(func() error { return rod.Insert(ctx, full4, most) })
	return took, rows, errors.Join(err, rod.Prepare(ctx))
}

// full4 is how many batches a kiosk sends at once that has much to send.
const full4 = 4

// takeFull registers people for full batches and lets head office take them in as one request, without
// a line.
func (s *stall) takeFull(ctx context.Context, rods ...*bare.Books) (took float64, err error) {
	if _, _, err := s.sealed(ctx, full4*200, false); err != nil {
		return 0, err
	}
	body, first, err := s.waiting()
	if err != nil {
		return 0, err
	}
	chain, err := s.centre.Store.Chain(ctx, s.desk.Store.Chain())
	if err != nil {
		return 0, err
	}
	for _, rod := range rods { // what the books held before
		if _, err := rod.Read(ctx); err != nil {
			return 0, err
		}
	}
	return timed(func() error {
		_, err := s.centre.Office.DeliverAll(ctx, body, first, chain)
		return err
	})
}

// waiting are the full batches in the outbox, as one request holds them.
func (s *stall) waiting() (body []byte, first uint64, err error) {
	box, err := carrier.OpenBox(s.desk.Dir, s.desk.Store.Chain())
	if err != nil {
		return nil, 0, err
	}
	numbers, err := box.Batches()
	if err != nil || len(numbers) < full4 {
		return nil, 0, errors.Join(err, app.Fail(app.PostNothingToSend))
	}
	for _, n := range numbers[:full4] {
		file, err := box.Batch(n)
		if err != nil {
			return nil, 0, err
		}
		body = append(body, file...)
	}
	return body, numbers[0], nil
}
