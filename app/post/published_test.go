package post_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"loket/app/card"
	"loket/app/sealed"
	"loket/app/vault"
)

// statusList is a signed list of shard 0.
func (p *pusat) statusList(t testing.TB, seq uint64, by ed25519.PrivateKey) []byte {
	t.Helper()
	l := card.StatusList{Epoch: 1, Seq: seq, Issued: p.clock.Now(), Expires: p.clock.Now().Add(100 * time.Hour), Shard: card.NewShard(0), Certificate: p.cert}
	raw, err := l.Sign(by)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func (k *loket) announce(seq uint64, raw []byte) {
	k.t.Helper()
	sum := sha256.Sum256(raw)
	k.must(k.office.say(sealed.FrameLists, []sealed.Announced{{Kind: "status", Epoch: 1, Seq: seq, Hash: sum[:], Size: uint64(len(raw))}}))
}

// lay puts an object where the carrier keeps them.
func (k *loket) lay(name [32]byte, raw []byte) {
	k.t.Helper()
	dir := filepath.Join(k.dir, "inbox", "objects")
	k.must(os.MkdirAll(dir, 0o700))
	k.must(os.WriteFile(filepath.Join(dir, fmt.Sprintf("%x", name)), raw, 0o600))
}

func (k *loket) statusSeq() uint64 {
	k.t.Helper()
	lists, err := k.store.Statuses(k.t.Context())
	k.must(err)
	if len(lists) == 0 {
		return 0
	}
	l, err := card.ParseStatus(lists[0], k.office.roots())
	k.must(err)
	return l.Seq
}

// A list is announced, fetched by its hash, proven and kept; until it has come it is wanted; whole lists of
// an older head office in the inbox are applied as before.
func TestPublishedListsAreProvenAndKept(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	first := k.office.statusList(t, 1, k.office.key)
	if _, err := k.office.tell(sealed.FrameStatus, 0, first); err != nil {
		t.Fatal(err)
	}
	k.carry()
	k.apply()
	if seq := k.statusSeq(); seq != 1 {
		t.Errorf("a whole list in a frame: version %d", seq)
	}
	second := k.office.statusList(t, 2, k.office.key)
	k.announce(2, second)
	k.carry()
	k.apply()
	if wanted, err := k.store.WantedLists(t.Context()); err != nil || len(wanted) != 1 || k.statusSeq() != 1 {
		t.Errorf("%+v wanted, version %d, %v", wanted, k.statusSeq(), err)
	}
	k.lay(sha256.Sum256(second), []byte("spoiled on the disk"))
	k.apply()
	k.lay(sha256.Sum256(second), second)
	if a := k.apply(); a.Frames != 1 || k.statusSeq() != 2 {
		t.Errorf("%+v, version %d", a, k.statusSeq())
	}
	if wanted, err := k.store.WantedLists(t.Context()); err != nil || len(wanted) != 0 {
		t.Errorf("still wanted: %+v %v", wanted, err)
	}
}

func TestAListThatIsNotHeadOfficesIsNotKept(t *testing.T) {
	for name, forge := range map[string]func(t *testing.T, k *loket) []byte{
		"by another key":      func(t *testing.T, k *loket) []byte { return k.office.statusList(t, 9, vault.NewSigner()) },
		"of another purpose":  func(t *testing.T, k *loket) []byte { return k.office.cert },
		"no list":             func(*testing.T, *loket) []byte { return []byte{0xa0} },
		"an older one":        func(t *testing.T, k *loket) []byte { return k.office.statusList(t, 1, k.office.key) },
		"of what is not CBOR": func(*testing.T, *loket) []byte { return []byte("<html>") },
	} {
		t.Run(name, func(t *testing.T) {
			k := newLoket(t)
			defer k.close()
			have := k.office.statusList(t, 5, k.office.key)
			k.announce(5, have)
			k.carry()
			k.lay(sha256.Sum256(have), have)
			k.apply()
			raw := forge(t, k)
			k.announce(9, raw)
			k.carry()
			k.lay(sha256.Sum256(raw), raw)
			k.apply()
			if seq := k.statusSeq(); seq != 5 {
				t.Errorf("version %d is kept", seq)
			}
			if wanted, err := k.store.WantedLists(t.Context()); err != nil || len(wanted) != 0 {
				t.Errorf("it stays wanted: %+v %v", wanted, err)
			}
		})
	}
}

// A newer list applies before anybody has signed in, and changes nothing more in its turn.
func TestAnnouncedListsApplyBeforeSignIn(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	list := k.office.statusList(t, 3, k.office.key)
	k.announce(3, list)
	k.carry()
	k.lay(sha256.Sum256(list), list)
	if a, err := k.post.ApplyOpen(t.Context()); err != nil || a.Frames != 1 || k.statusSeq() != 3 {
		t.Errorf("%+v, version %d, %v", a, k.statusSeq(), err)
	}
	if a := k.apply(); len(a.Refused) != 0 || k.statusSeq() != 3 {
		t.Errorf("%+v", a)
	}
}
