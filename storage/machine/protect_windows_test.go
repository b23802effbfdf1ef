package machine_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/windows"

	"loket/storage/machine"
)

// Everybody else of the computer is out: the folder's own list counts, and what is in it follows.
func TestAProtectedFolderIsTheOwnersAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "loket")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := machine.Protect(dir); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "loket.db")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, file} {
		sd, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
		if err != nil {
			t.Fatal(err)
		}
		text := sd.String()
		if n := strings.Count(text, "(A;"); n != 3 || strings.Contains(text, ";WD)") || strings.Contains(text, ";BU)") {
			t.Errorf("%s: %s", path, text)
		}
	}
}
