package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"loket/app"
	"loket/app/durable"
	"loket/app/office/books"
)

// BackupFile is the first file of a backup of the books. It is written last, so a backup without it is
// none.
const BackupFile = "office.backup"

// BackupTo copies the books, as they stand at one moment, into an empty folder, while head office works.
// The keys are not in it: they live outside the books.
func (s *Store) BackupTo(ctx context.Context, dir string, at time.Time) (b books.Backup, err error) {
	const op = "office.BackupTo"
	if err := emptyFolder(dir); err != nil {
		return b, err
	}
	b = books.Backup{Made: at, Files: map[string]string{}, Rows: map[string]int64{}}
	if err := s.write.QueryRowContext(ctx, "SELECT COALESCE(MAX(number), 0) FROM migrations").Scan(&b.Migrations); err != nil {
		return b, s.engine.failed(op, err)
	}
	if err := s.engine.copyTo(ctx, s, dir, &b); err != nil {
		return b, s.engine.failed(op, err)
	}
	return b, WriteBackup(dir, &b)
}

// WriteBackup writes what a backup holds: the sum of each of its files, and last of all itself.
func WriteBackup(dir string, b *books.Backup) error {
	const op = "office.WriteBackup"
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == BackupFile {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		b.Files[filepath.ToSlash(name)], err = sumOf(path)
		return err
	})
	if err != nil {
		return app.Wrap(op, app.FileUnread, err)
	}
	text, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return app.Wrap(op, app.Internal, err)
	}
	return app.Wrap(op, app.FileUnwritten, durable.Write(filepath.Join(dir, BackupFile), append(text, '\n'), 0o600))
}

// ReadBackup reads what a backup holds and proves that all of it is there, byte for byte; else
// backup.bad.
func ReadBackup(dir string) (b books.Backup, err error) {
	const op = "office.ReadBackup"
	text, err := os.ReadFile(filepath.Join(dir, BackupFile))
	if err != nil {
		return b, &app.Error{Code: app.BackupBad, Args: app.Args{"file": BackupFile}, Op: op, Err: err}
	}
	if err := json.Unmarshal(text, &b); err != nil {
		return b, &app.Error{Code: app.BackupBad, Args: app.Args{"file": BackupFile}, Op: op, Err: err}
	}
	for name, sum := range b.Files {
		if !filepath.IsLocal(filepath.FromSlash(name)) {
			return b, app.Fail(app.BackupBad, "file", name)
		}
		is, err := sumOf(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil || is != sum {
			return b, &app.Error{Code: app.BackupBad, Args: app.Args{"file": name}, Op: op, Err: err}
		}
	}
	return b, nil
}

func sumOf(path string) (sum string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), errors.Join(err, f.Close())
}

// emptyFolder makes a folder, or takes one in which nothing is.
func emptyFolder(dir string) error {
	if err := durable.Folder(dir, 0o700); err != nil {
		return app.Wrap("office.BackupTo", app.FileUnwritten, err)
	}
	inside, err := os.ReadDir(dir)
	if err != nil {
		return app.Wrap("office.BackupTo", app.FileUnread, err)
	}
	if len(inside) > 0 {
		return app.Fail(app.OfficeBackupThere, "folder", dir)
	}
	return nil
}

// flush puts a file that another wrote on the disk.
func flush(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(0o600), f.Sync(), f.Close(), durable.SyncDir(filepath.Dir(path)))
}

// restoredSetting is where books keep that they come out of a backup.
const restoredSetting = "restored"

// marker is what telling books of a restore needs, on whichever kind of connection they were put.
type marker struct {
	get func(query, key string, into any) (bool, error)
	put func(query string, args ...any) error
}

// mark tells books that they come out of a backup, and raises what they count above what may have been
// given out since. It is done before anybody can open them.
func (m marker) mark(r books.Restoration) error {
	if _, err := m.get("SELECT value FROM counters WHERE name = $1", books.MemberNumbers, &r.From); err != nil {
		return err
	}
	var b []byte
	before, err := m.get("SELECT value FROM settings WHERE name = $1", restoredSetting, &b)
	if err != nil {
		return err
	}
	if before { // the backup was of books that were restored themselves
		var earlier books.Restoration
		if err := json.Unmarshal(b, &earlier); err != nil {
			return err
		}
		r.From = min(r.From, earlier.From)
	}
	if b, err = json.Marshal(r); err != nil {
		return err
	}
	if err := m.put(putSetting, restoredSetting, b); err != nil {
		return err
	}
	for name, value := range skipped(r) {
		if err := m.put(raiseCounter, name, value); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) mark(r books.Restoration) error {
	return marker{func(query, key string, into any) (bool, error) { return t.get(query, []any{key}, into) }, t.must}.mark(r)
}

const (
	putSetting   = "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2"
	raiseCounter = `INSERT INTO counters (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = CASE WHEN counters.value > excluded.value THEN counters.value ELSE excluded.value END`
)

// skipped are the counters' new values. Publications are fewer than seconds.
func skipped(r books.Restoration) map[string]int64 {
	all := map[string]int64{"publication": r.At.Unix()}
	for name, value := range r.Numbers {
		all[name] = value + 1
	}
	return all
}

func (t *tx) keepRestoration(r books.Restoration) error {
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return t.must(putSetting, restoredSetting, b)
}

// Restoration says whether the books come out of a backup, and which.
func (s *Store) Restoration(ctx context.Context) (r books.Restoration, is bool, err error) {
	err = s.look(ctx, "office.Restoration", func(t *tx) error {
		r, is, err = t.restoration()
		return err
	})
	return r, is, err
}

func (t *tx) restoration() (r books.Restoration, is bool, err error) {
	var b []byte
	is, err = t.get("SELECT value FROM settings WHERE name = $1", []any{restoredSetting}, &b)
	if err != nil || !is {
		return r, false, err
	}
	return r, true, json.Unmarshal(b, &r)
}
