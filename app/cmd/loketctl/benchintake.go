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

// benchIntake compares head office's whole work on a full batch (proof, books, decisions, answers, one
// durable commit) with the plain insert of the rows that it wrote, turn by turn.
func benchIntake(ctx context.Context, b *bench) ([]figure, error) {
	s, err := b.at(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.exchange(ctx); err != nil {
		return nil, err
	}
	dir := filepath.Join(b.dir, "plain")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, app.Wrap("bench.intake", app.FileUnwritten, err)
	}
	rod, err := bare.OpenBooks(ctx, filepath.Join(b.dir, "centre", "office.db"), dir)
	if err != nil {
		return nil, err
	}
	figures, err := s.intake(ctx, rod, b.runs(12))
	return figures, errors.Join(err, rod.Close())
}

func (s *stall) intake(ctx context.Context, rod *bare.Books, runs int) ([]figure, error) {
	var takes, inserts []float64
	detail := map[string]float64{"runs": float64(runs), "batches": full4}
	for range runs {
		take, insert, rows, err := s.takeFull(ctx, rod)
		if err != nil {
			return nil, err
		}
		takes, inserts, detail["rows"] = append(takes, take), append(inserts, insert), float64(rows)
		if err := s.exchange(ctx); err != nil { // the receipts, and new numbers
			return nil, err
		}
	}
	take, insert := median(takes), median(inserts)
	detail["take_ms"], detail["insert_ms"] = take, insert
	return []figure{figureOf("intake", "times", intakeTarget, take/insert, detail)}, nil
}

// full4 is how many batches a kiosk sends at once that has much to send.
const full4 = 4

// takeFull registers people for full batches, lets head office take them in as one request, without a
// line, and inserts the same rows, each batch's in a transaction of its own as head office does.
func (s *stall) takeFull(ctx context.Context, rod *bare.Books) (take, insert float64, rows int, err error) {
	if _, _, err := s.sealed(ctx, full4*200, false); err != nil {
		return 0, 0, 0, err
	}
	body, first, err := s.waiting()
	if err != nil {
		return 0, 0, 0, err
	}
	chain, err := s.centre.Store.Chain(ctx, s.desk.Store.Chain())
	if err != nil {
		return 0, 0, 0, err
	}
	if _, err := rod.Read(ctx); err != nil { // what the books held before
		return 0, 0, 0, err
	}
	if take, err = timed(func() error {
		_, err := s.centre.Office.DeliverAll(ctx, body, first, chain)
		return err
	}); err != nil {
		return 0, 0, 0, err
	}
	if rows, err = rod.Read(ctx); err != nil {
		return 0, 0, 0, err
	}
	insert, err = timed(func() error { return rod.Insert(ctx, full4) })
	return take, insert, rows, errors.Join(err, rod.Prepare(ctx))
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
