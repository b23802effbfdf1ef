package card

import (
	"loket/app"
	"loket/app/cose"
)

// Delta is what changed in one shard between two of its lists. It travels inside signed news, and
// the hashes tie it to the lists before and after; where they do not match, the whole shard is
// fetched.
type Delta struct {
	Shard    uint32      `cbor:"1,keyasint"`
	Epoch    uint64      `cbor:"2,keyasint"`
	From     uint64      `cbor:"3,keyasint"` // the sequence number that it builds on
	To       uint64      `cbor:"4,keyasint"`
	BaseHash []byte      `cbor:"5,keyasint"` // SHA-256 of the uncompressed list before
	NewHash  []byte      `cbor:"6,keyasint"` // and after
	Changes  [4][]uint32 `cbor:"7,keyasint"` // for each status, the gaps between the indexes that took it
}

// Between is the change that leads from one state of a shard to another.
func Between(before, after *Shard, epoch, from, to uint64) (*Delta, error) {
	if before.Number != after.Number {
		return nil, app.Fail(app.StatusOutOfShard)
	}
	base, next := before.Hash(), after.Hash()
	d := &Delta{Shard: after.Number, Epoch: epoch, From: from, To: to, BaseHash: base[:], NewHash: next[:]}
	var last [4]uint32
	for s := range d.Changes {
		d.Changes[s] = []uint32{}
	}
	for i := range uint32(ShardSize) {
		was, is := before.at(i), after.at(i)
		if was == is {
			continue
		}
		d.Changes[is] = append(d.Changes[is], i-last[is])
		last[is] = i
	}
	return d, nil
}

// Marshal writes the change as CBOR.
func (d *Delta) Marshal() ([]byte, error) { return cose.Marshal(d) }

// ParseDelta reads a change.
func ParseDelta(data []byte) (*Delta, error) {
	var d Delta
	if err := cose.Unmarshal(data, &d); err != nil {
		return nil, err
	}
	return &d, nil
}

// Apply gives the shard after the change; the shard itself stays as it was.
func (s *Shard) Apply(d *Delta) (*Shard, error) {
	base := s.Hash()
	if d.Shard != s.Number || string(d.BaseHash) != string(base[:]) {
		return nil, app.Fail(app.StatusDelta)
	}
	next := s.Clone()
	for status, gaps := range d.Changes {
		i := uint64(0)
		for _, gap := range gaps {
			if i += uint64(gap); i >= ShardSize {
				return nil, app.Fail(app.StatusDelta)
			}
			next.put(uint32(i), Status(status))
		}
	}
	if hash := next.Hash(); string(d.NewHash) != string(hash[:]) {
		return nil, app.Fail(app.StatusDelta)
	}
	return next, nil
}
