package vault

import (
	"crypto/ecdh"
	"crypto/hpke"

	"loket/app"
	"loket/app/cose"
)

type recoveryWire struct {
	Version uint32 `cbor:"1,keyasint"`
	Secret  []byte `cbor:"2,keyasint"`
}

// SealRecovery seals the data key to head office's offline recovery key (X25519, 32 bytes), for a
// forgotten last PIN or a broken machine. HPKE: X25519, HKDF-SHA256, ChaCha20-Poly1305; the chain
// is bound in, so that one kiosk's key cannot be passed off as another's.
func SealRecovery(to []byte, chain app.Chain, k *Key) ([]byte, error) {
	pub, err := ecdh.X25519().NewPublicKey(to)
	if err != nil {
		return nil, app.Wrap("vault.SealRecovery", app.VaultRecoveryKey, err)
	}
	recipient, err := hpke.NewDHKEMPublicKey(pub)
	if err != nil {
		return nil, app.Wrap("vault.SealRecovery", app.VaultRecoveryKey, err)
	}
	plain, err := k.encode()
	if err != nil {
		return nil, err
	}
	defer clear(plain)
	b, err := hpke.Seal(recipient, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), recoveryInfo(chain), plain)
	return b, app.Wrap("vault.SealRecovery", app.VaultRecoveryKey, err)
}

// OpenRecovery opens it with the recovery key's 32 private bytes.
func OpenRecovery(private []byte, chain app.Chain, sealed []byte) (*Key, error) {
	priv, err := ecdh.X25519().NewPrivateKey(private)
	if err != nil {
		return nil, app.Wrap("vault.OpenRecovery", app.VaultRecoveryKey, err)
	}
	key, err := hpke.NewDHKEMPrivateKey(priv)
	if err != nil {
		return nil, app.Wrap("vault.OpenRecovery", app.VaultRecoveryKey, err)
	}
	plain, err := hpke.Open(key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), recoveryInfo(chain), sealed)
	if err != nil {
		return nil, app.Wrap("vault.OpenRecovery", app.VaultRecoveryKey, err)
	}
	defer clear(plain)
	var w recoveryWire
	if err := cose.Unmarshal(plain, &w); err != nil {
		return nil, app.Fail(app.VaultRecoveryKey)
	}
	return keyFrom(w.Version, w.Secret)
}

func recoveryInfo(chain app.Chain) []byte { return []byte("loket/recovery/1 " + chain.String()) }

func (k *Key) encode() ([]byte, error) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	if !k.open {
		return nil, app.Fail(app.VaultLocked)
	}
	return cose.Marshal(recoveryWire{k.version, k.secret[:]})
}
