package vault

import (
	"loket/app"
	"loket/app/cose"
)

type recoveryWire struct {
	Version uint32 `cbor:"1,keyasint"`
	Secret  []byte `cbor:"2,keyasint"`
}

// SealRecovery seals the data key to head office's offline recovery key (X25519, 32 bytes), for a
// forgotten last PIN or a broken machine. The chain is bound in, so that one kiosk's key cannot be
// passed off as another's.
func SealRecovery(to []byte, chain app.Chain, k *Key) ([]byte, error) {
	b, err := entrust(to, recoveryInfo(chain), k)
	return b, unlessKnown(app.VaultRecoveryKey, "vault.SealRecovery", err)
}

// OpenRecovery opens it with the recovery key's 32 private bytes.
func OpenRecovery(private []byte, chain app.Chain, sealed []byte) (*Key, error) {
	key, err := entrusted(private, recoveryInfo(chain), sealed)
	return key, unlessKnown(app.VaultRecoveryKey, "vault.OpenRecovery", err)
}

// unlessKnown gives a foreign failure a code; a forgotten key stays vault.locked.
func unlessKnown(code app.Code, op string, err error) error {
	if err == nil || app.CodeOf(err) == app.VaultLocked {
		return err
	}
	return &app.Error{Code: code, Op: op, Err: err}
}

func recoveryInfo(chain app.Chain) string { return "loket/recovery/1 " + chain.String() }

func (k *Key) encode() ([]byte, error) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	if !k.open {
		return nil, app.Fail(app.VaultLocked)
	}
	return cose.Marshal(recoveryWire{k.version, k.secret[:]})
}
