// Package books is what head office keeps: kiosks and their chains, batches, registrations with
// what was decided, cards, leases and published lists. It is the language in which head office and
// its store speak; it touches nothing.
package books

import (
	"crypto/ed25519"
	"time"

	"loket/app"
	"loket/app/sealed"
)

// Clerk does for the store what needs head office's keys, so that no key lies in the database. It
// works inside the store's transactions: what it signs is stored with what it speaks of.
type Clerk interface {
	Frame(f sealed.Frame, to []byte) (Signed, error)
	Receipt(r sealed.Receipt) ([]byte, error)
	Hide(place string, plain []byte) ([]byte, error) // for personal columns
	Show(place string, hidden []byte) ([]byte, error)
	Index(kind, value string) []byte // blind index, 16 bytes
	List(d Draft) (Published, error)
}

// Signed is a frame as it leaves, and until when its certificate, of an epoch, holds.
type Signed struct {
	File  []byte
	Hash  [32]byte
	Epoch uint64
	Until time.Time
}

// Policy is how much is lent to a kiosk, and for how long its keys and leases hold.
type Policy struct {
	FirstMember  uint64 // where member numbers begin
	MemberBlock  int    // numbers a lease
	SerialBlocks int    // runs of blocks a lease; see SerialRun
	SerialRun    int    // blocks of 64 serials that are lent side by side: a power of two, 16 where programmes print runs; 0 is 1
	Lease        time.Duration
	Authority    time.Duration // work without news
	Issuing      time.Duration // of an issuing key
	Verify       time.Duration // how long after that its cards can be verified
	ListLife     time.Duration // until the next trust and status lists
	ListEvery    time.Duration // between two versions of one list, however much changes
	Settings     sealed.Settings
}

// Guest is whom an enrolment token is for. Kiosk 0 takes the next free number.
type Guest struct {
	Kiosk      app.Kiosk
	BranchCode string
	BranchName string
	Label      string

	BranchAddress string // for slips that say where to go; "" is not known

	Stolen bool // the computer before was lost or stolen: its lives are revoked in the same act
}

// Invitation is an enrolment token before and after use.
type Invitation struct {
	Chain      app.Chain
	BranchCode string
	BranchName string
	Label      string
	Secret     [16]byte
	Expires    time.Time
	By         string // account

	BranchAddress string

	Stolen bool // see Guest
}

// Enrolment is a proven request together with head office's signed answer.
type Enrolment struct {
	Request sealed.Request
	Hash    [32]byte // of the request's bytes
	Answer  []byte
	At      time.Time
}

// Chain is an enrolled kiosk in one of its lives.
type Chain struct {
	app.Chain
	BranchCode string
	BranchName string
	Device     ed25519.PublicKey
	Opening    []byte
	EnrolledAt time.Time
	SeenAt     time.Time // heard of, to some minutes
	Current    bool      // the kiosk's latest life
	ClosedAt   time.Time // when a later life began; zero: none did
	Suspended  time.Time // by one person, until a second one decides; zero: not suspended
	RevokedAt  time.Time // of this life; zero: not revoked
	IssueUntil time.Time // until which its key may make cards
	Former     []FormerKey
}

// Stopped says why a life may neither send nor fetch: it was revoked, or is suspended. "" it may.
func (c Chain) Stopped() app.Code {
	switch {
	case !c.RevokedAt.IsZero():
		return app.OfficeRevoked
	case !c.Suspended.IsZero():
		return app.OfficeSuspended
	}
	return ""
}

// FormerKey is a device key that was replaced, and the last entry that it signs for.
type FormerKey struct {
	Through uint64
	Device  ed25519.PublicKey
}

// Delivery is a batch that was opened and proven, as it arrived.
type Delivery struct {
	Batch *sealed.Batch
	Raw   []byte
	At    time.Time
	Ready any  // what the store worked out before its turn; nil: it does so then
	Stick bool // it came by stick, with all that its kiosk had
}

// Attachment is a file that was opened and has its hash.
type Attachment struct {
	Chain app.Chain
	Hash  [32]byte
	Plain []byte
	At    time.Time
}

// Ruling is a person's decision in the console.
type Ruling struct {
	Registration app.EntryID
	Accept       bool     // as a person of its own, although the NIK is taken
	Reason       app.Code // of a refusal
	By           string
	At           time.Time
}

// Zone is Central Indonesian Time (WITA), by which head office's days begin.
var Zone = time.FixedZone("WITA", 8*3600)

// Today is the day at head office.
func Today(at time.Time) app.Date { return app.DateOf(at.In(Zone)) }

// Covered counts what an order to begin cover did: cover on a later day is only planned.
type Covered struct {
	Begun   int
	Planned int
}

// RecoveryWord is that two people answered a kiosk's request for its data key.
type RecoveryWord struct {
	Chain         app.Chain
	First, Second string // accounts
	Code          string // of the request
	At            time.Time
}
