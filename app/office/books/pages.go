package books

import (
	"time"

	"loket/app"
	"loket/app/journal"
)

// Figures are the numbers of the console's first page.
type Figures struct {
	Kiosks      int
	Silent      int // kiosks not heard of for some days
	Batches     int // of today
	Today       int // registrations of today
	Waiting     int // for a review or a decision
	Duplicates  int // to decide; those of two payers apart
	Overlaps    int // people for whom two pay
	Quarantined int
	OddDates    int // registrations dated far from the day on which they arrived
	Alarms      int // batches that a copy of a kiosk may have sent
	Accepted    int
	Covered     int
	Handed      int
	Lookups     int // families' questions that wait for a person
}

// KioskRow is a line of the kiosks' page.
type KioskRow struct {
	Chain         app.Chain
	Branch        string
	Label         string
	EnrolledAt    time.Time // zero: invited, not yet here
	SeenAt        time.Time
	RevokedAt     time.Time
	Batches       int
	Registrations int
	MembersLeft   int
	SerialsLeft   int
}

// RegistrationRow is a line of the registrations' page. The record is personal and decrypted.
type RegistrationRow struct {
	app.Registration
	DecidedAt time.Time

	OddlyDated time.Time // when it arrived, where its own date lies far from that; else zero

	Cards    []app.Card
	Other    app.EntryID // of a duplicate: who holds the NIK
	Remarks  []Remark    // on a page of its own: the counter's word on look-alikes
	Unsigned bool        // on a page of its own: the operator has not signed for it
	History  []Amendment // on a page of its own: what was done about it afterwards, oldest first
}

// Amendment is what was done about a registration after it was made.
type Amendment struct {
	ID       app.EntryID
	Kind     journal.Kind
	Operator string
	At       time.Time
	Reason   string
	Fields   []string // changed or filled; of a review its outcome, of a consent its purpose
}

// Remark is what the counter judged about a registration and one that looks alike.
type Remark struct {
	Other    app.EntryID
	Outcome  string // different, same, ask_office
	Operator string
}

// BatchRow is a line of the batches' page.
type BatchRow struct {
	Chain       app.Chain
	Number      uint64
	First, Last uint64
	ReceivedAt  time.Time
	Applied     bool
	Quarantined int
	Size        int
}

// Filter narrows the registrations' page. Text is a NIK, a member number, a provisional number or
// part of a name.
type Filter struct {
	State app.RegistrationState
	Scope app.Scope // zeros: all
	Text  string
	Odd   bool // only those that are dated far from the day on which they arrived
	Limit int
}
