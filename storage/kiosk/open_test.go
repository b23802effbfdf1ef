package kiosk_test

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"loket/app"
	"loket/app/vault"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

func openKiosk(t *testing.T, dir string, clock app.Clock) (*kiosk.Store, error) {
	t.Helper()
	return kiosk.Open(t.Context(), dir, clock)
}

func TestWhatCannotBeOpened(t *testing.T) {
	tests := map[string]struct {
		change string
		want   app.Code
	}{
		"a newer program's":  {`PRAGMA user_version = 999`, app.StorageNewer},
		"another program's":  {`PRAGMA application_id = 7`, app.StorageForeign},
		"a stranger's table": {`PRAGMA application_id = 0; PRAGMA user_version = 0`, app.StorageForeign},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir := begun(t)
			change(t, dir, tt.change)
			_, err := openKiosk(t, dir, storagetest.NewClock())
			if app.CodeOf(err) != tt.want {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
}

func TestADamagedFileIsRefused(t *testing.T) {
	dir := begun(t)
	path := filepath.Join(dir, "loket.db")
	if err := os.WriteFile(path, bytes.Repeat([]byte("rusak "), 2000), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := openKiosk(t, dir, storagetest.NewClock()); app.CodeOf(err) != app.StorageDamaged {
		t.Error(err)
	}
}

// A journal that somebody changed behind the program's back is found.
func TestAChangedJournalIsFound(t *testing.T) {
	for name, sql := range map[string]string{
		"an entry changed":  `UPDATE entries SET bytes = unhex(replace(hex(bytes), '646C', '646D')) WHERE seq = 2`,
		"an entry removed":  `DELETE FROM parts; DELETE FROM entries WHERE seq = 2`,
		"the tail removed":  `DELETE FROM parts WHERE seq = 3; DELETE FROM entries WHERE seq = 3`,
		"a head changed":    `UPDATE entries SET head = zeroblob(32) WHERE seq = 1`,
		"entries exchanged": `UPDATE entries SET bytes = (SELECT bytes FROM entries e WHERE e.seq = 4 - entries.seq) WHERE seq IN (1, 3)`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s, err := openKiosk(t, dir, storagetest.NewClock())
			if err != nil {
				t.Fatal(err)
			}
			key, keys, first := storagetest.Founding(t)
			if err := s.Begin(t.Context(), storagetest.Chain, key, keys, first); err != nil {
				t.Fatal(err)
			}
			third := first
			third.Operator.ID, third.Slot.Operator = "bs", "bs"
			if err := s.AddMember(t.Context(), storagetest.Supervisor.Author(), third); err != nil {
				t.Fatal(err)
			}
			seq, head := s.Head()
			change(t, dir, sql)
			if err := s.CheckChain(t.Context(), vault.Public(keys.Device), nil); app.CodeOf(err) != app.JournalChainBroken {
				t.Errorf("at %d %x: %v", seq, head[:4], err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestOneProgramAtATime(t *testing.T) {
	dir := t.TempDir()
	first := storagetest.Open(t, dir, storagetest.NewClock())
	if _, err := openKiosk(t, dir, storagetest.NewClock()); app.CodeOf(err) != app.StorageBusy {
		t.Errorf("a second program: %v", err)
	}
	if first.Chain() != (app.Chain{}) {
		t.Error("the first must not notice")
	}
}

func TestABackupIsAWholeKiosk(t *testing.T) {
	s := storagetest.Kiosk(t, storagetest.NewClock())
	to := filepath.Join(t.TempDir(), "loket.db")
	seq, head := s.Head()
	if err := s.Backup(t.Context(), app.Author{}, to); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), app.Author{}, to); app.CodeOf(err) != app.FileUnwritten {
		t.Errorf("over a file that is there: %v", err)
	}
	copied := storagetest.Open(t, filepath.Dir(to), storagetest.NewClock())
	if n, h := copied.Head(); n != seq || h != head {
		t.Errorf("the copy stands at %d, the kiosk at %d", n, seq)
	}
	if err := copied.CheckFile(t.Context()); err != nil {
		t.Error(err)
	}
	if now, _ := s.Head(); now != seq+1 {
		t.Error("the journal does not tell of the backup")
	}
}

// begun is the folder of a kiosk that has begun and is closed.
func begun(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	s, err := openKiosk(t, dir, storagetest.NewClock())
	if err != nil {
		t.Fatal(err)
	}
	key, keys, first := storagetest.Founding(t)
	if err := s.Begin(t.Context(), storagetest.Chain, key, keys, first); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// change runs SQL on a folder's file behind the program's back.
func change(t *testing.T, dir, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "loket.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), query); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
