package card_test

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/office"
	"loket/app/vault"
)

// signer signs status lists of one shard.
type signer struct {
	t    testing.TB
	cert []byte
	sign func(l *card.StatusList) ([]byte, error)
}

func newSigner(t testing.TB) signer {
	t.Helper()
	root, key := vault.NewSigner(), vault.NewSigner()
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	cert, err := office.IssueCertificate(root, office.Certificate{Epoch: 1, Key: vault.Public(key), Uses: office.ForStatus, From: day.AddDate(-1, 0, 0), Until: day.AddDate(1, 0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	return signer{t, cert, func(l *card.StatusList) ([]byte, error) { return l.Sign(key) }}
}

func (s signer) list(seq uint64, shard *card.Shard) []byte {
	s.t.Helper()
	at := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC).Add(time.Duration(seq) * time.Minute)
	raw, err := s.sign(&card.StatusList{Epoch: 1, Seq: seq, Issued: at, Expires: at.AddDate(0, 0, 7), Shard: shard, Certificate: s.cert})
	if err != nil {
		s.t.Fatal(err)
	}
	return raw
}

// busy is a shard of a whole year's cards.
func busy(number uint32) *card.Shard {
	shard, dice := card.NewShard(number), rand.New(rand.NewPCG(1, uint64(number)))
	for i := uint32(1); i < card.ShardSize; i++ {
		if err := shard.Set(app.Serial(number*card.ShardSize+i), card.Status(dice.IntN(4))); err != nil {
			panic(err)
		}
	}
	return shard
}

// A few cards' changes in a full shard travel in some hundred bytes, and give the very bytes that head
// office signed.
func TestAPatchRebuildsTheSignedBytes(t *testing.T) {
	s, shard := newSigner(t), busy(3)
	before := s.list(1, shard)
	next := shard.Clone()
	for i := range uint32(40) {
		if err := next.Set(app.Serial(3*card.ShardSize+1+i*977), card.Invalid); err != nil {
			t.Fatal(err)
		}
	}
	after := s.list(2, next)
	patch, err := card.Patch(before, after)
	if err != nil {
		t.Fatal(err)
	}
	if len(patch) > 1500 || len(after) < 20_000 {
		t.Errorf("%d bytes for a list of %d", len(patch), len(after))
	}
	rebuilt, err := card.Patched(before, patch)
	if err != nil || !bytes.Equal(rebuilt, after) {
		t.Fatal("other bytes", err)
	}
	for name, c := range map[string]struct{ before, patch []byte }{
		"another base":    {s.list(1, busy(4)), patch},
		"no list":         {[]byte("x"), patch},
		"cut":             {before, patch[:len(patch)/2]},
		"no patch at all": {before, after},
		"nothing":         {before, nil},
	} {
		if got, err := card.Patched(c.before, c.patch); err == nil || got != nil {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
	if _, err := card.Patch(s.list(1, busy(4)), after); err == nil {
		t.Error("a patch between two shards")
	}
}

func FuzzPatched(f *testing.F) {
	s, shard := newSigner(f), busy(3)
	before := s.list(1, shard)
	next := shard.Clone()
	if err := next.Set(app.Serial(3*card.ShardSize+5), card.Invalid); err != nil {
		f.Fatal(err)
	}
	patch, err := card.Patch(before, s.list(2, next))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(patch)
	f.Fuzz(func(t *testing.T, patch []byte) {
		got, err := card.Patched(before, patch)
		if err == nil && len(got) > len(patch)+1<<17 {
			t.Errorf("%d bytes from %d", len(got), len(patch))
		}
	})
}
