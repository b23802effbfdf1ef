//go:build unix

package kiosk

import (
	"errors"

	"golang.org/x/sys/unix"

	"loket/app"
)

func codeOfSystem(err error) app.Code {
	switch {
	case errors.Is(err, unix.ENOSPC), errors.Is(err, unix.EDQUOT):
		return app.StorageFull
	case errors.Is(err, unix.EROFS):
		return app.StorageReadOnly
	case errors.Is(err, unix.EIO):
		return app.StorageFailing
	}
	return app.Internal
}
