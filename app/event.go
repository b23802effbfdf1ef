package app

import (
	"strings"
	"time"
)

// Event is a place and some hours at which people are signed up away from the branch: a bazaar, a
// village meeting. Nothing in it is personal.
type Event struct {
	ID      string // short; stands in each entry that is made there
	Name    string // "Bazar UMKM Manggar"
	Village string // code, "64.71.01.1003"; "" when the address says enough
	Address string
	Partner string // one of Partners, or other words
	From    time.Time
	Until   time.Time
	PickUp  string // where cards are fetched afterwards
	Tasks   []Task // what passes may include
	Opened  EntryID
	Closed  time.Time // zero while it is open
}

// Partners are the institutions that branches work with most; another one is written in words.
var Partners = []string{"trade_office", "coop_office", "hipni", "rumah_bumn", "bank_indonesia"}

// Open says whether the event was not closed yet.
func (e Event) Open() bool { return e.Closed.IsZero() }

// Running says whether a moment lies within the hours.
func (e Event) Running(at time.Time) bool { return !at.Before(e.From) && at.Before(e.Until) }

// EventIDSize is how many letters and digits name an event.
const EventIDSize = 6

// eventLetters are those of an event's name: no 0, 1, 8, 9, which are taken for letters.
const eventLetters = "abcdefghijklmnopqrstuvwxyz234567"

// EventIDOf cleans an event's code as somebody typed it; "" when it is none.
func EventIDOf(text string) string {
	id := strings.ToLower(strings.Join(strings.Fields(text), ""))
	if len(id) != EventIDSize || strings.Trim(id, eventLetters) != "" {
		return ""
	}
	return id
}
