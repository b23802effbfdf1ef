package vault

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"hash"
)

// Sealer seals many values with keys that are derived once: for the length of one transaction, by one
// goroutine. What it makes is what Key makes.
type Sealer struct {
	version uint32
	cells   aead
	index   hash.Hash
}

// Sealer is the key ready for much work. It goes on working when the key is forgotten meanwhile, so
// it must not be kept.
func (k *Key) Sealer() (*Sealer, error) {
	cells, err := k.ofCells()
	if err != nil {
		return nil, err
	}
	secret, err := k.derive(indexPurpose)
	if err != nil {
		return nil, err
	}
	defer clear(secret)
	return &Sealer{k.Version(), cells, hmac.New(sha256.New, secret)}, nil
}

// Version is that of the data key.
func (s *Sealer) Version() uint32 { return s.version }

// Seal is Key.Seal.
func (s *Sealer) Seal(at Cell, plain []byte) []byte {
	out := make([]byte, versionSize, versionSize+len(plain)+s.cells.Overhead())
	binary.BigEndian.PutUint32(out, s.version)
	return s.cells.Seal(out, nil, plain, at.bound(s.version))
}

// BlindIndex is Key.BlindIndex.
func (s *Sealer) BlindIndex(kind, cleaned string) []byte {
	s.index.Reset()
	s.index.Write([]byte(kind + "\x00" + cleaned))
	return s.index.Sum(nil)[:indexSize]
}
