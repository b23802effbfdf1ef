package durable_test

import (
	"os"
	"path/filepath"
	"testing"

	"loket/app/durable"
)

func TestWriteReplacesWholeAndLeavesNothingBeside(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "news")
	for _, content := range []string{"first, and long", "second"} {
		if err := durable.Write(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != content {
			t.Fatalf("%q %v", got, err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Error("files left beside:", left, err)
	}
	if err := durable.Write(filepath.Join(dir, "missing", "news"), nil, 0o600); err == nil {
		t.Error("a missing folder was no error")
	}
	if err := durable.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := durable.Remove(path); err != nil {
		t.Error("removing twice is no error:", err)
	}
}

// A name that cannot be taken leaves the old file and no temporary one.
func TestAFailedWriteLeavesTheOldFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "taken")
	if err := os.MkdirAll(filepath.Join(path, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := durable.Write(path, []byte("x"), 0o600); err == nil {
		t.Fatal("a folder was replaced")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Error("files left beside:", left, err)
	}
}
