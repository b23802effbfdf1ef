package card

import (
	"slices"
	"time"
)

// How often a kiosk may change its keys. The kiosk keeps to it before it changes them, and head office
// publishes no issuing key above it.
const (
	KeyChangesAMonth = 4
	KeyChangesAYear  = 24

	month = 30 * 24 * time.Hour
	year  = 365 * 24 * time.Hour
)

// NextKeyChange is the earliest moment at which a kiosk may change its keys, given when it changed them
// before, in any order; the zero time where nothing stands against it.
func NextKeyChange(before []time.Time) time.Time {
	changes := slices.SortedFunc(slices.Values(before), time.Time.Compare)
	var next time.Time
	for _, bound := range []struct {
		most   int
		within time.Duration
	}{{KeyChangesAMonth, month}, {KeyChangesAYear, year}} {
		if n := len(changes); n >= bound.most {
			if free := changes[n-bound.most].Add(bound.within); free.After(next) {
				next = free
			}
		}
	}
	return next
}
