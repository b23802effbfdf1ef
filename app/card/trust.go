package card

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"slices"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/office"
)

// TrustTyp is the purpose that a trust list is signed for.
const TrustTyp = "loket/trust"

// SerialRange is leased serials, both ends included.
type SerialRange struct {
	_           struct{} `cbor:",toarray"`
	First, Last app.Serial
}

// Key is one kiosk's issuing key, as head office vouches for it.
type Key struct {
	Public      ed25519.PublicKey
	Branch      string
	Kiosk       app.Kiosk
	From, Until time.Time // may issue from, until (exclusive)
	VerifyUntil time.Time // no card may expire later
	Revoked     time.Time // zero: not revoked
	Serials     []SerialRange
	Accepted    [][8]byte // of a revoked key: the cards that stay genuine, see Mark
}

// TrustList is whose signatures on cards count. (Epoch, Seq) only rises.
type TrustList struct {
	Epoch, Seq         uint64
	Issued, NextUpdate time.Time
	PageHash           []byte            // SHA-256 of the verify page's files; may be empty
	Branches           map[string]string // names of branch codes, for people
	Keys               []Key
	Certificate        []byte // of the office key that signs
}

// Mark is how a trust list names a card of a revoked key: the first 8 bytes of SHA-256(COSE).
func Mark(credential []byte) [8]byte {
	sum := Hash(credential)
	return [8]byte(sum[:8])
}

// Newer says whether this list replaces another; nil is no list.
func (t *TrustList) Newer(than *TrustList) bool {
	return than == nil || t.Epoch > than.Epoch || t.Epoch == than.Epoch && t.Seq > than.Seq
}

// Age is how old the list is at a moment.
func (t *TrustList) Age(at time.Time) time.Duration { return at.Sub(t.Issued) }

// Stale says whether head office should have published a newer list by now.
func (t *TrustList) Stale(at time.Time) bool { return at.After(t.NextUpdate) }

// Sign makes the list's bytes with the office key that its certificate names.
func (t *TrustList) Sign(signer crypto.Signer) ([]byte, error) {
	w := wireTrust{
		Format: 1, Epoch: t.Epoch, Seq: t.Seq, Issued: t.Issued.Unix(), NextUpdate: t.NextUpdate.Unix(),
		PageHash: t.PageHash, Keys: []wireKey{}, Certificate: t.Certificate, Branches: t.Branches,
	}
	for _, k := range t.Keys {
		w.Keys = append(w.Keys, k.wire())
	}
	payload, err := cose.Marshal(w)
	if err != nil {
		return nil, err
	}
	list, err := cose.Sign(TrustTyp, payload, signer)
	if err != nil {
		return nil, err
	}
	own, err := OwnRoot(list)
	if err != nil {
		return nil, err
	}
	_, err = ParseTrust(list, office.Roots{own}) // what nobody could read is not signed
	return list, err
}

// ParseTrust reads a trust list and proves it: signed by an office key for trust, which a pinned root
// certified for the day of issue.
func ParseTrust(list []byte, roots office.Roots) (*TrustList, error) {
	m, err := cose.Peek(list)
	if err != nil {
		return nil, err
	}
	if m.Typ != TrustTyp {
		return nil, app.Fail(app.CoseWrongType, "want", TrustTyp, "got", m.Typ)
	}
	var w wireTrust
	if err := cose.Unmarshal(m.Payload, &w); err != nil {
		return nil, err
	}
	t, err := w.trust()
	if err != nil {
		return nil, err
	}
	return t, prove(m, t.Certificate, roots, t.Issued, t.Epoch, office.ForTrust)
}

// Update parses a list and takes it only when it is newer than the one at hand; nil is none.
func (t *TrustList) Update(list []byte, roots office.Roots) (*TrustList, error) {
	next, err := ParseTrust(list, roots)
	if err != nil {
		return nil, err
	}
	if !next.Newer(t) {
		return nil, app.Fail(app.TrustOlder)
	}
	return next, nil
}

// OwnRoot is the root that a signed list's certificate names. To trust it because the list says so
// is for those who have nothing pinned, and they must say so.
func OwnRoot(list []byte) (office.Fingerprint, error) {
	m, err := cose.Peek(list)
	if err != nil {
		return office.Fingerprint{}, err
	}
	var certificate []byte
	switch m.Typ {
	case TrustTyp:
		var w wireTrust
		err, certificate = cose.Unmarshal(m.Payload, &w), w.Certificate
	case StatusTyp:
		var w wireStatus
		err, certificate = cose.Unmarshal(m.Payload, &w), w.List.Certificate
	default:
		err = app.Fail(app.CoseWrongType, "want", TrustTyp, "got", m.Typ)
	}
	if err != nil {
		return office.Fingerprint{}, err
	}
	c, err := office.Open(certificate)
	if err != nil {
		return office.Fingerprint{}, err
	}
	return office.FingerprintOf(c.Root), nil
}

// prove checks the certificate inside a list, and the list's signature by the certified key.
func prove(m *cose.Message, certificate []byte, roots office.Roots, issued time.Time, epoch uint64, use office.Uses) error {
	c, err := office.ParseCertificate(certificate, roots, issued, use)
	if err != nil {
		return err
	}
	if c.Epoch != epoch {
		return app.Fail(app.OfficeCertificate)
	}
	return m.SignedBy(c.Key)
}

// accepts says whether the list of a revoked key names a card.
func (k *Key) accepts(credential []byte) bool { return slices.Contains(k.Accepted, Mark(credential)) }

// leased says whether a serial is in the key's ranges.
func (k *Key) leased(s app.Serial) bool {
	return slices.ContainsFunc(k.Serials, func(r SerialRange) bool { return r.First <= s && s <= r.Last })
}

// keysOf finds every key that has an id: there may be several.
func (t *TrustList) keysOf(id cose.KeyID) []*Key {
	var found []*Key
	for i := range t.Keys {
		if cose.KeyIDOf(t.Keys[i].Public) == id {
			found = append(found, &t.Keys[i])
		}
	}
	return found
}

// sameKeyID says whether a written key id is that of the key.
func sameKeyID(id []byte, pub ed25519.PublicKey) bool {
	want := cose.KeyIDOf(pub)
	return bytes.Equal(id, want[:])
}
