package kiosk

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"loket/app"
	"loket/app/durable"
	"loket/storage/witness"
)

// restoredMark stands in a folder that was restored: it is behind until its next life begins.
type restoredMark struct {
	At   time.Time `json:"at"`
	From Manifest  `json:"from"`
	Done bool      `json:"done"` // false: broken off, restore may be called again
}

// Restore puts a backup into a folder in which no kiosk lies. The database comes last, after a mark that
// the folder was restored: broken off at any point, it is never taken for a new kiosk, and may be tried
// again. It fails with backup.bad where a file of the backup is missing or was changed, and with
// storage.begun where there is a kiosk in the folder.
func Restore(from, dir string, now time.Time) (Manifest, error) {
	m, err := manifestOf(from)
	if err != nil {
		return m, err
	}
	if err := free(dir); err != nil {
		return m, err
	}
	if err := putMark(dir, restoredMark{At: now, From: m}); err != nil {
		return m, err
	}
	for _, name := range slices.Sorted(maps.Keys(m.Files)) {
		if name == "loket.db" {
			continue
		}
		if err := restoreFile(from, dir, name, m.Files[name]); err != nil {
			return m, err
		}
	}
	if err := restoreFile(from, dir, "loket.db", m.Files["loket.db"]); err != nil {
		return m, err
	}
	return m, putMark(dir, restoredMark{At: now, From: m, Done: true})
}

func manifestOf(from string) (m Manifest, err error) {
	b, err := os.ReadFile(filepath.Join(from, manifestName))
	if err == nil {
		err = json.Unmarshal(b, &m)
	}
	if err != nil || m.V != 1 || m.Kind != "kiosk" || m.Files["loket.db"] == "" {
		return m, &app.Error{Code: app.BackupBad, Args: app.Args{"file": manifestName}, Op: "kiosk.manifestOf", Err: err}
	}
	for name := range m.Files {
		if !filepath.IsLocal(filepath.FromSlash(name)) || strings.Contains(name, "\\") || name != "loket.db" && !slices.Contains(besideAll, strings.SplitN(name, "/", 2)[0]) {
			return m, app.Fail(app.BackupBad, "file", manifestName)
		}
	}
	return m, nil
}

// free says that a restore may write into a folder: nothing of a kiosk lies there, or what a restore has
// left that was broken off.
func free(dir string) error {
	if mark, err := markOf(dir); err == nil && mark != nil && !mark.Done {
		return nil
	}
	for _, name := range append([]string{"loket.db", restoredName, witness.Name}, besideAll...) {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			return app.Fail(app.StorageBegun)
		}
	}
	return failed("kiosk.free", durable.Folder(dir, 0o700))
}

func restoreFile(from, dir, name, sum string) error {
	to := filepath.Join(dir, filepath.FromSlash(name))
	if err := durable.Folder(filepath.Dir(to), 0o700); err != nil {
		return failed("kiosk.Restore", err)
	}
	got, err := copyWhole(filepath.Join(from, filepath.FromSlash(name)), to)
	if err == nil && got == sum {
		return failed("kiosk.Restore", durable.SyncDir(filepath.Dir(to)))
	}
	if err == nil {
		err = os.Remove(to)
	}
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return &app.Error{Code: app.BackupBad, Args: app.Args{"file": name}, Op: "kiosk.Restore", Err: err}
	}
	return failed("kiosk.Restore", err)
}

func putMark(dir string, m restoredMark) error {
	b, err := json.MarshalIndent(m, "", "  ")
	if err == nil {
		err = durable.Write(filepath.Join(dir, restoredName), b, 0o600)
	}
	return failed("kiosk.putMark", err)
}

// markOf reads the mark, nil where there is none. One that cannot be read is a mark all the same.
func markOf(dir string) (*restoredMark, error) {
	b, err := os.ReadFile(filepath.Join(dir, restoredName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, failed("kiosk.markOf", err)
	}
	m := restoredMark{Done: true}
	if err := json.Unmarshal(b, &m); err != nil {
		return &restoredMark{Done: true}, nil //nolint:nilerr // as said
	}
	return &m, nil
}
