package sealed

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"sort"

	"loket/app"
	"loket/app/cose"
	"loket/app/journal"
)

// Identity names a batch for good: SHA-256 of its signed header. Sealing the batch again, to a
// renewed key or after the file was lost, keeps it.
type Identity [32]byte

// Header is what the kiosk's device key signs: which entries the batch holds, and where it stands
// in the journal's chain. Anybody can check it without the contents.
type Header struct {
	Chain      app.Chain
	Number     uint64 // contiguous from 1
	First      uint64
	Last       uint64
	HeadBefore journal.Head
	HeadAfter  journal.Head
	Entries    [32]byte // SHA-256 of the entries array
	Parts      [32]byte // SHA-256 of the parts array
	Previous   Identity // of the batch before; zeros for the first
	Schema     uint
	Counts     map[app.Scope]uint64 // entries of each scope so far, this batch included
}

// Schema is the version of the bodies inside a batch.
const Schema = 1

type headerWire struct {
	Kiosk       app.Kiosk       `cbor:"1,keyasint"`
	Incarnation app.Incarnation `cbor:"2,keyasint"`
	Number      uint64          `cbor:"3,keyasint"`
	First       uint64          `cbor:"4,keyasint"`
	Last        uint64          `cbor:"5,keyasint"`
	HeadBefore  []byte          `cbor:"6,keyasint"`
	HeadAfter   []byte          `cbor:"7,keyasint"`
	Entries     []byte          `cbor:"8,keyasint"`
	Parts       []byte          `cbor:"9,keyasint"`
	Previous    []byte          `cbor:"10,keyasint"`
	Schema      uint            `cbor:"11,keyasint"`
	Counts      []countWire     `cbor:"12,keyasint"` // ordered by scope
}

type countWire struct {
	_     struct{} `cbor:",toarray"`
	Scope app.Scope
	Count uint64
}

func (h Header) encode() ([]byte, error) {
	w := headerWire{
		h.Chain.Kiosk, h.Chain.Incarnation, h.Number, h.First, h.Last, h.HeadBefore[:], h.HeadAfter[:],
		h.Entries[:], h.Parts[:], h.Previous[:], h.Schema, nil,
	}
	for scope, n := range h.Counts {
		w.Counts = append(w.Counts, countWire{Scope: scope, Count: n})
	}
	sort.Slice(w.Counts, func(i, j int) bool { return bytes.Compare(w.Counts[i].Scope[:], w.Counts[j].Scope[:]) < 0 })
	return cose.Marshal(w)
}

func decodeHeader(b []byte) (Header, error) {
	var w headerWire
	if err := cose.Unmarshal(b, &w); err != nil {
		return Header{}, malformed(err)
	}
	for _, hash := range [][]byte{w.HeadBefore, w.HeadAfter, w.Entries, w.Parts, w.Previous} {
		if len(hash) != sha256.Size {
			return Header{}, app.Fail(app.PostMalformed)
		}
	}
	h := Header{
		app.Chain{Kiosk: w.Kiosk, Incarnation: w.Incarnation},
		w.Number, w.First, w.Last,
		journal.Head(w.HeadBefore), journal.Head(w.HeadAfter), [32]byte(w.Entries), [32]byte(w.Parts), Identity(w.Previous), w.Schema,
		map[app.Scope]uint64{},
	}
	for _, c := range w.Counts {
		h.Counts[c.Scope] = c.Count
	}
	again, err := h.encode()
	if err != nil || !bytes.Equal(again, b) || h.Number == 0 || h.First == 0 || h.Last < h.First {
		return Header{}, app.Fail(app.PostMalformed)
	}
	return h, nil
}

// Item is an entry as the journal holds it, with its personal part where that still exists.
type Item struct {
	Entry journal.Entry
	Part  *journal.Part
}

// Batch is an opened and checked batch.
type Batch struct {
	Header   Header
	Identity Identity
	Signed   []byte // the COSE bytes of the header: proof for anybody
	Items    []Item
}

// Sealing says what a new batch continues.
type Sealing struct {
	Chain    app.Chain
	Number   uint64
	Previous Identity
	Before   journal.Head
	Counts   map[app.Scope]uint64 // before this batch
}

// Prepared is a batch before it is sealed to a recipient: its identity is settled.
type Prepared struct {
	Header   Header
	Identity Identity
	Signed   []byte
	entries  []byte
	parts    []byte
}

// Prepare composes and signs a batch of consecutive entries.
func Prepare(s Sealing, items []Item, device crypto.Signer) (*Prepared, error) {
	if len(items) == 0 {
		return nil, app.Fail(app.PostNothingToSend)
	}
	h := Header{
		Chain: s.Chain, Number: s.Number, Previous: s.Previous, HeadBefore: s.Before, HeadAfter: s.Before,
		First: items[0].Entry.Seq, Last: items[len(items)-1].Entry.Seq, Schema: Schema, Counts: map[app.Scope]uint64{},
	}
	for scope, n := range s.Counts {
		h.Counts[scope] = n
	}
	for _, it := range items {
		b, err := it.Entry.Encode()
		if err != nil {
			return nil, err
		}
		h.HeadAfter = h.HeadAfter.Add(it.Entry, b)
		h.Counts[it.Entry.Scope]++
	}
	entries, parts, err := packItems(items)
	if err != nil {
		return nil, err
	}
	h.Entries, h.Parts = sha256.Sum256(entries), sha256.Sum256(parts)
	payload, err := h.encode()
	if err != nil {
		return nil, err
	}
	signed, err := cose.Sign(TypBatch, payload, device)
	if err != nil {
		return nil, err
	}
	return &Prepared{h, sha256.Sum256(payload), signed, entries, parts}, nil
}

type batchOuter struct {
	_           struct{} `cbor:",toarray"`
	V           uint
	Typ         string
	Kiosk       app.Kiosk
	Incarnation app.Incarnation
	Number      uint64
	Recipient   KeyID
}

type batchInner struct {
	_       struct{} `cbor:",toarray"`
	Signed  []byte
	Entries []byte
	Parts   []byte
}

// Seal encrypts the batch to head office's HPKE key: the bytes of the file in outbox/.
func (p *Prepared) Seal(to []byte) ([]byte, error) {
	inner, err := cose.Marshal(batchInner{Signed: p.Signed, Entries: p.entries, Parts: p.parts})
	if err != nil {
		return nil, err
	}
	if len(inner) > MaxPlain || p.Header.Last-p.Header.First >= MaxEntries {
		return nil, tooLarge() // nobody would take it, and everything behind it would wait for ever
	}
	plain, err := squeeze(inner)
	if err != nil {
		return nil, err
	}
	info, err := cose.Marshal(batchOuter{V: 1, Typ: TypBatch, Kiosk: p.Header.Chain.Kiosk, Incarnation: p.Header.Chain.Incarnation, Number: p.Header.Number, Recipient: KeyIDOf(to)})
	if err != nil {
		return nil, err
	}
	body, err := seal(to, info, plain)
	if err != nil {
		return nil, err
	}
	return join(info, body)
}

// Outside is what a carrier can read of a batch file.
type Outside struct {
	Chain     app.Chain
	Number    uint64
	Recipient KeyID
}

// PeekBatch reads the outside of a batch file. Nothing in it is proven.
func PeekBatch(file []byte) (Outside, error) {
	o, _, _, err := outside(file)
	return o, err
}

func outside(file []byte) (Outside, []byte, []byte, error) {
	var o batchOuter
	info, body, err := split(file, MaxBatch, &o)
	if err != nil {
		return Outside{}, nil, nil, err
	}
	if o.V != 1 || o.Typ != TypBatch {
		return Outside{}, nil, nil, app.Fail(app.PostWrongType)
	}
	return Outside{app.Chain{Kiosk: o.Kiosk, Incarnation: o.Incarnation}, o.Number, o.Recipient}, info, body, nil
}

// OpenBatch decrypts a batch and proves every byte of it: the outside against the signed header,
// the header by the kiosk's device key, the contents by their hashes, the chain from head to head.
func OpenBatch(file []byte, key OpeningKey, device ed25519.PublicKey) (*Batch, error) {
	out, info, body, err := outside(file)
	if err != nil {
		return nil, err
	}
	plain, err := open(key, info, body)
	if err != nil {
		return nil, err
	}
	inner, err := unpackInner(plain)
	if err != nil {
		return nil, err
	}
	b, err := readHeader(inner.Signed, device)
	if err != nil {
		return nil, err
	}
	if b.Header.Chain != out.Chain || b.Header.Number != out.Number {
		return nil, app.Fail(app.PostReaddressed)
	}
	if b.Header.Last-b.Header.First >= MaxEntries {
		return nil, tooLarge()
	}
	if sha256.Sum256(inner.Entries) != b.Header.Entries || sha256.Sum256(inner.Parts) != b.Header.Parts {
		return nil, app.Fail(app.PostHashDiffers)
	}
	if b.Items, err = unpackItems(inner.Entries, inner.Parts, b.Header); err != nil {
		return nil, err
	}
	return b, b.checkChain()
}

func unpackInner(plain []byte) (batchInner, error) {
	var inner batchInner
	b, err := expand(plain)
	if err != nil {
		return inner, err
	}
	err = cose.Unmarshal(b, &inner)
	return inner, malformed(err)
}

// SignerOf is the id of the key that a batch says it was signed with. Nothing is proven.
func SignerOf(file []byte, key OpeningKey) (cose.KeyID, error) {
	_, info, body, err := outside(file)
	if err != nil {
		return cose.KeyID{}, err
	}
	plain, err := open(key, info, body)
	if err != nil {
		return cose.KeyID{}, err
	}
	inner, err := unpackInner(plain)
	if err != nil {
		return cose.KeyID{}, err
	}
	m, err := cose.Peek(inner.Signed)
	if err != nil {
		return cose.KeyID{}, err
	}
	return m.KeyID, nil
}

func readHeader(signed []byte, device ed25519.PublicKey) (*Batch, error) {
	payload, err := cose.Verify(TypBatch, signed, device)
	if err != nil {
		return nil, err
	}
	h, err := decodeHeader(payload)
	if err != nil {
		return nil, err
	}
	return &Batch{Header: h, Identity: sha256.Sum256(payload), Signed: signed}, nil
}

func (b *Batch) checkChain() error {
	head := b.Header.HeadBefore
	for i, it := range b.Items {
		if it.Entry.Seq != b.Header.First+uint64(i) || it.Entry.ID().Chain != b.Header.Chain {
			return app.Fail(app.PostChainDiffers)
		}
		encoded, err := it.Entry.Encode()
		if err != nil {
			return err
		}
		head = head.Add(it.Entry, encoded)
	}
	if head != b.Header.HeadAfter || uint64(len(b.Items)) != b.Header.Last-b.Header.First+1 {
		return app.Fail(app.PostChainDiffers)
	}
	return nil
}

// SignedHeader is a batch's header as the kiosk keeps it, proven.
type SignedHeader struct {
	Header
	Identity Identity
}

// ParseHeader proves a signed header by the device key. It fails as OpenBatch does.
func ParseHeader(signed []byte, device ed25519.PublicKey) (SignedHeader, error) {
	b, err := readHeader(signed, device)
	if err != nil {
		return SignedHeader{}, err
	}
	return SignedHeader{b.Header, b.Identity}, nil
}
