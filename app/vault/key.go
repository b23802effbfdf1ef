// Package vault keeps personal data unreadable on the disk: a data key that only an operator's PIN
// together with a secret of this machine unlocks, the sealing of single values with it, and blind
// indexes to look values up without showing them. It touches no files; storage keeps what it makes.
package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"sync"

	"loket/app"
)

const (
	keySize     = 32
	versionSize = 4
)

// Key is the open data key of one kiosk. Whoever holds it can read; Forget ends that. It is safe
// for use by several goroutines.
type Key struct {
	mu      sync.RWMutex
	version uint32
	secret  [keySize]byte // all zero once forgotten
	open    bool
	cells   aead // made at the first use: a kiosk opens hundreds of thousands of cells
}

// NewKey makes the first data key of a kiosk.
func NewKey() *Key { return newKey(1) }

// Next makes the data key that replaces this one, when an operator leaves.
func (k *Key) Next() *Key { return newKey(k.Version() + 1) }

func newKey(version uint32) *Key {
	k := &Key{version: version, open: true}
	rand.Read(k.secret[:]) // never fails: the program would stop
	return k
}

func keyFrom(version uint32, secret []byte) (*Key, error) {
	if len(secret) != keySize || version == 0 {
		return nil, app.Fail(app.VaultSlotBroken)
	}
	return &Key{version: version, secret: [keySize]byte(secret), open: true}, nil
}

// Version counts the data keys that this kiosk has had.
func (k *Key) Version() uint32 { return k.version }

// Forget wipes the key. Everything that needs it fails with vault.locked from now on.
func (k *Key) Forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	clear(k.secret[:])
	k.open, k.cells = false, nil
}

// derive makes the key for one purpose, so that no two purposes share one.
func (k *Key) derive(purpose string) ([]byte, error) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	if !k.open {
		return nil, app.Fail(app.VaultLocked)
	}
	return hkdf.Key(sha256.New, k.secret[:], nil, purpose, keySize)
}

func (k *Key) aead(purpose string) (aead, error) {
	secret, err := k.derive(purpose)
	if err != nil {
		return nil, err
	}
	defer clear(secret)
	return newAEAD(secret)
}

// ofCells is the key that cells are sealed with.
func (k *Key) ofCells() (aead, error) {
	k.mu.RLock()
	ready := k.cells
	k.mu.RUnlock()
	if ready != nil {
		return ready, nil
	}
	made, err := k.aead("loket/cells/1")
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.open {
		k.cells = made
	}
	return made, nil
}

type aead = cipher.AEAD

func newAEAD(secret []byte) (aead, error) {
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, app.Wrap("vault", app.Internal, err)
	}
	a, err := cipher.NewGCMWithRandomNonce(block)
	return a, app.Wrap("vault", app.Internal, err)
}

// Cell is where a sealed value stands. A value moved to another cell does not open there.
type Cell struct{ Table, Column, Row string }

func (c Cell) bound(version uint32) []byte {
	b := []byte(c.Table + "\x00" + c.Column + "\x00" + c.Row + "\x00")
	return binary.BigEndian.AppendUint32(b, version)
}

// Seal encrypts the value of a cell: key version (4 bytes), nonce, AES-256-GCM, with the cell and
// the version as additional data.
func (k *Key) Seal(at Cell, plain []byte) ([]byte, error) {
	a, err := k.ofCells()
	if err != nil {
		return nil, err
	}
	out := make([]byte, versionSize, versionSize+len(plain)+a.Overhead())
	binary.BigEndian.PutUint32(out, k.version)
	return a.Seal(out, nil, plain, at.bound(k.version)), nil
}

// Open decrypts the value of a cell. It fails with vault.unreadable when the bytes were changed,
// stand in another cell or were sealed with another key.
func (k *Key) Open(at Cell, sealed []byte) ([]byte, error) {
	a, err := k.ofCells()
	if err != nil {
		return nil, err
	}
	if len(sealed) < versionSize || versionIn(sealed) != k.version {
		return nil, app.Fail(app.VaultUnreadable)
	}
	plain, err := a.Open(nil, nil, sealed[versionSize:], at.bound(k.version))
	return plain, app.Wrap("vault.Open", app.VaultUnreadable, err)
}

func versionIn(sealed []byte) uint32 { return binary.BigEndian.Uint32(sealed) }
