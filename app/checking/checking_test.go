package checking

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"slices"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/office"
	"loket/app/words"
)

func key(b byte) ed25519.PrivateKey { return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{b}, 32)) }

func public(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }

var (
	root, speaker, kiosk = key(1), key(2), key(3)

	issued = time.Date(2026, 11, 20, 1, 0, 0, 0, time.UTC)
	now    = issued.Add(3 * time.Hour)
)

const host = "kartu.contoh.id"

// books is a kiosk's store in memory.
type books struct {
	trust    []byte
	statuses [][]byte
	cards    map[app.Serial]app.Card
	person   app.Registration
	judge    office.Judge
}

func (b *books) Trust(context.Context) ([]byte, error)      { return b.trust, nil }
func (b *books) Statuses(context.Context) ([][]byte, error) { return b.statuses, nil }
func (b *books) Registration(context.Context, app.EntryID) (app.Registration, error) {
	return b.person, nil
}

func (b *books) Card(_ context.Context, s app.Serial) (app.Card, error) {
	c, ok := b.cards[s]
	if !ok {
		return c, app.Fail(app.NotFound)
	}
	return c, nil
}

type clock struct{}

func (clock) Now() time.Time { return now }

func checking(b *books) *Checking {
	b.judge.Roots = office.Roots{office.FingerprintOf(public(root))}
	return New(b, func() office.Judge { return b.judge }, func() []string { return []string{host} }, clock{}, func() app.Operator { return app.Operator{ID: "rela", Role: app.RoleVolunteer} })
}

func certificate(t *testing.T) []byte {
	t.Helper()
	b, err := office.IssueCertificate(root, office.Certificate{
		Key: public(speaker), Uses: office.ForTrust | office.ForStatus, From: issued.AddDate(0, -1, 0), Until: issued.AddDate(1, 0, 0), Epoch: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func trustList(t *testing.T) []byte {
	t.Helper()
	list := card.TrustList{Epoch: 1, Seq: 1, Issued: issued, NextUpdate: issued.AddDate(0, 0, 7), Certificate: certificate(t), Keys: []card.Key{{
		Public: public(kiosk), Branch: "BALIKPAPAN", Kiosk: 417, From: issued.AddDate(0, -1, 0), Until: issued.AddDate(1, 0, 0),
		VerifyUntil: issued.AddDate(6, 0, 0), Serials: []card.SerialRange{{First: 64, Last: 127}},
	}}}
	b, err := list.Sign(speaker)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func statusList(t *testing.T, serial app.Serial, status card.Status) []byte {
	t.Helper()
	shard := card.NewShard(0)
	if err := shard.Set(serial, status); err != nil {
		t.Fatal(err)
	}
	list := card.StatusList{Epoch: 1, Seq: 1, Issued: issued, Expires: issued.AddDate(0, 0, 7), Shard: shard, Certificate: certificate(t)}
	b, err := list.Sign(speaker)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// made is an invented person's card: its COSE bytes and its text.
func made(t *testing.T, serial app.Serial, by ed25519.PrivateKey) ([]byte, string) {
	t.Helper()
	credential, err := card.Sign(card.Claims{
		Issuer: "LOKET-ID", IssuedAt: issued, Expires: issued.AddDate(5, 0, 0), Member: "26133068531", Name: "SITI AMINAH",
		Programmes: app.WorkAccident | app.Death, Branch: "BALIKPAPAN", Serial: serial, Generation: 1,
	}, by)
	if err != nil {
		t.Fatal(err)
	}
	text, err := card.URL(host, credential)
	if err != nil {
		t.Fatal(err)
	}
	return credential, text
}

func TestAnswers(t *testing.T) {
	credential, text := made(t, 64, kiosk)
	_, foreign := made(t, 64, key(9))
	_, unleased := made(t, 200, kiosk)
	own := func(state app.CardState) map[app.Serial]app.Card {
		return map[app.Serial]app.Card{64: {Serial: 64, State: state, Credential: credential}}
	}
	waiting := app.Registration{State: app.Captured}
	accepted := app.Registration{State: app.Accepted}
	trust, active := trustList(t), statusList(t, 64, card.Active)
	tests := map[string]struct {
		books  books
		text   string
		colour card.Colour
		key    string
	}{
		"good":                      {books{trust: trust, statuses: [][]byte{active}}, text, card.Green, "check.active"},
		"good, without a status":    {books{trust: trust}, text, card.Amber, "check.unknown"},
		"not accepted yet":          {books{trust: trust, statuses: [][]byte{statusList(t, 65, card.Active)}}, text, card.Amber, "check.not_yet_accepted"},
		"cover not begun":           {books{trust: trust, statuses: [][]byte{statusList(t, 64, card.Inactive)}}, text, card.Amber, "check.inactive"},
		"revoked":                   {books{trust: trust, statuses: [][]byte{statusList(t, 64, card.Invalid)}}, text, card.Red, "check.invalid"},
		"another host":              {books{trust: trust, statuses: [][]byte{active}}, strings.Replace(text, "KARTU", "KARTV", 1), card.Amber, "card.foreign_host"},
		"no list":                   {books{}, text, card.Red, "trust.missing"},
		"a stranger's key":          {books{trust: trust}, foreign, card.Red, "card.unknown_key"},
		"outside the key's range":   {books{trust: trust}, unleased, card.Red, "card.serial_foreign"},
		"no card at all":            {books{trust: trust}, "hello#123", card.Red, "card.not_ours"},
		"own, no list yet":          {books{cards: own(app.CardConfirmed), person: waiting}, text, card.Amber, "check.own_waiting"},
		"own, not reported yet":     {books{trust: trust, cards: own(app.CardHanded), person: waiting}, text, card.Amber, "check.own_waiting"},
		"own, accepted":             {books{trust: trust, cards: own(app.CardHanded), person: accepted}, text, card.Amber, "check.own_accepted"},
		"own, spoiled here":         {books{trust: trust, statuses: [][]byte{active}, cards: own(app.CardSpoiled), person: accepted}, text, card.Red, "check.ended_here"},
		"own, duplicate":            {books{trust: trust, cards: own(app.CardHanded), person: app.Registration{State: app.Duplicate}}, text, card.Red, "check.not_accepted_here"},
		"own and active":            {books{trust: trust, statuses: [][]byte{active}, cards: own(app.CardHanded), person: accepted}, text, card.Green, "check.active"},
		"forged with our serial":    {books{trust: trust, cards: own(app.CardHanded), person: accepted}, foreign, card.Red, "card.unknown_key"},
		"a broken list is not used": {books{trust: trust[:len(trust)-1]}, text, card.Red, "trust.missing"},
	}
	for name, tt := range tests {
		x := checking(&tt.books)
		if err := x.Reload(t.Context()); (err != nil) != strings.Contains(name, "broken") {
			t.Errorf("%s: %v", name, err)
		}
		a, err := x.Check(t.Context(), tt.text)
		if err != nil || a.Colour != tt.colour || a.Key != tt.key {
			t.Errorf("%s: %s %s, %v", name, a.Colour, a.Key, err)
		}
		for _, key := range append(slices.Clone(a.Notes), a.Key) {
			if !words.Has(key) {
				t.Errorf("%s: no sentence for %q", name, key)
			}
		}
	}
}

func TestAnyChangedDigitIsSeen(t *testing.T) {
	_, text := made(t, 64, kiosk)
	x := checking(&books{trust: trustList(t), statuses: [][]byte{statusList(t, 64, card.Active)}})
	if err := x.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	start := strings.IndexByte(text, '#') + 1
	for i := start; i < len(text); i++ {
		changed := []byte(text)
		changed[i] = '0' + (changed[i]-'0'+1)%10
		if a, err := x.Check(t.Context(), string(changed)); err != nil || a.Genuine || a.Colour != card.Red {
			t.Fatalf("digit %d: %+v %v", i-start, a, err)
		}
	}
}

func TestWhatIsNoCard(t *testing.T) {
	x := checking(&books{})
	slip, err := card.ScanOf(app.ProvisionalNumber{Chain: app.Chain{Kiosk: 417, Incarnation: 1}, Counter: 9}).Text()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]app.Code{"": app.CheckEmpty, "  ": app.CheckEmpty, slip: app.CheckNotCard} {
		if _, err := x.Check(t.Context(), text); app.CodeOf(err) != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}
