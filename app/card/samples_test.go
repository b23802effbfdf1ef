package card_test

import (
	"bytes"
	"crypto/ed25519"
	"testing"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/cose"
	"loket/app/office"
)

// Fixed keys and dates: the vectors in docs/vectors/card are made with them.
var (
	rootKey     = seeded(1)
	officeKey   = seeded(2)
	kioskKey    = seeded(3)
	revokedKey  = seeded(4)
	strangerKey = seeded(5)
	replacedKey = seeded(6)

	issued = time.Date(2026, 11, 3, 1, 0, 0, 0, time.UTC)
	now    = time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC)
	roots  = office.Roots{office.FingerprintOf(public(rootKey))}
)

const host = "kartu.contoh.id"

func seeded(b byte) ed25519.PrivateKey { return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{b}, 32)) }

func public(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }

// claims are an invented person's card.
func claims() card.Claims {
	return card.Claims{
		Issuer: "LOKET-ID", IssuedAt: issued, Expires: issued.AddDate(5, 0, 0),
		Member: "26133068531", Name: "YOHANES NGAU AJANG", Programmes: app.WorkAccident | app.Death,
		Branch: "BONTANG", Serial: 98412, Generation: 1, Payer: card.PaysGovernment,
	}
}

func sign(t testing.TB, c card.Claims, key ed25519.PrivateKey) []byte {
	t.Helper()
	b, err := card.Sign(c, key)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func certificate(t testing.TB, uses office.Uses) []byte {
	t.Helper()
	c, err := office.IssueCertificate(rootKey, office.Certificate{
		Epoch: 1, Key: public(officeKey), Uses: uses,
		From: issued.AddDate(0, -6, 0), Until: issued.AddDate(1, 0, 0),
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// acceptedBefore is a card of the revoked kiosk that head office had accepted in time.
func acceptedBefore() card.Claims {
	c := claims()
	c.Serial, c.Name = 98501, "SITI CONTOH"
	return c
}

// queuedBefore is a card that a kiosk made before it changed its keys.
func queuedBefore() card.Claims {
	c := claims()
	c.Serial, c.Name = 98402, "TUTI CONTOH"
	return c
}

// marks are what the status list says of cards of the revoked and the replaced key.
func marks(t testing.TB) []card.CardMark {
	t.Helper()
	return []card.CardMark{
		{Serial: 98501, Mark: card.Mark(sign(t, acceptedBefore(), revokedKey))},
		{Serial: 98402, Mark: card.Mark(sign(t, queuedBefore(), replacedKey))},
	}
}

func trustList(t testing.TB) *card.TrustList {
	t.Helper()
	serials := []card.SerialRange{{First: 98368, Last: 98431}, {First: 131000, Last: 131100}}
	return &card.TrustList{
		Epoch: 1, Seq: 7, Issued: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC),
		NextUpdate: time.Date(2026, 12, 4, 0, 0, 0, 0, time.UTC),
		Branches:   map[string]string{"BONTANG": "Kantor Cabang Bontang"},
		Keys: []card.Key{
			{
				Public: public(kioskKey), Branch: "BONTANG", Kiosk: 417, Life: 2, Serials: serials,
				From: issued.AddDate(0, -1, 0), Until: issued.AddDate(0, 5, 0), VerifyUntil: issued.AddDate(6, 0, 0),
			},
			{Public: public(revokedKey), Kiosk: 418, Life: 1, Revoked: issued.AddDate(0, 0, 10)},
			{Public: public(replacedKey), Kiosk: 417, Life: 2, Replaced: issued.AddDate(0, 0, 12)},
		},
		Certificate: certificate(t, office.ForTrust|office.ForStatus),
	}
}

func statusList(t testing.TB) *card.StatusList {
	t.Helper()
	shard := card.NewShard(0)
	for serial, status := range map[app.Serial]card.Status{98402: card.Active, 98501: card.Active, 98412: card.Active, 98413: card.Invalid, 98414: card.Inactive} {
		if err := shard.Set(serial, status); err != nil {
			t.Fatal(err)
		}
	}
	return &card.StatusList{
		Epoch: 1, Seq: 40, Issued: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC),
		Expires: time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC), Shard: shard, Marks: marks(t),
		Certificate: certificate(t, office.ForTrust|office.ForStatus),
	}
}

// resigned signs any payload as a card, for cards that Sign would refuse to make.
func resigned(t testing.TB, payload any, key ed25519.PrivateKey) []byte {
	t.Helper()
	b, err := cose.Marshal(payload)
	if err != nil {
		t.Fatal(err)
	}
	message, err := cose.Sign("", b, key)
	if err != nil {
		t.Fatal(err)
	}
	return message
}
