package vault

import (
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"time"

	"loket/app"
)

// Secrets are the keys of the kiosk that rest under the data key.
type Secrets struct {
	Device  ed25519.PrivateKey // signs batches; the journal's chain begins with its public half
	Issuing ed25519.PrivateKey // signs cards
	Opening []byte             // X25519, 32 private bytes: opens what head office sends
	Former  []Former           // device keys before, oldest first
}

// Former is a device key that was replaced, and the last entry that it signs for: the one that names
// its successor.
type Former struct {
	Through uint64
	Device  ed25519.PrivateKey
}

// DeviceFor is the device key that signs a batch which begins with an entry, and the last entry
// that this key may sign for; 0 when there is no end.
func (s Secrets) DeviceFor(first uint64) (device ed25519.PrivateKey, through uint64) {
	for _, f := range s.Former {
		if first <= f.Through {
			return f.Device, f.Through
		}
	}
	return s.Device, 0
}

// Life is what the next life of a kiosk begins with, in the folder of the one before.
type Life struct {
	Chain       app.Chain
	Keys        Secrets
	Members     []Member  // who goes on, with names
	Until       time.Time // the token's end
	RecoveryKey []byte    // head office's; may be empty
	Recovery    []byte    // the data key, sealed to it
	By          app.Author
}

// NewSigner makes an Ed25519 key.
func NewSigner() ed25519.PrivateKey {
	seed := make([]byte, ed25519.SeedSize)
	rand.Read(seed) // never fails: the program would stop
	return ed25519.NewKeyFromSeed(seed)
}

// Public is the public half of an Ed25519 key.
func Public(k ed25519.PrivateKey) ed25519.PublicKey {
	pub, ok := k.Public().(ed25519.PublicKey)
	if !ok {
		return nil
	}
	return pub
}

// Member is an operator of this kiosk with the slot that the own PIN opens. The name rests in the
// label, sealed with the machine's secret: the sign-in screen shows it before anybody signs in, and
// a copied folder does not.
type Member struct {
	Operator app.Operator // without the name when read from a store
	Label    []byte
	Slot     Slot
	Opening  []byte // public, X25519; nil for who has not signed in since it was kept
	Renewal  []byte // a new data key, sealed to Opening; nil when the slot holds the present one
}

// SealLabel seals an operator's name for the sign-in screen.
func (m Machine) SealLabel(operator, name string) ([]byte, error) {
	a, err := m.labels()
	if err != nil {
		return nil, err
	}
	return a.Seal(nil, nil, []byte(name), []byte(operator)), nil
}

// OpenLabel reads an operator's name.
func (m Machine) OpenLabel(operator string, label []byte) (string, error) {
	a, err := m.labels()
	if err != nil {
		return "", err
	}
	name, err := a.Open(nil, nil, label, []byte(operator))
	return string(name), app.Wrap("vault.OpenLabel", app.VaultMachineWrong, err)
}

// SealNote and OpenNote keep something small on this machine only, under a name.
func (m Machine) SealNote(name string, plain []byte) ([]byte, error) {
	a, err := m.labels()
	if err != nil {
		return nil, err
	}
	return a.Seal(nil, nil, plain, []byte("note "+name)), nil
}

// OpenNote reads what SealNote made.
func (m Machine) OpenNote(name string, sealed []byte) ([]byte, error) {
	a, err := m.labels()
	if err != nil {
		return nil, err
	}
	plain, err := a.Open(nil, nil, sealed, []byte("note "+name))
	return plain, app.Wrap("vault.OpenNote", app.VaultMachineWrong, err)
}

func (m Machine) labels() (aead, error) {
	if len(m) < MachineSize {
		return nil, app.Fail(app.VaultMachineWrong)
	}
	secret, err := hkdf.Key(sha256.New, m, nil, "loket/labels/1", keySize)
	if err != nil {
		return nil, app.Wrap("vault.labels", app.Internal, err)
	}
	defer clear(secret)
	return newAEAD(secret)
}
