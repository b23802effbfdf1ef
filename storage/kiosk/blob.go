package kiosk

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"loket/app"
	"loket/app/durable"
	"loket/app/vault"
)

// PutBlob keeps a picture or document as an encrypted file, named by a keyed hash, and answers how
// entries name it. It counts as attached once an entry was written with it; the same bytes twice
// are one file.
func (s *Store) PutBlob(ctx context.Context, kind string, plain []byte) (app.Evidence, error) {
	e := app.Evidence{Kind: kind, Hash: sha256.Sum256(plain), Size: int64(len(plain))}
	key, err := s.vault()
	if err != nil {
		return e, err
	}
	path, err := s.blobPathUnder(key, e.Hash)
	if err != nil {
		return e, err
	}
	bytes, err := key.Seal(blobCell(e.Hash), plain)
	if err != nil {
		return e, err
	}
	if err := putFile(path, bytes); err != nil {
		return e, err
	}
	return e, s.write(ctx, "kiosk.PutBlob", func(t *tx) error {
		return t.exec(`INSERT INTO attachments (hash, kind, size, added_at) VALUES (?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING`,
			e.Hash[:], e.Kind, e.Size, t.ms())
	})
}

// attach writes that an entry names an attachment: from now on it is sent, and the light counts it.
func (t *tx) attach(e app.Evidence, seq uint64) error {
	n, err := t.change(`UPDATE attachments SET entry = coalesce(entry, ?) WHERE hash = ?`, seq, e.Hash[:])
	if err == nil && n == 0 {
		err = app.Fail(app.StorageBlob)
	}
	return err
}

// Blob reads the plain bytes of an attachment, proven by their hash. The vault must be open. A file
// that is gone or spoiled is storage.blob_missing: one picture is lost, and nothing else.
func (s *Store) Blob(ctx context.Context, hash [32]byte) ([]byte, error) {
	plain, err := s.blob(ctx, hash)
	if app.CodeOf(err) == app.VaultUnreadable || err == nil && sha256.Sum256(plain) != hash {
		return nil, &app.Error{Code: app.StorageBlob, Op: "kiosk.Blob", Err: err}
	}
	return plain, err
}

func (s *Store) blob(ctx context.Context, hash [32]byte) ([]byte, error) {
	key, err := s.vault()
	if err != nil {
		return nil, err
	}
	path, err := s.blobPathUnder(key, hash)
	if err != nil {
		return nil, err
	}
	bytes, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return s.oldBlob(ctx, hash)
	}
	if err != nil {
		return nil, failed("kiosk.Blob", err)
	}
	return key.Open(blobCell(hash), bytes)
}

func blobCell(hash [32]byte) vault.Cell { return cellOf("blobs", "file", hex.EncodeToString(hash[:])) }

// PendingAttachments lists the attachments without a receipt whose entry was sealed, oldest first: head office
// takes none before the entry that names it.
func (s *Store) PendingAttachments(ctx context.Context) ([]app.Evidence, error) {
	rows, err := s.r.rows(ctx, `SELECT a.hash, a.kind, a.size FROM attachments a JOIN entries e ON e.seq = a.entry
		WHERE a.receipted_at IS NULL AND e.batch IS NOT NULL ORDER BY a.added_at`)
	if err != nil {
		return nil, failed("kiosk.PendingAttachments", err)
	}
	return collect("kiosk.PendingAttachments", rows, scanEvidence)
}

// scanEvidence reads hash, kind and size of an attachment.
func scanEvidence(row scanner) (app.Evidence, error) {
	var e app.Evidence
	var hash sql.RawBytes
	if err := row.Scan(&hash, &e.Kind, &e.Size); err != nil {
		return e, err
	}
	if len(hash) != len(e.Hash) {
		return e, app.Fail(app.StorageDamaged)
	}
	e.Hash = [32]byte(hash)
	return e, nil
}

func putFile(path string, bytes []byte) error {
	if err := durable.Folder(filepath.Dir(path), 0o700); err != nil {
		return failed("kiosk.putFile", err)
	}
	return failed("kiosk.putFile", durable.Write(path, bytes, 0o600))
}
