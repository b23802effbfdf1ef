package kiosk

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"strconv"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/office"
	"loket/app/sealed"
)

// Feed is where the last frame applied stands, and its hash: sealed.BeforeAll and zeros before the
// first.
func (s *Store) Feed(ctx context.Context) (last sealed.Place, hash [32]byte, err error) {
	return feedOf(s.r.row(ctx, selectFeed))
}

const selectFeed = `SELECT epoch, number, hash FROM feed_applied ORDER BY epoch DESC, number DESC LIMIT 1`

func feedOf(row scanner) (last sealed.Place, hash [32]byte, err error) {
	var b []byte
	err = row.Scan(&last.Epoch, &last.Number, &b)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return sealed.BeforeAll, hash, nil
	case err != nil:
		return last, hash, failed("kiosk.feed", err)
	case len(b) != len(hash):
		return last, hash, app.Fail(app.StorageDamaged)
	}
	return last, [32]byte(b), nil
}

// apply runs what a frame brings and writes feed.applied, together. A frame applied before is done
// again by nobody: it is passed over, and where the feed began anew, what an earlier frame brought is
// not brought twice. One that does not follow the last is post.out_of_order; one that follows
// another frame than ours is post.hash_differs.
func (s *Store) apply(ctx context.Context, op string, f sealed.Frame, hash [32]byte, effect func(*tx) error) error {
	return s.write(ctx, op, func(t *tx) error {
		last, before, err := feedOf(t.row(selectFeed))
		if err != nil {
			return err
		}
		if !last.Before(f.Place()) {
			return nil
		}
		if err := follows(f, last, before); err != nil {
			return err
		}
		said, err := t.saidBefore(f)
		if err != nil {
			return err
		}
		if !said {
			if err := effect(t); err != nil {
				return err
			}
		}
		return t.applied(f, hash)
	})
}

func follows(f sealed.Frame, last sealed.Place, before [32]byte) error {
	if !f.Place().Follows(last) {
		return app.Fail(app.PostOutOfOrder)
	}
	if f.Place().Epoch > last.Epoch {
		var err error
		if before, err = sealed.FeedGenesis(f.Chain, f.Epoch); err != nil {
			return err
		}
	}
	if f.Previous != before {
		return app.Fail(app.PostHashDiffers)
	}
	return nil
}

// saidBefore says whether a frame that was applied already brought what this one says again.
func (t *tx) saidBefore(f sealed.Frame) (bool, error) {
	if f.First == [32]byte{} {
		return false, nil
	}
	var n int
	err := t.row(`SELECT count(*) FROM feed_applied WHERE first = ?`, f.First[:]).Scan(&n)
	return n > 0, failed("kiosk.saidBefore", err)
}

func (t *tx) applied(f sealed.Frame, hash [32]byte) error {
	issued, place, first := f.Issued.UnixMilli(), f.Place(), f.First
	if first == [32]byte{} {
		first = hash
	}
	if err := t.exec(`INSERT INTO feed_applied (epoch, number, hash, first, issued, kind, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		place.Epoch, place.Number, hash[:], first[:], issued, string(f.Kind), t.ms()); err != nil {
		return err
	}
	if err := t.signedTime(f.Issued); err != nil {
		return err
	}
	if err := t.metEpoch(f.By); err != nil {
		return err
	}
	body := journal.FeedBody{Number: f.Number, Hash: hash[:], Issued: issued, Kind: string(f.Kind)}
	if place.Epoch > 1 {
		body.Epoch = place.Epoch
	}
	_, err := t.append(app.Author{}, journal.FeedApplied, app.ScopeDevice, nil, body, nil)
	return err
}

// OfficeEpoch is the highest epoch of head office's certificates that this kiosk has met: what a lower
// one signed is void.
func (s *Store) OfficeEpoch(ctx context.Context) (uint64, error) {
	b, err := s.Setting(ctx, settingEpoch)
	if err != nil || len(b) == 0 {
		return 0, err
	}
	epoch, err := strconv.ParseUint(string(b), 10, 64)
	return epoch, app.Wrap("kiosk.OfficeEpoch", app.StorageDamaged, err)
}

// metEpoch keeps the epoch of a certificate whose word was taken, where it is the highest.
func (t *tx) metEpoch(by *office.Certificate) error {
	if by == nil {
		return nil
	}
	epoch := strconv.FormatUint(by.Epoch, 10)
	return t.exec(`INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value
		WHERE CAST(CAST(value AS TEXT) AS INTEGER) < ?`, settingEpoch, []byte(epoch), int64(min(by.Epoch, math.MaxInt64)))
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
		if err := t.metEpoch(e.By); err != nil || e.By == nil || len(e.By.HPKEKey) == 0 {
			return err
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
