package carrier

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"

	"loket/app"
	"loket/app/durable"
	"loket/app/sealed"
)

const stickObjects = "obj"

// shelf lays all published objects in force on the stick, and takes away those that are no more.
func (s serving) shelf() error {
	hashes, err := s.office.Shelf(s.ctx, s.chain)
	if err != nil || len(hashes) == 0 {
		return err
	}
	dir := filepath.Join(s.dir, stickObjects)
	if err := durable.Folder(dir, 0o755); err != nil {
		return unwritten("carrier.shelf", err)
	}
	if !isFolder(dir) {
		return app.Fail(app.StickForeign)
	}
	current := map[[32]byte]bool{}
	for _, hash := range hashes {
		current[hash] = true
		path := filepath.Join(dir, hex.EncodeToString(hash[:]))
		if there, err := readBounded(path, sealed.MaxObject); err == nil && sha256.Sum256(there) == hash {
			continue
		}
		raw, _, err := s.office.Object(s.ctx, s.chain, hash, [32]byte{})
		if refusedFor(err, app.NotFound) || app.CodeOf(err) == app.NotFound {
			continue // published anew in this moment
		}
		if err != nil {
			return err
		}
		if err := writeStick(path, raw); err != nil {
			return err
		}
	}
	return sweepObjects(dir, current)
}

func sweepObjects(dir string, current map[[32]byte]bool) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return app.Wrap("carrier.shelf", app.FileUnread, err)
	}
	for _, e := range entries {
		if hash, ok := objectName(e); ok && !current[hash] {
			if err := durable.Remove(filepath.Join(dir, e.Name())); err != nil {
				return unwritten("carrier.shelf", err)
			}
		}
	}
	return nil
}

// importObjects takes the lists that are waited for from a stick. Their hashes stand in announcements
// that were proven; nothing else in the folder is looked at.
func importObjects(ctx context.Context, box Box, from string, refused *refusals) error {
	dir := filepath.Join(from, stickObjects)
	if !isFolder(dir) {
		return nil
	}
	return takeObjects(ctx, box, func(_ context.Context, _ sealed.Announced, hash [32]byte) ([]byte, error) {
		name := hex.EncodeToString(hash[:])
		raw, err := readBounded(filepath.Join(dir, name), sealed.MaxObject)
		if gone(err) {
			return nil, nil
		}
		if sum := sha256.Sum256(raw); err == nil && sum != hash {
			err = app.Fail(app.PostHashDiffers)
		}
		refused.note(stickObjects+"/"+name, err)
		if err != nil {
			return nil, nil
		}
		return raw, nil
	})
}
