package centre_test

import (
	"crypto/sha256"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"loket/app"
	"loket/app/cmd/centre"
)

// tree is what lies in a folder, by the hash of each file.
func tree(t *testing.T, dir string) map[string][32]byte {
	t.Helper()
	all := map[string][32]byte{}
	need(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		all[path] = sha256.Sum256(b)
		return err
	}))
	return all
}

// Books know their keys: with others, with one missing, or keys without books, nothing is opened and
// nothing is written, neither here nor there.
func TestBooksOfOtherKeysAreRefused(t *testing.T) {
	own, other := t.TempDir(), t.TempDir()
	for _, dir := range []string{own, other} {
		_, err := started(t, centre.Options{Data: dir})
		need(t, err)
	}
	take := func(name string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) { need(t, os.Remove(filepath.Join(dir, "keys", name))) }
	}
	for name, spoil := range map[string]func(t *testing.T, dir string){
		"no keys":            func(t *testing.T, dir string) { need(t, os.RemoveAll(filepath.Join(dir, "keys"))) },
		"no books":           func(t *testing.T, dir string) { need(t, os.Remove(filepath.Join(dir, "office.db"))) },
		"no office key":      take("office.key"),
		"no column key":      take("columns.key"),
		"no index key":       take("index.key"),
		"no listener key":    take("kiosk-listener.pem"),
		"no root":            take("root.pub"),
		"another column key": swap(other, "columns.key"),
		"another index key":  swap(other, "index.key"),
		"another office key": swap(other, "office.key"),
		"another root":       swap(other, "root.pub"),
		"another successor":  swap(other, "root-next.pub"),
		"another recovery":   swap(other, "recovery.pub"),
		"another listener":   swap(other, "kiosk-listener.pem"),
		"others altogether": func(t *testing.T, dir string) {
			need(t, os.RemoveAll(filepath.Join(dir, "keys")))
			need(t, os.CopyFS(filepath.Join(dir, "keys"), os.DirFS(filepath.Join(other, "keys"))))
			private(t, dir)
		},
		"no HPKE key of a month": func(t *testing.T, dir string) {
			months, err := filepath.Glob(filepath.Join(dir, "keys", "month-*.key"))
			need(t, err)
			need(t, os.Remove(months[0]))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			need(t, os.CopyFS(dir, os.DirFS(own)))
			private(t, dir)
			spoil(t, dir)
			before := tree(t, dir)
			for _, open := range []func() error{
				func() error { _, err := started(t, centre.Options{Data: dir}); return err },
				func() error { _, err := centre.Open(t.Context(), centre.Options{Data: dir}); return err },
			} {
				if err := open(); app.CodeOf(err) != app.OfficeKeysDiffer {
					t.Error(err)
				}
			}
			after := tree(t, dir)
			if len(after) != len(before) {
				t.Errorf("%d files before, %d after", len(before), len(after))
			}
			for path, hash := range before {
				if after[path] != hash {
					t.Error(path, "was written")
				}
			}
		})
	}
}

// serve --data EMPTY --store <existing database> makes no keys.
func TestAnEmptyFolderDoesNotTakeBooksOver(t *testing.T) {
	own, empty := t.TempDir(), t.TempDir()
	_, err := started(t, centre.Options{Data: own})
	need(t, err)
	before := tree(t, own)
	if _, err := started(t, centre.Options{Data: empty, Store: "sqlite:" + filepath.Join(own, "office.db")}); app.CodeOf(err) != app.OfficeKeysDiffer {
		t.Error(err)
	}
	if left := tree(t, empty); len(left) != 0 {
		t.Error("written:", left)
	}
	for path, hash := range tree(t, own) {
		if before[path] != hash {
			t.Error(path, "was written")
		}
	}
	_, err = started(t, centre.Options{Data: own}) // the owner goes on
	need(t, err)
}

func swap(from, name string) func(t *testing.T, dir string) {
	return func(t *testing.T, dir string) {
		b, err := os.ReadFile(filepath.Join(from, "keys", name))
		need(t, err)
		need(t, os.WriteFile(filepath.Join(dir, "keys", name), b, 0o600))
	}
}

func private(t *testing.T, dir string) {
	t.Helper()
	need(t, filepath.WalkDir(filepath.Join(dir, "keys"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		return os.Chmod(path, 0o600)
	}))
}
