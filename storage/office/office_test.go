package office_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"loket/app"
	"loket/app/office/books"
	"loket/storage/office"
	"loket/storage/storagetest/officesuite"
)

func openSQLite(t testing.TB, clerk books.Clerk, policy books.Policy) *office.Store {
	t.Helper()
	s, err := office.OpenSQLite(t.Context(), filepath.Join(t.TempDir(), "office.db"), clerk, policy)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestSQLiteKeepsTheBooks(t *testing.T) { officesuite.Office(t, openSQLite) }

func TestAFileThatIsNoDatabaseIsRefused(t *testing.T) {
	name := filepath.Join(t.TempDir(), "office.db")
	if err := os.WriteFile(name, make([]byte, 8192), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte("this is a letter, not a database, and it is long enough to look at for a while"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := office.OpenSQLite(t.Context(), name, nil, books.Policy{})
	if app.CodeOf(err) != app.OfficeStoreDamaged {
		t.Error(err)
	}
}

// Whoever copies the one file of a head office that has ended has all of it.
func TestAClosedOfficeIsOneFile(t *testing.T) {
	dir := t.TempDir()
	s, err := office.OpenSQLite(t.Context(), filepath.Join(dir, "office.db"), nil, books.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.PutSetting(t.Context(), "site", []byte("kept"), time.Now()); err != nil {
		t.Fatal(err)
	}
	if b, err := s.Setting(t.Context(), "site"); err != nil || string(b) != "kept" { // a reader was at work too
		t.Fatal(string(b), err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("%v %v", left, err)
	}
}
