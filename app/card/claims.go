// Package card is the credential on a member card and everything that vouches for it: the signed
// claims, the texts of QR codes and barcodes, the trust list, the status list, and the verdict on a
// card. docs/CARD-FORMAT.md says it for other implementers, docs/card.cddl gives the bytes.
package card

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"loket/app"
	"loket/app/cose"
)

// PayerClass is as much of the payer as a card tells: it decides whether the holder need pay.
type PayerClass uint8

// The classes of payer.
const (
	PaysSelf PayerClass = iota
	PaysGovernment
	PaysOther
)

// PayerClassOf is the class of a kind of payer.
func PayerClassOf(kind app.PayerKind) PayerClass {
	switch {
	case kind == app.PayerSelf:
		return PaysSelf
	case kind.Government():
		return PaysGovernment
	}
	return PaysOther
}

// PracticeIssuer is the issuer of cards made in practice mode.
const PracticeIssuer = "LATIHAN"

// Limits of the texts in a card.
const (
	MaxName   = 52 // characters
	maxIssuer = 8
	maxBranch = 16
)

// Claims are what a card says: what is printed on its face and no more. Times are whole seconds.
type Claims struct {
	Issuer     string
	IssuedAt   time.Time
	Expires    time.Time
	Member     app.MemberNumber
	Name       string // as printed: see PrintedName
	Programmes app.Programmes
	Branch     string
	Serial     app.Serial
	Generation int // 1 for a person's first card
	Payer      PayerClass
}

// Practice says whether the card was made in practice mode.
func (c *Claims) Practice() bool { return c.Issuer == PracticeIssuer }

type wireClaims struct {
	Issuer  string     `cbor:"1,keyasint"`
	Expires int64      `cbor:"4,keyasint"`
	Issued  int64      `cbor:"6,keyasint"`
	Person  wirePerson `cbor:"169,keyasint"`
	Card    wireCard   `cbor:"-65537,keyasint"`
}

type wirePerson struct {
	ID   string `cbor:"1,keyasint"`
	Name string `cbor:"4,keyasint"`
}

type wireCard struct {
	_          struct{} `cbor:",toarray"`
	Format     uint
	Programmes uint8
	Branch     string
	Serial     uint32
	Generation uint16
	Payer      uint8
}

const cardFormat = 1

func (c *Claims) encode() ([]byte, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	return cose.Marshal(wireClaims{
		Issuer: c.Issuer, Expires: c.Expires.Unix(), Issued: c.IssuedAt.Unix(),
		Person: wirePerson{string(c.Member), c.Name},
		Card: wireCard{
			Format: cardFormat, Programmes: uint8(c.Programmes), Branch: c.Branch,
			Serial: uint32(c.Serial), Generation: uint16(c.Generation), Payer: uint8(c.Payer),
		},
	})
}

func decodeClaims(payload []byte) (*Claims, error) {
	var w wireClaims
	if err := cose.Unmarshal(payload, &w); err != nil {
		return nil, app.Fail(app.CardNotOurs)
	}
	c := &Claims{
		Issuer: w.Issuer, IssuedAt: time.Unix(w.Issued, 0).UTC(), Expires: time.Unix(w.Expires, 0).UTC(),
		Member: app.MemberNumber(w.Person.ID), Name: w.Person.Name,
		Programmes: app.Programmes(w.Card.Programmes), Branch: w.Card.Branch,
		Serial: app.Serial(w.Card.Serial), Generation: int(w.Card.Generation), Payer: PayerClass(w.Card.Payer),
	}
	// A claim that is missing would read as zero: encoding again shows it.
	again, err := c.encode()
	if err != nil || w.Card.Format != cardFormat || string(again) != string(payload) {
		return nil, app.Fail(app.CardNotOurs)
	}
	return c, nil
}

// check names the first claim that does not fit.
func (c *Claims) check() error {
	field := ""
	switch {
	case !token(c.Issuer, maxIssuer):
		field = "issuer"
	case c.IssuedAt.Unix() < 0 || c.IssuedAt.Unix() >= c.Expires.Unix() || c.Expires.Unix() > maxUnix:
		field = "expires"
	case !c.Member.Valid():
		field = "member_number"
	case !printable(c.Name, MaxName):
		field = "name"
	case c.Programmes == 0 || c.Programmes > app.WorkAccident|app.Death|app.OldAge:
		field = "programmes"
	case !token(c.Branch, maxBranch):
		field = "branch"
	case c.Serial == 0:
		field = "serial"
	case c.Generation < 1 || c.Generation > 1<<16-1:
		field = "generation"
	case c.Payer > PaysOther:
		field = "payer"
	default:
		return nil
	}
	return app.Fail(app.CardClaims, "field", field)
}

// maxUnix is the end of the year 9999, which every language's dates can hold.
const maxUnix = 253402300799

// token is a short code: visible ASCII.
func token(s string, most int) bool {
	return s != "" && len(s) <= most && strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }) < 0
}

// printable is a text as it can stand on a card: no controls, no blanks at its ends.
func printable(s string, most int) bool {
	return s != "" && utf8.ValidString(s) && utf8.RuneCountInString(s) <= most && strings.TrimSpace(s) == s &&
		strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
}
