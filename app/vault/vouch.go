package vault

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"slices"

	"loket/app"
)

// Vouch adds to something that stands open on this machine what proves that this machine wrote it:
// HMAC-SHA-256 under a key of its own made from the machine's secret, with the name of what it is.
func (m Machine) Vouch(name string, b []byte) ([]byte, error) {
	sum, err := m.proof(name, b)
	return slices.Concat(sum, b), err
}

// Vouched takes the proof off again. What this machine did not write under this name is
// vault.tampered.
func (m Machine) Vouched(name string, b []byte) ([]byte, error) {
	if len(b) < sha256.Size {
		return nil, app.Fail(app.VaultTampered)
	}
	sum, err := m.proof(name, b[sha256.Size:])
	if err != nil {
		return nil, err
	}
	if !hmac.Equal(sum, b[:sha256.Size]) {
		return nil, app.Fail(app.VaultTampered)
	}
	return b[sha256.Size:], nil
}

func (m Machine) proof(name string, b []byte) ([]byte, error) {
	if len(m) < MachineSize {
		return nil, app.Fail(app.VaultMachineWrong)
	}
	secret, err := hkdf.Key(sha256.New, m, nil, "loket/local/1", keySize)
	if err != nil {
		return nil, app.Wrap("vault.Vouch", app.Internal, err)
	}
	defer clear(secret)
	h := hmac.New(sha256.New, secret)
	h.Write([]byte(name + "\x00"))
	h.Write(b)
	return h.Sum(nil), nil
}
