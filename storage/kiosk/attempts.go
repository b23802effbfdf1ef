package kiosk

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Attempts is how often an operator's PIN was wrong in a row, and how long the next try must still
// wait. Both survive restarts.
func (s *Store) Attempts(ctx context.Context, operator string) (wrong int, left time.Duration, err error) {
	var a attempt
	if kept, ok := s.tries.Load(operator); ok {
		a = kept.(attempt)
	} else if now, on := s.held(); on {
		a = now.tryOf(operator, s.guard.since)
	} else {
		err = s.r.row(ctx, `SELECT wrong, wait, mark FROM pin_attempts WHERE operator = ?`, operator).Scan(&a.Wrong, &a.Wait, &a.Mark)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, nil
	}
	if err != nil {
		return 0, 0, failed("kiosk.Attempts", err)
	}
	passed, anew := s.meter.since(a.Mark)
	left = max(0, time.Duration(a.Wait)*time.Millisecond-passed)
	if left > 0 && (anew || passed > 0) { // what was waited so far is not lost when the meter begins anew
		err = s.PutAttempts(ctx, operator, a.Wrong, left)
	}
	return a.Wrong, left, err
}

// PutAttempts keeps the counter: before a try, so that pulling the plug does not undo it. The next try
// must wait so long.
func (s *Store) PutAttempts(ctx context.Context, operator string, wrong int, wait time.Duration) error {
	if s.reading != "" { // nothing can be kept: the count lives as long as the program
		s.tries.Store(operator, attempt{Wrong: wrong, Wait: wait.Milliseconds(), Mark: s.meter.read()})
		return nil
	}
	return s.write(ctx, "kiosk.PutAttempts", func(t *tx) error {
		r := t.record()
		if wrong == 0 {
			if r != nil {
				delete(r.Tries, operator)
			}
			return t.exec(`DELETE FROM pin_attempts WHERE operator = ?`, operator)
		}
		a := attempt{Wrong: wrong, Wait: wait.Milliseconds(), Mark: s.meter.read()}
		if r != nil {
			r.Tries[operator] = a
		}
		return t.putTry(operator, a)
	})
}

// Where the record is lost, everybody waits from the start of the program as after the last free try.
const (
	lostWrong = 5
	lostWait  = 30_000 // ms
)

func (t truth) tryOf(operator string, since int64) attempt {
	a, ok := t.Tries[operator]
	if !ok && t.Lost {
		return attempt{Wrong: lostWrong, Wait: lostWait, Mark: since}
	}
	return a
}
