package kiosk

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"
)

// Setting reads a setting of this computer, nil when it was never set. Nothing personal stands in
// settings: they are not sealed.
// What local truth holds is read from there.
func (s *Store) Setting(ctx context.Context, name string) ([]byte, error) {
	if now, on := s.held(); on && slices.Contains(guardedSettings, name) {
		if held := now.Settings[name]; len(held) > 0 && held[0] == 0 {
			return slices.Clone(held[1:]), nil
		}
	}
	return s.row(ctx, name)
}

func (s *Store) row(ctx context.Context, name string) ([]byte, error) {
	var value []byte
	err := s.r.row(ctx, `SELECT value FROM settings WHERE name = ?`, name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return value, failed("kiosk.Setting", err)
}

// PutSetting keeps a setting.
func (s *Store) PutSetting(ctx context.Context, name string, value []byte) error {
	return s.write(ctx, "kiosk.PutSetting", func(t *tx) error { return t.put(name, value) })
}

func (t *tx) put(name string, value []byte) error {
	if value == nil {
		value = []byte{}
	}
	if slices.Contains(guardedSettings, name) {
		if r := t.record(); r != nil {
			r.Settings[name] = sum(value)
		}
	}
	return t.exec(`INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
}

// Names of settings that this package itself writes.
const (
	settingAuthority = "office.authority" // RFC 3339
	settingOffice    = "office.settings"  // CBOR sealed.Settings
	settingAddress   = "office.hpke"      // X25519 key that batches are sealed to
	settingEpoch     = "office.epoch"     // decimal: the highest epoch of head office's certificates met
	settingRecovery  = "vault.recovery"   // the data key, sealed to head office's recovery key

	settingRecoveryKey = "vault.recovery-key" // head office's, public
)

// Authority is until when head office lets this kiosk work: the zero time when it never said.
func (s *Store) Authority(ctx context.Context) (time.Time, error) {
	if now, _ := s.held(); now.Lost { // nothing proves until when
		return time.Time{}, nil
	}
	b, err := s.Setting(ctx, settingAuthority)
	if err != nil || len(b) == 0 {
		return time.Time{}, err
	}
	until, err := time.Parse(time.RFC3339, string(b))
	return until, failed("kiosk.Authority", err)
}

// PutAuthority keeps a new end of head office's authority. At first start that is the token's own
// end.
func (s *Store) PutAuthority(ctx context.Context, until time.Time) error {
	return s.write(ctx, "kiosk.PutAuthority", func(t *tx) error { return t.putAuthority(until) })
}

func (t *tx) putAuthority(until time.Time) error {
	return t.put(settingAuthority, []byte(until.UTC().Format(time.RFC3339)))
}

// Recovery is the data key as sealed to head office's recovery key, nil when not made yet.
func (s *Store) Recovery(ctx context.Context) ([]byte, error) {
	return s.Setting(ctx, settingRecovery)
}

// PutRecovery keeps it, and head office's recovery key, to which the next data key will be sealed.
func (s *Store) PutRecovery(ctx context.Context, to, sealed []byte) error {
	return s.write(ctx, "kiosk.PutRecovery", func(t *tx) error {
		if err := t.put(settingRecoveryKey, to); err != nil {
			return err
		}
		return t.put(settingRecovery, sealed)
	})
}

// RecoveryKey is head office's recovery key (X25519, public), nil when it never came.
func (s *Store) RecoveryKey(ctx context.Context) ([]byte, error) {
	return s.Setting(ctx, settingRecoveryKey)
}
