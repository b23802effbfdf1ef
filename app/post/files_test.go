package post_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"loket/storage/storagetest"
)

func frameName(number uint64) string { return fmt.Sprintf("%s-%06d.frame", storagetest.Chain, number) }

func writeFrame(t testing.TB, dir string, number uint64, b []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "inbox", frameName(number)), b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func kept(dir string, number uint64) bool {
	_, err := os.Stat(filepath.Join(dir, "inbox", "aside", frameName(number)))
	return err == nil
}

// tempDir is a folder that is gone after the test, in memory where the system has such a place: a
// simulation writes through to the disk thousands of times.
func tempDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "loket-*")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func writeAnswer(t testing.TB, dir string, b []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "carrier", "enrol-answer"), b, 0o600); err != nil {
		t.Fatal(err)
	}
}
