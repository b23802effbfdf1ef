package durable

import (
	"errors"
	"io/fs"

	"golang.org/x/sys/windows"
)

// ReadOnly says whether a write failed because the disk, or the folder, can only be read.
func ReadOnly(err error) bool {
	return errors.Is(err, windows.ERROR_WRITE_PROTECT) || errors.Is(err, fs.ErrPermission)
}
