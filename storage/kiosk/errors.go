package kiosk

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"strings"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"loket/app"
)

// failed gives what the driver or the file system reports a code that people can act on, and says
// where it happened. A nil error stays nil; an error with a code keeps it.
func failed(op string, err error) error {
	if err == nil {
		return nil
	}
	return app.Wrap(op, codeOf(err), err)
}

func codeOf(err error) app.Code {
	var se *sqlite.Error
	switch {
	case errors.As(err, &se):
		return codeOfDriver(se.Code())
	case errors.Is(err, sql.ErrNoRows), errors.Is(err, fs.ErrNotExist):
		return app.NotFound
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return app.Cancelled
	case errors.Is(err, fs.ErrPermission):
		return app.StorageReadOnly
	}
	if strings.HasPrefix(err.Error(), "sql: Scan error") {
		return app.StorageDamaged // NULL or a text where the schema has a number: the disk has written it, not we
	}
	return codeOfSystem(err)
}

// codeOfDriver reads SQLite's primary result code, which is the low byte of the extended one.
func codeOfDriver(code int) app.Code {
	switch code & 0xff {
	case lib.SQLITE_FULL:
		return app.StorageFull
	case lib.SQLITE_READONLY, lib.SQLITE_PERM, lib.SQLITE_CANTOPEN:
		return app.StorageReadOnly
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB, lib.SQLITE_FORMAT:
		return app.StorageDamaged
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return app.StorageBusy
	case lib.SQLITE_IOERR:
		return app.StorageFailing
	case lib.SQLITE_INTERRUPT:
		return app.Cancelled
	}
	return app.Internal
}
