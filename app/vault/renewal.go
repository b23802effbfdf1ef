package vault

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"

	"loket/app"
	"loket/app/cose"
)

// Rekeying is what replaces the keys of a kiosk when somebody leaves.
type Rekeying struct {
	Next     *Key              // data key
	Keys     Secrets           // with new device and issuing keys
	Renewals map[string][]byte // the data key for each operator who stays, by ID
	Passes   map[PassID][]byte // the data key as each unused event pass opens it
	Recovery []byte            // the data key for head office's recovery; empty without its key
}

// opening is the operator's own key for what others seal to that person: made from the signing key,
// so that a slot need not hold a second one.
func opening(signer ed25519.PrivateKey) (*ecdh.PrivateKey, error) {
	secret, err := hkdf.Key(sha256.New, signer.Seed(), nil, "loket/operator/opening/1", keySize)
	if err != nil {
		return nil, app.Wrap("vault.opening", app.Internal, err)
	}
	defer clear(secret)
	key, err := ecdh.X25519().NewPrivateKey(secret)
	return key, app.Wrap("vault.opening", app.Internal, err)
}

// OpeningOf is the public half (X25519, 32 bytes) of an operator's opening key.
func OpeningOf(signer ed25519.PrivateKey) ([]byte, error) {
	key, err := opening(signer)
	if err != nil {
		return nil, err
	}
	return key.PublicKey().Bytes(), nil
}

// SealRenewal seals a new data key to an operator who stays, who is not here to type a PIN. The
// operator is bound in.
func SealRenewal(to []byte, operator string, k *Key) ([]byte, error) {
	b, err := entrust(to, renewalInfo(operator), k)
	return b, unlessKnown(app.VaultSlotBroken, "vault.SealRenewal", err)
}

// OpenRenewal opens what SealRenewal made, with the operator's signing key from the own slot.
func OpenRenewal(signer ed25519.PrivateKey, operator string, sealed []byte) (*Key, error) {
	private, err := opening(signer)
	if err != nil {
		return nil, err
	}
	key, err := entrusted(private.Bytes(), renewalInfo(operator), sealed)
	return key, unlessKnown(app.VaultSlotBroken, "vault.OpenRenewal", err)
}

func renewalInfo(operator string) string { return "loket/renewal/1 " + operator }

// VersionOf is the version of the data key under which a value is sealed.
func VersionOf(sealed []byte) uint32 {
	if len(sealed) < versionSize {
		return 0
	}
	return versionIn(sealed)
}

// EncodeKey and DecodeKey keep a former data key under the present one, until what it sealed is
// sealed anew.
func EncodeKey(k *Key) ([]byte, error) { return k.encode() }

// DecodeKey reads what EncodeKey wrote.
func DecodeKey(b []byte) (*Key, error) {
	var w recoveryWire
	if err := cose.Unmarshal(b, &w); err != nil {
		return nil, app.Fail(app.VaultUnreadable)
	}
	return keyFrom(w.Version, w.Secret)
}
