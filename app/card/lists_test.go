package card_test

import (
	"bytes"
	"crypto/ed25519"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"loket/app"
	"loket/app/card"
)

func TestATrustListIsReadBack(t *testing.T) {
	want := trustList(t)
	got, err := card.ParseTrust(trustBytes(t, want), roots)
	if err != nil {
		t.Fatal(err)
	}
	byKiosk := func(a, b card.Key) int { return bytes.Compare(a.Public, b.Public) }
	slices.SortFunc(want.Keys, byKiosk)
	slices.SortFunc(got.Keys, byKiosk)
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(card.TrustList{}, card.Key{}), cmp.Comparer(func(a, b card.SerialRange) bool {
		return a.First == b.First && a.Last == b.Last
	})); diff != "" {
		t.Error(diff)
	}
	own, err := card.OwnRoot(trustBytes(t, want))
	if err != nil || own != roots[0] {
		t.Error(own, err)
	}
}

func TestTrustOnlyRises(t *testing.T) {
	have, err := (*card.TrustList)(nil).Update(trustBytes(t, trustList(t)), roots)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := have.Update(trustBytes(t, trustList(t)), roots); app.CodeOf(err) != app.TrustOlder {
		t.Errorf("the same list again: %v", err)
	}
	next := trustList(t)
	next.Seq++
	if _, err := have.Update(trustBytes(t, next), roots); err != nil {
		t.Error(err)
	}
}

func TestKeysOfOneIDAreAllTried(t *testing.T) {
	list := trustList(t)
	twin := list.Keys[0]
	twin.From, twin.Until = issued.AddDate(-1, 0, 0), issued.AddDate(0, -1, 0)
	list.Keys = append([]card.Key{twin}, list.Keys...)
	s := &card.Scanned{COSE: sign(t, claims(), kioskKey)}
	if v := card.Verify(s, list, nil, now); !v.Genuine {
		t.Errorf("the first key's window ended, the second's did not: %s", v.Reason)
	}
}

func TestWithoutAListNothingIsGenuine(t *testing.T) {
	v := card.Verify(&card.Scanned{COSE: sign(t, claims(), kioskKey)}, nil, nil, now)
	if v.Genuine || v.Reason != app.TrustMissing || v.Colour != card.Red {
		t.Errorf("%+v", v)
	}
}

func TestTheVerdictTellsHowOldTheListIs(t *testing.T) {
	v := card.Verify(&card.Scanned{COSE: sign(t, claims(), kioskKey)}, trustList(t), statusList(t), now)
	if v.TrustAge != 2*time.Hour || v.Branch != "Kantor Cabang Bontang" || v.Colour != card.Green {
		t.Errorf("%+v", v)
	}
}

func TestAShardHoldsWhatWasSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Uint32Range(0, 3).Draw(t, "shard")
		shard, model := card.NewShard(number), map[app.Serial]card.Status{}
		for range rapid.IntRange(0, 50).Draw(t, "changes") {
			serial := app.Serial(number*card.ShardSize + rapid.Uint32Range(1, card.ShardSize-1).Draw(t, "index"))
			status := card.Status(rapid.IntRange(0, 3).Draw(t, "status"))
			if err := shard.Set(serial, status); err != nil {
				t.Fatal(err)
			}
			model[serial] = status
			if got := shard.Get(serial + 1); model[serial+1] == 0 && got != card.NotYetAccepted && got != card.Unknown && got != card.Active {
				t.Fatalf("the neighbour became %s", got)
			}
		}
		for serial, want := range model {
			if got := shard.Get(serial); got != want {
				t.Fatalf("%s: %s, want %s", serial, got, want)
			}
		}
	})
}

func TestAShardsLayoutIsLeastSignificantBitsFirst(t *testing.T) {
	shard := card.NewShard(0)
	for serial, status := range map[app.Serial]card.Status{1: card.Invalid, 2: card.Inactive, 3: card.Active} {
		if err := shard.Set(serial, status); err != nil {
			t.Fatal(err)
		}
	}
	if got := shard.Bytes()[0]; got != 0b00_10_01_11 {
		t.Errorf("%08b", got)
	}
	if shard.Get(card.ShardSize) != card.Unknown || shard.Get(0) != card.Unknown {
		t.Error("outside the shard something is known")
	}
	if err := shard.Set(card.ShardSize, card.Active); app.CodeOf(err) != app.StatusOutOfShard {
		t.Error(err)
	}
}

func TestADeltaLeadsFromOneShardToTheNext(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := card.NewShard(2)
		change := func(s *card.Shard) {
			for range rapid.IntRange(0, 30).Draw(t, "changes") {
				serial := app.Serial(2*card.ShardSize + rapid.Uint32Range(1, card.ShardSize-1).Draw(t, "index"))
				if err := s.Set(serial, card.Status(rapid.IntRange(0, 3).Draw(t, "status"))); err != nil {
					t.Fatal(err)
				}
			}
		}
		change(before)
		after := before.Clone()
		change(after)
		d, err := card.Between(before, after, 1, 7, 8)
		if err != nil {
			t.Fatal(err)
		}
		wire, err := d.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		read, err := card.ParseDelta(wire)
		if err != nil {
			t.Fatal(err)
		}
		got, err := before.Apply(read)
		if err != nil || got.Hash() != after.Hash() {
			t.Fatalf("not the same list: %v", err)
		}
		if before.Hash() != after.Hash() {
			if _, err := after.Apply(read); app.CodeOf(err) != app.StatusDelta {
				t.Fatalf("applied onto another list: %v", err)
			}
		}
	})
}

func TestADeltaOutOfBoundsIsRefused(t *testing.T) {
	shard := card.NewShard(0)
	hash := shard.Hash()
	d := &card.Delta{BaseHash: hash[:], NewHash: hash[:], Changes: [4][]uint32{{1<<32 - 1, 1}}}
	if _, err := shard.Apply(d); app.CodeOf(err) != app.StatusDelta {
		t.Error(err)
	}
}

func FuzzParseTrust(f *testing.F) {
	good := trustBytes(f, trustList(f))
	head, _, err := card.Split(good)
	if err != nil {
		f.Fatal(err)
	}
	keys := map[string]bool{}
	for _, k := range trustList(f).Keys {
		keys[string(k.Public)] = true
	}
	f.Add(good)
	f.Add(head)
	f.Add(statusBytes(f, statusList(f)))
	f.Fuzz(func(t *testing.T, data []byte) {
		if list, err := card.ParseTrust(data, roots); err == nil {
			if !bytes.HasPrefix(data, head) {
				t.Errorf("%x was taken", data)
			}
			for _, k := range list.Keys {
				if !keys[string(k.Public)] {
					t.Errorf("%x was taken with another key", data)
				}
			}
		}
		if _, err := card.OwnRoot(data); app.CodeOf(err) == app.Internal {
			t.Errorf("an error without a code: %v", err)
		}
	})
}

// A credential of another issuer, with headers and claims that our own cards never have.
func TestOtherIssuersNeedTheirKey(t *testing.T) {
	foreign := resigned(t, map[int]any{1: "other", 4: 1951434000, 5: 1, 169: map[int]any{1: "X-1", 4: "TUTI CONTOH", 8: "19900101"}}, strangerKey)
	s, err := card.ParseText(zipped(t, foreign), nil)
	if err != nil {
		t.Fatal(err)
	}
	v := card.VerifyWithKey(s, public(strangerKey), now)
	if !v.Genuine || v.Reason != app.CardNotMember || v.Claims.Name != "TUTI CONTOH" || v.Colour == card.Green {
		t.Errorf("%+v", v)
	}
	if v := card.VerifyWithKey(s, public(kioskKey), now); v.Genuine || v.Reason != app.CardSignature {
		t.Errorf("another key: %+v", v)
	}
	if v := card.VerifyWithKey(s, public(strangerKey), issued.AddDate(20, 0, 0)); v.Reason != app.CardExpired || !v.Genuine {
		t.Errorf("expired: %+v", v)
	}
	if v := card.VerifyWithKey(&card.Scanned{COSE: []byte{1}}, public(strangerKey), now); v.Genuine || v.Reason != app.CardNotOurs {
		t.Errorf("rubbish: %+v", v)
	}
	ours := &card.Scanned{COSE: sign(t, claims(), kioskKey)}
	if v := card.VerifyWithKey(ours, public(kioskKey), now); !v.Genuine || v.Reason != app.CardGenuine || v.Claims.Serial != 98412 {
		t.Errorf("our own card by its key: %+v", v)
	}
	if v := card.VerifyWithKey(ours, ed25519.PublicKey{1}, now); v.Genuine {
		t.Error("a key of one byte was taken")
	}
}

func BenchmarkVerify(b *testing.B) {
	list, status := trustList(b), statusList(b)
	s := &card.Scanned{COSE: sign(b, claims(), kioskKey)}
	for b.Loop() {
		if v := card.Verify(s, list, status, now); !v.Genuine {
			b.Fatal(v.Reason)
		}
	}
}
