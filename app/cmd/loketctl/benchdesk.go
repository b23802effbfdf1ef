package main

import (
	"context"
	"errors"
	"os"

	"loket/app"
	"loket/app/card"
	"loket/app/carrier"
	"loket/app/journal"
	"loket/app/vault"
	"loket/storage/bare"
)

// The promises about the counter.
const (
	saveTarget   = 2.2   // times a bare durable insert, the witness outside the database included
	cardTarget   = 20.0  // ms
	verifyTarget = 1.0   // ms
	walkInTarget = 110.0 // bytes
)

// benchSave compares a whole registration with one bare durable row, turn by turn, so that both
// meet the same disk.
func benchSave(ctx context.Context, b *bench) ([]figure, error) {
	s, err := b.at(ctx)
	if err != nil {
		return nil, err
	}
	rod, err := bare.Open(ctx, b.dir)
	if err != nil {
		return nil, err
	}
	var saves, inserts []float64
	row := make([]byte, 300)
	for range b.runs(300) {
		d, err := s.draft(ctx)
		if err != nil {
			return nil, errors.Join(err, rod.Close())
		}
		save, err := timed(func() error {
			_, err := s.desk.Counter.Save(ctx, s.session.Operator, d)
			return err
		})
		insert, failed := timed(func() error { return rod.Insert(ctx, row) })
		if err := errors.Join(err, failed); err != nil {
			return nil, errors.Join(err, rod.Close())
		}
		saves, inserts = append(saves, save), append(inserts, insert)
	}
	save, insert := median(saves), median(inserts)
	detail := map[string]float64{"save_ms": save, "insert_ms": insert, "runs": float64(len(saves))}
	return []figure{figureOf("save", "times", saveTarget, save/insert, detail)}, rod.Close()
}

// benchCard is what somebody waits for between "Simpan" and a card's file on the disk.
func benchCard(ctx context.Context, b *bench) ([]figure, error) {
	s, err := b.at(ctx)
	if err != nil {
		return nil, err
	}
	var all []float64
	for range b.runs(100) {
		d, err := s.draft(ctx)
		if err != nil {
			return nil, err
		}
		var made app.Card
		took, err := timed(func() error {
			r, err := s.desk.Counter.Save(ctx, s.session.Operator, d)
			if err != nil {
				return err
			}
			if made, err = s.desk.Issuing.Issue(ctx, s.session.Operator, r.ID); err != nil {
				return err
			}
			_, err = s.desk.Issuing.Print(ctx, s.session.Operator, s.desk.Paper, []app.Serial{made.Serial})
			return err
		})
		if err != nil {
			return nil, err
		}
		if err := s.printed(ctx, made.Serial); err != nil {
			return nil, err
		}
		all = append(all, took)
	}
	return []figure{figureOf("card", "ms", cardTarget, median(all), map[string]float64{"runs": float64(len(all))})}, nil
}

func (s *stall) printed(ctx context.Context, serial app.Serial) error {
	file, err := s.desk.Paper.PrintedFile(ctx, serial)
	if err != nil {
		return err
	}
	_, err = os.Stat(file)
	return app.Wrap("bench.printed", app.FileUnread, err)
}

// benchVerify is one QR text, judged as the checking screen does; and by a trust list of many
// kiosks, as a country has them.
func benchVerify(ctx context.Context, b *bench) ([]figure, error) {
	s, err := b.at(ctx)
	if err != nil {
		return nil, err
	}
	text, err := s.cardText(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.exchange(ctx); err != nil {
		return nil, err
	}
	large, settings := withKiosks(s.desk.Checking.Trust(), 1000), s.desk.Settings()
	var checks, judged []float64
	for range b.runs(500) {
		check, err := timed(func() error {
			a, err := s.desk.Checking.Check(ctx, text)
			if err == nil && !a.Genuine {
				err = app.Fail(a.Reason)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		judge, err := timed(func() error {
			if v := card.VerifyText(text, []string{settings.Host}, large, nil, b.now()); !v.Genuine {
				return app.Fail(v.Reason)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		checks, judged = append(checks, check), append(judged, judge)
	}
	detail := map[string]float64{"kiosks": float64(len(large.Keys)), "kiosks_ms": median(judged), "runs": float64(len(checks))}
	return []figure{figureOf("verify", "ms", verifyTarget, median(checks), detail)}, nil
}

// cardText is what the QR code of a fresh card says.
func (s *stall) cardText(ctx context.Context) (string, error) {
	d, err := s.draft(ctx)
	if err != nil {
		return "", err
	}
	r, err := s.desk.Counter.Save(ctx, s.session.Operator, d)
	if err != nil {
		return "", err
	}
	c, err := s.desk.Issuing.Issue(ctx, s.session.Operator, r.ID)
	if err != nil {
		return "", err
	}
	f, err := s.desk.Issuing.Face(ctx, c.Serial)
	return f.Text, err
}

// withKiosks is a trust list with strangers before its own keys.
func withKiosks(list *card.TrustList, n int) *card.TrustList {
	if list == nil {
		return nil
	}
	large := card.TrustList{Epoch: list.Epoch, Seq: list.Seq, Issued: list.Issued, NextUpdate: list.NextUpdate, Branches: list.Branches}
	for range n {
		large.Keys = append(large.Keys, card.Key{Public: vault.Public(vault.NewSigner())})
	}
	large.Keys = append(large.Keys, list.Keys...)
	return &large
}

// benchBatch is what one walk-in costs on the line: the file of a full batch, divided.
func benchBatch(ctx context.Context, b *bench) ([]figure, error) {
	s, err := b.at(ctx)
	if err != nil {
		return nil, err
	}
	full := 200
	if b.quick {
		full = 20
	}
	if err := s.stockUp(ctx, full+1); err != nil {
		return nil, err
	}
	// One person and what the last post left behind go ahead, in a batch of their own.
	if _, _, err := s.sealed(ctx, 1, true); err != nil {
		return nil, err
	}
	people, others, err := s.sealed(ctx, full, b.quick)
	if err != nil {
		return nil, err
	}
	size, err := s.newestBatch()
	if err != nil {
		return nil, err
	}
	detail := map[string]float64{"file": float64(size), "people": float64(people), "others": float64(others)}
	return []figure{figureOf("batch", "bytes", walkInTarget, float64(size)/float64(max(1, people)), detail)}, nil
}

// sealed registers people, seals what is due, and says what the batch holds.
func (s *stall) sealed(ctx context.Context, n int, atOnce bool) (people, others int, err error) {
	if err := s.register(ctx, n); err != nil {
		return 0, 0, err
	}
	if people, others, err = s.unsealed(ctx, 200); err != nil {
		return 0, 0, err
	}
	_, err = s.desk.Post.Seal(ctx, s.session.Author(), s.session.Keys, atOnce)
	return people, others, err
}

// stockUp registers people until head office has lent enough numbers for many more.
func (s *stall) stockUp(ctx context.Context, enough int) error {
	for range 10 {
		if err := s.exchange(ctx); err != nil {
			return err
		}
		stock, err := s.desk.Issuing.Remaining(ctx)
		if err != nil || stock.Members >= enough {
			return err
		}
		if err := s.register(ctx, mostSaved); err != nil {
			return err
		}
	}
	return app.Fail(app.CardLeaseEmpty)
}

// register saves people without any post in between.
func (s *stall) register(ctx context.Context, n int) error {
	for range n {
		s.saved = 0
		d, err := s.draft(ctx)
		if err != nil {
			return err
		}
		if _, err := s.desk.Counter.Save(ctx, s.session.Operator, d); err != nil {
			return err
		}
	}
	return nil
}

// unsealed counts what the next batch will hold: registrations, and other entries.
func (s *stall) unsealed(ctx context.Context, limit int) (people, others int, err error) {
	_, items, err := s.desk.Store.Unsealed(ctx, limit)
	for _, it := range items {
		if it.Entry.Kind == journal.RegistrationCaptured {
			people++
		} else {
			others++
		}
	}
	return people, others, err
}

// newestBatch is the size of the last file in the outbox.
func (s *stall) newestBatch() (int, error) {
	box, err := carrier.OpenBox(s.desk.Dir, s.desk.Store.Chain())
	if err != nil {
		return 0, err
	}
	numbers, err := box.Batches()
	if err != nil || len(numbers) == 0 {
		return 0, errors.Join(err, app.Fail(app.PostNothingToSend))
	}
	file, err := box.Batch(numbers[len(numbers)-1])
	return len(file), err
}
