package durable

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A folder that is not flushed into the one above is gone after a power cut, with all that was flushed into it.
func TestANewFolderIsFlushedIntoTheOneAbove(t *testing.T) {
	home := t.TempDir()
	var seen []string
	flushed = func(dir string) { seen = append(seen, dir) }
	t.Cleanup(func() { flushed = func(string) {} })
	dir := filepath.Join(home, "blobs", "a7")
	if err := Folder(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if want := []string{home, filepath.Join(home, "blobs")}; !slices.Equal(seen, want) {
		t.Errorf("flushed %q, want %q", seen, want)
	}
	seen = nil
	if err := Folder(dir, 0o700); err != nil || len(seen) != 0 {
		t.Errorf("one that was there: flushed %q, %v", seen, err)
	}
	if err := os.WriteFile(filepath.Join(home, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Folder(filepath.Join(home, "file", "below"), 0o700); err == nil {
		t.Error("a folder below a file")
	}
}
