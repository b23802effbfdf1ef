package journal

import (
	"time"

	"loket/app"
)

// EventBody is event.opened. Nothing in it is personal.
type EventBody struct {
	ID      string     `cbor:"1,keyasint"`
	Name    string     `cbor:"2,keyasint"`
	Village string     `cbor:"3,keyasint,omitempty"` // code
	Address string     `cbor:"4,keyasint,omitempty"`
	Partner string     `cbor:"5,keyasint,omitempty"`
	From    int64      `cbor:"6,keyasint"` // unix seconds
	Until   int64      `cbor:"7,keyasint"`
	PickUp  string     `cbor:"8,keyasint,omitempty"`
	Tasks   []app.Task `cbor:"9,keyasint"`
}

// EventBodyOf packs an event.
func EventBodyOf(e app.Event) EventBody {
	return EventBody{
		ID: e.ID, Name: e.Name, Village: e.Village, Address: e.Address, Partner: e.Partner,
		From: e.From.Unix(), Until: e.Until.Unix(), PickUp: e.PickUp, Tasks: e.Tasks,
	}
}

// Event is the event that the body speaks of, open.
func (b EventBody) Event() app.Event {
	return app.Event{
		ID: b.ID, Name: b.Name, Village: b.Village, Address: b.Address, Partner: b.Partner,
		From: time.Unix(b.From, 0), Until: time.Unix(b.Until, 0), PickUp: b.PickUp, Tasks: b.Tasks,
	}
}

// PassBody is event.pass-issued, by the supervisor who signed the pass. What unlocks is not in it.
type PassBody struct {
	Event string     `cbor:"1,keyasint"`
	ID    []byte     `cbor:"2,keyasint"` // 8 bytes
	Tasks []app.Task `cbor:"3,keyasint"`
	From  int64      `cbor:"4,keyasint"` // unix seconds
	Until int64      `cbor:"5,keyasint"`
	Hash  []byte     `cbor:"6,keyasint"` // SHA-256 of the signed pass
}

// JoinedBody is event.joined: somebody showed a pass. The operator.added before it tells who.
type JoinedBody struct {
	Event    string `cbor:"1,keyasint"`
	Pass     []byte `cbor:"2,keyasint"`
	Operator string `cbor:"3,keyasint"`
}

// EventClosedBody is event.closed: the figures that were on the table when the event was ended on
// this kiosk. Why they differ, in a person's words, is the personal part.
type EventClosedBody struct {
	Event       string   `cbor:"1,keyasint"`
	Registered  int      `cbor:"2,keyasint"`
	Slips       int      `cbor:"3,keyasint"`           // registrations whose slip was printed
	NoSlip      []uint32 `cbor:"4,keyasint,omitempty"` // counters of those without
	Drafts      int      `cbor:"5,keyasint"`
	Parked      int      `cbor:"6,keyasint"` // handovers that were not finished
	Handed      int      `cbor:"7,keyasint"`
	Unsent      int      `cbor:"8,keyasint"` // entries that only this kiosk holds
	Attachments int      `cbor:"9,keyasint"`
	SticksOut   int      `cbor:"10,keyasint"` // handed out for carrying post
	SticksBack  int      `cbor:"11,keyasint"`
	Passes      int      `cbor:"12,keyasint"`
	Joined      int      `cbor:"13,keyasint"` // passes that were used
}
