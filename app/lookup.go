package app

import (
	"fmt"
	"time"
)

// LookupNumber is on the slip of somebody who asked whether a relative is insured: the kiosk, its
// incarnation and a counter of its own.
type LookupNumber struct {
	Chain
	Counter uint32
}

// String is the form that people read: "TK 00417-01-000005".
func (n LookupNumber) String() string {
	return fmt.Sprintf("TK %s-%02d-%06d", n.Kiosk.Digits(), n.Incarnation, n.Counter)
}

// Question is a family's question (J8): about whom, who asks, why, and how to reach them. All of it is
// personal data.
type Question struct {
	NIK      string // of the relative; or
	Name     string // with the birth date
	Born     Date
	Asker    string
	Relation string // Relations
	Phone    string // E.164 to call back, or
	Way      string // another way, in words
	Purpose  string // Purposes
}

// Relations are what an asker may be to the person.
var Relations = []string{"spouse", "child", "parent", "sibling", "other", "village"}

// Purposes are why somebody asks. They decide what the family needs to know.
var Purposes = []string{"died", "accident", "card", "know"}

// LookupState is how far a question has come.
type LookupState string

// The states of a question.
const (
	LookupTold     LookupState = "told"     // the answer was known here
	LookupWaiting  LookupState = "waiting"  // for head office
	LookupAnswered LookupState = "answered" // the family has not been told yet
	LookupClosed   LookupState = "closed"   // it has
)

// Finding is what may be said to a family. None of them is "no".
type Finding string

// The findings.
const (
	FindingCovered  Finding = "covered"   // since a day
	FindingEnded    Finding = "ended"     // on a day
	FindingAccepted Finding = "accepted"  // a participant; head office has not begun the cover
	FindingWaiting  Finding = "waiting"   // registered, not accepted yet
	FindingNotFound Finding = "not_found" // not in the books as they stood on a day
	FindingCome     Finding = "come"      // must be looked into with the family's papers
)

// Findings lists them.
var Findings = []Finding{FindingCovered, FindingEnded, FindingAccepted, FindingWaiting, FindingNotFound, FindingCome}

// FindingOf is what a registration's standing lets one say; come where it says nothing certain.
func FindingOf(state RegistrationState, cover Cover) Finding {
	switch {
	case state == Accepted && cover == CoverBegun:
		return FindingCovered
	case state == Accepted && cover == CoverEnded:
		return FindingEnded
	case state == Accepted:
		return FindingAccepted
	case state == Captured || state == NeedsReview:
		return FindingWaiting
	}
	return FindingCome
}

// LookupAnswer is what was found, and by whom.
type LookupAnswer struct {
	Finding Finding
	Day     Date // on which cover began or ended
	ByName  bool // found by name and birth date alone: another person may bear both
	Text    string
	At      time.Time // until when the books were known
}

// Lookup is a question with what came of it.
type Lookup struct {
	ID       EntryID
	Number   LookupNumber
	State    LookupState
	Question Question
	Answer   LookupAnswer // zero while it waits
	AskedAt  time.Time
	ClosedAt time.Time
	Operator string // who took the question
	How      string // how the family was told: CallBacks
}

// Mourned says whether the family has lost somebody, whatever was found.
func (q Question) Mourned() bool { return q.Purpose == "died" }

// CallBacks are how a family was told, or that it could not be.
var CallBacks = []string{"phone", "came", "message", "unreached"}
