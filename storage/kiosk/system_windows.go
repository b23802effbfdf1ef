package kiosk

import (
	"errors"

	"golang.org/x/sys/windows"

	"loket/app"
)

func codeOfSystem(err error) app.Code {
	switch {
	case errors.Is(err, windows.ERROR_DISK_FULL), errors.Is(err, windows.ERROR_HANDLE_DISK_FULL):
		return app.StorageFull
	case errors.Is(err, windows.ERROR_WRITE_PROTECT):
		return app.StorageReadOnly
	case errors.Is(err, windows.ERROR_CRC), errors.Is(err, windows.ERROR_IO_DEVICE):
		return app.StorageFailing
	}
	return app.Internal
}
