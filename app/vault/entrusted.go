package vault

import (
	"crypto/ecdh"
	"crypto/hpke"

	"loket/app/cose"
)

// A data key is entrusted to somebody who is not here: head office's recovery key, an operator who
// stays when the keys change, a kiosk that asks for recovery. HPKE: X25519, HKDF-SHA256,
// ChaCha20-Poly1305; the info binds what it is for and whose it is.

// entrust seals a data key to an X25519 public key of 32 bytes.
func entrust(to []byte, info string, k *Key) ([]byte, error) {
	pub, err := ecdh.X25519().NewPublicKey(to)
	if err != nil {
		return nil, err
	}
	recipient, err := hpke.NewDHKEMPublicKey(pub)
	if err != nil {
		return nil, err
	}
	plain, err := k.encode()
	if err != nil {
		return nil, err
	}
	defer clear(plain)
	return hpke.Seal(recipient, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), []byte(info), plain)
}

// entrusted opens it again with the private half, 32 bytes.
func entrusted(private []byte, info string, sealed []byte) (*Key, error) {
	priv, err := ecdh.X25519().NewPrivateKey(private)
	if err != nil {
		return nil, err
	}
	key, err := hpke.NewDHKEMPrivateKey(priv)
	if err != nil {
		return nil, err
	}
	plain, err := hpke.Open(key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), []byte(info), sealed)
	if err != nil {
		return nil, err
	}
	defer clear(plain)
	var w recoveryWire
	if err := cose.Unmarshal(plain, &w); err != nil {
		return nil, err
	}
	return keyFrom(w.Version, w.Secret)
}
