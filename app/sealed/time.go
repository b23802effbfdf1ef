package sealed

import (
	"bytes"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/office"
)

// Sizes of the question for the time and of its answer.
const (
	NonceSize = 16
	MaxTime   = 4 << 10
)

type timeWire struct {
	Kiosk       app.Kiosk       `cbor:"1,keyasint"`
	Incarnation app.Incarnation `cbor:"2,keyasint"`
	Nonce       []byte          `cbor:"3,keyasint"`
	At          int64           `cbor:"4,keyasint"` // unix ms
}

type timeAnswer struct {
	_           struct{} `cbor:",toarray"`
	Certificate []byte
	Signed      []byte
}

// SignTime is head office's word of what time it is, for a life and the 16 random bytes with which it
// asked.
func SignTime(chain app.Chain, nonce []byte, at time.Time, by Speaker) ([]byte, error) {
	if len(nonce) != NonceSize {
		return nil, app.Fail(app.PostMalformed)
	}
	payload, err := cose.Marshal(timeWire{chain.Kiosk, chain.Incarnation, nonce, at.UnixMilli()})
	if err != nil {
		return nil, err
	}
	signed, err := cose.Sign(TypTime, payload, by.Key)
	if err != nil {
		return nil, err
	}
	return cose.Marshal(timeAnswer{Certificate: by.Certificate, Signed: signed})
}

// OpenTime proves an answer: that an office key that may speak in feeds signed it, for this life and
// these random bytes. The certificate is judged at the time that the answer itself names, because it
// may heal a clock that stands far ahead; an epoch lower than the judge's is void all the same. Codes:
// post.malformed, post.wrong_type, post.too_big, post.other_kiosk, post.readdressed for other bytes,
// and those of certificates.
func OpenTime(answer []byte, chain app.Chain, nonce [NonceSize]byte, judge office.Judge) (time.Time, *office.Certificate, error) {
	none := time.Time{}
	if len(answer) > MaxTime {
		return none, nil, app.Fail(app.PostTooBig)
	}
	var a timeAnswer
	if err := cose.Unmarshal(answer, &a); err != nil {
		return none, nil, malformed(err)
	}
	m, err := cose.Peek(a.Signed)
	if err != nil {
		return none, nil, err
	}
	if m.Typ != TypTime {
		return none, nil, app.Fail(app.PostWrongType)
	}
	var w timeWire
	if err := cose.Unmarshal(m.Payload, &w); err != nil {
		return none, nil, malformed(err)
	}
	at := time.UnixMilli(w.At)
	judge.Known = time.Time{}
	cert, err := judge.Certificate(a.Certificate, at, office.ForFeed)
	if err != nil {
		return none, nil, err
	}
	if err := m.SignedBy(cert.Key); err != nil {
		return none, nil, err
	}
	switch {
	case app.Chain{Kiosk: w.Kiosk, Incarnation: w.Incarnation} != chain:
		return none, nil, app.Fail(app.PostOtherKiosk, "kiosk", app.Chain{Kiosk: w.Kiosk, Incarnation: w.Incarnation})
	case !bytes.Equal(w.Nonce, nonce[:]):
		return none, nil, app.Fail(app.PostReaddressed)
	}
	return at, cert, nil
}
