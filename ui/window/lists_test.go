package window

import (
	"os"
	"path/filepath"
	"testing"

	"loket/app"
	"loket/app/roster"
)

func TestAListIsReadUpToItsBound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "daftar.csv")
	if err := os.WriteFile(path, []byte("NIK;Nama\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := readList(t.Context(), path); err != nil || string(got) != "NIK;Nama\n" {
		t.Errorf("%q %v", got, err)
	}
	if err := os.Truncate(path, roster.MaxFile+1); err != nil {
		t.Fatal(err)
	}
	if _, err := readList(t.Context(), path); app.CodeOf(err) != app.RosterFileTooBig {
		t.Error(err)
	}
	for _, none := range []string{path + "x", filepath.Dir(path)} {
		if _, err := readList(t.Context(), none); app.CodeOf(err) != app.FileUnread {
			t.Error(err)
		}
	}
}
