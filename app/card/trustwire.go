package card

import (
	"bytes"
	"slices"
	"time"

	"loket/app"
	"loket/app/cose"
)

// The bytes of a trust list, as in docs/card.cddl.
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

func (k *Key) wire() wireKey {
	id := cose.KeyIDOf(k.Public)
	w := wireKey{
		ID: id[:], Public: k.Public, Branch: k.Branch, Kiosk: uint32(k.Kiosk),
		From: k.From.Unix(), Until: k.Until.Unix(), VerifyUntil: k.VerifyUntil.Unix(),
		Serials: append([]SerialRange{}, k.Serials...), Accepted: []byte{},
	}
	if !k.Revoked.IsZero() {
		at := k.Revoked.Unix()
		w.Revoked = &at
	}
	marks := slices.Clone(k.Accepted)
	slices.SortFunc(marks, func(a, b [8]byte) int { return bytes.Compare(a[:], b[:]) })
	for _, m := range slices.Compact(marks) {
		w.Accepted = append(w.Accepted, m[:]...)
	}
	return w
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
		Public: w.Public, Branch: w.Branch, Kiosk: app.Kiosk(w.Kiosk), Serials: w.Serials,
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
