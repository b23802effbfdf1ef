//go:build unix

package machine

import (
	"errors"

	"golang.org/x/sys/unix"
)

func readOnly(err error) bool { return errors.Is(err, unix.EROFS) }
