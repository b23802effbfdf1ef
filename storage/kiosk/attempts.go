package kiosk

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// attempt is the counter where the disk keeps nothing.
type attempt struct {
	wrong      int
	wait, mark int64 // ms; as the table has them
}

// Attempts is how often an operator's PIN was wrong in a row, and how long the next try must still
// wait. Both survive restarts.
func (s *Store) Attempts(ctx context.Context, operator string) (wrong int, left time.Duration, err error) {
	var a attempt
	if kept, ok := s.tries.Load(operator); ok {
		a = kept.(attempt)
	} else {
		err = s.r.row(ctx, `SELECT wrong, wait, mark FROM pin_attempts WHERE operator = ?`, operator).Scan(&a.wrong, &a.wait, &a.mark)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, nil
	}
	if err != nil {
		return 0, 0, failed("kiosk.Attempts", err)
	}
	passed, anew := s.meter.since(a.mark)
	left = max(0, time.Duration(a.wait)*time.Millisecond-passed)
	if left > 0 && (anew || passed > 0) { // what was waited so far is not lost when the meter begins anew
		err = s.PutAttempts(ctx, operator, a.wrong, left)
	}
	return a.wrong, left, err
}

// PutAttempts keeps the counter: before a try, so that pulling the plug does not undo it. The next try
// must wait so long.
func (s *Store) PutAttempts(ctx context.Context, operator string, wrong int, wait time.Duration) error {
	if s.reading != "" { // nothing can be kept: the count lives as long as the program
		s.tries.Store(operator, attempt{wrong, wait.Milliseconds(), s.meter.read()})
		return nil
	}
	return s.write(ctx, "kiosk.PutAttempts", func(t *tx) error {
		if wrong == 0 {
			return t.exec(`DELETE FROM pin_attempts WHERE operator = ?`, operator)
		}
		return t.exec(`INSERT INTO pin_attempts (operator, wrong, until, wait, mark) VALUES (?, ?, 0, ?, ?)
			ON CONFLICT (operator) DO UPDATE SET wrong = excluded.wrong, until = 0, wait = excluded.wait, mark = excluded.mark`,
			operator, wrong, wait.Milliseconds(), s.meter.read())
	})
}
