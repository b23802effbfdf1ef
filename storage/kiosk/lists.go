package kiosk

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"

	"loket/app/sealed"
)

// ApplyAnnounced notes which newer lists head office has, together with feed.applied. They are wanted
// until they were taken in or a still newer one was announced.
func (s *Store) ApplyAnnounced(ctx context.Context, f sealed.Frame, hash [32]byte, all []sealed.Announced) error {
	return s.apply(ctx, "kiosk.ApplyAnnounced", f, hash, func(t *tx) error {
		for _, a := range all {
			err := t.exec(`INSERT INTO lists_wanted (kind, shard, epoch, seq, hash, size) VALUES (?, ?, ?, ?, ?, ?)
				ON CONFLICT (kind, shard) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, hash = excluded.hash, size = excluded.size
				WHERE lists_wanted.epoch < excluded.epoch OR lists_wanted.epoch = excluded.epoch AND lists_wanted.seq < excluded.seq`,
				a.Kind, a.Shard, a.Epoch, a.Seq, a.Hash, a.Size)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// WantedLists are the lists that were announced and have not been taken in, the trust list first.
func (s *Store) WantedLists(ctx context.Context) ([]sealed.Announced, error) {
	rows, err := s.r.rows(ctx, `SELECT kind, shard, epoch, seq, hash, size FROM lists_wanted ORDER BY kind DESC, shard`)
	if err != nil {
		return nil, failed("kiosk.WantedLists", err)
	}
	return collect("kiosk.WantedLists", rows, func(row scanner) (a sealed.Announced, err error) {
		return a, row.Scan(&a.Kind, &a.Shard, &a.Epoch, &a.Seq, &a.Hash, &a.Size)
	})
}

// KeepList keeps a list that was fetched by its hash and proven by the caller, with the pages that it
// names, in place of the one before; it is wanted no more.
func (s *Store) KeepList(ctx context.Context, name sealed.ListName, raw []byte, parts [][]byte) error {
	return s.write(ctx, "kiosk.KeepList", func(t *tx) error {
		setting := settingTrust
		if name.Kind == listStatus {
			setting = settingStatus(name.Shard)
		}
		if err := t.put(setting, raw); err != nil {
			return err
		}
		if err := t.exec(`DELETE FROM list_parts WHERE kind = ? AND shard = ?`, name.Kind, name.Shard); err != nil {
			return err
		}
		for _, part := range parts {
			sum := sha256.Sum256(part)
			if err := t.exec(`INSERT OR IGNORE INTO list_parts (kind, shard, hash, raw) VALUES (?, ?, ?, ?)`, name.Kind, name.Shard, sum[:], part); err != nil {
				return err
			}
		}
		sum := sha256.Sum256(raw)
		return t.exec(`DELETE FROM lists_wanted WHERE kind = ? AND shard = ? AND hash = ?`, name.Kind, name.Shard, sum[:])
	})
}

const listStatus = "status"

// ForgetWanted takes a list off what is wanted: its bytes came and are of no use here.
func (s *Store) ForgetWanted(ctx context.Context, a sealed.Announced) error {
	return s.write(ctx, "kiosk.ForgetWanted", func(t *tx) error {
		return t.exec(`DELETE FROM lists_wanted WHERE kind = ? AND shard = ? AND hash = ?`, a.Kind, a.Shard, a.Hash)
	})
}

// ListPart is a page that belongs to a kept list, by its hash; nil when it is not here.
func (s *Store) ListPart(ctx context.Context, hash [32]byte) ([]byte, error) {
	var raw []byte
	err := s.r.row(ctx, `SELECT raw FROM list_parts WHERE hash = ?`, hash[:]).Scan(&raw)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return raw, failed("kiosk.ListPart", err)
}
