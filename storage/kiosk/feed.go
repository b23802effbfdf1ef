package kiosk

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/sealed"
)

// Feed is the last frame applied: its number and hash. Zeros before the first.
func (s *Store) Feed(ctx context.Context) (number uint64, hash [32]byte, err error) {
	return feedOf(s.r.row(ctx, selectFeed))
}

const selectFeed = `SELECT number, hash FROM feed_applied ORDER BY number DESC LIMIT 1`

func feedOf(row scanner) (number uint64, hash [32]byte, err error) {
	var b []byte
	err = row.Scan(&number, &b)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return 0, hash, nil
	case err != nil:
		return 0, hash, failed("kiosk.feed", err)
	case len(b) != len(hash):
		return 0, hash, app.Fail(app.StorageDamaged)
	}
	return number, [32]byte(b), nil
}

// apply runs what a frame brings and writes feed.applied, together. A frame applied before is done
// again by nobody: it is passed over. One that does not follow the last is post.out_of_order; one
// that follows another frame than ours is post.hash_differs.
func (s *Store) apply(ctx context.Context, op string, f sealed.Frame, hash [32]byte, effect func(*tx) error) error {
	return s.write(ctx, op, func(t *tx) error {
		last, before, err := feedOf(t.row(selectFeed))
		switch {
		case err != nil:
			return err
		case f.Number <= last:
			return nil
		case f.Number != last+1:
			return app.Fail(app.PostOutOfOrder)
		case f.Previous != before:
			return app.Fail(app.PostHashDiffers)
		}
		if err := effect(t); err != nil {
			return err
		}
		return t.applied(f, hash)
	})
}

func (t *tx) applied(f sealed.Frame, hash [32]byte) error {
	issued := f.Issued.UnixMilli()
	if err := t.exec(`INSERT INTO feed_applied (number, hash, issued, kind, at) VALUES (?, ?, ?, ?, ?)`, f.Number, hash[:], issued, string(f.Kind), t.ms()); err != nil {
		return err
	}
	if err := t.signedTime(f.Issued); err != nil {
		return err
	}
	body := journal.FeedBody{Number: f.Number, Hash: hash[:], Issued: issued, Kind: string(f.Kind)}
	_, err := t.append(app.Author{}, journal.FeedApplied, app.ScopeDevice, nil, body, nil)
	return err
}

// PassFrame writes that a frame was taken that changes nothing here: applied out of turn before, of
// a kind that this version does not know, or a message.
func (s *Store) PassFrame(ctx context.Context, f sealed.Frame, hash [32]byte) error {
	return s.apply(ctx, "kiosk.PassFrame", f, hash, func(*tx) error { return nil })
}

// ApplySettings keeps what head office says of this kiosk's work, its authority included.
func (s *Store) ApplySettings(ctx context.Context, f sealed.Frame, hash [32]byte, v sealed.Settings) error {
	return s.apply(ctx, "kiosk.ApplySettings", f, hash, func(t *tx) error { return t.putOffice(v, f.Issued) })
}

// ApplyEnrolled keeps head office's answer to the enrolment: its settings and the key that batches
// are sealed to.
func (s *Store) ApplyEnrolled(ctx context.Context, e sealed.Enrolled) error {
	return s.write(ctx, "kiosk.ApplyEnrolled", func(t *tx) error {
		if e.Chain != t.at.chain {
			return app.Fail(app.PostOtherKiosk, "kiosk", e.Chain)
		}
		e.Settings.Authority = max(e.Settings.Authority, e.Authority.Unix())
		if err := t.putOffice(e.Settings, e.At); err != nil {
			return err
		}
		if err := t.signedTime(e.At); err != nil {
			return err
		}
		if e.By == nil || len(e.By.HPKEKey) == 0 {
			return nil
		}
		return t.put(settingAddress, e.By.HPKEKey)
	})
}

// authorityMost is how long one word of head office's can let a kiosk work: a stolen one that never
// connects dies by itself.
const authorityMost = 35 * 24 * time.Hour

func (t *tx) putOffice(v sealed.Settings, said time.Time) error {
	b, err := cose.Marshal(v)
	if err != nil {
		return err
	}
	if v.Authority > 0 {
		until := time.Unix(v.Authority, 0)
		if latest := said.Add(authorityMost); until.After(latest) {
			until = latest
		}
		if err := t.putAuthority(until); err != nil {
			return err
		}
	}
	return t.put(settingOffice, b)
}

// Office is what head office told this kiosk about its work; zero before it was enrolled.
func (s *Store) Office(ctx context.Context) (sealed.Settings, error) {
	var v sealed.Settings
	b, err := s.Setting(ctx, settingOffice)
	if err != nil || len(b) == 0 {
		return v, err
	}
	return v, cose.UnmarshalOpen(b, &v)
}

// Address is the key that batches are sealed to, nil before the kiosk was enrolled.
func (s *Store) Address(ctx context.Context) ([]byte, error) { return s.Setting(ctx, settingAddress) }

// PutAddress keeps a renewed one.
func (s *Store) PutAddress(ctx context.Context, hpke []byte) error {
	return s.PutSetting(ctx, settingAddress, hpke)
}
