package office

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"sync"
	"time"

	"loket/app"
	"loket/app/office/books"
)

// supersededLife is how long an object can still be had after a newer version took its place: who is in
// the middle of fetching it finds it, and who holds it is given only what changed.
const supersededLife = 48 * time.Hour

// keepObjects stores the bytes of a list's new version and of the pages that it names. What the version
// before named and this one does not is kept a while; what both name is not touched.
func (t *tx) keepObjects(name books.ListName, made books.Published) (hash [32]byte, err error) {
	hash = sha256.Sum256(made.Raw)
	before, err := t.objectsInForce(name)
	if err != nil {
		return hash, err
	}
	all := rowsFor("objects (hash, kind, shard, packed, size, kept_until)", "ON CONFLICT (hash) DO UPDATE SET kept_until = 0")
	named := map[[32]byte]bool{}
	for _, raw := range append([][]byte{made.Raw}, made.Parts...) {
		h := sha256.Sum256(raw)
		if named[h] {
			continue
		}
		named[h] = true
		if before[h] {
			continue
		}
		packed, err := gzipped(raw)
		if err != nil {
			return hash, err
		}
		all.add(h[:], string(name.Kind), name.Shard, packed, len(raw), 0)
	}
	until := ms(t.at.Add(supersededLife))
	for h := range before {
		if named[h] {
			continue
		}
		if err := t.must("UPDATE objects SET kept_until = $2 WHERE hash = $1", h[:], until); err != nil {
			return hash, err
		}
	}
	if err := t.insertMust(all); err != nil {
		return hash, err
	}
	return hash, t.must("DELETE FROM objects WHERE kept_until > 0 AND kept_until <= $1", ms(t.at))
}

// objectsInForce are the hashes that a list's newest version names.
func (t *tx) objectsInForce(name books.ListName) (map[[32]byte]bool, error) {
	all := map[[32]byte]bool{}
	err := t.each("SELECT hash FROM objects WHERE kind = $1 AND shard = $2 AND kept_until = 0", []any{string(name.Kind), name.Shard}, func(scan func(...any) error) error {
		var hash []byte
		err := scan(&hash)
		if err == nil {
			all[[32]byte(hash)] = true
		}
		return err
	})
	return all, err
}

// Object is a published object by the SHA-256 of its bytes; not_found when there is none, or no more.
func (s *Store) Object(ctx context.Context, hash [32]byte) (raw []byte, err error) {
	err = s.look(ctx, "office.Object", func(t *tx) error {
		var packed []byte
		found, err := t.get("SELECT packed FROM objects WHERE hash = $1", []any{hash[:]}, &packed)
		if err == nil && !found {
			err = app.Fail(app.NotFound)
		}
		if err != nil {
			return err
		}
		raw, err = gunzipped(packed)
		return err
	})
	return raw, err
}

// packers are used again: one takes most of a megabyte.
var packers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// gzipped is what the books keep of an object: shards are written without compression of their own.
func gzipped(raw []byte) ([]byte, error) {
	var packed bytes.Buffer
	w := packers.Get().(*gzip.Writer)
	defer packers.Put(w)
	w.Reset(&packed)
	_, err := w.Write(raw)
	err = errors.Join(err, w.Close())
	return packed.Bytes(), app.Wrap("office.gzipped", app.Internal, err)
}

func gunzipped(packed []byte) ([]byte, error) {
	if len(packed) == 0 {
		return nil, nil
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, app.Wrap("office.gunzipped", app.OfficeStoreDamaged, err)
	}
	raw, err := io.ReadAll(r)
	return raw, app.Wrap("office.gunzipped", app.OfficeStoreDamaged, err)
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
