package kiosk_test

import (
	"testing"
	"time"

	"loket/app"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

const day = 24 * time.Hour

// Known time does not fall below the newest entry, whichever way the clock goes back, also in steps too
// small for a clock.jumped and across restarts.
func TestKnownTimeNeverFallsBelowTheJournal(t *testing.T) {
	for _, tt := range []struct {
		name  string
		steps []time.Duration
	}{
		{"at once", []time.Duration{40 * day, -40 * day}},
		{"creeping", []time.Duration{40 * day, -time.Minute, -time.Minute, -time.Minute, -time.Minute}},
		{"back and forth", []time.Duration{40 * day, -80 * day, 50 * day, -100 * day}},
	} {
		clock, dir := storagetest.NewClock(), t.TempDir()
		s, err := kiosk.Open(t.Context(), dir, clock)
		must(t, err)
		_, first := founded(t, s)
		newest := clock.Now()
		for i, step := range tt.steps {
			clock.Add(step)
			must(t, s.Exported(t.Context(), first.Operator.Author(), app.ScopeDevice, 1))
			if now := clock.Now(); now.After(newest) {
				newest = now
			}
			must(t, s.Close())
			s, err = kiosk.Open(t.Context(), dir, clock)
			must(t, err)
			if known, err := s.KnownTime(t.Context()); err != nil || known.Before(newest) {
				t.Errorf("%s, step %d: known time %v, an entry is of %v, %v", tt.name, i, known, newest, err)
			}
		}
		if ahead, _, err := s.ClockGap(t.Context()); err != nil || (ahead > 0) != (newest.Sub(clock.Now()) > time.Hour) {
			t.Errorf("%s: told to be %v ahead, %v", tt.name, ahead, err)
		}
		must(t, s.Close())
	}
}

// A meter that begins anew with the computer makes no wait shorter or longer than what surely passed.
func TestAWaitOutlivesTheComputersRestart(t *testing.T) {
	s := storagetest.Open(t, t.TempDir(), storagetest.NewClock())
	_, first := founded(t, s)
	id, up := first.Operator.ID, 5*time.Hour
	s.MeterBy(func() time.Duration { return up })
	must(t, s.PutAttempts(t.Context(), id, 9, 10*time.Hour))
	for _, step := range []struct{ up, left time.Duration }{
		{6 * time.Hour, 9 * time.Hour},
		{time.Minute, 9*time.Hour - time.Minute}, // started again: only the minute is sure
		{2 * time.Hour, 7 * time.Hour},
		{time.Hour, 6 * time.Hour}, // and again
		{6*time.Hour + 59*time.Minute, time.Minute},
		{9 * time.Hour, 0},
	} {
		up = step.up
		_, left, err := s.Attempts(t.Context(), id)
		must(t, err)
		if left != step.left {
			t.Errorf("up %v: %v left, want %v", step.up, left, step.left)
		}
	}
}
