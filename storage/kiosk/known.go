package kiosk

import (
	"context"
	"time"

	"loket/app"
	"loket/app/journal"
)

// Known time is the latest of the clock, the newest time that head office has signed, and the newest
// entry of this journal: a clock set back gains nobody anything. Rules ask it; entries are stamped with
// the clock. Where head office found the clock ahead, that much is taken off it and off the entries
// since.

// knownAt is known time by a reading of the clock.
func (at state) knownAt(clock time.Time) time.Time {
	ms := max(clock.UnixMilli()-at.ahead, at.signed, at.peak)
	if at.seq > 0 {
		ms = max(ms, at.last-at.ahead)
	}
	return sameOr(clock, ms)
}

// sameOr is the reading of the clock itself where it counts, else another moment where the clock is.
func sameOr(clock time.Time, ms int64) time.Time {
	if ms == clock.UnixMilli() {
		return clock
	}
	return time.UnixMilli(ms).In(clock.Location())
}

// KnownTime is known time now, where the clock is.
func (s *Store) KnownTime(context.Context) (time.Time, error) {
	return s.stand().knownAt(s.clock.Now()), nil
}

// known is known time in a transaction.
func (t *tx) known() time.Time { return t.at.knownAt(t.now) }

// signedOrNow is when a card is issued: the later of the clock and the newest time that head office has
// signed. A card must not be issued before its key was allowed to: it would be taken for a forgery for
// ever, and all because a clock goes slow. Entries do not count: a clock that once was ahead must not
// date cards into the future.
func (t *tx) signedOrNow() time.Time {
	return sameOr(t.now, max(t.ms()-t.at.ahead, t.at.signed))
}

// signedTime notes a time that head office has signed.
func (t *tx) signedTime(at time.Time) error {
	if at.UnixMilli() <= t.at.signed {
		return nil
	}
	t.at.signed = at.UnixMilli()
	return t.exec(`UPDATE meta SET known = ?`, t.at.signed)
}

// notePeak keeps the newest entry's time when the next one is earlier: it is not the newest by its
// place any more.
func (t *tx) notePeak() error {
	peak := t.at.last - t.at.ahead
	if t.at.seq == 0 || t.ms() >= t.at.last || peak <= t.at.peak {
		return nil
	}
	t.at.peak = peak
	return t.exec(`UPDATE meta SET peak = ?`, peak)
}

// gapTold is how far known time is ahead before anybody is told: a clock that is set right by some
// minutes is no news.
const gapTold = time.Hour

// ClockGap is how far known time is ahead of the clock, because it once was, and how far ahead head
// office found the clock to be; 0 where that is less than an hour.
func (s *Store) ClockGap(context.Context) (ahead, fast time.Duration, err error) {
	at, now := s.stand(), s.clock.Now()
	fast = time.Duration(at.ahead) * time.Millisecond
	ahead = at.knownAt(now).Sub(now.Add(-fast))
	if ahead < gapTold {
		ahead = 0
	}
	if fast < gapTold {
		fast = 0
	}
	return ahead, fast, nil
}

// SetTime sets known time to what head office has just signed, downwards too: it answered a question that
// was laid out when the clock stood at asked. Where the clock was ahead of the answer even then, that much
// is taken off it from now on. A jump is an entry, clock.jumped, with known time before and now.
func (s *Store) SetTime(ctx context.Context, at, asked time.Time) error {
	return s.write(ctx, "kiosk.SetTime", func(t *tx) error {
		if t.at.chain == (app.Chain{}) {
			return app.Fail(app.StorageEmpty)
		}
		before, was := t.known().UnixMilli(), t.at.ahead
		ahead := min(asked.UnixMilli(), t.ms()) - at.UnixMilli()
		if ahead <= jump {
			ahead = 0
		}
		t.at.signed, t.at.peak, t.at.ahead = at.UnixMilli(), 0, ahead
		now := max(t.ms()-ahead, at.UnixMilli())
		if err := t.exec(`UPDATE meta SET known = ?, peak = 0, ahead = ?`, t.at.signed, ahead); err != nil {
			return err
		}
		if r := t.record(); r != nil {
			r.Known = at.UnixMilli()
		}
		if before-now <= jump && was == ahead && t.at.last-ahead <= now+jump {
			return nil
		}
		t.at.last = t.ms() // the entries before count no more
		_, err := t.add(app.Author{}, journal.ClockJumped, app.ScopeDevice, nil, journal.ClockBody{Before: before, Now: now}, nil)
		return err
	})
}
