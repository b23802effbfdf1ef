package card_test

import (
	"crypto/ed25519"
	"math"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"loket/app"
	"loket/app/card"
)

// theirs is another issuer's credential with any headers, signed as RFC 9052 says.
func theirs(t *testing.T, protected, unprotected, claims map[any]any) *card.Scanned {
	t.Helper()
	pack := func(v any) []byte {
		b, err := cbor.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	p, payload := pack(protected), pack(claims)
	signature := ed25519.Sign(strangerKey, pack([]any{"Signature1", p, []byte{}, payload}))
	return &card.Scanned{COSE: pack(cbor.Tag{Number: 18, Content: []any{p, unprotected, payload, signature}})}
}

// What an issuer asks of a reader holds for whoever checks by the issuer's key.
func TestWhatAnotherIssuerAsksOfAReader(t *testing.T) {
	soon, past, at := now.Unix()+60, now.Unix()-60, now
	type m = map[any]any
	alg := m{1: -8}
	with := func(label, value any) m { return m{1: -8, label: value, 2: []any{label}} }
	for name, tt := range map[string]struct {
		protected, unprotected, claims m
		genuine                        bool
		want                           app.Code
	}{
		"nothing":                        {alg, m{}, m{}, true, app.CardNotMember},
		"until soon":                     {alg, m{}, m{4: soon}, true, app.CardNotMember},
		"until now":                      {alg, m{}, m{4: now.Unix()}, true, app.CardExpired},
		"until past":                     {alg, m{}, m{4: past}, true, app.CardExpired},
		"until 1970":                     {alg, m{}, m{4: 0}, true, app.CardExpired},
		"until before 1970":              {alg, m{}, m{4: -7}, true, app.CardExpired},
		"until a fraction ago":           {alg, m{}, m{4: float64(now.Unix()) - 0.5}, true, app.CardExpired},
		"until the year 30000":           {alg, m{}, m{4: 900_000_000_000}, true, app.CardNotMember},
		"until no number":                {alg, m{}, m{4: math.NaN()}, false, app.CardNotOurs},
		"until ever, as a number":        {alg, m{}, m{4: math.Inf(1)}, false, app.CardNotOurs},
		"until a text":                   {alg, m{}, m{4: "2031"}, false, app.CardNotOurs},
		"from now":                       {alg, m{}, m{5: now.Unix()}, true, app.CardNotMember},
		"from soon":                      {alg, m{}, m{5: soon}, true, app.CardNotYet},
		"from half a second from now":    {alg, m{}, m{5: float64(now.Unix()) + 0.5}, true, app.CardNotYet},
		"from the year 30000":            {alg, m{}, m{5: 900_000_000_000}, true, app.CardNotYet},
		"past before it began":           {alg, m{}, m{4: past, 5: soon}, true, app.CardExpired},
		"a header that we do not know":   {m{1: -8, -70000: 1}, m{}, m{}, true, app.CardNotMember},
		"and must":                       {with(-70000, 1), m{}, m{}, false, app.CardCritical},
		"by a name":                      {with("policy", "x"), m{}, m{}, false, app.CardCritical},
		"one of two that must is known":  {m{1: -8, 4: []byte("k"), 15: 1, 2: []any{4, 15}}, m{}, m{}, false, app.CardCritical},
		"one that must and is known":     {m{1: -8, 4: []byte("k"), 2: []any{4}}, m{}, m{}, true, app.CardNotMember},
		"critical and not there":         {m{1: -8, 2: []any{77}}, m{}, m{}, false, app.CardNotOurs},
		"critical, empty":                {m{1: -8, 2: []any{}}, m{}, m{}, false, app.CardNotOurs},
		"critical where nothing is kept": {alg, m{2: []any{1}}, m{}, false, app.CardNotOurs},
	} {
		v := card.VerifyWithKey(theirs(t, tt.protected, tt.unprotected, tt.claims), public(strangerKey), at)
		if v.Genuine != tt.genuine || v.Reason != tt.want || v.Colour == card.Green {
			t.Errorf("%s: genuine %v, %s, %s; want %v, %s", name, v.Genuine, v.Reason, v.Colour, tt.genuine, tt.want)
		}
	}
}
