//go:build !windows

package durable

import (
	"errors"
	"syscall"
)

// Full says whether a write failed for want of room, a quota included.
func Full(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
