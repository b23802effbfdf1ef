// Package journal is the form of Loket's one log: entries in canonical CBOR, their personal parts
// kept apart, and the hash chain that finds any changed, removed or inserted entry. It holds no
// state; storage keeps the rows. The bytes are written down in docs/journal.cddl.
package journal

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"time"

	"github.com/fxamacker/cbor/v2"

	"loket/app"
	"loket/app/cose"
)

// Version of the entry format.
const Version = 1

// Entry is one thing that happened. It never holds personal data: what is personal stands in the
// Part beside it, named here by its hash.
type Entry struct {
	V           uint            `cbor:"1,keyasint"`
	Kiosk       app.Kiosk       `cbor:"2,keyasint"`
	Incarnation app.Incarnation `cbor:"3,keyasint"`
	Seq         uint64          `cbor:"4,keyasint"` // contiguous from 1
	At          int64           `cbor:"5,keyasint"` // unix milliseconds by the kiosk's clock
	Boot        uint64          `cbor:"6,keyasint"` // counts the program's starts; order never depends on At
	Operator    string          `cbor:"7,keyasint,omitempty"`
	Agency      string          `cbor:"8,keyasint,omitempty"`
	Event       string          `cbor:"9,keyasint,omitempty"`
	Scope       app.Scope       `cbor:"10,keyasint"`
	Kind        Kind            `cbor:"11,keyasint"`
	Subject     Subject         `cbor:"12,keyasint,omitempty"`
	Body        cbor.RawMessage `cbor:"13,keyasint,omitempty"`
	Personal    []byte          `cbor:"14,keyasint,omitempty"` // SHA-256(salt || part), 32 bytes
}

// Subject is what the entry is about, as short bytes: a serial, an entry, a hash.
type Subject = []byte

// ID names the entry.
func (e Entry) ID() app.EntryID {
	return app.EntryID{Chain: app.Chain{Kiosk: e.Kiosk, Incarnation: e.Incarnation}, Seq: e.Seq}
}

// Time is when the kiosk's clock said that it happened.
func (e Entry) Time() time.Time { return time.UnixMilli(e.At) }

// Encode gives the canonical bytes.
func (e Entry) Encode() ([]byte, error) {
	b, err := cose.Marshal(e)
	return b, refused(err)
}

// Decode reads an entry and refuses anything that is not in canonical form.
func Decode(b []byte) (Entry, error) {
	var e Entry
	if err := cose.Unmarshal(b, &e); err != nil {
		return Entry{}, refused(err)
	}
	// A field that should be left out, or a scope of another length, is read without complaint: only
	// the way back shows it.
	again, err := cose.Marshal(e)
	if err != nil || !bytes.Equal(again, b) {
		return Entry{}, app.Fail(app.JournalBadEntry)
	}
	return e, e.check()
}

func (e Entry) check() error {
	switch {
	case e.V != Version, e.Seq == 0, e.Incarnation == 0, e.Kind == 0, e.At <= 0, len(e.Personal) != 0 && len(e.Personal) != sha256.Size, len(e.Subject) > 64:
		return app.Fail(app.JournalBadEntry)
	}
	return nil
}

// Into reads the entry's body into a body of its kind.
func (e Entry) Into(body any) error {
	return refused(cose.UnmarshalOpen(e.Body, body))
}

// Part is the personal part of an entry: CBOR and the random salt that keeps its hash from being
// guessed. Both can be purged, and the chain still checks.
type Part struct {
	Salt [16]byte
	Body []byte
}

// NewPart encodes a personal part with a fresh salt.
func NewPart(body any) (Part, error) {
	b, err := cose.Marshal(body)
	if err != nil {
		return Part{}, refused(err)
	}
	p := Part{Body: b}
	_, err = rand.Read(p.Salt[:])
	return p, err
}

// Hash is what the entry carries in its personal field.
func (p Part) Hash() [32]byte {
	h := sha256.New()
	h.Write(p.Salt[:])
	h.Write(p.Body)
	return [32]byte(h.Sum(nil))
}

// Into reads the part.
func (p Part) Into(body any) error {
	return refused(cose.UnmarshalOpen(p.Body, body))
}

// Body encodes an entry's body.
func Body(v any) (cbor.RawMessage, error) {
	if v == nil {
		return nil, nil
	}
	b, err := cose.Marshal(v)
	return b, refused(err)
}

// refused gives what the codec found wrong the journal's own code.
func refused(err error) error {
	if err == nil {
		return nil
	}
	return &app.Error{Code: app.JournalBadEntry, Op: "journal", Err: err}
}
