//go:build unix

package machine

import (
	"os"
	"path/filepath"

	"loket/app"
)

// The file's own permissions are the protection here.
func protect(secret []byte) ([]byte, error) { return secret, nil }

func unprotect(b []byte) ([]byte, error) { return b, nil }

func systemFolder() (string, error) {
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "loket"), nil
	}
	if os.Geteuid() == 0 {
		return "/var/lib/loket", nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", app.Wrap("machine.Folder", app.FileUnread, err)
	}
	return filepath.Join(home, ".local", "state", "loket"), nil
}
