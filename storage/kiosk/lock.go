package kiosk

import (
	"errors"
	"os"

	"loket/app"
	"loket/app/durable"
)

// takeLock keeps every other program off the folder. The lock stands on a file of its own: opening
// and closing the database file itself would drop SQLite's locks.
func takeLock(path string) (*os.File, error) {
	f, err := durable.Lock(path)
	if errors.Is(err, durable.ErrHeld) {
		return nil, app.Fail(app.StorageBusy)
	}
	return f, failed("kiosk.takeLock", err)
}

func releaseLock(f *os.File) error {
	if f == nil {
		return nil
	}
	return f.Close()
}
