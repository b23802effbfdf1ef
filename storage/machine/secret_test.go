package machine_test

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"loket/app"
	"loket/storage/machine"
)

func TestTheSecretIsMadeOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	first, err := machine.Secret(dir)
	if err != nil || len(first) != 32 || bytes.Equal(first, make([]byte, 32)) {
		t.Fatal(len(first), err)
	}
	again, err := machine.Secret(dir)
	if err != nil || !bytes.Equal(first, again) {
		t.Error("another secret the second time:", err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Fatal("left behind:", files, err)
	}
	st, err := files[0].Info()
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && st.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v", st.Mode())
	}
}

func TestACutSecretIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "machine.secret"), []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := machine.Secret(dir); app.CodeOf(err) != app.VaultMachineWrong {
		t.Error(err)
	}
}

func TestTheFolderCanBeChosen(t *testing.T) {
	t.Setenv("LOKET_STATE", "/somewhere/else")
	if dir, err := machine.Folder(); err != nil || dir != "/somewhere/else" {
		t.Error(dir, err)
	}
}
