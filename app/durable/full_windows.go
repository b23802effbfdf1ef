package durable

import (
	"errors"

	"golang.org/x/sys/windows"
)

// Full says whether a write failed for want of room, a quota included.
func Full(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL) ||
		errors.Is(err, windows.ERROR_DISK_QUOTA_EXCEEDED)
}
