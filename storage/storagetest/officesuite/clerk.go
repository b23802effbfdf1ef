package officesuite

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"testing"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/office"
	"loket/app/office/books"
	"loket/app/sealed"
)

// Clerk is head office's keys for tests. Hidden columns are only marked, so that a test sees at
// once what was stored in the clear.
type Clerk struct {
	Root    ed25519.PrivateKey
	Key     ed25519.PrivateKey
	Opening sealed.OpeningKey
	cert    []byte
	epoch   uint64
	until   time.Time
}

// NewClerk makes keys whose certificate begins at a moment.
func NewClerk(t testing.TB, from time.Time) *Clerk {
	t.Helper()
	opening, err := sealed.NewOpeningKey()
	need(t, err)
	c := &Clerk{Root: newKey(t), Key: newKey(t), Opening: opening}
	c.Certify(t, 1, from, from.AddDate(2, 0, 0))
	return c
}

// Certify gives the clerk another certificate, for the key that it has.
func (c *Clerk) Certify(t testing.TB, epoch uint64, from, until time.Time) {
	t.Helper()
	cert, err := office.IssueCertificate(c.Root, office.Certificate{
		Epoch: epoch, Key: public(c.Key), HPKEKey: c.Opening.Public(),
		Uses: office.ForReceipts | office.ForFeed | office.ForTrust | office.ForStatus, From: from, Until: until,
	})
	need(t, err)
	c.cert, c.epoch, c.until = cert, epoch, until
}

// Replace gives the clerk another key, of a higher epoch.
func (c *Clerk) Replace(t testing.TB, epoch uint64, from, until time.Time) {
	t.Helper()
	c.Key = newKey(t)
	c.Certify(t, epoch, from, until)
}

// Roots are what kiosks pin.
func (c *Clerk) Roots() office.Roots { return office.Roots{office.FingerprintOf(public(c.Root))} }

// Frame signs and seals.
func (c *Clerk) Frame(f sealed.Frame, to []byte) (s books.Signed, err error) {
	if f.Kind == sealed.FrameReceipt && !f.Enclosed {
		if f.Content, err = sealed.SignReceiptAgain(f.Content, c.Key); err != nil {
			return s, err
		}
	}
	s.Epoch, s.Until = c.epoch, c.until
	s.File, s.Hash, err = sealed.SealFrame(f, sealed.Speaker{Certificate: c.cert, Key: c.Key}, to)
	return s, err
}

// Receipt signs.
func (c *Clerk) Receipt(r sealed.Receipt) ([]byte, error) { return sealed.SignReceipt(r, c.Key) }

// List signs.
func (c *Clerk) List(d books.Draft) (books.Published, error) {
	if d.Name.Kind == books.StatusList {
		l := card.StatusList{Epoch: c.epoch, Seq: d.Seq, Issued: d.IssuedAt, Expires: d.NextUpdate, Shard: d.Shard, Marks: d.Marks, Certificate: c.cert}
		raw, parts, err := l.Pack(c.Key)
		return books.Published{Epoch: c.epoch, Raw: raw, Parts: parts}, err
	}
	l := card.TrustList{Epoch: c.epoch, Seq: d.Seq, Issued: d.IssuedAt, NextUpdate: d.NextUpdate, Branches: d.Branches, Keys: d.Keys, Certificate: c.cert}
	raw, parts, err := l.Pack(c.Key)
	return books.Published{Epoch: c.epoch, Raw: raw, Parts: parts}, err
}

// Hide turns every bit over.
func (c *Clerk) Hide(place string, plain []byte) ([]byte, error) {
	return flipped(append([]byte(place+"|"), plain...)), nil
}

// Show refuses what was hidden for another place.
func (c *Clerk) Show(place string, hidden []byte) ([]byte, error) {
	plain := flipped(hidden)
	if len(plain) < len(place)+1 || string(plain[:len(place)+1]) != place+"|" {
		return nil, app.Fail(app.OfficeKeysBroken, "file", "test")
	}
	return plain[len(place)+1:], nil
}

// Index is keyed as the real one.
func (c *Clerk) Index(kind, value string) []byte {
	mac := hmac.New(sha256.New, c.Key)
	mac.Write([]byte(kind + "\x00" + value))
	return mac.Sum(nil)[:16]
}

func flipped(b []byte) []byte {
	out := make([]byte, len(b))
	for i := range b {
		out[i] = ^b[i]
	}
	return out
}

func newKey(t testing.TB) ed25519.PrivateKey {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	need(t, err)
	return key
}

func public(k ed25519.PrivateKey) ed25519.PublicKey {
	return append(ed25519.PublicKey(nil), k[ed25519.SeedSize:]...)
}

func need(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// prolong gives the office key a certificate that is still good at a moment.
func (c *Clerk) prolong(t testing.TB, at time.Time) {
	t.Helper()
	var err error
	c.cert, err = office.IssueCertificate(c.Root, office.Certificate{
		Epoch: 1, Key: public(c.Key), HPKEKey: c.Opening.Public(),
		Uses: office.ForReceipts | office.ForFeed | office.ForTrust | office.ForStatus, From: at.AddDate(-10, 0, 0), Until: at.AddDate(2, 0, 0),
	})
	need(t, err)
}
