package sealed

import (
	"crypto"
	"crypto/sha256"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/office"
)

// Verdicts is what head office says of each entry of a batch: stored, but for those quarantined.
type Verdicts struct {
	First       uint64       `cbor:"1,keyasint"`
	Last        uint64       `cbor:"2,keyasint"`
	Quarantined []Quarantine `cbor:"3,keyasint,omitempty"` // ordered by seq
}

// Quarantine is an entry that head office keeps but could not apply, with the code.
type Quarantine struct {
	_    struct{} `cbor:",toarray"`
	Seq  uint64
	Code app.Code
}

// Receipt is head office's signed word that it holds a batch or an attachment.
type Receipt struct {
	Identity   Identity // of the batch; of an attachment the hash of its plain bytes
	ReceivedAt time.Time
	LogIndex   uint64
	Verdicts   Verdicts // zero for an attachment
}

type receiptWire struct {
	Identity []byte `cbor:"1,keyasint"`
	At       int64  `cbor:"2,keyasint"` // unix ms
	Log      uint64 `cbor:"3,keyasint"`
	Verdicts []byte `cbor:"4,keyasint"` // SHA-256 of the verdicts
}

type receiptContent struct {
	_        struct{} `cbor:",toarray"`
	Signed   []byte
	Verdicts []byte
}

// SignReceipt makes the content of a receipt frame.
func SignReceipt(r Receipt, signer crypto.Signer) ([]byte, error) {
	verdicts, err := cose.Marshal(r.Verdicts)
	if err != nil {
		return nil, err
	}
	hash := sha256.Sum256(verdicts)
	payload, err := cose.Marshal(receiptWire{r.Identity[:], r.ReceivedAt.UnixMilli(), r.LogIndex, hash[:]})
	if err != nil {
		return nil, err
	}
	signed, err := cose.Sign(TypReceipt, payload, signer)
	if err != nil {
		return nil, err
	}
	return cose.Marshal(receiptContent{Signed: signed, Verdicts: verdicts})
}

// ParseReceipt proves a receipt by the office key of its frame, which must be one that may sign
// receipts.
func ParseReceipt(content []byte, by *office.Certificate) (Receipt, error) {
	if by == nil || !by.Uses.Has(office.ForReceipts) {
		return Receipt{}, app.Fail(app.OfficeWrongUse)
	}
	var c receiptContent
	if err := cose.Unmarshal(content, &c); err != nil {
		return Receipt{}, malformed(err)
	}
	payload, err := cose.Verify(TypReceipt, c.Signed, by.Key)
	if err != nil {
		return Receipt{}, err
	}
	var w receiptWire
	if err := cose.Unmarshal(payload, &w); err != nil {
		return Receipt{}, malformed(err)
	}
	hash := sha256.Sum256(c.Verdicts)
	if len(w.Identity) != sha256.Size || string(w.Verdicts) != string(hash[:]) {
		return Receipt{}, app.Fail(app.PostHashDiffers)
	}
	r := Receipt{Identity: Identity(w.Identity), ReceivedAt: time.UnixMilli(w.At), LogIndex: w.Log}
	err = cose.Unmarshal(c.Verdicts, &r.Verdicts)
	return r, malformed(err)
}

// SignReceiptAgain gives the content of a receipt frame the signature of the key that signs its frame
// now; the receipt, its payload, stays what it was. Where the key has signed it, nothing changes.
func SignReceiptAgain(content []byte, signer crypto.Signer) ([]byte, error) {
	var c receiptContent
	if err := cose.Unmarshal(content, &c); err != nil {
		return nil, malformed(err)
	}
	m, err := cose.Peek(c.Signed)
	if err != nil {
		return nil, err
	}
	if m.Typ != TypReceipt {
		return nil, app.Fail(app.PostWrongType)
	}
	if c.Signed, err = cose.Sign(TypReceipt, m.Payload, signer); err != nil {
		return nil, err
	}
	return cose.Marshal(c)
}
