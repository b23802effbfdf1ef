package office_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/office/books"
	"loket/storage/office"
	"loket/storage/storagetest/officesuite"
)

func TestSQLiteBooksAreRestored(t *testing.T) {
	officesuite.Restored(t, openSQLite, func(t testing.TB, from string, _ books.Backup, r books.Restoration, clerk books.Clerk, policy books.Policy) *office.Store {
		file := filepath.Join(t.TempDir(), "data", "office.db")
		aside, err := office.RestoreSQLite(t.Context(), from, file, r)
		if err != nil || aside != "" {
			t.Fatal(aside, err)
		}
		s, err := office.OpenSQLite(t.Context(), file, clerk, policy)
		need(t, err)
		t.Cleanup(func() { need(t, s.Close()) })
		return s
	})
}

func TestPostgresBooksAreRestored(t *testing.T) {
	server := postgresServer(t)
	officesuite.Restored(t, openPostgres(server), func(t testing.TB, from string, b books.Backup, r books.Restoration, clerk books.Clerk, policy books.Policy) *office.Store {
		name := fmt.Sprintf("loket_restored_%d", os.Getpid())
		admin, err := sql.Open("pgx", server)
		need(t, err)
		_, err = admin.ExecContext(t.Context(), "CREATE DATABASE "+name)
		need(t, errors.Join(err, admin.Close()))
		address := strings.Replace(server, "/postgres?", "/"+name+"?", 1)
		need(t, office.RestorePostgres(t.Context(), from, address, b, r))
		if err := office.RestorePostgres(t.Context(), from, address, b, r); app.CodeOf(err) != app.OfficeRestoreThere {
			t.Error("books were written over:", err)
		}
		s, err := office.OpenPostgres(t.Context(), address, clerk, policy)
		need(t, err)
		t.Cleanup(func() { need(t, s.Close()) })
		return s
	})
}

// What was there is moved aside with its log, never written over, however often somebody restores.
func TestBooksThatWereThereAreMovedAside(t *testing.T) {
	s := openSQLite(t, nil, books.Policy{})
	dir := filepath.Join(t.TempDir(), "backup")
	_, err := s.BackupTo(t.Context(), dir, time.Now())
	need(t, err)
	if _, err := s.BackupTo(t.Context(), dir, time.Now()); app.CodeOf(err) != app.OfficeBackupThere {
		t.Error("a backup was written over another:", err)
	}
	file := filepath.Join(t.TempDir(), "office.db")
	at, seen := time.Now(), map[string]bool{}
	for i := range 3 {
		aside, err := office.RestoreSQLite(t.Context(), dir, file, books.Restoration{At: at})
		need(t, err)
		if (aside == "") != (i == 0) || seen[aside] {
			t.Error(i, aside)
		}
		seen[aside] = true
	}
}

// Books that a server has open are not taken from under it.
func TestBooksInUseAreNotReplaced(t *testing.T) {
	data, dir := t.TempDir(), filepath.Join(t.TempDir(), "backup")
	file := filepath.Join(data, "office.db")
	s, err := office.OpenSQLite(t.Context(), file, nil, books.Policy{})
	need(t, err)
	need(t, s.PutSetting(t.Context(), "site", []byte("kept"), time.Now()))
	_, err = s.BackupTo(t.Context(), dir, time.Now())
	need(t, err)
	if _, err := office.RestoreSQLite(t.Context(), dir, file, books.Restoration{At: time.Now()}); app.CodeOf(err) != app.OfficeRestoreRunning {
		t.Error(err)
	}
	need(t, s.PutSetting(t.Context(), "site", []byte("still"), time.Now()))
	need(t, s.Close())
	if aside, err := office.RestoreSQLite(t.Context(), dir, file, books.Restoration{At: time.Now()}); err != nil || aside == "" {
		t.Error(aside, err)
	}
	need(t, os.WriteFile(file, []byte("this is a letter and no database, and it is long enough to be looked at for a while by SQLite itself, which reads one hundred bytes"), 0o600))
	if aside, err := office.RestoreSQLite(t.Context(), dir, file, books.Restoration{At: time.Now()}); err != nil || aside == "" {
		t.Error("damaged books stand in the way:", aside, err)
	}
}

// A backup of which a byte is missing or changed is none.
func TestADamagedBackupIsRefused(t *testing.T) {
	s := openSQLite(t, nil, books.Policy{})
	for _, spoil := range []func(dir string) error{
		func(dir string) error { return os.Remove(filepath.Join(dir, "office.db")) },
		func(dir string) error { return os.Truncate(filepath.Join(dir, "office.db"), 4096) },
		func(dir string) error { return os.Remove(filepath.Join(dir, office.BackupFile)) },
		func(dir string) error {
			return os.WriteFile(filepath.Join(dir, office.BackupFile), []byte(`{"files":{"../../etc/passwd":""}}`), 0o600)
		},
	} {
		dir := filepath.Join(t.TempDir(), "backup")
		_, err := s.BackupTo(t.Context(), dir, time.Now())
		need(t, err)
		need(t, spoil(dir))
		if _, err := office.ReadBackup(dir); app.CodeOf(err) != app.BackupBad {
			t.Error(err)
		}
	}
}
