package kiosk

import (
	"time"

	"loket/app"
)

// A meter measures how much time passes, whatever the clock is set to. It never says too much: while the
// computer is off it stands still.
type meter struct {
	read func() int64 // ms
	anew bool         // begins at 0 when the computer starts
}

// meterOf is the time since the computer started. Under any other clock than the computer's own, that
// clock is all there is; set back, it begins anew from there.
func meterOf(clock app.Clock) meter {
	if c, over := clock.(interface{ Under() app.Clock }); over {
		clock = c.Under()
	}
	if _, own := clock.(app.SystemClock); own {
		return meter{read: func() int64 { return uptime().Milliseconds() }, anew: true}
	}
	return meter{read: func() int64 { return clock.Now().UnixMilli() }}
}

// since is how much surely passed since a reading. Anew says that the meter began anew after it, so that
// a new reading must be kept.
func (m meter) since(mark int64) (passed time.Duration, anew bool) {
	now := m.read()
	switch {
	case mark < 0:
		return 0, true
	case now >= mark:
		return time.Duration(now-mark) * time.Millisecond, false
	case m.anew: // at least since the start
		return time.Duration(now) * time.Millisecond, true
	}
	return 0, true
}
