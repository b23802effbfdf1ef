package kiosk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"loket/app"
	"loket/app/durable"
)

// Manifest says what a backup holds. It is written last: a folder without it is no backup.
type Manifest struct {
	V           int               `json:"v"`
	Kind        string            `json:"kind"` // "kiosk"
	Kiosk       app.Kiosk         `json:"kiosk"`
	Incarnation app.Incarnation   `json:"incarnation"`
	Seq         uint64            `json:"seq"` // the newest entry in it
	At          time.Time         `json:"at"`
	Files       map[string]string `json:"files"` // path with slashes -> SHA-256
}

// Chain is the kiosk's life of which it is a backup.
func (m Manifest) Chain() app.Chain { return app.Chain{Kiosk: m.Kiosk, Incarnation: m.Incarnation} }

const (
	manifestName = "backup.json"
	restoredName = "restored.json" // stands in a folder that was restored, until its next life
)

// beside are the folders of a data folder that belong into a backup. What is plain (prints) and what only
// the running program needs stays out; so does the machine secret, which is elsewhere.
var beside = []string{"blobs", "outbox", "inbox", "carrier"}

// besideAll are those and the former lives.
var besideAll = append(slices.Clone(beside), livesFolder)

// BackupTo copies the whole kiosk into a new folder, consistent and while it works: the database, pictures,
// what waits to be sent and what came, the carrier's state. What is sealed stays sealed. It fails with
// file.unwritten where something lies in the folder already.
func (s *Store) BackupTo(ctx context.Context, by app.Author, out string) (Manifest, error) {
	m := Manifest{V: 1, Kind: "kiosk", At: s.clock.Now(), Files: map[string]string{}}
	m.Kiosk, m.Incarnation = s.Chain().Kiosk, s.Chain().Incarnation
	if err := emptyFolder(out); err != nil {
		return m, err
	}
	// The database first: a file that it does not know yet may be sent twice, one that it knows and that is
	// missing is sealed again.
	if err := s.snapshot(ctx, by, filepath.Join(out, "loket.db"), &m); err != nil {
		return m, err
	}
	for _, folder := range besideAll {
		if err := copyTree(filepath.Join(s.dir, folder), filepath.Join(out, folder), folder, m.Files); err != nil {
			return m, failed("kiosk.BackupTo", err)
		}
	}
	b, err := json.MarshalIndent(m, "", "  ")
	if err == nil {
		err = durable.Write(filepath.Join(out, manifestName), b, 0o600)
	}
	return m, failed("kiosk.BackupTo", err)
}

func (s *Store) snapshot(ctx context.Context, by app.Author, to string, m *Manifest) error {
	m.Seq, _ = s.Head()
	if s.Behind() != nil || s.reading != "" { // what can write no entry can still be copied
		if _, err := s.r.db.ExecContext(ctx, `PRAGMA query_only(0)`); err != nil {
			return failed("kiosk.snapshot", err)
		}
		_, err := s.r.db.ExecContext(ctx, `VACUUM INTO ?`, to)
		if err := failed("kiosk.snapshot", err); err != nil {
			return err
		}
	} else if err := s.Backup(ctx, by, to); err != nil {
		return err
	}
	sum, err := flushed(to)
	m.Files["loket.db"] = sum
	return failed("kiosk.snapshot", err)
}

// flushed brings a file to the disk and gives its hash.
func flushed(path string) (sum string, err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return "", err
	}
	defer func() { err = both(err, f.Close()) }()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), both(f.Chmod(0o600), f.Sync())
}

func emptyFolder(dir string) error {
	if err := durable.Folder(dir, 0o700); err != nil {
		return failed("kiosk.emptyFolder", err)
	}
	all, err := os.ReadDir(dir)
	if err == nil && len(all) > 0 {
		return app.Fail(app.FileUnwritten)
	}
	return failed("kiosk.emptyFolder", err)
}

// copyTree copies the regular files of a folder that may be missing. A file that goes away meanwhile was
// sent or applied, and is no loss.
func copyTree(from, to, name string, sums map[string]string) error {
	entries, err := os.ReadDir(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := durable.Folder(to, 0o700); err != nil {
		return err
	}
	for _, e := range entries {
		path, at := filepath.Join(from, e.Name()), name+"/"+e.Name()
		switch {
		case e.IsDir():
			err = copyTree(path, filepath.Join(to, e.Name()), at, sums)
		case e.Type().IsRegular() && !passing(e.Name()):
			var sum string
			sum, err = copyWhole(path, filepath.Join(to, e.Name()))
			if err == nil {
				sums[at] = sum
			}
			if errors.Is(err, fs.ErrNotExist) {
				err = nil
			}
		}
		if err != nil {
			return err
		}
	}
	return durable.SyncDir(to)
}

// passing are files that mean nothing once the program has ended.
func passing(name string) bool {
	return strings.HasSuffix(name, ".lock") || strings.HasPrefix(name, ".new-") || name == "agent-status.json"
}

// copyWhole copies a file so that it stands there whole or not at all, and gives its hash.
func copyWhole(from, to string) (sum string, err error) {
	in, err := os.Open(from)
	if err != nil {
		return "", err
	}
	defer func() { err = both(err, in.Close()) }()
	out, err := os.CreateTemp(filepath.Dir(to), ".new-*")
	if err != nil {
		return "", err
	}
	h := sha256.New()
	_, err = io.Copy(io.MultiWriter(out, h), in)
	err = errors.Join(err, out.Sync(), out.Close())
	if err == nil {
		err = os.Rename(out.Name(), to)
	}
	if err != nil {
		return "", errors.Join(err, os.Remove(out.Name()))
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
