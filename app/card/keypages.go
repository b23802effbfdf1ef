package card

import (
	"bytes"
	"crypto/ed25519"
	"encoding/binary"
	"math/bits"
	"slices"
	"time"

	"github.com/fxamacker/cbor/v2"

	"loket/app"
	"loket/app/cose"
)

// Keys stand in pages by the first bits of their key id. The number of pages is a power of two that grows
// with the keys, so that whoever checks one card fetches one page of about so many bytes, and tells
// nobody which of its keys it asks for.
const (
	pageBytes = 12_000
	indexBits = 5 // of a key id, that one index decides
	maxBits   = 20
)

type wireKeys struct {
	_    struct{} `cbor:",toarray"`
	Kind string
	Keys []cbor.RawMessage
}

// wireCurrent is a key that may make cards; wireFormer one that was replaced or revoked and vouches for
// marked cards alone.
type wireCurrent struct {
	_           struct{} `cbor:",toarray"`
	Public      []byte
	Branch      string
	Kiosk       uint32
	Life        uint8
	From        int64
	Until       int64
	VerifyUntil int64
	Serials     []uint64 // for each range the gap behind the one before (the first: to 0) and how many
}

type wireFormer struct {
	_      struct{} `cbor:",toarray"`
	Public []byte
	Kiosk  uint32
	Life   uint8
	Reason uint8 // 1 replaced, 2 revoked
	Since  int64
}

const (
	reasonReplaced = 1
	reasonRevoked  = 2

	formerHead = 0x85 // of five
)

// packedKey is a key as it stands in a page.
type packedKey struct {
	id  cose.KeyID
	raw cbor.RawMessage
}

func (k *Key) pack() (packedKey, error) {
	var w any
	if since, revoked := k.Former(); !since.IsZero() {
		former := wireFormer{Public: k.Public, Kiosk: uint32(k.Kiosk), Life: uint8(k.Life), Reason: reasonReplaced, Since: since.Unix()}
		if revoked {
			former.Reason = reasonRevoked
		}
		w = former
	} else {
		w = wireCurrent{
			Public: k.Public, Branch: k.Branch, Kiosk: uint32(k.Kiosk), Life: uint8(k.Life),
			From: k.From.Unix(), Until: k.Until.Unix(), VerifyUntil: k.VerifyUntil.Unix(), Serials: gapsOf(k.Serials),
		}
	}
	raw, err := cose.Marshal(w)
	return packedKey{cose.KeyIDOf(k.Public), raw}, err
}

// gapsOf writes ranges as gaps and lengths, in order.
func gapsOf(ranges []SerialRange) []uint64 {
	ordered := slices.SortedFunc(slices.Values(ranges), func(a, b SerialRange) int { return int(int64(a.First) - int64(b.First)) })
	gaps := make([]uint64, 0, 2*len(ordered))
	next := uint64(0)
	for _, r := range ordered {
		gaps = append(gaps, uint64(r.First)-next, uint64(r.Last)-uint64(r.First)+1)
		next = uint64(r.Last) + 1
	}
	return gaps
}

// rangesOf reads them; false when they leave what serials can be, or touch one another backwards.
func rangesOf(gaps []uint64) (ranges []SerialRange, ok bool) {
	const most = 1 << 32
	next := uint64(0)
	for pair := range slices.Chunk(gaps, 2) {
		if len(pair) != 2 || pair[0] >= most || pair[1] == 0 || pair[1] >= most || next+pair[0]+pair[1] > most || next+pair[0] == 0 {
			return nil, false
		}
		first := next + pair[0]
		next = first + pair[1]
		ranges = append(ranges, SerialRange{First: app.Serial(first), Last: app.Serial(next - 1)})
	}
	return ranges, true
}

// layKeys lays the keys out in pages and returns the object on top. What is unsound is left out.
func (o Objects) layKeys(keys []Key) ([32]byte, error) {
	packed := make([]packedKey, 0, len(keys))
	size := 0
	for i := range keys {
		if keys[i].Sound() != nil {
			continue
		}
		p, err := keys[i].pack()
		if err != nil {
			return [32]byte{}, err
		}
		packed = append(packed, p)
		size += len(p.raw)
	}
	slices.SortFunc(packed, func(a, b packedKey) int {
		if c := bytes.Compare(a.id[:], b.id[:]); c != 0 {
			return c
		}
		return bytes.Compare(a.raw, b.raw)
	})
	pages := bits.Len(uint((size - 1) / pageBytes))
	if size == 0 {
		pages = 0
	}
	return o.layPages(packed, 0, min(pages, maxBits))
}

// layPages lays out keys whose ids agree in the bits before from, below one object.
func (o Objects) layPages(keys []packedKey, from, left int) ([32]byte, error) {
	if left == 0 {
		page := wireKeys{Kind: keysObject, Keys: []cbor.RawMessage{}}
		for _, k := range keys {
			page.Keys = append(page.Keys, k.raw)
		}
		return o.add(page)
	}
	here := min(left, indexBits)
	index := wireIndex{Kind: indexObject}
	for slot := range 1 << here {
		n := 0
		for n < len(keys) && slotOf(keys[n].id, from, here) == slot {
			n++
		}
		hash, err := o.layPages(keys[:n], from+here, left-here)
		if err != nil {
			return hash, err
		}
		index.Hashes = append(index.Hashes, hash[:]...)
		keys = keys[n:]
	}
	return o.add(index)
}

// slotOf is the number that some bits of a key id make.
func slotOf(id cose.KeyID, from, n int) int {
	return int(binary.BigEndian.Uint64(id[:]) << from >> (64 - n))
}

// readKeys reads the pages below an object as far as they are at hand. A page that cannot be read, or in
// which a key stands that belongs elsewhere, is an error; a key that is unsound by itself is passed over.
func (t *TrustList) readKeys(top [32]byte, from, slot int) error {
	raw, here := t.objects[top]
	if !here {
		return nil
	}
	if kindOf(raw) == indexObject {
		var w wireIndex
		if err := cose.Unmarshal(raw, &w); err != nil {
			return err
		}
		n := len(w.Hashes) / 32
		width := bits.Len(uint(n)) - 1
		if !w.sound() || n != 1<<width || width == 0 || from+width > maxBits {
			return app.Fail(app.TrustList)
		}
		for i := range n {
			if err := t.readKeys(w.at(i), from+width, slot<<width|i); err != nil {
				return err
			}
		}
		return nil
	}
	var w wireKeys
	if err := cose.Unmarshal(raw, &w); err != nil {
		return err
	}
	if w.Kind != keysObject {
		return app.Fail(app.TrustList)
	}
	for _, key := range w.Keys {
		k, err := readKey(key)
		if err != nil {
			return err
		}
		if from > 0 && slotOf(k.id, 0, from) != slot {
			return app.Fail(app.TrustList)
		}
		if k.Sound() == nil {
			t.Keys = append(t.Keys, k)
		}
	}
	return nil
}

func readKey(raw []byte) (Key, error) {
	if len(raw) > 0 && raw[0] == formerHead {
		var w wireFormer
		if err := cose.Unmarshal(raw, &w); err != nil {
			return Key{}, err
		}
		k := Key{Public: w.Public, Kiosk: app.Kiosk(w.Kiosk), Life: app.Incarnation(w.Life), id: cose.KeyIDOf(w.Public)}
		since := time.Unix(w.Since, 0).UTC()
		switch {
		case len(w.Public) != ed25519.PublicKeySize || !instant(w.Since) || w.Since == 0:
			return Key{}, app.Fail(app.TrustList)
		case w.Reason == reasonReplaced:
			k.Replaced = since
		case w.Reason == reasonRevoked:
			k.Revoked = since
		default:
			return Key{}, app.Fail(app.TrustList)
		}
		return k, nil
	}
	var w wireCurrent
	if err := cose.Unmarshal(raw, &w); err != nil {
		return Key{}, err
	}
	serials, ok := rangesOf(w.Serials)
	if !ok || len(w.Public) != ed25519.PublicKeySize || !instant(w.From) || !instant(w.Until) || !instant(w.VerifyUntil) {
		return Key{}, app.Fail(app.TrustList)
	}
	return Key{
		Public: w.Public, Branch: w.Branch, Kiosk: app.Kiosk(w.Kiosk), Life: app.Incarnation(w.Life), Serials: serials, id: cose.KeyIDOf(w.Public),
		From: time.Unix(w.From, 0).UTC(), Until: time.Unix(w.Until, 0).UTC(), VerifyUntil: time.Unix(w.VerifyUntil, 0).UTC(),
	}, nil
}

// pageAtHand says whether the page is at hand in which a key of this id would stand.
func (t *TrustList) pageAtHand(id cose.KeyID) bool {
	hash := t.top
	for from := 0; from <= maxBits; {
		raw, here := t.objects[hash]
		if !here {
			return false
		}
		var w wireIndex
		if kindOf(raw) != indexObject || cose.Unmarshal(raw, &w) != nil {
			return true
		}
		width := bits.Len(uint(len(w.Hashes)/32)) - 1
		hash = w.at(slotOf(id, from, width))
		from += width
	}
	return false
}
