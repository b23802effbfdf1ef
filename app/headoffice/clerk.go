package headoffice

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"

	"loket/app"
	"loket/app/card"
	"loket/app/headoffice/verifypage"
	"loket/app/office/books"
	"loket/app/sealed"
)

// Keys are the store's clerk.
var _ books.Clerk = (*Keys)(nil)

// Frame signs a frame and seals it to a kiosk. A receipt in it is signed by the same key, also where
// another signed it before.
func (k *Keys) Frame(f sealed.Frame, to []byte) (s books.Signed, err error) {
	t, err := k.at(f.Issued)
	if err != nil {
		return s, err
	}
	if f.Kind == sealed.FrameReceipt && !f.Enclosed {
		if f.Content, err = sealed.SignReceiptAgain(f.Content, t.key); err != nil {
			return s, err
		}
	}
	s.Epoch, s.Until = t.cert.Epoch, t.cert.Until
	s.File, s.Hash, err = sealed.SealFrame(f, sealed.Speaker{Certificate: t.raw, Key: t.key}, to)
	return s, err
}

// Receipt signs a receipt.
func (k *Keys) Receipt(r sealed.Receipt) ([]byte, error) {
	t, err := k.at(r.ReceivedAt)
	if err != nil {
		return nil, err
	}
	return sealed.SignReceipt(r, t.key)
}

// List signs a trust or status list.
func (k *Keys) List(d books.Draft) (books.Published, error) {
	t, err := k.at(d.IssuedAt)
	if err != nil {
		return books.Published{}, err
	}
	if d.Name.Kind == books.StatusList {
		list := card.StatusList{Epoch: t.cert.Epoch, Seq: d.Seq, Issued: d.IssuedAt, Expires: d.NextUpdate, Shard: d.Shard, Marks: d.Marks, Certificate: t.raw}
		raw, parts, err := list.Pack(t.key)
		return books.Published{Epoch: t.cert.Epoch, Raw: raw, Parts: parts}, err
	}
	page, err := verifypage.Hash()
	if err != nil {
		return books.Published{}, err
	}
	list := card.TrustList{
		Epoch: t.cert.Epoch, Seq: d.Seq, Issued: d.IssuedAt, NextUpdate: d.NextUpdate, PageHash: page[:],
		Branches: d.Branches, Keys: d.Keys, Certificate: t.raw,
	}
	raw, parts, err := list.Pack(t.key)
	return books.Published{Epoch: t.cert.Epoch, Raw: raw, Parts: parts}, err
}

// Hide encrypts a personal column: AES-256-GCM, a random nonce in front, bound to its place.
func (k *Keys) Hide(place string, plain []byte) ([]byte, error) {
	nonce := make([]byte, k.columns.NonceSize(), k.columns.NonceSize()+len(plain)+k.columns.Overhead())
	if _, err := rand.Read(nonce); err != nil {
		return nil, app.Wrap("headoffice.Hide", app.Internal, err)
	}
	return k.columns.Seal(nonce, nonce, plain, []byte(place)), nil
}

// Show decrypts what Hide made for the same place.
func (k *Keys) Show(place string, hidden []byte) ([]byte, error) {
	n := k.columns.NonceSize()
	if len(hidden) < n {
		return nil, app.Fail(app.OfficeKeysBroken, "file", "columns.key")
	}
	plain, err := k.columns.Open(nil, hidden[:n], hidden[n:], []byte(place))
	if err != nil {
		return nil, &app.Error{Code: app.OfficeKeysBroken, Args: app.Args{"file": "columns.key"}, Op: "headoffice.Show", Err: err}
	}
	return plain, nil
}

// Index is a blind index: equal values meet, and nobody without the key learns which they are.
func (k *Keys) Index(kind, value string) []byte {
	mac := hmac.New(sha256.New, k.index)
	mac.Write([]byte(kind + "\x00" + value))
	return mac.Sum(nil)[:16]
}

func newAEAD(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, app.Wrap("headoffice.newAEAD", app.OfficeKeysBroken, err)
	}
	aead, err := cipher.NewGCM(block)
	return aead, app.Wrap("headoffice.newAEAD", app.OfficeKeysBroken, err)
}
