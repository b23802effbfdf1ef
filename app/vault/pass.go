package vault

import (
	"crypto/hkdf"
	"crypto/sha256"
	"slices"
	"time"

	"loket/app"
	"loket/app/cose"
)

// UnlockSize is the length of what an event pass opens a slot with.
const UnlockSize = 16

// PassID names an event pass.
type PassID [8]byte

// Pass is an event pass as this kiosk keeps it. Before it is used, the slot holds the data key under
// the machine's secret and what only the pass itself says. When it is used the slot goes, and the
// unlock comes: together with the volunteer's PIN it opens that person's own slot. When the pass
// ends, the unlock goes too, and nothing opens any more.
type Pass struct {
	ID       PassID
	Event    string
	Tasks    []app.Task
	From     time.Time
	Until    time.Time
	Slot     []byte
	Unlock   []byte
	Operator string // who joined with it
	Issued   uint64 // the entry that tells of it
}

// Used says whether somebody joined with the pass.
func (p Pass) Used() bool { return p.Operator != "" }

// SealPass locks the data key for who will show the pass on this machine.
func (m Machine) SealPass(id PassID, unlock []byte, key *Key) ([]byte, error) {
	a, err := m.passLock(id, unlock)
	if err != nil {
		return nil, err
	}
	plain, err := key.encode()
	if err != nil {
		return nil, err
	}
	defer clear(plain)
	return a.Seal(nil, nil, plain, id[:]), nil
}

// OpenPass unlocks the data key with what a pass says.
func (m Machine) OpenPass(id PassID, unlock, slot []byte) (*Key, error) {
	a, err := m.passLock(id, unlock)
	if err != nil {
		return nil, err
	}
	plain, err := a.Open(nil, nil, slot, id[:])
	if err != nil {
		return nil, app.Wrap("vault.OpenPass", app.PassUnprepared, err)
	}
	defer clear(plain)
	var w recoveryWire
	if err := cose.Unmarshal(plain, &w); err != nil {
		return nil, app.Fail(app.VaultSlotBroken)
	}
	return keyFrom(w.Version, w.Secret)
}

func (m Machine) passLock(id PassID, unlock []byte) (aead, error) {
	if len(m) < MachineSize {
		return nil, app.Fail(app.VaultMachineWrong)
	}
	if len(unlock) != UnlockSize {
		return nil, app.Fail(app.VaultSlotBroken)
	}
	both := slices.Concat(m, unlock)
	defer clear(both)
	secret, err := hkdf.Key(sha256.New, both, id[:], "loket/pass-slot/1", keySize)
	if err != nil {
		return nil, app.Wrap("vault.pass", app.Internal, err)
	}
	defer clear(secret)
	return newAEAD(secret)
}

// Signer is somebody whose key may have signed a pass: who works here, or did.
type Signer struct {
	Operator app.Operator // without the name
	Removed  bool
}
