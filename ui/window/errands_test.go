package window

import (
	"os"
	"path/filepath"
	"testing"

	"loket/app"
)

func TestAPrintFolderThatCannotBeWrittenIsNotTaken(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "berkas")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := writable(filepath.Join(file, "cetak")); app.CodeOf(err) != app.PrintFolderMissing {
		t.Error(err)
	}
	folder := filepath.Join(dir, "cetak")
	if err := writable(folder); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Error("the trial left something", left, err)
	}
}
