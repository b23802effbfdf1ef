package card

import (
	"crypto/ed25519"
	"math"
	"slices"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/veraison/go-cose"

	"loket/app"
	sound "loket/app/cose"
)

// Credentials of other issuers are read more freely than ours: any order of fields, any headers,
// any claims besides. Only their signature by a key that the caller names makes them genuine.

// freely reads CBOR that need not be deterministic, within bounds.
var freely = func() cbor.DecMode {
	mode, err := cbor.DecOptions{
		DupMapKey: cbor.DupMapKeyEnforcedAPF, MaxNestedLevels: 16,
		MaxArrayElements: 1024, MaxMapPairs: 1024,
	}.DecMode()
	if err != nil {
		panic(err) // constant options: a test would see it
	}
	return mode
}()

type anyClaims struct {
	Issuer  string   `cbor:"1,keyasint"`
	Expires *float64 `cbor:"4,keyasint"` // a NumericDate may have a fraction
	From    *float64 `cbor:"5,keyasint"` // nbf
	Issued  *float64 `cbor:"6,keyasint"`
	Person  struct {
		ID   string `cbor:"1,keyasint"`
		Name string `cbor:"4,keyasint"`
	} `cbor:"169,keyasint"`
}

// ReadAny takes any issuer's credential apart, without proving it. Whether it is one of our member
// cards is told beside; of others only issuer, dates, number and name are read.
func ReadAny(credential []byte) (claims *Claims, member bool, err error) {
	if c, err := Parse(credential); err == nil {
		return &c.Claims, true, nil
	}
	_, w, err := readClaims(credential)
	if err != nil {
		return nil, false, app.Fail(app.CardNotOurs)
	}
	return w.claims(), false, nil
}

func (w *anyClaims) claims() *Claims {
	return &Claims{
		Issuer: w.Issuer, IssuedAt: date(w.Issued), Expires: date(w.Expires),
		Member: app.MemberNumber(w.Person.ID), Name: w.Person.Name,
	}
}

func readClaims(credential []byte) (*cose.Sign1Message, *anyClaims, error) {
	m, err := readSign1(credential)
	if err != nil {
		return nil, nil, err
	}
	var w anyClaims
	if err := freely.Unmarshal(m.Payload, &w); err != nil {
		return nil, nil, err
	}
	for _, seconds := range []*float64{w.Expires, w.From, w.Issued} {
		if seconds != nil && (math.IsNaN(*seconds) || math.IsInf(*seconds, 0)) {
			return nil, nil, app.Fail(app.CardNotOurs)
		}
	}
	return m, &w, nil
}

// VerifyWithKey judges a credential by one public key instead of a trust list. Without the member
// card's claim it is genuine at best, with reason card.not_member. It is held to what its issuer asks of a
// reader: a header that is marked critical and that we do not know (RFC 9052, 3.1) makes it not genuine,
// and exp and nbf (RFC 8392), whatever their value, are times at which it does not hold.
func VerifyWithKey(s *Scanned, key ed25519.PublicKey, at time.Time) Verdict {
	v := Verdict{Status: Unknown, Colour: Red, Reason: app.CardNotOurs}
	claims, member, err := ReadAny(s.COSE)
	if err != nil {
		return v
	}
	v.Claims, v.Practice, v.Reason = claims, claims.Practice(), app.CardSignature
	if !signedBy(s.COSE, key) {
		return v
	}
	m, w, err := readClaims(s.COSE)
	if err != nil {
		v.Reason = app.CardNotOurs
		return v
	}
	if asksMore(m.Headers) {
		v.Reason = app.CardCritical
		return v
	}
	v.Genuine, v.Colour = true, Amber
	now := float64(at.UnixNano()) / 1e9
	switch {
	case w.Expires != nil && now >= *w.Expires:
		v.Reason = app.CardExpired
	case w.From != nil && now < *w.From:
		v.Reason = app.CardNotYet
	case !member:
		v.Reason = app.CardNotMember
	case s.Foreign:
		v.Reason = app.CardForeignHost
	default:
		v.Reason = app.CardGenuine
	}
	return v
}

// known are the protected headers that a reader here understands: algorithm, critical, content type, key id, type.
var known = []int64{cose.HeaderLabelAlgorithm, cose.HeaderLabelCritical, cose.HeaderLabelContentType, cose.HeaderLabelKeyID, 16}

// asksMore says whether the issuer demands that a reader understand something that we do not, or demands it
// where nothing is signed.
func asksMore(h cose.Headers) bool {
	if _, astray := h.Unprotected[cose.HeaderLabelCritical]; astray {
		return true
	}
	labels, err := h.Protected.Critical()
	if err != nil {
		return true
	}
	return slices.ContainsFunc(labels, func(label any) bool {
		n, ok := label.(int64)
		return !ok || !slices.Contains(known, n)
	})
}

// date is the moment of a claim for people, the zero time when there is none that a calendar holds.
func date(seconds *float64) time.Time {
	if seconds == nil || *seconds < 1 || *seconds > maxUnix {
		return time.Time{}
	}
	return time.Unix(int64(*seconds), 0).UTC()
}

// readSign1 reads a COSE_Sign1 with or without its tag.
func readSign1(data []byte) (*cose.Sign1Message, error) {
	var tagged cose.Sign1Message
	if err := tagged.UnmarshalCBOR(data); err == nil {
		return &tagged, nil
	}
	var bare cose.UntaggedSign1Message
	err := bare.UnmarshalCBOR(data)
	return (*cose.Sign1Message)(&bare), err
}

func signedBy(credential []byte, key ed25519.PublicKey) bool {
	m, err := readSign1(credential)
	if err != nil || sound.SoundKey(key) != nil {
		return false
	}
	verifier, err := cose.NewVerifier(cose.AlgorithmEdDSA, key)
	return err == nil && m.Verify(nil, verifier) == nil
}
