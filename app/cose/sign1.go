package cose

import (
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"

	"github.com/fxamacker/cbor/v2"

	"loket/app"
)

const (
	tagSign1 = 18
	algEdDSA = -8
)

// KeyID is how an object names the key that signed it: the first 8 bytes of SHA-256 of the public
// key. Two keys may share one, so a reader tries every key that has it.
type KeyID [8]byte

// KeyIDOf is the id of a public key.
func KeyIDOf(pub ed25519.PublicKey) KeyID {
	sum := sha256.Sum256(pub)
	return KeyID(sum[:8])
}

// Message is a signed object taken apart. Nothing in it is proven before Verify.
type Message struct {
	Typ       string // the purpose, header 16; "" for cards, which have none
	KeyID     KeyID
	Payload   []byte
	protected []byte
	signature []byte
}

type header struct {
	Alg int    `cbor:"1,keyasint"`
	Kid []byte `cbor:"4,keyasint"`
	Typ string `cbor:"16,keyasint,omitempty"`
}

type sign1 struct {
	_           struct{} `cbor:",toarray"`
	Protected   []byte
	Unprotected map[int]any
	Payload     []byte
	Signature   []byte
}

// Sign makes a tagged COSE_Sign1 whose protected header is exactly {1: -8, 4: key id, 16: typ} and
// whose unprotected header is empty. The signer holds an Ed25519 key. Only cards have no typ.
func Sign(typ string, payload []byte, signer crypto.Signer) ([]byte, error) {
	pub, ok := signer.Public().(ed25519.PublicKey)
	if !ok {
		return nil, app.Fail(app.CoseSignature)
	}
	kid := KeyIDOf(pub)
	protected, err := Marshal(header{Alg: algEdDSA, Kid: kid[:], Typ: typ})
	if err != nil {
		return nil, err
	}
	signed, err := signedBytes(protected, payload)
	if err != nil {
		return nil, err
	}
	signature, err := signer.Sign(nil, signed, crypto.Hash(0))
	if err != nil {
		return nil, app.Wrap("cose.Sign", app.CoseSignature, err)
	}
	return Marshal(cbor.Tag{Number: tagSign1, Content: sign1{
		Protected: protected, Unprotected: map[int]any{}, Payload: payload, Signature: signature,
	}})
}

// Peek takes an object apart without proving its signature: what it is for, and which key to try.
func Peek(message []byte) (*Message, error) {
	if err := Canonical(message); err != nil {
		return nil, err
	}
	var tag cbor.RawTag
	var body sign1
	if err := Dec.Unmarshal(message, &tag); err != nil || tag.Number != tagSign1 {
		return nil, app.Fail(app.CoseMalformed)
	}
	if err := Dec.Unmarshal(tag.Content, &body); err != nil {
		return nil, app.Wrap("cose.Peek", app.CoseMalformed, err)
	}
	if len(body.Unprotected) != 0 || body.Unprotected == nil || body.Payload == nil || len(body.Signature) != ed25519.SignatureSize {
		return nil, app.Fail(app.CoseMalformed)
	}
	var h header
	if err := Unmarshal(body.Protected, &h); err != nil {
		return nil, err
	}
	if exact, err := Marshal(h); err != nil || string(exact) != string(body.Protected) || h.Alg != algEdDSA || len(h.Kid) != len(KeyID{}) {
		return nil, app.Fail(app.CoseMalformed)
	}
	return &Message{h.Typ, KeyID(h.Kid), body.Payload, body.Protected, body.Signature}, nil
}

// Verify proves that the holder of a public key signed these bytes for this purpose, and returns
// the payload.
func Verify(typ string, message []byte, pub ed25519.PublicKey) ([]byte, error) {
	m, err := Peek(message)
	if err != nil {
		return nil, err
	}
	if m.Typ != typ {
		return nil, app.Fail(app.CoseWrongType, "want", typ, "got", m.Typ)
	}
	if err := m.SignedBy(pub); err != nil {
		return nil, err
	}
	return m.Payload, nil
}

// SignedBy proves the signature alone, by a sound key. The caller has looked at Typ.
func (m *Message) SignedBy(pub ed25519.PublicKey) error {
	if len(pub) != ed25519.PublicKeySize || KeyIDOf(pub) != m.KeyID {
		return app.Fail(app.CoseSignature)
	}
	if err := SoundKey(pub); err != nil {
		return err
	}
	signed, err := signedBytes(m.protected, m.Payload)
	if err != nil {
		return err
	}
	if !ed25519.Verify(pub, signed, m.signature) {
		return app.Fail(app.CoseSignature)
	}
	return nil
}

// signedBytes is the Sig_structure of RFC 9052, section 4.4, without external data.
func signedBytes(protected, payload []byte) ([]byte, error) {
	return Marshal([]any{"Signature1", protected, []byte{}, payload})
}
