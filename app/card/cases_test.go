package card_test

import (
	"bytes"
	"compress/zlib"
	"crypto/ed25519"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"loket/app"
	"loket/app/card"
	"loket/app/cose"
	"loket/app/office"
)

// cardSample is one card of the vectors: its COSE bytes or its whole text, and the reason expected.
type cardSample struct {
	name string
	cose []byte
	text string
	at   time.Time
	want app.Code
}

// bend changes the sample claims.
func bend(change func(*card.Claims)) card.Claims {
	c := claims()
	change(&c)
	return c
}

func cardSamples(t *testing.T) []cardSample {
	good := sign(t, claims(), kioskKey)
	text, err := card.URL(host, good)
	if err != nil {
		t.Fatal(err)
	}
	return append(append(genuineSamples(t, good, text), claimSamples(t)...), brokenSamples(t, good, text)...)
}

func genuineSamples(t *testing.T, good []byte, text string) []cardSample {
	claim169, err := card.Claim169(good)
	if err != nil {
		t.Fatal(err)
	}
	long := bend(func(c *card.Claims) { c.Name = "MUHAMMAD ABDURRAHMAN WAHYUDI SASTRONEGORO KUSUMAWARD" })
	return []cardSample{
		{name: "genuine and active", cose: good, text: text, want: app.CardGenuine},
		{name: "digits alone", cose: good, text: card.Digits(good), want: app.CardGenuine},
		{name: "Claim 169 text", cose: good, text: claim169, want: app.CardGenuine},
		{name: "Claim 169 text with CWT tag 61", cose: good, text: tagged61(t, good), want: app.CardGenuine},
		{name: "caps lock and a wrong keyboard layout", cose: good, text: "httpsÑ--kartu.contoh.id-k·" + card.Digits(good), want: app.CardGenuine},
		{name: "status 1", cose: sign(t, bend(func(c *card.Claims) { c.Serial = 98413 }), kioskKey), want: app.CardGenuine},
		{name: "status 2", cose: sign(t, bend(func(c *card.Claims) { c.Serial = 98414 }), kioskKey), want: app.CardGenuine},
		{name: "status 3", cose: sign(t, bend(func(c *card.Claims) { c.Serial = 98415 }), kioskKey), want: app.CardGenuine},
		{name: "status of another shard", cose: sign(t, bend(func(c *card.Claims) { c.Serial = 131072 }), kioskKey), want: app.CardGenuine},
		{name: "a name of 52, paid by oneself", cose: sign(t, long, kioskKey), want: app.CardGenuine},
		{name: "practice card", cose: sign(t, bend(func(c *card.Claims) { c.Issuer = card.PracticeIssuer }), kioskKey), want: app.CardGenuine},
		{name: "revoked kiosk, card accepted before", cose: sign(t, acceptedBefore(), revokedKey), want: app.CardGenuine},
		{name: "replaced key, card made before", cose: sign(t, queuedBefore(), replacedKey), want: app.CardGenuine},
		{name: "foreign address", cose: good, text: "HTTPS://KARTU.CONTOH.ID.EXAMPLE.COM/K#" + card.Digits(good), want: app.CardForeignHost},
		{name: "old trust list", cose: good, at: time.Date(2026, 12, 4, 0, 0, 1, 0, time.UTC), want: app.TrustStale},
		{name: "expired", cose: good, at: issued.AddDate(5, 0, 0), want: app.CardExpired},
		{name: "status list past its date", cose: good, at: time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC), want: app.CardGenuine},
	}
}

func claimSamples(t *testing.T) []cardSample {
	return []cardSample{
		{name: "issued before the key's window", cose: sign(t, bend(func(c *card.Claims) { c.IssuedAt = issued.AddDate(0, -2, 0) }), kioskKey), want: app.CardOutsideWindow},
		{name: "issued at the end of the key's window", cose: sign(t, bend(func(c *card.Claims) { c.IssuedAt = issued.AddDate(0, 5, 0) }), kioskKey), want: app.CardOutsideWindow},
		{name: "outlives the key", cose: sign(t, bend(func(c *card.Claims) { c.Expires = issued.AddDate(6, 0, 1) }), kioskKey), want: app.CardOutlivesKey},
		{name: "serial of another kiosk", cose: sign(t, bend(func(c *card.Claims) { c.Serial = 200001 }), kioskKey), want: app.CardSerialForeign},
		{name: "serial just behind a range", cose: sign(t, bend(func(c *card.Claims) { c.Serial = 98432 }), kioskKey), want: app.CardSerialForeign},
		{name: "revoked kiosk, card not accepted before", cose: sign(t, bend(func(c *card.Claims) { c.Serial = 98502 }), revokedKey), want: app.CardKeyRevoked},
		{name: "revoked kiosk, a marked serial and another card", cose: sign(t, bend(func(c *card.Claims) { c.Serial = 98501 }), revokedKey), want: app.CardKeyRevoked},
		{name: "revoked kiosk, dated back", cose: sign(t, bend(func(c *card.Claims) { c.Serial, c.IssuedAt = 98502, issued.AddDate(0, -1, 0) }), revokedKey), want: app.CardKeyRevoked},
		{name: "replaced key, dated back", cose: sign(t, bend(func(c *card.Claims) { c.Serial = 98403 }), replacedKey), want: app.CardKeyReplaced},
		{name: "replaced key, a marked card's content", cose: sign(t, queuedBefore(), revokedKey), want: app.CardKeyRevoked},
		{name: "replaced key, a serial of a shard that is not at hand", cose: sign(t, bend(func(c *card.Claims) { c.Serial = 200001 }), replacedKey), want: app.TrustMarksMissing},
		{name: "unknown key", cose: sign(t, claims(), strangerKey), want: app.CardUnknownKey},
	}
}

func brokenSamples(t *testing.T, good []byte, text string) []cardSample {
	digit := []byte(text)
	digit[len(digit)-1] = '0' + (digit[len(digit)-1]-'0'+1)%10
	samples := []cardSample{
		{name: "last digit changed", text: string(digit), want: app.CardSignature},
		{name: "signature changed", cose: flip(good, len(good)-1), want: app.CardSignature},
		{name: "a letter of the name changed", cose: bytes.Replace(good, []byte("NGAU"), []byte("NGAA"), 1), want: app.CardSignature},
		{name: "digits cut", text: text[:len(text)-1], want: app.CardUnreadable},
		{name: "a group of digits too large", text: "99999999999999999" + card.Digits(good)[17:], want: app.CardUnreadable},
		{name: "cut by a whole group", text: card.Digits(good[:len(good)-len(good)%7-7]), want: app.CardNotOurs},
		{name: "empty", text: " ", want: app.CardUnreadable},
		{name: "a sentence", text: "bukan kartu", want: app.CardUnreadable},
		{name: "decompresses to a megabyte", text: zipped(t, make([]byte, 1<<20)), want: app.CardUnreadable},
		{name: "without tag 18", cose: good[1:], want: app.CardNotOurs},
		{name: "digits of a card inside tag 61", cose: append([]byte{0xd8, 61}, good...), want: app.CardNotOurs},
		{name: "a byte behind", cose: append(bytes.Clone(good), 0), want: app.CardNotOurs},
	}
	payloads := foreignPayloads()
	for _, name := range slices.Sorted(maps.Keys(payloads)) {
		payload := payloads[name]
		samples = append(samples, cardSample{name: name, cose: resigned(t, payload, kioskKey), want: app.CardNotOurs})
	}
	return append(samples, headerSamples(t, good)...)
}

// foreignPayloads are claims that are not a member card's, under a good signature.
func foreignPayloads() map[string]any {
	person := map[int]any{1: "26133068531", 4: "YOHANES NGAU AJANG"}
	member := []any{1, 3, "BONTANG", 98412, 1, 1}
	with := func(key int, value any) map[int]any {
		m := map[int]any{1: "LOKET-ID", 4: 1951434000, 6: 1793667600, 169: person, -65537: member}
		if m[key] = value; value == nil {
			delete(m, key)
		}
		return m
	}
	return map[string]any{
		"no member-card claim":         with(-65537, nil),
		"no issuer":                    with(1, nil),
		"one claim too many":           with(7, []byte("id")),
		"a birth date in claim 169":    with(169, map[int]any{1: "26133068531", 4: "YOHANES NGAU AJANG", 8: "19901005"}),
		"member number of ten digits":  with(169, map[int]any{1: "2613306853", 4: "YOHANES NGAU AJANG"}),
		"a name of 53 characters":      with(169, map[int]any{1: "26133068531", 4: "MUHAMMAD ABDURRAHMAN WAHYUDI SASTRONEGORO KUSUMAWARDA"}),
		"a line break in the name":     with(169, map[int]any{1: "26133068531", 4: "YOHANES\nNGAU"}),
		"format 2":                     with(-65537, []any{2, 3, "BONTANG", 98412, 1, 1}),
		"no programme":                 with(-65537, []any{1, 0, "BONTANG", 98412, 1, 1}),
		"an unknown programme":         with(-65537, []any{1, 8, "BONTANG", 98412, 1, 1}),
		"an unknown payer":             with(-65537, []any{1, 3, "BONTANG", 98412, 1, 3}),
		"serial 0":                     with(-65537, []any{1, 3, "BONTANG", 0, 1, 1}),
		"generation 0":                 with(-65537, []any{1, 3, "BONTANG", 98412, 0, 1}),
		"seven fields":                 with(-65537, []any{1, 3, "BONTANG", 98412, 1, 1, 0}),
		"expires before it was issued": with(4, 1793667599),
		"an issuer of nine letters":    with(1, "LOKET-IDN"),
	}
}

// headerSamples are cards in another frame than the one agreed, with signatures that fit.
func headerSamples(t *testing.T, good []byte) []cardSample {
	m, err := cose.Peek(good)
	if err != nil {
		t.Fatal(err)
	}
	kid := cose.KeyIDOf(public(kioskKey))
	frames := map[string]struct{ protected, unprotected any }{
		"with a typ":              {map[int]any{1: -8, 4: kid[:], 16: "loket/card"}, map[int]any{}},
		"key id unprotected":      {map[int]any{1: -8}, map[int]any{4: kid[:]}},
		"key id twice":            {map[int]any{1: -8, 4: kid[:]}, map[int]any{4: kid[:]}},
		"key id of four bytes":    {map[int]any{1: -8, 4: kid[:4]}, map[int]any{}},
		"another algorithm":       {map[int]any{1: -7, 4: kid[:]}, map[int]any{}},
		"something unprotected":   {map[int]any{1: -8, 4: kid[:]}, map[int]any{99: 1}},
		"content type in headers": {map[int]any{1: -8, 3: 61, 4: kid[:]}, map[int]any{}},
	}
	var out []cardSample
	for _, name := range slices.Sorted(maps.Keys(frames)) {
		f := frames[name]
		protected := marshal(t, f.protected)
		signature := ed25519.Sign(kioskKey, marshal(t, []any{"Signature1", protected, []byte{}, m.Payload}))
		out = append(out, cardSample{
			name: name, want: app.CardNotOurs,
			cose: marshal(t, cbor.Tag{Number: 18, Content: []any{protected, f.unprotected, m.Payload, signature}}),
		})
	}
	return out
}

func marshal(t *testing.T, v any) []byte {
	t.Helper()
	b, err := cose.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func flip(b []byte, i int) []byte {
	b = bytes.Clone(b)
	b[i] ^= 1
	return b
}

func tagged61(t *testing.T, good []byte) string { return zipped(t, append([]byte{0xd8, 61}, good...)) }

// zipped writes base45 of zlib, apart from the package's own code.
func zipped(t *testing.T, data []byte) string {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
	var out []byte
	packed := b.Bytes()
	for i := 0; i < len(packed); i += 2 {
		n, many := int(packed[i]), 2
		if i+1 < len(packed) {
			n, many = n<<8|int(packed[i+1]), 3
		}
		for range many {
			out = append(out, letters[n%45])
			n /= 45
		}
	}
	return string(out)
}

func certificateBy(t *testing.T, root ed25519.PrivateKey, uses office.Uses) []byte {
	t.Helper()
	c, err := office.IssueCertificate(root, office.Certificate{
		Epoch: 1, Key: public(officeKey), Uses: uses, From: issued.AddDate(0, -6, 0), Until: issued.AddDate(1, 0, 0),
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// bomb is a status list, well signed, whose small lst decompresses to a megabyte.
func bomb(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write(make([]byte, 1<<20)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	l := statusList(t)
	payload := marshal(t, map[int]any{
		2: "urn:loket:status:0", 4: l.Expires.Unix(), 6: l.Issued.Unix(), 65533: map[string]any{"bits": 2, "lst": b.Bytes()},
		65534: 43200, -65538: []any{1, 1, 41, 0, l.Certificate},
	})
	message, err := cose.Sign(card.StatusTyp, payload, officeKey)
	if err != nil {
		t.Fatal(err)
	}
	return message
}
