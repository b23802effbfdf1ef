package office

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"loket/app"
)

// Fingerprint names a root key: SHA-256 of its public key.
type Fingerprint [32]byte

// FingerprintOf is the fingerprint of a root's public key.
func FingerprintOf(root ed25519.PublicKey) Fingerprint { return sha256.Sum256(root) }

// ParseFingerprint reads 64 hexadecimal digits.
func ParseFingerprint(s string) (Fingerprint, error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(Fingerprint{}) {
		return Fingerprint{}, app.Fail(app.WrongUse, "value", "root")
	}
	return Fingerprint(b), nil
}

// String is 64 hexadecimal digits.
func (f Fingerprint) String() string { return hex.EncodeToString(f[:]) }

// Roots are the pinned root keys: the present one and its successor. None trusts nothing.
type Roots []Fingerprint

// Hold says whether a root key is pinned.
func (r Roots) Hold(root ed25519.PublicKey) bool { return slices.Contains(r, FingerprintOf(root)) }
