package journal

import (
	"crypto/ed25519"
	"crypto/sha256"

	"loket/app"
	"loket/app/cose"
)

// Head is the chain's hash after an entry; it vouches for every entry up to it.
type Head [32]byte

const genesisLabel = "loket/journal/1"

// Genesis is the head before the first entry:
// SHA-256("loket/journal/1" || CBOR [kiosk, incarnation, device public key]).
func Genesis(chain app.Chain, device ed25519.PublicKey) Head {
	b, err := cose.Marshal([]any{chain.Kiosk, chain.Incarnation, []byte(device)})
	if err != nil {
		panic(err) // numbers and bytes always encode
	}
	return sha256.Sum256(append([]byte(genesisLabel), b...))
}

// Next is the head after an entry of that scope and hash:
// SHA-256(0x01 || head || SHA-256(0x00 || scope || hash)).
func (h Head) Next(scope app.Scope, entry [32]byte) Head {
	var leaf [1 + 8 + 32]byte
	copy(leaf[1:], scope[:])
	copy(leaf[9:], entry[:])
	leafHash := sha256.Sum256(leaf[:])
	var node [1 + 32 + 32]byte
	node[0] = 1
	copy(node[1:], h[:])
	copy(node[33:], leafHash[:])
	return sha256.Sum256(node[:])
}

// Add is the head after an encoded entry.
func (h Head) Add(e Entry, encoded []byte) Head { return h.Next(e.Scope, sha256.Sum256(encoded)) }

// Checker walks a chain from its first entry and says where it breaks.
type Checker struct {
	Chain app.Chain
	Seq   uint64 // of the last entry taken
	Head  Head
}

// NewChecker starts before the first entry.
func NewChecker(chain app.Chain, device ed25519.PublicKey) *Checker {
	return &Checker{Chain: chain, Head: Genesis(chain, device)}
}

// Take adds the next encoded entry, and compares the head with the recorded one where it is known
// (a zero head is not compared).
func (c *Checker) Take(encoded []byte, recorded Head) error {
	e, err := Decode(encoded)
	if err != nil {
		return c.broken()
	}
	if e.Seq != c.Seq+1 || e.ID().Chain != c.Chain {
		return c.broken()
	}
	head := c.Head.Add(e, encoded)
	if recorded != (Head{}) && head != recorded {
		return c.broken()
	}
	c.Seq, c.Head = e.Seq, head
	return nil
}

func (c *Checker) broken() error {
	return app.Fail(app.JournalChainBroken, "seq", c.Seq+1)
}
