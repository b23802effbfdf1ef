package office

import (
	"context"
	"crypto/sha256"
	"time"

	"loket/app"
	"loket/app/office/books"
)

// supersededLife is how long an object can still be had after a newer version took its place: who is in
// the middle of fetching it finds it, and who holds it is given only what changed.
const supersededLife = 48 * time.Hour

// keepObjects stores the bytes of a list's new version and of the pages that it names. What the version
// before named and this one does not is kept a while.
func (t *tx) keepObjects(name books.ListName, made books.Published) (hash [32]byte, err error) {
	hash = sha256.Sum256(made.Raw)
	args := []any{string(name.Kind), name.Shard, ms(t.at.Add(supersededLife))}
	if err := t.must("UPDATE objects SET kept_until = $3 WHERE kind = $1 AND shard = $2 AND kept_until = 0", args...); err != nil {
		return hash, err
	}
	all := rowsFor("objects (hash, kind, shard, raw, kept_until)", "ON CONFLICT (hash) DO UPDATE SET kept_until = 0")
	seen := map[[32]byte]bool{}
	for _, raw := range append([][]byte{made.Raw}, made.Parts...) {
		if h := sha256.Sum256(raw); !seen[h] {
			seen[h] = true
			all.add(h[:], string(name.Kind), name.Shard, raw, 0)
		}
	}
	if err := t.insertMust(all); err != nil {
		return hash, err
	}
	return hash, t.must("DELETE FROM objects WHERE kept_until > 0 AND kept_until <= $1", ms(t.at))
}

// Object is a published object by the SHA-256 of its bytes; not_found when there is none, or no more.
func (s *Store) Object(ctx context.Context, hash [32]byte) (raw []byte, err error) {
	err = s.look(ctx, "office.Object", func(t *tx) error {
		found, err := t.get("SELECT raw FROM objects WHERE hash = $1", []any{hash[:]}, &raw)
		if err == nil && !found {
			err = app.Fail(app.NotFound)
		}
		return err
	})
	return raw, err
}

// Shelf names every object in force: all lists with their pages, for a stick.
func (s *Store) Shelf(ctx context.Context) (hashes [][32]byte, err error) {
	err = s.look(ctx, "office.Shelf", func(t *tx) error {
		return t.each("SELECT hash FROM objects WHERE kept_until = 0 ORDER BY kind DESC, shard", nil, func(scan func(...any) error) error {
			var hash []byte
			if err := scan(&hash); err != nil {
				return err
			}
			hashes = append(hashes, [32]byte(hash))
			return nil
		})
	})
	return hashes, err
}
