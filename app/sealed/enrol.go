package sealed

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base32"
	"strings"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/office"
)

// Token is what head office hands to the person who enrols a kiosk, as a QR or a file. It works
// once, for 72 hours.
type Token struct {
	Address     string // of the kiosk listener, "https://pusat.contoh.id:8443"
	TLSPin      [32]byte
	Roots       office.Roots // now and next
	Chain       app.Chain
	Secret      [16]byte
	Expires     time.Time
	BranchCode  string
	BranchName  string
	RecoveryKey []byte // X25519, where data keys are sealed for recovery; may be empty
}

// tokenPrefix begins the token's text.
const tokenPrefix = "LOKET1"

var tokenText = base32.StdEncoding.WithPadding(base32.NoPadding)

type tokenWire struct {
	Typ         string          `cbor:"0,keyasint"`
	Address     string          `cbor:"1,keyasint"`
	TLSPin      []byte          `cbor:"2,keyasint"`
	Roots       [][]byte        `cbor:"3,keyasint"`
	Kiosk       app.Kiosk       `cbor:"4,keyasint"`
	Incarnation app.Incarnation `cbor:"5,keyasint"`
	Secret      []byte          `cbor:"6,keyasint"`
	Expires     int64           `cbor:"7,keyasint"`
	BranchCode  string          `cbor:"8,keyasint"`
	BranchName  string          `cbor:"9,keyasint"`
	Recovery    []byte          `cbor:"10,keyasint,omitempty"`
}

// Text is the token for a QR or a file: capital letters and digits only.
func (t Token) Text() (string, error) {
	w := tokenWire{
		TypToken, t.Address, t.TLSPin[:], nil, t.Chain.Kiosk, t.Chain.Incarnation, t.Secret[:], t.Expires.Unix(), t.BranchCode, t.BranchName, t.RecoveryKey,
	}
	for _, r := range t.Roots {
		w.Roots = append(w.Roots, r[:])
	}
	b, err := cose.Marshal(w)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return tokenPrefix + tokenText.EncodeToString(append(b, sum[:4]...)), nil
}

// ParseToken reads a token's text; blanks and line breaks in it do no harm.
func ParseToken(text string) (Token, error) {
	text = strings.ToUpper(strings.Join(strings.Fields(text), ""))
	body, ok := strings.CutPrefix(text, tokenPrefix)
	if !ok || len(body) > 4096 {
		return Token{}, app.Fail(app.TokenBad)
	}
	b, err := tokenText.DecodeString(body)
	if err != nil || len(b) < 5 {
		return Token{}, app.Fail(app.TokenBad)
	}
	b, check := b[:len(b)-4], b[len(b)-4:]
	sum := sha256.Sum256(b)
	var w tokenWire
	if string(check) != string(sum[:4]) || cose.Unmarshal(b, &w) != nil || w.Typ != TypToken ||
		len(w.TLSPin) != 32 || len(w.Secret) != 16 || len(w.Roots) == 0 || w.Kiosk == 0 || w.Kiosk > 99999 || w.Incarnation == 0 {
		return Token{}, app.Fail(app.TokenBad)
	}
	t := Token{
		Address: w.Address, TLSPin: [32]byte(w.TLSPin), Chain: app.Chain{Kiosk: w.Kiosk, Incarnation: w.Incarnation},
		Secret: [16]byte(w.Secret), Expires: time.Unix(w.Expires, 0), BranchCode: w.BranchCode, BranchName: w.BranchName, RecoveryKey: w.Recovery,
	}
	for _, r := range w.Roots {
		if len(r) != len(office.Fingerprint{}) {
			return Token{}, app.Fail(app.TokenBad)
		}
		t.Roots = append(t.Roots, office.Fingerprint(r))
	}
	return t, nil
}

// NewSecret makes a token's secret.
func NewSecret() (s [16]byte, err error) {
	_, err = rand.Read(s[:])
	return s, err
}

// KioskKeys are the public halves of a kiosk's keys.
type KioskKeys struct {
	Device    ed25519.PublicKey // signs batches
	Issuing   ed25519.PublicKey // signs cards
	Opening   []byte            // X25519: frames are sealed to it
	Transport []byte            // PKIX of the ECDSA P-256 key of mutual TLS
}

// Request asks head office to take a kiosk in.
type Request struct {
	Chain app.Chain
	Keys  KioskKeys
	At    time.Time
}

type requestWire struct {
	Kiosk       app.Kiosk       `cbor:"1,keyasint"`
	Incarnation app.Incarnation `cbor:"2,keyasint"`
	Device      []byte          `cbor:"3,keyasint"`
	Issuing     []byte          `cbor:"4,keyasint"`
	Opening     []byte          `cbor:"5,keyasint"`
	Transport   []byte          `cbor:"6,keyasint"`
	At          int64           `cbor:"7,keyasint"` // unix ms
}

// Each signing key signs the payload for itself; the HMAC proves the token without sending its
// secret. The opening key cannot sign: what is sealed to it is useless to another.
type requestProof struct {
	_         struct{} `cbor:",toarray"`
	Device    []byte   // COSE_Sign1 over the payload
	Issuing   []byte   // COSE_Sign1 over the payload
	Transport []byte   // ASN.1 ECDSA over SHA-256 of the payload
	MAC       []byte   // HMAC-SHA-256(secret, payload)
}

// SignRequest makes the bytes of a request.
func SignRequest(r Request, secret [16]byte, device, issuing crypto.Signer, transport *ecdsa.PrivateKey) ([]byte, error) {
	payload, err := cose.Marshal(requestWire{
		r.Chain.Kiosk, r.Chain.Incarnation, r.Keys.Device, r.Keys.Issuing, r.Keys.Opening, r.Keys.Transport, r.At.UnixMilli(),
	})
	if err != nil {
		return nil, err
	}
	var p requestProof
	if p.Device, err = cose.Sign(TypEnrol, payload, device); err != nil {
		return nil, err
	}
	if p.Issuing, err = cose.Sign(TypEnrol, payload, issuing); err != nil {
		return nil, err
	}
	hash := sha256.Sum256(payload)
	if p.Transport, err = ecdsa.SignASN1(rand.Reader, transport, hash[:]); err != nil {
		return nil, app.Wrap("sealed.SignRequest", app.PostWrongKey, err)
	}
	p.MAC = requestMAC(secret, payload)
	return cose.Marshal(p)
}

func requestMAC(secret [16]byte, payload []byte) []byte {
	mac := hmac.New(sha256.New, secret[:])
	mac.Write(payload)
	return mac.Sum(nil)
}

// OpenRequest reads a request and proves that the asker holds every key; the token's secret is
// proven by Request.Holds, once the kiosk's number has said which token it is.
func OpenRequest(b []byte) (Request, func(secret [16]byte) bool, error) {
	var p requestProof
	if err := cose.Unmarshal(b, &p); err != nil {
		return Request{}, nil, malformed(err)
	}
	m, err := cose.Peek(p.Device)
	if err != nil {
		return Request{}, nil, err
	}
	var w requestWire
	if err := cose.Unmarshal(m.Payload, &w); err != nil {
		return Request{}, nil, malformed(err)
	}
	if err := w.proven(p); err != nil {
		return Request{}, nil, err
	}
	r := Request{
		app.Chain{Kiosk: w.Kiosk, Incarnation: w.Incarnation},
		KioskKeys{w.Device, w.Issuing, w.Opening, w.Transport},
		time.UnixMilli(w.At),
	}
	holds := func(secret [16]byte) bool { return hmac.Equal(p.MAC, requestMAC(secret, m.Payload)) }
	return r, holds, nil
}

func (w requestWire) proven(p requestProof) error {
	payload, err := cose.Verify(TypEnrol, p.Device, w.Device)
	if err != nil {
		return err
	}
	again, err := cose.Verify(TypEnrol, p.Issuing, w.Issuing)
	if err != nil {
		return err
	}
	key, err := x509.ParsePKIXPublicKey(w.Transport)
	if err != nil {
		return malformed(err)
	}
	transport, ok := key.(*ecdsa.PublicKey)
	hash := sha256.Sum256(payload)
	if !ok || string(again) != string(payload) || len(w.Opening) != 32 || !ecdsa.VerifyASN1(transport, hash[:], p.Transport) {
		return app.Fail(app.PostWrongKey)
	}
	return nil
}

// Enrolled is head office's answer: it binds itself to the request and names the office key that
// batches are sealed to. Leases, lists and settings follow as frames.
type Enrolled struct {
	Request   [32]byte // SHA-256 of the request's bytes
	Chain     app.Chain
	Settings  Settings
	Roots     []ed25519.PublicKey // of the pinned fingerprints
	At        time.Time
	Authority time.Time           // until which the kiosk may work without news
	By        *office.Certificate // who signed it; set when opened: its HPKE key is the address of batches
}

type enrolledWire struct {
	Request     []byte          `cbor:"1,keyasint"`
	Kiosk       app.Kiosk       `cbor:"2,keyasint"`
	Incarnation app.Incarnation `cbor:"3,keyasint"`
	Settings    Settings        `cbor:"4,keyasint"`
	Roots       [][]byte        `cbor:"5,keyasint"`
	At          int64           `cbor:"6,keyasint"` // unix ms
	Authority   int64           `cbor:"7,keyasint"` // unix seconds
}

// SignEnrolled makes the bytes of the answer.
func SignEnrolled(e Enrolled, by Speaker) ([]byte, error) {
	w := enrolledWire{e.Request[:], e.Chain.Kiosk, e.Chain.Incarnation, e.Settings, nil, e.At.UnixMilli(), e.Authority.Unix()}
	for _, r := range e.Roots {
		w.Roots = append(w.Roots, r)
	}
	payload, err := cose.Marshal(w)
	if err != nil {
		return nil, err
	}
	signed, err := cose.Sign(TypEnrolled, payload, by.Key)
	if err != nil {
		return nil, err
	}
	return cose.Marshal(frameInner{Certificate: by.Certificate, Signed: signed})
}

// OpenEnrolled proves the answer to a request by the roots of the token.
func OpenEnrolled(b, request []byte, chain app.Chain, roots office.Roots) (Enrolled, error) {
	var inner frameInner
	if err := cose.Unmarshal(b, &inner); err != nil {
		return Enrolled{}, malformed(err)
	}
	m, err := cose.Peek(inner.Signed)
	if err != nil {
		return Enrolled{}, err
	}
	var w enrolledWire
	if m.Typ != TypEnrolled {
		return Enrolled{}, app.Fail(app.PostWrongType)
	}
	if err := cose.Unmarshal(m.Payload, &w); err != nil {
		return Enrolled{}, malformed(err)
	}
	cert, err := office.ParseCertificate(inner.Certificate, roots, time.UnixMilli(w.At), office.ForFeed)
	if err != nil {
		return Enrolled{}, err
	}
	if err := m.SignedBy(cert.Key); err != nil {
		return Enrolled{}, err
	}
	hash := sha256.Sum256(request)
	if string(w.Request) != string(hash[:]) {
		return Enrolled{}, app.Fail(app.PostHashDiffers)
	}
	e := Enrolled{hash, app.Chain{Kiosk: w.Kiosk, Incarnation: w.Incarnation}, w.Settings, nil, time.UnixMilli(w.At), time.Unix(w.Authority, 0), cert}
	for _, r := range w.Roots {
		if !roots.Hold(r) {
			return Enrolled{}, app.Fail(app.OfficeUnknownRoot)
		}
		e.Roots = append(e.Roots, r)
	}
	if e.Chain != chain {
		return Enrolled{}, app.Fail(app.PostOtherKiosk, "kiosk", e.Chain)
	}
	return e, nil
}
