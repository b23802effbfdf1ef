//go:build !windows

package durable

import (
	"errors"
	"io/fs"
	"syscall"
)

// ReadOnly says whether a write failed because the disk, or the folder, can only be read.
func ReadOnly(err error) bool {
	return errors.Is(err, syscall.EROFS) || errors.Is(err, fs.ErrPermission)
}
