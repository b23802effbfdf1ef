//go:build unix

package machine

import (
	"errors"
	"io/fs"
	"os"

	"loket/app"
)

// Protect lets nobody but its owner into a folder or file; the system's administrator always may. What
// belongs to somebody else stays as it is.
func Protect(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return app.Wrap("machine.Protect", app.FileUnread, err)
	}
	if info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	err = os.Chmod(path, info.Mode().Perm()&0o700)
	if errors.Is(err, fs.ErrPermission) || readOnly(err) {
		return nil
	}
	return app.Wrap("machine.Protect", app.FileUnwritten, err)
}
