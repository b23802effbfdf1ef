package books

import (
	"loket/app"
	"loket/app/journal"
)

// EventRow is an event on one kiosk. Figures are head office's own, from the entries that came; Told
// is what the kiosk said when it ended the event there.
type EventRow struct {
	Event      app.Event
	Chain      app.Chain
	Passes     int
	Joined     int
	Registered int
	Handed     int
	Told       journal.EventClosedBody
}

// Missing is how many registrations the kiosk told of that have not come yet.
func (r EventRow) Missing() int {
	if r.Event.Open() {
		return 0
	}
	return max(r.Told.Registered-r.Registered, 0)
}
