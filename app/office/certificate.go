// Package office says who speaks for head office. One root key, pinned by kiosks, checkers and the
// verify page together with its successor, signs certificates of office keys and nothing else;
// office keys sign everything that head office says. The bytes stand in docs/office.cddl.
package office

import (
	"crypto"
	"crypto/ed25519"
	"time"

	"loket/app"
	"loket/app/cose"
)

// Typ is the purpose that a certificate is signed for.
const Typ = "loket/office"

// Uses is what an office key may sign, as a set.
type Uses uint

// The uses.
const (
	ForReceipts Uses = 1 << iota
	ForFeed
	ForTrust
	ForStatus
	ForRules // rules and operators
	ForLog

	allUses = ForReceipts | ForFeed | ForTrust | ForStatus | ForRules | ForLog
)

// Has says whether all of u are in the set.
func (s Uses) Has(u Uses) bool { return s&u == u }

// Certificate is the root's word that a key speaks for head office, for these uses, from one moment
// until another. A higher epoch makes void what a lower epoch signed.
type Certificate struct {
	Epoch   uint64
	Key     ed25519.PublicKey
	HPKEKey []byte // X25519, 32 bytes: batches are sealed to it; may be empty
	TLSPin  []byte // SHA-256 of the kiosk listener's public key; may be empty
	Uses    Uses
	From    time.Time
	Until   time.Time
	Root    ed25519.PublicKey // who signed; set when issued
}

type wire struct {
	Epoch   uint64 `cbor:"1,keyasint"`
	Key     []byte `cbor:"2,keyasint"`
	HPKEKey []byte `cbor:"3,keyasint,omitempty"`
	TLSPin  []byte `cbor:"4,keyasint,omitempty"`
	Uses    Uses   `cbor:"5,keyasint"`
	From    int64  `cbor:"6,keyasint"`
	Until   int64  `cbor:"7,keyasint"`
	Root    []byte `cbor:"8,keyasint"`
}

// IssueCertificate signs a certificate with the root key. Times are kept to the second.
func IssueCertificate(root crypto.Signer, c Certificate) ([]byte, error) {
	pub, ok := root.Public().(ed25519.PublicKey)
	if !ok {
		return nil, app.Fail(app.OfficeCertificate)
	}
	w := wire{c.Epoch, c.Key, c.HPKEKey, c.TLSPin, c.Uses, c.From.Unix(), c.Until.Unix(), pub}
	if !w.sound() {
		return nil, app.Fail(app.OfficeCertificate)
	}
	payload, err := cose.Marshal(w)
	if err != nil {
		return nil, err
	}
	return cose.Sign(Typ, payload, root)
}

// ParseCertificate proves that a pinned root signed the certificate, that it holds at a moment, and
// that its key may be used so (0: any use).
func ParseCertificate(cert []byte, roots Roots, at time.Time, use Uses) (*Certificate, error) {
	c, err := Open(cert)
	switch {
	case err != nil:
		return nil, err
	case !roots.Hold(c.Root):
		return nil, app.Fail(app.OfficeUnknownRoot)
	case at.Before(c.From):
		return nil, app.Fail(app.OfficeNotYet)
	case !at.Before(c.Until):
		return nil, app.Fail(app.OfficeExpired)
	case !c.Uses.Has(use):
		return nil, app.Fail(app.OfficeWrongUse)
	}
	return c, nil
}

// Open reads a certificate and proves its signature by the root that it names itself: that alone
// is no reason to trust it.
func Open(cert []byte) (*Certificate, error) {
	m, err := cose.Peek(cert)
	if err != nil {
		return nil, err
	}
	if m.Typ != Typ {
		return nil, app.Fail(app.CoseWrongType, "want", Typ, "got", m.Typ)
	}
	var w wire
	if err := cose.Unmarshal(m.Payload, &w); err != nil {
		return nil, err
	}
	if !w.sound() {
		return nil, app.Fail(app.OfficeCertificate)
	}
	if err := m.SignedBy(w.Root); err != nil {
		return nil, err
	}
	return &Certificate{
		w.Epoch, w.Key, w.HPKEKey, w.TLSPin, w.Uses,
		time.Unix(w.From, 0).UTC(), time.Unix(w.Until, 0).UTC(), w.Root,
	}, nil
}

// sound says whether every field has its size and the keys are sound. Uses that this version does not know are refused:
// they could mean a restriction.
func (w wire) sound() bool {
	return cose.SoundKey(w.Key) == nil && cose.SoundKey(w.Root) == nil &&
		(len(w.HPKEKey) == 0 || len(w.HPKEKey) == 32) && (len(w.TLSPin) == 0 || len(w.TLSPin) == 32) &&
		w.Uses != 0 && w.Uses&^allUses == 0 && w.From >= 0 && w.From < w.Until && w.Until < maxUnix
}

// maxUnix is the year 9999, which every language's dates can hold.
const maxUnix = 253402300800
