package sealed

import (
	"github.com/fxamacker/cbor/v2"

	"loket/app"
	"loket/app/cose"
	"loket/app/journal"
)

// The contents of a batch travel by column: what is alike from entry to entry stands together, so
// that zstd finds it, and the salts, which nothing can squeeze, stand apart. The entry's own bytes,
// over which the chain is hashed, are put together again on arrival.

// entriesWire is the entries array: one column a field, as long as the batch.
type entriesWire struct {
	_        struct{} `cbor:",toarray"`
	At       []int64  // the first, then differences
	Boot     []uint64
	Operator []string
	Agency   []string
	Event    []string
	Scope    []app.Scope
	Kind     []journal.Kind
	Subject  [][]byte
	Body     []cbor.RawMessage
	Personal [][]byte // empty where the part travels, or where there is none
}

// partsWire is the parts array.
type partsWire struct {
	_     struct{} `cbor:",toarray"`
	At    []uint64 // index of the entry within the batch
	Salts []byte   // 16 bytes a part
	Parts []cbor.RawMessage
}

var null = cbor.RawMessage{0xf6}

func packItems(items []Item) (entries, parts []byte, err error) {
	var e entriesWire
	var p partsWire
	var before int64
	for i, it := range items {
		e.At = append(e.At, it.Entry.At-before)
		before = it.Entry.At
		e.Boot = append(e.Boot, it.Entry.Boot)
		e.Operator = append(e.Operator, it.Entry.Operator)
		e.Agency = append(e.Agency, it.Entry.Agency)
		e.Event = append(e.Event, it.Entry.Event)
		e.Scope = append(e.Scope, it.Entry.Scope)
		e.Kind = append(e.Kind, it.Entry.Kind)
		e.Subject = append(e.Subject, filled(it.Entry.Subject))
		e.Body = append(e.Body, orNull(it.Entry.Body))
		personal := filled(it.Entry.Personal)
		if it.Part != nil {
			if hash := it.Part.Hash(); string(hash[:]) != string(personal) {
				return nil, nil, app.Fail(app.PostHashDiffers)
			}
			personal = []byte{}
			p.At = append(p.At, uint64(i))
			p.Salts = append(p.Salts, it.Part.Salt[:]...)
			p.Parts = append(p.Parts, it.Part.Body)
		}
		e.Personal = append(e.Personal, personal)
	}
	if entries, err = cose.Marshal(e); err != nil {
		return nil, nil, err
	}
	parts, err = cose.Marshal(p)
	return entries, parts, err
}

func unpackItems(entries, parts []byte, h Header) ([]Item, error) {
	if err := bounded(entries); err != nil {
		return nil, err
	}
	if err := bounded(parts); err != nil {
		return nil, err
	}
	var e entriesWire
	if err := cose.Unmarshal(entries, &e); err != nil {
		return nil, malformed(err)
	}
	n := len(e.At)
	for _, column := range []int{len(e.Boot), len(e.Operator), len(e.Agency), len(e.Event), len(e.Scope), len(e.Kind), len(e.Subject), len(e.Body), len(e.Personal)} {
		if column != n {
			return nil, app.Fail(app.PostMalformed)
		}
	}
	items := make([]Item, n)
	var at int64
	for i := range items {
		at += e.At[i]
		items[i].Entry = journal.Entry{
			V: journal.Version, Kiosk: h.Chain.Kiosk, Incarnation: h.Chain.Incarnation, Seq: h.First + uint64(i),
			At: at, Boot: e.Boot[i], Operator: e.Operator[i], Agency: e.Agency[i], Event: e.Event[i],
			Scope: e.Scope[i], Kind: e.Kind[i], Subject: empty(e.Subject[i]), Body: notNull(e.Body[i]), Personal: empty(e.Personal[i]),
		}
	}
	return items, putParts(items, parts)
}

// bounded looks at how long the columns say they are, before room is made for them.
func bounded(columns []byte) error {
	lengths, err := cose.Lengths(columns)
	if err != nil {
		return malformed(err)
	}
	for _, n := range lengths {
		if n > MaxEntries {
			return tooLarge()
		}
	}
	return nil
}

func putParts(items []Item, parts []byte) error {
	var p partsWire
	if err := cose.Unmarshal(parts, &p); err != nil {
		return malformed(err)
	}
	if len(p.Parts) != len(p.At) || len(p.Salts) != 16*len(p.At) {
		return app.Fail(app.PostMalformed)
	}
	for i, at := range p.At {
		if at >= uint64(len(items)) || items[at].Part != nil || items[at].Entry.Personal != nil {
			return app.Fail(app.PostMalformed)
		}
		part := &journal.Part{Salt: [16]byte(p.Salts[16*i:]), Body: p.Parts[i]}
		hash := part.Hash()
		items[at].Part, items[at].Entry.Personal = part, hash[:]
	}
	return nil
}

func orNull(b cbor.RawMessage) cbor.RawMessage {
	if len(b) == 0 {
		return null
	}
	return b
}

func notNull(b cbor.RawMessage) cbor.RawMessage {
	if string(b) == string(null) {
		return nil
	}
	return b
}

func filled(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

func empty(b []byte) []byte {
	if len(b) == 0 {
		return nil
	}
	return b
}
