package sealed

import (
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"slices"
	"strings"
	"time"

	"loket/app"
	"loket/app/cose"
)

// Pass lets a volunteer in at an event: on the kiosks that it names, where a supervisor prepared a
// slot that its Unlock opens, for its tasks, until it ends. It works once.
type Pass struct {
	Event  string
	Kiosks []app.Kiosk
	Tasks  []app.Task
	From   time.Time
	Until  time.Time
	ID     [8]byte
	Unlock [16]byte
}

// passPrefix begins the pass's text.
const passPrefix = "LOKETIZIN1"

// The most that a pass names, so that it fits a code that cameras and scanners read well.
const (
	mostPassKiosks = 16
	mostPassTasks  = 8
	mostPassText   = 1024
)

type passWire struct {
	Event  string      `cbor:"1,keyasint"`
	Kiosks []app.Kiosk `cbor:"2,keyasint"`
	Tasks  []app.Task  `cbor:"3,keyasint"`
	From   int64       `cbor:"4,keyasint"`
	Until  int64       `cbor:"5,keyasint"`
	ID     []byte      `cbor:"6,keyasint"`
	Unlock []byte      `cbor:"7,keyasint"`
}

// Sign makes the text of a pass, for a QR or a file: capital letters and digits only. The signer is
// the supervisor's own key.
func (p Pass) Sign(signer crypto.Signer) (text string, err error) {
	if !p.sound() {
		return "", app.Fail(app.PassBad)
	}
	payload, err := cose.Marshal(passWire{p.Event, p.Kiosks, p.Tasks, p.From.Unix(), p.Until.Unix(), p.ID[:], p.Unlock[:]})
	if err != nil {
		return "", err
	}
	signed, err := cose.Sign(TypPass, payload, signer)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(signed)
	return passPrefix + tokenText.EncodeToString(append(signed, sum[:4]...)), nil
}

func (p Pass) sound() bool {
	return p.Event != "" && app.EventIDOf(p.Event) == p.Event && p.From.Before(p.Until) &&
		len(p.Kiosks) > 0 && len(p.Kiosks) <= mostPassKiosks && !slices.Contains(p.Kiosks, app.HeadOffice) &&
		len(p.Tasks) > 0 && len(p.Tasks) <= mostPassTasks
}

// SignedPass is a pass as it was shown. Nothing in it is proven before SignedBy.
type SignedPass struct {
	Pass
	Hash    [32]byte // SHA-256 of the signed bytes
	message *cose.Message
}

// LooksLikePass says whether a text begins as that of a pass does.
func LooksLikePass(text string) bool {
	return strings.HasPrefix(strings.ToUpper(strings.TrimSpace(text)), passPrefix)
}

// ParsePass reads a pass's text; blanks, line breaks and small letters in it do no harm. It fails
// with access.pass_bad.
func ParsePass(text string) (SignedPass, error) {
	signed, err := passBytes(text)
	if err != nil {
		return SignedPass{}, err
	}
	m, err := cose.Peek(signed)
	if err != nil || m.Typ != TypPass {
		return SignedPass{}, app.Fail(app.PassBad)
	}
	var w passWire
	if cose.Unmarshal(m.Payload, &w) != nil || len(w.ID) != 8 || len(w.Unlock) != 16 {
		return SignedPass{}, app.Fail(app.PassBad)
	}
	p := Pass{
		Event: w.Event, Kiosks: w.Kiosks, Tasks: w.Tasks, From: time.Unix(w.From, 0), Until: time.Unix(w.Until, 0),
		ID: [8]byte(w.ID), Unlock: [16]byte(w.Unlock),
	}
	if !p.sound() {
		return SignedPass{}, app.Fail(app.PassBad)
	}
	return SignedPass{p, sha256.Sum256(signed), m}, nil
}

func passBytes(text string) ([]byte, error) {
	if len(text) > 4*mostPassText {
		return nil, app.Fail(app.PassBad)
	}
	text = strings.ToUpper(strings.Join(strings.Fields(text), ""))
	body, ok := strings.CutPrefix(text, passPrefix)
	if !ok || len(body) > mostPassText {
		return nil, app.Fail(app.PassBad)
	}
	b, err := tokenText.DecodeString(body)
	if err != nil || len(b) < 5 {
		return nil, app.Fail(app.PassBad)
	}
	b, check := b[:len(b)-4], b[len(b)-4:]
	if sum := sha256.Sum256(b); string(check) != string(sum[:4]) {
		return nil, app.Fail(app.PassBad)
	}
	return b, nil
}

// KeyID names the key that the pass says it was signed by.
func (p SignedPass) KeyID() cose.KeyID { return p.message.KeyID }

// SignedBy proves that a supervisor's key signed the pass. It fails with access.pass_bad.
func (p SignedPass) SignedBy(supervisor ed25519.PublicKey) error {
	if p.message.SignedBy(supervisor) != nil {
		return app.Fail(app.PassBad)
	}
	return nil
}

// For says whether the pass names a kiosk.
func (p Pass) For(k app.Kiosk) bool { return slices.Contains(p.Kiosks, k) }
