package card

import (
	"bytes"
	"crypto/sha256"

	"loket/app"
)

// Status is whether a card is still good. The first four are what a status list holds.
type Status uint8

// The values of a status list, and what is said where no list speaks.
const (
	Active         Status = 0 // accepted, and cover has begun
	Invalid        Status = 1 // this card is not valid any more: spoiled, replaced, lost, revoked
	Inactive       Status = 2 // accepted, cover not begun or ended
	NotYetAccepted Status = 3 // head office has not accepted it yet
	Unknown        Status = 4 // no list covers the serial
)

var statusNames = [...]string{"active", "invalid", "inactive", "not_yet_accepted", "unknown"}

// String is the name in data: active, invalid, inactive, not_yet_accepted, unknown.
func (s Status) String() string { return statusNames[min(s, Unknown)] }

// Key is the key of the status' sentence.
func (s Status) Key() string { return "card.status." + s.String() }

// MarshalText writes the name.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// ShardSize is how many serials one shard of the status list covers.
const ShardSize = 131072

const shardBytes = ShardSize / 4 // 2 bits a serial

// ShardOf is the number of the shard that covers a serial.
func ShardOf(s app.Serial) uint32 { return uint32(s) / ShardSize }

// Shard is the statuses of ShardSize serials, in the layout of the Token Status List: 2 bits each,
// least significant bits of a byte first.
type Shard struct {
	Number uint32
	bits   []byte
}

// NewShard is a shard of which nothing was reported yet: all stand at NotYetAccepted.
func NewShard(number uint32) *Shard {
	return &Shard{number, bytes.Repeat([]byte{0xff}, shardBytes)}
}

// Get is the status of a serial, Unknown outside the shard.
func (s *Shard) Get(serial app.Serial) Status {
	if s == nil || ShardOf(serial) != s.Number || serial == 0 {
		return Unknown
	}
	return s.at(uint32(serial) % ShardSize)
}

// Set changes the status of a serial.
func (s *Shard) Set(serial app.Serial, to Status) error {
	if ShardOf(serial) != s.Number || serial == 0 || to > NotYetAccepted {
		return app.Fail(app.StatusOutOfShard)
	}
	s.put(uint32(serial)%ShardSize, to)
	return nil
}

// at and put address a status by its index in the shard.
func (s *Shard) at(i uint32) Status { return Status(s.bits[i/4] >> (2 * (i % 4)) & 3) }

func (s *Shard) put(i uint32, to Status) {
	shift := 2 * (i % 4)
	s.bits[i/4] = s.bits[i/4]&^(3<<shift) | byte(to)<<shift
}

// Clone is a copy that can be changed alone.
func (s *Shard) Clone() *Shard { return &Shard{s.Number, bytes.Clone(s.bits)} }

// Hash is SHA-256 of the uncompressed list.
func (s *Shard) Hash() [32]byte { return sha256.Sum256(s.bits) }

// Bytes is the uncompressed list, 32,768 bytes, for a table that keeps it.
func (s *Shard) Bytes() []byte { return bytes.Clone(s.bits) }

// ShardFrom is the shard whose Bytes were kept.
func ShardFrom(number uint32, bits []byte) (*Shard, error) {
	if len(bits) != shardBytes {
		return nil, app.Fail(app.StatusList)
	}
	return &Shard{number, bytes.Clone(bits)}, nil
}
