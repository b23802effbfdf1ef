package sealed

import (
	"crypto/sha256"

	"loket/app"
	"loket/app/cose"
)

type attachmentOuter struct {
	_           struct{} `cbor:",toarray"`
	V           uint
	Typ         string
	Kiosk       app.Kiosk
	Incarnation app.Incarnation
	Hash        []byte // SHA-256 of the plain bytes
	Recipient   KeyID
}

// SealAttachment encrypts a picture or document to head office's HPKE key. The entry that names the
// hash vouches for it, so it carries no signature of its own.
func SealAttachment(chain app.Chain, plain, to []byte) ([]byte, error) {
	hash := sha256.Sum256(plain)
	info, err := cose.Marshal(attachmentOuter{V: 1, Typ: TypAttachment, Kiosk: chain.Kiosk, Incarnation: chain.Incarnation, Hash: hash[:], Recipient: KeyIDOf(to)})
	if err != nil {
		return nil, err
	}
	body, err := seal(to, info, plain)
	if err != nil {
		return nil, err
	}
	return join(info, body)
}

// OpenAttachment decrypts an attachment and proves that its bytes have the hash outside.
func OpenAttachment(file []byte, key OpeningKey) (app.Chain, [32]byte, []byte, error) {
	var o attachmentOuter
	none := [32]byte{}
	info, body, err := split(file, MaxAttachment, &o)
	if err != nil {
		return app.Chain{}, none, nil, err
	}
	if o.V != 1 || o.Typ != TypAttachment {
		return app.Chain{}, none, nil, app.Fail(app.PostWrongType)
	}
	plain, err := open(key, info, body)
	if err != nil {
		return app.Chain{}, none, nil, err
	}
	hash := sha256.Sum256(plain)
	if string(hash[:]) != string(o.Hash) {
		return app.Chain{}, none, nil, app.Fail(app.PostHashDiffers)
	}
	return app.Chain{Kiosk: o.Kiosk, Incarnation: o.Incarnation}, hash, plain, nil
}
