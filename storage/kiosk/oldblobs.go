package kiosk

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"loket/app"
	"loket/app/vault"
)

// MoveBlobs seals pictures anew that lie under the data key before, at most so many in one call, and
// says whether some are left. A power cut between two files loses nothing: the old file goes after
// the new one is on the disk, and the old key goes last.
func (s *Store) MoveBlobs(ctx context.Context, most int) (left bool, err error) {
	if step := s.stand().step; step != noStep && step < stepFiles {
		return true, nil // after the last piece
	}
	old, err := s.oldKey(ctx)
	if old == nil || err != nil {
		return false, err
	}
	rows, err := s.r.rows(ctx, `SELECT hash, kind, size FROM attachments`)
	if err != nil {
		return true, failed("kiosk.MoveBlobs", err)
	}
	all, err := collect("kiosk.MoveBlobs", rows, scanEvidence)
	if err != nil {
		return true, err
	}
	moved := 0
	for _, e := range all {
		if moved == most || ctx.Err() != nil {
			return true, ctx.Err()
		}
		did, err := s.moveBlob(old, e)
		if err != nil {
			return true, err
		}
		if did {
			moved++
		}
	}
	return false, s.write(ctx, "kiosk.MoveBlobs", func(t *tx) error {
		if err := t.exec(`DELETE FROM secrets WHERE name = ?`, secretOldKey); err != nil {
			return err
		}
		t.at.step, t.at.after = noStep, 0
		return t.keepStep()
	})
}

// oldKey is the data key before, nil when nothing lies under it any more.
func (s *Store) oldKey(ctx context.Context) (*vault.Key, error) {
	s.mu.RLock()
	open, step := s.old, s.at.step
	s.mu.RUnlock()
	if open != nil && step != noStep {
		return open, nil
	}
	var sealed []byte
	err := s.r.row(ctx, `SELECT sealed FROM secrets WHERE name = ?`, secretOldKey).Scan(&sealed)
	if app.CodeOf(failed("kiosk.oldKey", err)) == app.NotFound {
		return nil, nil // no old key is the usual case
	}
	if err != nil {
		return nil, failed("kiosk.oldKey", err)
	}
	plain, err := s.unseal("secrets", "sealed", secretOldKey, sealed)
	if err != nil {
		return nil, err
	}
	defer clear(plain)
	old, err := vault.DecodeKey(plain)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.key == nil {
		return nil, app.Fail(app.VaultLocked)
	}
	s.old = old
	return old, nil
}

func (s *Store) moveBlob(old *vault.Key, e app.Evidence) (bool, error) {
	from, err := s.blobPathUnder(old, e.Hash)
	if err != nil {
		return false, err
	}
	bytes, err := os.ReadFile(from)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, failed("kiosk.moveBlob", err)
	}
	cell := blobCell(e.Hash)
	plain, err := old.Open(cell, bytes)
	if app.CodeOf(err) == app.VaultUnreadable {
		return false, nil // spoiled before: the picture is lost either way
	}
	if err != nil {
		return false, err
	}
	defer clear(plain)
	key, err := s.vault()
	if err != nil {
		return false, err
	}
	again, err := key.Seal(cell, plain)
	if err != nil {
		return false, err
	}
	to, err := s.blobPathUnder(key, e.Hash)
	if err != nil {
		return false, err
	}
	if err := putFile(to, again); err != nil {
		return false, err
	}
	return true, failed("kiosk.moveBlob", os.Remove(from))
}

func (s *Store) blobPathUnder(key *vault.Key, hash [32]byte) (string, error) {
	name, err := key.BlobName(hash)
	return filepath.Join(s.dir, "blobs", name[:min(2, len(name))], name), err
}

// oldBlob reads a picture that was not sealed anew yet.
func (s *Store) oldBlob(ctx context.Context, hash [32]byte) ([]byte, error) {
	old, err := s.oldKey(ctx)
	if err != nil {
		return nil, err
	}
	if old == nil {
		return nil, app.Fail(app.StorageBlob)
	}
	path, err := s.blobPathUnder(old, hash)
	if err != nil {
		return nil, err
	}
	bytes, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, app.Fail(app.StorageBlob)
	}
	if err != nil {
		return nil, failed("kiosk.oldBlob", err)
	}
	return old.Open(blobCell(hash), bytes)
}
