package checking

import (
	"testing"

	"loket/app"
	"loket/app/card"
	"loket/app/office"
)

// A rehearsed compromise: with a stolen office key of the former epoch somebody signs a list that names a
// forged kiosk's key, its number far ahead, and it was taken in. Once the kiosk has met the next epoch, in
// a frame or in a list of the other kind, the forged card is not green, and a good one is as soon as the
// next lists are there.
func TestAStolenOfficeKeysListsAreVoid(t *testing.T) {
	forger, renewed := key(9), key(10)
	next, err := office.IssueCertificate(root, office.Certificate{
		Key: public(renewed), Uses: office.ForTrust | office.ForStatus, From: issued.AddDate(0, -1, 0), Until: issued.AddDate(1, 0, 0), Epoch: 2,
	})
	if err != nil {
		t.Fatal(err)
	}
	list := func(epoch, seq uint64, names byte) []byte {
		l := card.TrustList{Epoch: epoch, Seq: seq, Issued: issued, NextUpdate: issued.AddDate(0, 0, 7), Certificate: certificate(t), Keys: []card.Key{{
			Public: public(key(names)), Branch: "BALIKPAPAN", Kiosk: 417, From: issued.AddDate(0, -1, 0), Until: issued.AddDate(1, 0, 0),
			VerifyUntil: issued.AddDate(6, 0, 0), Serials: []card.SerialRange{{First: 64, Last: 127}},
		}}}
		by := speaker
		if epoch == 2 {
			l.Certificate, by = next, renewed
		}
		b, err := l.Sign(by)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	shard := card.NewShard(0)
	if err := shard.Set(64, card.Active); err != nil {
		t.Fatal(err)
	}
	newStatus, err := (&card.StatusList{Epoch: 2, Seq: 1, Issued: issued, Expires: issued.AddDate(0, 0, 7), Shard: shard, Certificate: next}).Sign(renewed)
	if err != nil {
		t.Fatal(err)
	}
	_, good := made(t, 64, kiosk)
	_, forged := made(t, 64, forger)
	const farAhead = 1 << 50
	old, stolen, lists2 := statusList(t, 64, card.Active), list(1, farAhead, 9), list(2, 1, 3)
	tests := map[string]struct {
		books  books
		met    uint64
		text   string
		colour card.Colour
	}{
		"forged, nothing met yet":             {books{trust: stolen, statuses: [][]byte{old}}, 1, forged, card.Green}, // nobody can know
		"forged, a frame of epoch 2 was met":  {books{trust: stolen, statuses: [][]byte{old}}, 2, forged, card.Red},
		"forged, a status list of epoch 2":    {books{trust: stolen, statuses: [][]byte{newStatus}}, 1, forged, card.Red},
		"good, the new trust list alone":      {books{trust: lists2, statuses: [][]byte{old}}, 2, good, card.Amber},
		"a stolen key's status list is void":  {books{trust: lists2, statuses: [][]byte{old}}, 0, good, card.Amber},
		"good, with both lists of epoch 2":    {books{trust: lists2, statuses: [][]byte{newStatus}}, 2, good, card.Green},
		"forged, with both lists of epoch 2":  {books{trust: lists2, statuses: [][]byte{newStatus}}, 2, forged, card.Red},
		"good, before anything was made void": {books{trust: trustList(t), statuses: [][]byte{old}}, 1, good, card.Green},
	}
	for name, tt := range tests {
		x := checking(&tt.books)
		tt.books.judge.Epoch = tt.met
		tt.books.judge.Known = now.AddDate(9, 0, 0) // a list that was taken in stays in force; its age is shown
		if err := x.Reload(t.Context()); err != nil {
			t.Errorf("%s: a void list is no fault: %v", name, err)
		}
		if a, err := x.Check(t.Context(), tt.text); err != nil || a.Colour != tt.colour {
			t.Errorf("%s: %s %s, %v", name, a.Colour, a.Key, err)
		}
	}
	if x := checking(&books{trust: stolen}); app.CodeOf(x.Reload(t.Context())) != "" {
		t.Error("the first list proves")
	}
}
