package kiosk

import (
	"database/sql"
	"time"

	"loket/app"
)

// scanner is one row: *sql.Row and *sql.Rows.
type scanner interface{ Scan(into ...any) error }

// collect reads every row of an answer and closes it.
func collect[T any](op string, rows *sql.Rows, read func(scanner) (T, error)) ([]T, error) {
	var all []T
	for rows.Next() {
		v, err := read(rows)
		if err != nil {
			return nil, failed(op, both(err, rows.Close()))
		}
		all = append(all, v)
	}
	return all, failed(op, both(rows.Err(), rows.Close()))
}

// each gives the registrations of an answer one by one, and closes it. Whoever stops hears nothing more:
// not even that the answer was broken off, as it is when somebody signs out meanwhile.
func (s *Store) each(rows *sql.Rows, op string, yield func(app.Registration, error) bool) {
	for rows.Next() {
		r, err := s.registrationOf(rows)
		if !yield(r, failed(op, err)) {
			rows.Close() //nolint:errcheck,gosec // nobody awaits the rest
			return
		}
	}
	if err := both(rows.Err(), rows.Close()); err != nil {
		yield(app.Registration{}, failed(op, err))
	}
}

// moment reads unix milliseconds; 0 and NULL are no time.
func moment(ms sql.NullInt64) time.Time {
	if !ms.Valid || ms.Int64 == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms.Int64)
}
