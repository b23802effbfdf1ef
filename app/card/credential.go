package card

import (
	"crypto"
	"crypto/sha256"

	"loket/app"
	"loket/app/cose"
)

// maxCredential bounds the COSE bytes: a version 12 code holds fewer.
const maxCredential = 512

// Credential is a card's COSE bytes taken apart. Its claims are proven by Verify alone.
type Credential struct {
	Claims  Claims
	KeyID   cose.KeyID
	message *cose.Message
	bytes   []byte
}

// Sign makes the COSE bytes of a card with a kiosk's issuing key (Ed25519).
func Sign(c Claims, signer crypto.Signer) ([]byte, error) {
	payload, err := c.encode()
	if err != nil {
		return nil, err
	}
	return cose.Sign("", payload, signer)
}

// Parse takes a card's COSE bytes apart. There is one encoding of a card; everything else is
// card.not_ours.
func Parse(bytes []byte) (*Credential, error) {
	if len(bytes) > maxCredential {
		return nil, app.Fail(app.CardNotOurs)
	}
	m, err := cose.Peek(bytes)
	if err != nil || m.Typ != "" {
		return nil, app.Fail(app.CardNotOurs)
	}
	claims, err := decodeClaims(m.Payload)
	if err != nil {
		return nil, err
	}
	return &Credential{*claims, m.KeyID, m, bytes}, nil
}

// Hash is SHA-256 of the COSE bytes, as in journal entries.
func (c *Credential) Hash() [32]byte { return Hash(c.bytes) }

// Hash is SHA-256 of a card's COSE bytes.
func Hash(credential []byte) [32]byte { return sha256.Sum256(credential) }

// codeLetters leaves out I and O, which look like digits.
const codeLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ"

// CardCode is the two letters that stand on the face of a card, so that whoever holds it can copy
// them onto a sheet: the first two bytes of SHA-256(COSE), as a number modulo 24 x 24.
func CardCode(credential []byte) string {
	sum := Hash(credential)
	n := (int(sum[0])<<8 | int(sum[1])) % (len(codeLetters) * len(codeLetters))
	return string([]byte{codeLetters[n/len(codeLetters)], codeLetters[n%len(codeLetters)]})
}
