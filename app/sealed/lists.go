package sealed

import (
	"crypto/sha256"

	"loket/app"
	"loket/app/cose"
)

// FrameLists announces newer versions of published lists. It is signed and not sealed: the carrier reads
// which objects to fetch, and lists apply before anybody has signed in. Content: CBOR array of Announced.
const FrameLists FrameKind = "lists"

// MaxAnnounced is how many lists one frame announces.
const MaxAnnounced = 500

// MaxObject bounds a published object, in bytes.
const MaxObject = 4 << 20

// Announced names the newest version of a list by the SHA-256 of its signed bytes.
type Announced struct {
	_     struct{} `cbor:",toarray"`
	Kind  string   // "trust", "status"
	Shard uint32   // of a status list, else 0
	Epoch uint64
	Seq   uint64
	Hash  []byte // 32 bytes
	Size  uint64 // bytes of the object, for who must choose what to fetch first
}

// ID is the hash as a key.
func (a Announced) ID() [32]byte { return [32]byte(a.Hash) }

// Name says which list it is.
func (a Announced) Name() ListName { return ListName{a.Kind, a.Shard} }

// Newer says whether this version replaces another of the same list.
func (a Announced) Newer(than Announced) bool {
	return a.Epoch > than.Epoch || a.Epoch == than.Epoch && a.Seq > than.Seq
}

// ListName names a list: the trust list is one, the status lists are one a shard.
type ListName struct {
	Kind  string
	Shard uint32
}

// ParseAnnounced reads the content of a FrameLists.
func ParseAnnounced(content []byte) ([]Announced, error) {
	var all []Announced
	if err := cose.UnmarshalOpen(content, &all); err != nil {
		return nil, malformed(err)
	}
	if len(all) > MaxAnnounced {
		return nil, app.Fail(app.PostMalformed)
	}
	for _, a := range all {
		if len(a.Hash) != sha256.Size || a.Size > MaxObject {
			return nil, app.Fail(app.PostMalformed)
		}
	}
	return all, nil
}

// PeekAnnounced reads what an open frame announces, for a carrier. Nothing in it is proven; nil when the
// file announces nothing.
func PeekAnnounced(file []byte) []Announced {
	o, _, body, err := frameOutside(file)
	if err != nil || o.Kind != FrameLists {
		return nil
	}
	var inner frameInner
	if cose.Unmarshal(body, &inner) != nil {
		return nil
	}
	m, err := cose.Peek(inner.Signed)
	if err != nil {
		return nil
	}
	var w frameWire
	if cose.Unmarshal(m.Payload, &w) != nil {
		return nil
	}
	all, err := ParseAnnounced(w.Content)
	if err != nil {
		return nil
	}
	return all
}
