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
