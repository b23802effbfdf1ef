package kiosk

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// attempt is the counter where the disk keeps nothing.
type attempt struct {
	wrong int
	until time.Time
}

// Attempts is how often an operator's PIN was wrong in a row, and until when the next try must
// wait. It survives restarts.
func (s *Store) Attempts(ctx context.Context, operator string) (wrong int, until time.Time, err error) {
	if kept, ok := s.tries.Load(operator); ok {
		a := kept.(attempt)
		return a.wrong, a.until, nil
	}
	var ms sql.NullInt64
	err = s.r.row(ctx, `SELECT wrong, until FROM pin_attempts WHERE operator = ?`, operator).Scan(&wrong, &ms)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, time.Time{}, nil
	}
	return wrong, moment(ms), failed("kiosk.Attempts", err)
}

// PutAttempts keeps the counter: before a try, so that pulling the plug does not undo it.
func (s *Store) PutAttempts(ctx context.Context, operator string, wrong int, until time.Time) error {
	if s.reading != "" { // nothing can be kept: the count lives as long as the program
		s.tries.Store(operator, attempt{wrong, until})
		return nil
	}
	var ms int64
	if !until.IsZero() {
		ms = until.UnixMilli()
	}
	return s.write(ctx, "kiosk.PutAttempts", func(t *tx) error {
		if wrong == 0 {
			return t.exec(`DELETE FROM pin_attempts WHERE operator = ?`, operator)
		}
		return t.exec(`INSERT INTO pin_attempts (operator, wrong, until) VALUES (?, ?, ?)
			ON CONFLICT (operator) DO UPDATE SET wrong = excluded.wrong, until = excluded.until`, operator, wrong, ms)
	})
}
