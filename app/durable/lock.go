package durable

import (
	"errors"
	"os"
)

// ErrHeld says that another program holds the lock.
var ErrHeld = errors.New("another program holds the lock")

// Lock takes the lock of a file, made where there is none, or fails at once with ErrHeld. The
// system releases it when the program ends, however it ends; Close releases it before.
func Lock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := hold(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}
