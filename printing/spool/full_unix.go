//go:build !windows

package spool

import (
	"errors"
	"syscall"
)

// isFull says whether a write failed for want of room, a quota included.
func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
