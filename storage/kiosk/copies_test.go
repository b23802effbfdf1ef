package kiosk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"loket/app"
)

type at time.Time

func (a at) Now() time.Time { return time.Time(a) }

var _ app.Clock = at{}

// The copy from before a change of form goes by itself where nobody signs in for a month.
func TestOldCopiesDoNotOutliveTheirPurpose(t *testing.T) {
	dir, now := t.TempDir(), time.Now()
	old, fresh := filepath.Join(dir, "loket.db.before-3"), filepath.Join(dir, "loket.db.before-4")
	for file, age := range map[string]time.Duration{old: copyLife + time.Hour, fresh: copyLife - time.Hour} {
		if err := os.WriteFile(file, []byte("a copy"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, now.Add(-age), now.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Open(t.Context(), dir, at(now))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the old copy is still there:", err)
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Error("the fresh copy is gone:", err)
	}
}
