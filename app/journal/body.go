package journal

import (
	"loket/app"
	"loket/app/cose"
)

// Bodies of entries, by kind. Keys are never used again for something else.

// RegistrationBody is the open half of registration.captured: nothing in it is personal.
type RegistrationBody struct {
	Counter uint32 `cbor:"1,keyasint"`           // of the provisional number
	Member  string `cbor:"2,keyasint,omitempty"` // member number taken from the kiosk's lease
	Review  string `cbor:"3,keyasint,omitempty"` // code for which a supervisor must look at it
	Rules   string `cbor:"4,keyasint,omitempty"` // version of the rule set that judged it
	Group   uint32 `cbor:"5,keyasint,omitempty"` // counter of the first of those that are paid together

	// Of a sponsor's list:
	Row  []byte `cbor:"6,keyasint,omitempty"` // commitment to the row, 32 bytes
	List uint32 `cbor:"7,keyasint,omitempty"` // version of the programme's list
	Line uint32 `cbor:"8,keyasint,omitempty"` // row of the sheet, or line of the text file
}

// ComparedBody is registration.compared: what a person judged about a new registration and one that
// looks alike.
type ComparedBody struct {
	Registration uint64          `cbor:"1,keyasint"` // seq of the new one, on this chain
	Kiosk        app.Kiosk       `cbor:"2,keyasint"`
	Incarnation  app.Incarnation `cbor:"3,keyasint"`
	Seq          uint64          `cbor:"4,keyasint"`
	Outcome      string          `cbor:"5,keyasint"` // different, same, ask_office
}

// Other names the entry of the one that looks alike.
func (c ComparedBody) Other() app.EntryID {
	return app.EntryID{Chain: app.Chain{Kiosk: c.Kiosk, Incarnation: c.Incarnation}, Seq: c.Seq}
}

// DecisionBody is head office's word on a registration: registration.decided, and the decision
// frame.
type DecisionBody struct {
	Kiosk       app.Kiosk       `cbor:"1,keyasint"`
	Incarnation app.Incarnation `cbor:"2,keyasint"`
	Seq         uint64          `cbor:"3,keyasint"`
	Outcome     Outcome         `cbor:"4,keyasint"`
	Member      string          `cbor:"5,keyasint,omitempty"`
	Reason      string          `cbor:"6,keyasint,omitempty"` // code
	From        string          `cbor:"7,keyasint,omitempty"` // day on which cover begins or ends
	At          int64           `cbor:"8,keyasint"`           // unix ms at head office
}

// Registration names the entry that was decided.
func (d DecisionBody) Registration() app.EntryID {
	return app.EntryID{Chain: app.Chain{Kiosk: d.Kiosk, Incarnation: d.Incarnation}, Seq: d.Seq}
}

// Outcome is what head office decided.
type Outcome uint8

// The outcomes.
const (
	OutcomeAccepted   Outcome = 1
	OutcomeDuplicate  Outcome = 2
	OutcomeRejected   Outcome = 3
	OutcomeCoverBegun Outcome = 4
	OutcomeCoverEnded Outcome = 5
)

// CardBody is a card that was queued or reissued: a serial for a registered person.
type CardBody struct {
	Serial       uint32 `cbor:"1,keyasint"`
	Registration uint64 `cbor:"2,keyasint"` // seq on the same chain
	Member       string `cbor:"3,keyasint"`
	Generation   int    `cbor:"4,keyasint"`
	Hash         []byte `cbor:"5,keyasint"`           // SHA-256 of the COSE bytes
	Replaces     uint32 `cbor:"6,keyasint,omitempty"` // the serial before
}

// CardMoveBody is a card.sent, confirmed, spoiled or lost.
type CardMoveBody struct {
	Serial uint32 `cbor:"1,keyasint"`
	How    string `cbor:"2,keyasint,omitempty"` // confirmed: "scan" or "word"
	Reason string `cbor:"3,keyasint,omitempty"` // spoiled, lost
}

// HandoverBody is the open half of handover.done.
type HandoverBody struct {
	Serial   uint32     `cbor:"1,keyasint"`
	Hash     []byte     `cbor:"2,keyasint"` // SHA-256 of the COSE bytes scanned at that moment
	Receiver string     `cbor:"3,keyasint"`
	Level    int        `cbor:"4,keyasint"`
	Evidence []FileBody `cbor:"5,keyasint,omitempty"`
}

// FileBody names an attachment: by the hash of its plain bytes.
type FileBody struct {
	Kind string `cbor:"1,keyasint"`
	Hash []byte `cbor:"2,keyasint"`
	Size int64  `cbor:"3,keyasint"`
}

// ReceiverPart is the personal half of handover.done.
type ReceiverPart struct {
	Name     string `cbor:"1,keyasint,omitempty"`
	Relation string `cbor:"2,keyasint,omitempty"`
}

// OperatorBody is an operator who may work here; the name is the personal part.
type OperatorBody struct {
	ID     string `cbor:"1,keyasint"`
	Role   string `cbor:"2,keyasint"`
	Agency string `cbor:"3,keyasint"`
	Key    []byte `cbor:"4,keyasint"` // Ed25519
}

// NamePart is the personal half of operator.added.
type NamePart struct {
	Name string `cbor:"1,keyasint"`
}

// LetInBody is batch.let-in, in head office's own journal: two people took in what a revoked life sent late.
type LetInBody struct {
	Second string `cbor:"1,keyasint"` // account of who said so first; the other is the author
	Batch  uint64 `cbor:"2,keyasint"`
}

// RestoredBody is operator.restored: somebody who forgot the PIN goes on under a new key. Without an
// old operator it was head office's recovery. In head office's own journal it says who answered
// which request, and the subject is the kiosk.
type RestoredBody struct {
	Old     string `cbor:"1,keyasint,omitempty"`
	New     string `cbor:"2,keyasint,omitempty"`
	Second  string `cbor:"3,keyasint,omitempty"` // account of the second person; the first is the author
	Request string `cbor:"4,keyasint,omitempty"` // its code
}

// AttestationBody is an operator's signature over [operator, first, last, head]: it covers only
// that operator's own entries in the range.
type AttestationBody struct {
	Operator  string `cbor:"1,keyasint"`
	First     uint64 `cbor:"2,keyasint"`
	Last      uint64 `cbor:"3,keyasint"`
	Head      []byte `cbor:"4,keyasint"`
	Signature []byte `cbor:"5,keyasint"`
}

// BatchBody is post.sealed, receipted or rejected.
type BatchBody struct {
	Number   uint64 `cbor:"1,keyasint"`
	First    uint64 `cbor:"2,keyasint,omitempty"`
	Last     uint64 `cbor:"3,keyasint,omitempty"`
	Identity []byte `cbor:"4,keyasint"`
	Reason   string `cbor:"5,keyasint,omitempty"`
}

// AgainBody is post.asked-again. At head office the second person stands beside the author; at the
// kiosk, how many batches it is.
type AgainBody struct {
	From    uint64 `cbor:"1,keyasint"`
	Second  string `cbor:"2,keyasint,omitempty"`
	Batches uint64 `cbor:"3,keyasint,omitempty"`
}

// BooksBody is books.restored: when the backup was made and when it was restored, unix ms.
type BooksBody struct {
	Made int64 `cbor:"1,keyasint"`
	At   int64 `cbor:"2,keyasint"`
}

// FeedBody is feed.applied: it brackets the entries that follow.
type FeedBody struct {
	Number uint64 `cbor:"1,keyasint"`
	Hash   []byte `cbor:"2,keyasint"`
	Issued int64  `cbor:"3,keyasint"`
	Kind   string `cbor:"4,keyasint"`
	Epoch  uint64 `cbor:"5,keyasint,omitempty"` // of the feed; left out for the first
}

// ClockBody is clock.jumped: the clock of the entry before, and the clock now, in unix ms.
type ClockBody struct {
	Before int64 `cbor:"1,keyasint"`
	Now    int64 `cbor:"2,keyasint"`
}

// TamperedBody is vault.tampered: names of what this computer keeps for itself and found changed, such as
// "office.roots", "pin.tries", "operators/k7m2".
type TamperedBody struct {
	What []string `cbor:"1,keyasint"`
}

// LeaseBody is a range of member numbers or card serials that head office lent.
type LeaseBody struct {
	Kind    string   `cbor:"1,keyasint"` // member or serial
	First   uint64   `cbor:"2,keyasint"`
	Last    uint64   `cbor:"3,keyasint"`
	Expires int64    `cbor:"4,keyasint"` // unix ms
	Epoch   uint64   `cbor:"5,keyasint"`
	Blocks  []uint64 `cbor:"6,keyasint,omitempty"` // serials: first index of each block of 64
}

// DeviceBody is device.enrolled or started.
type DeviceBody struct {
	Key     []byte `cbor:"1,keyasint,omitempty"`
	Issuing []byte `cbor:"2,keyasint,omitempty"`
	Version string `cbor:"3,keyasint,omitempty"`
}

// AttestedBytes is what an operator's key signs: CBOR [label, operator, first, last, head].
func (a AttestationBody) AttestedBytes() ([]byte, error) {
	b, err := cose.Marshal([]any{"loket/attest", a.Operator, a.First, a.Last, a.Head})
	return b, refused(err)
}
