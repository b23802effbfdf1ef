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

// Key is an issuing key of one life of a kiosk, as head office vouches for it. Once it was replaced or
// revoked it vouches for marked cards alone, and the rest does not count any more.
type Key struct {
	Public      ed25519.PublicKey
	Branch      string
	Kiosk       app.Kiosk
	Life        app.Incarnation // 0 in lists of format 1
	From, Until time.Time       // may issue from, until (exclusive)
	VerifyUntil time.Time       // no card may expire later
	Replaced    time.Time       // since when it was; zero: not replaced
	Revoked     time.Time       // zero: not revoked
	Serials     []SerialRange
	Accepted    [][8]byte // in lists of format 1, of a revoked key: the cards that stay genuine, see Mark

	id     cose.KeyID // zero: not reckoned yet
	inline bool       // from a list of format 1, whose keys know no marks
}

// Former says since when a key vouches for marked cards alone, and whether it was revoked; the zero time:
// it vouches by itself.
func (k *Key) Former() (since time.Time, revoked bool) {
	if !k.Revoked.IsZero() {
		return k.Revoked, true
	}
	return k.Replaced, false
}

// Sound says why a key can stand in no list (trust.list), or nil.
func (k *Key) Sound() error {
	if err := cose.SoundKey(k.Public); err != nil {
		return err
	}
	if since, _ := k.Former(); !since.IsZero() {
		if !instant(since.Unix()) || since.Unix() == 0 {
			return app.Fail(app.TrustList)
		}
		return nil
	}
	if from, until := k.From.Unix(), k.Until.Unix(); !instant(from) || !instant(until) || !instant(k.VerifyUntil.Unix()) || from >= until {
		return app.Fail(app.TrustList)
	}
	for _, r := range k.Serials {
		if r.First == 0 || r.First > r.Last {
			return app.Fail(app.TrustList)
		}
	}
	return nil
}

// TrustList is whose signatures on cards count. (Epoch, Seq) only rises. Keys are those of the pages that
// are at hand.
type TrustList struct {
	Epoch, Seq         uint64
	Issued, NextUpdate time.Time
	PageHash           []byte            // SHA-256 of the verify page's files; may be empty
	Branches           map[string]string // names of branch codes, for people
	Keys               []Key
	Certificate        []byte // of the office key that signs

	top     [32]byte // of the pages of keys
	objects Objects  // at hand; nil in a list that was not read, or of format 1
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

// Pack makes the signed head of the list and the objects that it needs, with the office key that its
// certificate names. A key that is unsound by itself is left out; nothing else keeps a list from being made.
func (t *TrustList) Pack(signer crypto.Signer) (head []byte, parts [][]byte, err error) {
	objects := Objects{}
	top, err := objects.layKeys(t.Keys)
	if err != nil {
		return nil, nil, err
	}
	w := wireHead{
		Format: 2, Epoch: t.Epoch, Seq: t.Seq, Issued: t.Issued.Unix(), NextUpdate: t.NextUpdate.Unix(),
		PageHash: t.PageHash, Keys: top[:], Certificate: t.Certificate,
	}
	if len(t.Branches) > 0 {
		names, err := objects.add(wireNames{Kind: namesObject, Names: t.Branches})
		if err != nil {
			return nil, nil, err
		}
		w.Branches = names[:]
	}
	payload, err := cose.Marshal(w)
	if err != nil {
		return nil, nil, err
	}
	if head, err = cose.Sign(TrustTyp, payload, signer); err != nil {
		return nil, nil, err
	}
	if parts, err = objects.below(head); err != nil {
		return nil, nil, err
	}
	own, err := OwnRoot(head)
	if err != nil {
		return nil, nil, err
	}
	_, err = ParseTrust(bytes.Join(append([][]byte{head}, parts...), nil), office.Roots{own}) // what nobody could read is not signed
	return head, parts, err
}

// Sign is Pack in one file: a CBOR sequence of the head and its objects.
func (t *TrustList) Sign(signer crypto.Signer) ([]byte, error) {
	head, parts, err := t.Pack(signer)
	if err != nil {
		return nil, err
	}
	return bytes.Join(append([][]byte{head}, parts...), nil), nil
}

// ParseTrust reads a trust list and proves it: signed by an office key for trust, which a pinned root
// certified for the day of issue. The file is a head, and behind it the objects that are at hand; of a
// card whose page of keys is not among them nothing is known. Lists of format 1 are read too.
func ParseTrust(file []byte, roots office.Roots) (*TrustList, error) {
	return JudgeTrust(file, office.Judge{Roots: roots})
}

// JudgeTrust is ParseTrust for who knows the time, or the highest epoch of head office's certificates that it
// has met: what a stolen and voided office key signed is refused, however high its number is.
func JudgeTrust(file []byte, judge office.Judge) (*TrustList, error) {
	head, objects, err := split(file)
	if err != nil {
		return nil, err
	}
	m, err := cose.Peek(head)
	if err != nil {
		return nil, err
	}
	if m.Typ != TrustTyp {
		return nil, app.Fail(app.CoseWrongType, "want", TrustTyp, "got", m.Typ)
	}
	t, err := readTrust(m.Payload, objects)
	if err != nil {
		return nil, err
	}
	return t, prove(m, t.Certificate, judge, t.Issued, t.Epoch, office.ForTrust)
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
func OwnRoot(file []byte) (office.Fingerprint, error) {
	list, _, err := cose.First(file)
	if err != nil {
		return office.Fingerprint{}, err
	}
	m, err := cose.Peek(list)
	if err != nil {
		return office.Fingerprint{}, err
	}
	var certificate []byte
	switch m.Typ {
	case TrustTyp:
		var w struct {
			Certificate []byte `cbor:"8,keyasint"`
		}
		err, certificate = cose.UnmarshalOpen(m.Payload, &w), w.Certificate
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
func prove(m *cose.Message, certificate []byte, judge office.Judge, issued time.Time, epoch uint64, use office.Uses) error {
	c, err := judge.List(certificate, issued, use)
	if err != nil {
		return err
	}
	if c.Epoch != epoch {
		return app.Fail(app.OfficeCertificate)
	}
	return m.SignedBy(c.Key)
}

// accepts says whether a list of format 1 names a card of a revoked key.
func (k *Key) accepts(credential []byte) bool { return slices.Contains(k.Accepted, Mark(credential)) }

// leased says whether a serial is in the key's ranges.
func (k *Key) leased(s app.Serial) bool {
	return slices.ContainsFunc(k.Serials, func(r SerialRange) bool { return r.First <= s && s <= r.Last })
}

// keysOf finds every key that has an id: there may be several.
func (t *TrustList) keysOf(id cose.KeyID) []*Key {
	var found []*Key
	for i := range t.Keys {
		k := &t.Keys[i]
		if k.id == id || k.id == (cose.KeyID{}) && cose.KeyIDOf(k.Public) == id {
			found = append(found, k)
		}
	}
	return found
}

// sameKeyID says whether a written key id is that of the key.
func sameKeyID(id []byte, pub ed25519.PublicKey) bool {
	want := cose.KeyIDOf(pub)
	return bytes.Equal(id, want[:])
}
