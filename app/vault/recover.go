package vault

import (
	"crypto/ecdh"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"

	"loket/app"
	"loket/app/cose"
)

// RecoveryRequest asks head office for the data key of a kiosk that nobody can open any more: the
// last PIN was forgotten, or the machine's secret is gone with the machine. It is not secret, and
// nobody can prove with it who asks: two people at head office make sure of that.
type RecoveryRequest struct {
	Chain  app.Chain
	To     []byte // X25519, public: fresh for this request
	Sealed []byte // the data key, as SealRecovery made it
	At     time.Time
}

type recoveryRequestWire struct {
	_           struct{} `cbor:",toarray"`
	Label       string
	Kiosk       app.Kiosk
	Incarnation app.Incarnation
	To          []byte
	Sealed      []byte
	At          int64
}

const recoveryRequestLabel = "loket/recovery-request/1"

// NewRecoveryRequest makes a request and the private key (32 bytes) that its answer opens with.
func NewRecoveryRequest(chain app.Chain, sealed []byte, at time.Time) (r RecoveryRequest, private []byte, err error) {
	if len(sealed) == 0 {
		return r, nil, app.Fail(app.VaultNoRecovery)
	}
	key, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return r, nil, app.Wrap("vault.NewRecoveryRequest", app.Internal, err)
	}
	return RecoveryRequest{chain, key.PublicKey().Bytes(), sealed, at}, key.Bytes(), nil
}

// Encode is the request as a file.
func (r RecoveryRequest) Encode() ([]byte, error) {
	return cose.Marshal(recoveryRequestWire{
		Label: recoveryRequestLabel, Kiosk: r.Chain.Kiosk, Incarnation: r.Chain.Incarnation, To: r.To, Sealed: r.Sealed, At: r.At.Unix(),
	})
}

// ParseRecoveryRequest reads what Encode wrote; anything else is vault.recovery_request.
func ParseRecoveryRequest(b []byte) (RecoveryRequest, error) {
	var w recoveryRequestWire
	if err := cose.Unmarshal(b, &w); err != nil || w.Label != recoveryRequestLabel || len(w.To) != 32 {
		return RecoveryRequest{}, &app.Error{Code: app.VaultRecoveryRequest, Op: "vault.ParseRecoveryRequest", Err: err}
	}
	return RecoveryRequest{app.Chain{Kiosk: w.Kiosk, Incarnation: w.Incarnation}, w.To, w.Sealed, time.Unix(w.At, 0)}, nil
}

// Code is eight digits that both sides read to each other on the telephone: who asks is who holds
// this request, and it was not exchanged on the way.
func (r RecoveryRequest) Code() string {
	sum := sha256.Sum256(append([]byte(recoveryRequestLabel), r.To...))
	n := binary.BigEndian.Uint64(sum[:8]) % 100_000_000
	return fmt.Sprintf("%04d %04d", n/10_000, n%10_000)
}

// RecoveryCode is the code of the request that belongs to a private key.
func RecoveryCode(private []byte) (string, error) {
	key, err := ecdh.X25519().NewPrivateKey(private)
	if err != nil {
		return "", app.Wrap("vault.RecoveryCode", app.VaultRecoveryRequest, err)
	}
	return RecoveryRequest{To: key.PublicKey().Bytes()}.Code(), nil
}

// AnswerRecovery opens the data key with head office's recovery key (32 private bytes) and seals it
// to the request's key.
func AnswerRecovery(recovery []byte, r RecoveryRequest) ([]byte, error) {
	key, err := OpenRecovery(recovery, r.Chain, r.Sealed)
	if err != nil {
		return nil, err
	}
	defer key.Forget()
	b, err := entrust(r.To, answerInfo(r.Chain), key)
	return b, unlessKnown(app.VaultRecoveryRequest, "vault.AnswerRecovery", err)
}

// OpenRecoveryAnswer opens head office's answer with the request's private key. An answer to another
// request is vault.recovery_answer.
func OpenRecoveryAnswer(private []byte, chain app.Chain, answer []byte) (*Key, error) {
	key, err := entrusted(private, answerInfo(chain), answer)
	return key, unlessKnown(app.VaultRecoveryAnswer, "vault.OpenRecoveryAnswer", err)
}

func answerInfo(chain app.Chain) string { return "loket/recovered/1 " + chain.String() }
