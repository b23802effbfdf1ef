package desk

import (
	"sync/atomic"
	"time"

	"loket/app"
	"loket/app/region"
	"loket/app/sealed"
)

// branchClock is the computer's clock in the zone of the branch, whatever zone the computer is set to:
// screens and papers show the hour that the people in front of them have on their wrists.
type branchClock struct {
	app.Clock
	zone *atomic.Pointer[time.Location]
}

func atBranch(c app.Clock) branchClock {
	if b, is := c.(branchClock); is {
		return b
	}
	return branchClock{c, new(atomic.Pointer[time.Location])}
}

// Now is the clock's time.
func (c branchClock) Now() time.Time {
	now := c.Clock.Now()
	if zone := c.zone.Load(); zone != nil {
		return now.In(zone)
	}
	return now.In(nearest(now))
}

// Under is the clock itself.
func (c branchClock) Under() app.Clock { return c.Clock }

// follow takes the zone of the branch's own regency from head office's settings.
func (c branchClock) follow(s sealed.Settings) {
	if len(s.Regencies) > 0 {
		c.zone.Store(region.Zone(s.Regencies[0]))
	}
}

// nearest is the computer's own zone before head office has said which branch this is, where that is one of
// Indonesia's, else the capital's.
func nearest(now time.Time) *time.Location {
	switch _, offset := now.Zone(); offset {
	case 7 * 3600, 8 * 3600, 9 * 3600:
		return now.Location()
	}
	return region.Zone("")
}
