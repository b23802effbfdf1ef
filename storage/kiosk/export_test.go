package kiosk

import (
	"context"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/vault"
)

// Completed is a record that was completed or corrected at the counter.
func (s *Store) Completed(ctx context.Context, by app.Author, id app.EntryID, record app.Record) error {
	part, err := journal.PackRecord(record)
	if err != nil {
		return err
	}
	return s.write(ctx, "kiosk.Completed", func(t *tx) error {
		_, err := t.amend(by, id.Seq, journal.RegistrationCompleted, journal.AmendedBody{Fields: []string{}}, part)
		return err
	})
}

// MoveTo puts a registration under a programme, as one that came in without a list.
func (s *Store) MoveTo(ctx context.Context, id app.EntryID, scope app.Scope) error {
	return s.write(ctx, "kiosk.MoveTo", func(t *tx) error {
		return t.exec(`UPDATE registrations SET scope = ? WHERE seq = ?`, scope[:], id.Seq)
	})
}

// OpenKey is the data key.
func (s *Store) OpenKey() (*vault.Key, error) { return s.vault() }

// Numbered gives a registration another provisional number.
func (s *Store) Numbered(ctx context.Context, id app.EntryID, counter uint32) error {
	return s.write(ctx, "kiosk.Numbered", func(t *tx) error {
		return t.exec(`UPDATE registrations SET counter = ? WHERE seq = ?`, counter, id.Seq)
	})
}

// SpoilPass is what a bad disk does to a pass.
func (s *Store) SpoilPass(ctx context.Context, id vault.PassID) error {
	return s.write(ctx, "kiosk.SpoilPass", func(t *tx) error {
		return t.exec(`UPDATE passes SET text = zeroblob(60) WHERE id = ?`, id[:])
	})
}

// MeterBy counts waits by how long a computer is said to run.
func (s *Store) MeterBy(up func() time.Duration) {
	s.meter = meter{read: func() int64 { return up().Milliseconds() }, anew: true}
}
