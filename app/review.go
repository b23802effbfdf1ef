package app

import "time"

// ReviewMark is how the review of a flagged registration stands at the counter.
type ReviewMark struct {
	By       string    // operator ID of the last supervisor; "" nobody has looked yet
	At       time.Time // when
	SentBack bool      // waits for a correction, and for another review after it
	Reason   Code      // why it was sent back
	Note     string    // in the supervisor's own words
}

// WorkList names a list of registrations that wait for somebody.
type WorkList string

// The lists.
const (
	WorkIncomplete WorkList = "incomplete" // lack what can be filled in afterwards
	WorkReview     WorkList = "review"     // flagged, for a supervisor
	WorkSentBack   WorkList = "sent_back"  // for who made them
)
