package counter

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"time"

	"loket/app"
	"loket/app/cose"
)

// Draft is a registration as far as it has come. It rests encrypted and in no journal; nothing of
// it leaves the kiosk.
type Draft struct {
	ID       string
	Form     Form
	Compared map[app.EntryID]Comparison // likely duplicates that a person has judged
	Parked   bool                       // "Tunda": put aside by somebody, not merely interrupted
	Reason   app.Code                   // why it could not be saved as a registration
	Operator string
	Event    string // at which it was typed last; "" at the branch
	Changed  time.Time
	With     uint32 // paid together with others: counter of the first of them; 0 alone
	Ticket   Ticket // of the queue
}

// Comparison is what a person says about two records that look alike.
type Comparison string

// The outcomes of comparing.
const (
	DifferentPerson Comparison = "different"  // orang berbeda, mis. kembar
	SamePerson      Comparison = "same"       // orang sama, NIK berbeda
	AskHeadOffice   Comparison = "ask_office" // tanya pusat
)

// NewDraft starts an empty registration.
func NewDraft(source app.Source) Draft {
	var id [8]byte
	rand.Read(id[:]) //nolint:errcheck // never fails since Go 1.24
	return Draft{ID: hex.EncodeToString(id[:]), Form: NewForm(source)}
}

// storedDraft is the encoded form; keys are never used again for something else.
type storedDraft struct {
	ID       string           `cbor:"1,keyasint"`
	Record   app.Record       `cbor:"2,keyasint"`
	Typed    map[Field]string `cbor:"3,keyasint,omitempty"`
	Compared []storedCompared `cbor:"4,keyasint,omitempty"`
	Parked   bool             `cbor:"5,keyasint,omitempty"`
	Reason   app.Code         `cbor:"6,keyasint,omitempty"`
	Operator string           `cbor:"7,keyasint,omitempty"`
	Changed  int64            `cbor:"8,keyasint"` // unix ms
	With     uint32           `cbor:"9,keyasint,omitempty"`
	Ticket   Ticket           `cbor:"10,keyasint,omitzero"`
	Event    string           `cbor:"11,keyasint,omitempty"`
}

type storedCompared struct {
	_           struct{} `cbor:",toarray"`
	Kiosk       app.Kiosk
	Incarnation app.Incarnation
	Seq         uint64
	Outcome     Comparison
}

func (d Draft) encode() ([]byte, error) {
	s := storedDraft{
		ID: d.ID, Record: d.Form.Record, Typed: d.Form.Typed, Parked: d.Parked,
		Reason: d.Reason, Operator: d.Operator, Changed: d.Changed.UnixMilli(), With: d.With, Ticket: d.Ticket, Event: d.Event,
	}
	for id, outcome := range d.Compared {
		s.Compared = append(s.Compared, storedCompared{Kiosk: id.Kiosk, Incarnation: id.Incarnation, Seq: id.Seq, Outcome: outcome})
	}
	return cose.Marshal(s)
}

func decodeDraft(b []byte) (Draft, error) {
	var s storedDraft
	if err := cose.UnmarshalOpen(b, &s); err != nil {
		return Draft{}, &app.Error{Code: app.DraftUnreadable, Op: "counter.decodeDraft", Err: err}
	}
	d := Draft{
		ID: s.ID, Form: Form{Record: s.Record, Typed: s.Typed}, Parked: s.Parked,
		Reason: s.Reason, Operator: s.Operator, Changed: time.UnixMilli(s.Changed), With: s.With, Ticket: s.Ticket, Event: s.Event,
	}
	for _, c := range s.Compared {
		id := app.EntryID{Chain: app.Chain{Kiosk: c.Kiosk, Incarnation: c.Incarnation}, Seq: c.Seq}
		d.settle(id, c.Outcome)
	}
	return d, nil
}

func (d *Draft) settle(id app.EntryID, outcome Comparison) {
	if d.Compared == nil {
		d.Compared = map[app.EntryID]Comparison{}
	}
	d.Compared[id] = outcome
}

// SaveDraft keeps a registration as it was typed so far. The screen calls it at each change; after
// it returns, a power cut loses nothing of what it was given.
func (c *Counter) SaveDraft(ctx context.Context, by app.Operator, d Draft) error {
	if err := by.May(app.TaskRegister); err != nil {
		return err
	}
	d.Operator, d.Event, d.Changed = by.ID, by.Event, c.clock.Now()
	b, err := d.encode()
	if err != nil {
		return err
	}
	return c.store.SaveDraft(ctx, d.ID, b)
}

// Park puts a draft aside, so that the next person can be served.
func (c *Counter) Park(ctx context.Context, by app.Operator, d Draft) error {
	d.Parked = true
	return c.SaveDraft(ctx, by, d)
}

// Resume takes a draft up again.
func (c *Counter) Resume(ctx context.Context, id string) (Draft, error) {
	all, err := c.Drafts(ctx)
	if err != nil {
		return Draft{}, err
	}
	i := slices.IndexFunc(all, func(d Draft) bool { return d.ID == id })
	if i < 0 {
		return Draft{}, app.Fail(app.DraftGone)
	}
	all[i].Parked = false
	return all[i], nil
}

// Discard clears a draft and gives back how it stood, so that SaveDraft can undo it.
func (c *Counter) Discard(ctx context.Context, id string) (Draft, error) {
	d, err := c.Resume(ctx, id)
	if err != nil {
		return Draft{}, err
	}
	return d, c.store.DeleteDraft(ctx, id)
}

// Drafts lists everything unfinished on this kiosk, the newest first; to who is here with an event pass, what
// was typed at that event. A draft that cannot be read any more is reported after the others were listed.
func (c *Counter) Drafts(ctx context.Context) ([]Draft, error) {
	if err := c.who.May(app.TaskRegister); err != nil {
		return nil, err
	}
	stored, err := c.store.Drafts(ctx)
	if err != nil {
		return nil, err
	}
	by := c.who()
	var drafts []Draft
	for _, b := range stored {
		d, broken := decodeDraft(b)
		if broken != nil {
			err = broken
			continue
		}
		if by.Tasks == nil || d.Event == by.Event {
			drafts = append(drafts, d)
		}
	}
	slices.SortFunc(drafts, func(a, b Draft) int { return b.Changed.Compare(a.Changed) })
	return drafts, err
}
