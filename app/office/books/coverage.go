package books

import (
	"time"

	"loket/app"
	"loket/app/sealed"
)

// Coverage is how far the workers of a region are covered: what head office's main books counted on
// a day, and whom Loket brought in since.
type Coverage struct {
	Region    string // regency or district: "64.71", "64.71.01"
	Workers   int    // people who work there
	Covered   int    // of them, on the day
	Target    int    // people
	AsOf      app.Date
	Added     int // accepted here since that day
	CountedAt time.Time
}

// Now is how many are covered with those whom Loket brought in.
func (c Coverage) Now() int { return c.Covered + c.Added }

// Percent is the part of the workers, to the nearest percent, but 100 only for all of them; -1 when
// nobody knows how many there are.
func (c Coverage) Percent(people int) int {
	switch {
	case c.Workers == 0:
		return -1
	case people >= c.Workers:
		return people * 100 / c.Workers
	}
	return min(99, (people*200+c.Workers)/(2*c.Workers))
}

// Told is the form that kiosks get.
func (c Coverage) Told() sealed.Coverage {
	day := c.AsOf
	if counted := Today(c.CountedAt); day.Before(counted) {
		day = counted
	}
	return sealed.Coverage{Region: c.Region, Covered: c.Now(), Target: c.Target, Workers: c.Workers, AsOf: day.ISO()}
}
