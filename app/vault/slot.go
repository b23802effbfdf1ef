package vault

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"slices"

	"golang.org/x/crypto/argon2"

	"loket/app"
	"loket/app/cose"
)

// Machine is the secret of one computer. It stands outside the data folder and outside backups, so
// that a copied folder does not open elsewhere, whatever the PIN.
type Machine []byte

// MachineSize is the length of a machine's secret.
const MachineSize = 32

// Cost is how much work one try of a PIN takes.
type Cost struct {
	Memory uint32 // KiB
	Time   uint32 // passes
}

// The costs: what this program uses, and what it accepts when it reads a slot, so that a bent file
// cannot take all memory.
var (
	DefaultCost = Cost{Memory: 64 << 10, Time: 3}
	LargeCost   = Cost{Memory: 256 << 10, Time: 3} // where there are 8 GB
)

const (
	leastMemory = 8
	mostMemory  = 1 << 20
	mostTime    = 16
	saltSize    = 16
)

func (c Cost) sound() bool {
	return c.Memory >= leastMemory && c.Memory <= mostMemory && c.Time >= 1 && c.Time <= mostTime
}

// Slot is the data key and one operator's signing key, as that operator's PIN on this machine
// opens them.
type Slot struct {
	Operator string `cbor:"1,keyasint"`
	Salt     []byte `cbor:"2,keyasint"`
	Memory   uint32 `cbor:"3,keyasint"` // KiB
	Time     uint32 `cbor:"4,keyasint"`
	Sealed   []byte `cbor:"5,keyasint"`
}

// Contents is what a slot opens to.
type Contents struct {
	Key    *Key
	Signer ed25519.PrivateKey // the operator's own
}

type contentsWire struct {
	Version uint32 `cbor:"1,keyasint"`
	Secret  []byte `cbor:"2,keyasint"`
	Seed    []byte `cbor:"3,keyasint"`
}

// Opener is what opens a slot: the operator's PIN and this machine's secret; for a volunteer also
// what the event pass left here until it ends.
type Opener struct {
	PIN     string
	Machine Machine
	Unlock  []byte
}

// SealSlot locks the contents for an operator. It takes as long as the cost says: callers keep it
// off the screen's thread.
func SealSlot(operator string, by Opener, cost Cost, c Contents) (Slot, error) {
	if !cost.sound() {
		return Slot{}, app.Fail(app.VaultSlotBroken)
	}
	s := Slot{Operator: operator, Salt: make([]byte, saltSize), Memory: cost.Memory, Time: cost.Time}
	rand.Read(s.Salt)
	a, bound, err := s.lock(by)
	if err != nil {
		return Slot{}, err
	}
	plain, err := c.encode()
	if err != nil {
		return Slot{}, err
	}
	defer clear(plain)
	s.Sealed = a.Seal(nil, nil, plain, bound)
	return s, nil
}

// Open unlocks the slot. A wrong PIN, or another machine, is vault.pin_wrong; parameters out of
// bounds are vault.slot_broken.
func (s Slot) Open(by Opener) (Contents, error) {
	if !(Cost{s.Memory, s.Time}).sound() || len(s.Salt) != saltSize {
		return Contents{}, app.Fail(app.VaultSlotBroken)
	}
	a, bound, err := s.lock(by)
	if err != nil {
		return Contents{}, err
	}
	plain, err := a.Open(nil, nil, s.Sealed, bound)
	if err != nil {
		return Contents{}, app.Wrap("vault.Slot", app.VaultPINWrong, err)
	}
	defer clear(plain)
	return decodeContents(plain)
}

// lock derives the slot's own key: HKDF(argon2id(PIN, salt) || machine secret || unlock).
func (s Slot) lock(by Opener) (a aead, bound []byte, err error) {
	if len(by.Machine) < MachineSize {
		return nil, nil, app.Fail(app.VaultMachineWrong)
	}
	stretched := argon2.IDKey([]byte(by.PIN), s.Salt, s.Time, s.Memory, 1, keySize)
	defer clear(stretched)
	secret, err := hkdf.Key(sha256.New, slices.Concat(stretched, by.Machine, by.Unlock), s.Salt, "loket/slot/1", keySize)
	if err != nil {
		return nil, nil, app.Wrap("vault.Slot", app.Internal, err)
	}
	defer clear(secret)
	bound, err = cose.Marshal([]any{"loket/slot/1", s.Operator, s.Memory, s.Time})
	if err != nil {
		return nil, nil, err
	}
	a, err = newAEAD(secret)
	return a, bound, err
}

func (c Contents) encode() ([]byte, error) {
	c.Key.mu.RLock()
	defer c.Key.mu.RUnlock()
	if !c.Key.open {
		return nil, app.Fail(app.VaultLocked)
	}
	return cose.Marshal(contentsWire{c.Key.version, c.Key.secret[:], c.Signer.Seed()})
}

func decodeContents(plain []byte) (Contents, error) {
	var w contentsWire
	if err := cose.Unmarshal(plain, &w); err != nil || len(w.Seed) != ed25519.SeedSize {
		return Contents{}, app.Fail(app.VaultSlotBroken)
	}
	key, err := keyFrom(w.Version, w.Secret)
	return Contents{key, ed25519.NewKeyFromSeed(w.Seed)}, err
}

// Encode and DecodeSlot keep a slot in a table.
func (s Slot) Encode() ([]byte, error) { return cose.Marshal(s) }

// DecodeSlot reads what Encode wrote.
func DecodeSlot(b []byte) (Slot, error) {
	var s Slot
	if err := cose.Unmarshal(b, &s); err != nil {
		return Slot{}, app.Fail(app.VaultSlotBroken)
	}
	if again, err := s.Encode(); err != nil || !bytes.Equal(again, b) {
		return Slot{}, app.Fail(app.VaultSlotBroken)
	}
	return s, nil
}
