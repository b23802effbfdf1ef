package card

import (
	"slices"
	"time"

	"loket/app"
	"loket/app/cose"
)

// The bytes of a trust list of format 1: everything in one. It is read, and written no more.
type wireTrust struct {
	Format      uint              `cbor:"1,keyasint"`
	Epoch       uint64            `cbor:"2,keyasint"`
	Seq         uint64            `cbor:"3,keyasint"`
	Issued      int64             `cbor:"4,keyasint"`
	NextUpdate  int64             `cbor:"5,keyasint"`
	PageHash    []byte            `cbor:"6,keyasint,omitempty"`
	Keys        []wireKey         `cbor:"7,keyasint"`
	Certificate []byte            `cbor:"8,keyasint"`
	Branches    map[string]string `cbor:"9,keyasint,omitempty"`
}

type wireKey struct {
	_           struct{} `cbor:",toarray"`
	ID          []byte
	Public      []byte
	Branch      string
	Kiosk       uint32
	From        int64
	Until       int64
	VerifyUntil int64
	Revoked     *int64 // null: not revoked
	Serials     []SerialRange
	Accepted    []byte // marks of 8 bytes, ascending, one after another
}

// The bytes of the head of a list of format 2.
type wireHead struct {
	Format      uint   `cbor:"1,keyasint"`
	Epoch       uint64 `cbor:"2,keyasint"`
	Seq         uint64 `cbor:"3,keyasint"`
	Issued      int64  `cbor:"4,keyasint"`
	NextUpdate  int64  `cbor:"5,keyasint"`
	PageHash    []byte `cbor:"6,keyasint,omitempty"`
	Keys        []byte `cbor:"7,keyasint"` // hash of the object on top of the keys
	Certificate []byte `cbor:"8,keyasint"`
	Branches    []byte `cbor:"9,keyasint,omitempty"` // hash of the names
}

type wireNames struct {
	_     struct{} `cbor:",toarray"`
	Kind  string
	Names map[string]string
}

// readTrust reads the payload of a list of either format.
func readTrust(payload []byte, objects Objects) (*TrustList, error) {
	var peek struct {
		Format uint `cbor:"1,keyasint"`
	}
	if err := cose.UnmarshalOpen(payload, &peek); err != nil {
		return nil, err
	}
	if peek.Format != 2 {
		var w wireTrust
		if err := cose.Unmarshal(payload, &w); err != nil {
			return nil, err
		}
		return w.trust()
	}
	var w wireHead
	if err := cose.Unmarshal(payload, &w); err != nil {
		return nil, err
	}
	return w.trust(objects)
}

func (w *wireHead) trust(objects Objects) (*TrustList, error) {
	if !instant(w.Issued) || !instant(w.NextUpdate) || w.NextUpdate <= w.Issued || len(w.Keys) != 32 ||
		len(w.PageHash) != 0 && len(w.PageHash) != 32 || len(w.Branches) != 0 && len(w.Branches) != 32 {
		return nil, app.Fail(app.TrustList)
	}
	t := &TrustList{
		Epoch: w.Epoch, Seq: w.Seq, Issued: time.Unix(w.Issued, 0).UTC(), NextUpdate: time.Unix(w.NextUpdate, 0).UTC(),
		PageHash: w.PageHash, Certificate: w.Certificate, top: [32]byte(w.Keys), objects: objects,
	}
	if len(w.Branches) == 32 && objects[[32]byte(w.Branches)] != nil {
		var names wireNames
		if err := cose.Unmarshal(objects[[32]byte(w.Branches)], &names); err != nil {
			return nil, err
		}
		if names.Kind != namesObject {
			return nil, app.Fail(app.TrustList)
		}
		t.Branches = names.Names
	}
	return t, t.readKeys(t.top, 0, 0)
}

func (w *wireTrust) trust() (*TrustList, error) {
	if w.Format != 1 || !instant(w.Issued) || !instant(w.NextUpdate) || w.NextUpdate <= w.Issued ||
		len(w.PageHash) != 0 && len(w.PageHash) != 32 {
		return nil, app.Fail(app.TrustList)
	}
	t := &TrustList{
		Epoch: w.Epoch, Seq: w.Seq, Issued: time.Unix(w.Issued, 0).UTC(), NextUpdate: time.Unix(w.NextUpdate, 0).UTC(),
		PageHash: w.PageHash, Branches: w.Branches, Certificate: w.Certificate,
	}
	for i := range w.Keys {
		k, err := w.Keys[i].key()
		if err != nil {
			return nil, err
		}
		t.Keys = append(t.Keys, k)
	}
	return t, nil
}

func (w *wireKey) key() (Key, error) {
	k := Key{
		Public: w.Public, Branch: w.Branch, Kiosk: app.Kiosk(w.Kiosk), Serials: w.Serials, inline: true,
		From: time.Unix(w.From, 0).UTC(), Until: time.Unix(w.Until, 0).UTC(), VerifyUntil: time.Unix(w.VerifyUntil, 0).UTC(),
	}
	sound := cose.SoundKey(w.Public) == nil && sameKeyID(w.ID, w.Public) &&
		instant(w.From) && instant(w.Until) && instant(w.VerifyUntil) && w.From < w.Until && len(w.Accepted)%8 == 0
	if w.Revoked != nil {
		k.Revoked = time.Unix(*w.Revoked, 0).UTC()
		sound = sound && instant(*w.Revoked)
	}
	for _, r := range w.Serials {
		sound = sound && r.First > 0 && r.First <= r.Last
	}
	if !sound {
		return Key{}, app.Fail(app.TrustList)
	}
	for mark := range slices.Chunk(w.Accepted, 8) {
		k.Accepted = append(k.Accepted, [8]byte(mark))
	}
	return k, nil
}

// instant says whether seconds since 1970 can be a date.
func instant(unix int64) bool { return unix >= 0 && unix <= maxUnix }
