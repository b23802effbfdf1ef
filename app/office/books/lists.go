package books

import (
	"time"

	"loket/app/card"
)

// ListKind is a kind of published list.
type ListKind string

// The published lists.
const (
	TrustList  ListKind = "trust"
	StatusList ListKind = "status"
)

// ListName names a list: the trust list is one, the status lists are one a shard.
type ListName struct {
	Kind  ListKind
	Shard uint32
}

// List is one published version.
type List struct {
	Name       ListName
	Epoch      uint64
	Seq        uint64
	Raw        []byte
	IssuedAt   time.Time
	NextUpdate time.Time
}

// Published is a list's next version, signed: the bytes that every reader begins with, and the pages
// that they name by SHA-256. Pages that did not change are the same bytes again and are stored once.
type Published struct {
	Epoch uint64
	Raw   []byte
	Parts [][]byte
}

// BlockSize is how many serials are lent together.
const BlockSize = 64

// Draft is what a list says before it is signed: the keys for a trust list, the shard and its marks for a
// status list.
type Draft struct {
	Name       ListName
	Seq        uint64
	IssuedAt   time.Time
	NextUpdate time.Time
	Keys       []card.Key
	Branches   map[string]string
	Shard      *card.Shard
	Marks      []card.CardMark
}
