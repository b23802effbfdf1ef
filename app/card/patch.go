package card

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"

	"loket/app"
	"loket/app/cose"
)

// A patch is what changed between two published versions of one shard's status list. It carries no
// signature and needs none: applied to the bytes before, it gives the signed bytes after, and their
// SHA-256 says whether it did. Where it does not, because a compressor of another version writes other
// bytes, the whole list is fetched.
type wirePatch struct {
	_       struct{} `cbor:",toarray"`
	Format  uint
	Base    []byte // SHA-256 of the signed list before
	Front   []byte // bytes of the new list before its compressed bits
	Changes []byte // Delta
	Back    []byte // and behind them
}

// Patch makes it. It fails with status.delta where the two are not versions of one shard.
func Patch(before, after []byte) ([]byte, error) {
	was, err := peekShard(before)
	if err != nil {
		return nil, err
	}
	is, err := peekShard(after)
	if err != nil {
		return nil, err
	}
	delta, err := Between(was.shard, is.shard, 0, 0, 0)
	if err != nil {
		return nil, err
	}
	changes, err := delta.Marshal()
	if err != nil {
		return nil, err
	}
	at := bytes.Index(after, is.packed)
	if at < 0 {
		return nil, app.Fail(app.StatusDelta)
	}
	base := sha256.Sum256(before)
	patch, err := cose.Marshal(wirePatch{Format: 1, Base: base[:], Front: after[:at], Changes: changes, Back: after[at+len(is.packed):]})
	if err != nil {
		return nil, err
	}
	if again, err := Patched(before, patch); err != nil || !bytes.Equal(again, after) {
		return nil, app.Fail(app.StatusDelta)
	}
	return patch, nil
}

// Patched rebuilds the list after from the one before. The caller compares its SHA-256 with the one that
// was announced.
func Patched(before, patch []byte) ([]byte, error) {
	var p wirePatch
	if err := cose.Unmarshal(patch, &p); err != nil {
		return nil, err
	}
	base := sha256.Sum256(before)
	if p.Format != 1 || string(p.Base) != string(base[:]) {
		return nil, app.Fail(app.StatusDelta)
	}
	was, err := peekShard(before)
	if err != nil {
		return nil, err
	}
	delta, err := ParseDelta(p.Changes)
	if err != nil {
		return nil, err
	}
	next, err := was.shard.Apply(delta)
	if err != nil {
		return nil, err
	}
	packed, err := pack(next)
	if err != nil {
		return nil, err
	}
	return bytes.Join([][]byte{p.Front, packed, p.Back}, nil), nil
}

// packedShard is a status list's shard and the compressed bytes that it stands in.
type packedShard struct {
	shard  *Shard
	packed []byte
}

// peekShard reads a status list without proving it.
func peekShard(list []byte) (packedShard, error) {
	m, err := cose.Peek(list)
	if err != nil {
		return packedShard{}, err
	}
	var w wireStatus
	if m.Typ != StatusTyp {
		return packedShard{}, app.Fail(app.StatusDelta)
	}
	if err := cose.Unmarshal(m.Payload, &w); err != nil {
		return packedShard{}, err
	}
	bits, err := inflate(w.Bits.List, shardBytes)
	if err != nil {
		return packedShard{}, app.Fail(app.StatusDelta)
	}
	shard, err := ShardFrom(w.List.Shard, bits)
	return packedShard{shard, w.Bits.List}, err
}

// PeekShard is the number of the shard that a status list is of, without proof; false for anything else.
func PeekShard(list []byte) (uint32, bool) {
	m, err := cose.Peek(list)
	if err != nil || m.Typ != StatusTyp {
		return 0, false
	}
	var w wireStatus
	if cose.Unmarshal(m.Payload, &w) != nil {
		return 0, false
	}
	return w.List.Shard, true
}

// pack writes a shard as lists carry it: zlib whose blocks are stored, not compressed. Every language writes
// the same bytes, so that a patch leads to the bytes that were signed; on the way HTTP makes them small.
func pack(s *Shard) ([]byte, error) {
	var packed bytes.Buffer
	w, err := zlib.NewWriterLevel(&packed, zlib.NoCompression)
	if err == nil {
		_, err = w.Write(s.bits)
	}
	if err == nil {
		err = w.Close()
	}
	return packed.Bytes(), app.Wrap("card.pack", app.StatusList, err)
}
