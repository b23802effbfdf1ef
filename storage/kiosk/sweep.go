package kiosk

import (
	"errors"
	"os"
	"path/filepath"

	"loket/app/durable"
)

// sweep takes away what writes that were cut off have left: temporary files, which nothing reads. Where the
// carrier is at work its folders are left alone.
func sweep(dir string) error {
	patterns := []string{".new-*", "blobs/.new-*", "blobs/*/.new-*", "lives/*.new"}
	if lock, err := durable.Lock(filepath.Join(dir, "carrier", "agent.lock")); err == nil {
		defer lock.Close() //nolint:errcheck // the system releases it too
		patterns = append(patterns, "carrier/.new-*", "inbox/.new-*", "inbox/*/.new-*", "outbox/.new-*", "outbox/att/.new-*")
	}
	var failures error
	for _, p := range patterns {
		found, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(p)))
		failures = errors.Join(failures, err)
		for _, path := range found {
			failures = errors.Join(failures, os.RemoveAll(path))
		}
	}
	return failed("kiosk.sweep", failures)
}
