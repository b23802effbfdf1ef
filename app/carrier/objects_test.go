package carrier

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/cose"
	"loket/app/office"
	"loket/app/sealed"
	"loket/app/vault"
)

// publisher signs status lists and announcements.
type publisher struct {
	t    *testing.T
	key  sealed.Speaker
	sign func(*card.StatusList) ([]byte, error)
}

func newPublisher(t *testing.T) publisher {
	t.Helper()
	root, key := vault.NewSigner(), vault.NewSigner()
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	cert, err := office.IssueCertificate(root, office.Certificate{Epoch: 1, Key: vault.Public(key), Uses: office.ForFeed | office.ForStatus, From: day, Until: day.AddDate(1, 0, 0)})
	must(t, err)
	return publisher{t, sealed.Speaker{Certificate: cert, Key: key}, func(l *card.StatusList) ([]byte, error) { return l.Sign(key) }}
}

// shard is a list of a shard in which many cards have every status.
func (p publisher) shard(seq uint64, changed ...uint32) []byte {
	p.t.Helper()
	shard := card.NewShard(2)
	for i := uint32(1); i < card.ShardSize; i++ {
		must(p.t, shard.Set(app.Serial(2*card.ShardSize+i), card.Status(i*2654435761>>13&3)))
	}
	for _, i := range changed {
		must(p.t, shard.Set(app.Serial(2*card.ShardSize+i), card.Invalid))
	}
	at := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	raw, err := p.sign(&card.StatusList{Epoch: 1, Seq: seq, Issued: at, Expires: at.AddDate(0, 0, 7), Shard: shard, Certificate: p.key.Certificate})
	must(p.t, err)
	return raw
}

func (p publisher) announce(number, seq uint64, raw []byte) []byte {
	p.t.Helper()
	sum := sha256.Sum256(raw)
	content, err := cose.Marshal([]sealed.Announced{{Kind: "status", Shard: 2, Epoch: 1, Seq: seq, Hash: sum[:], Size: uint64(len(raw))}})
	must(p.t, err)
	at := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	file, _, err := sealed.SealFrame(sealed.Frame{Chain: chain, Number: number, Issued: at, Expires: at.AddDate(1, 0, 0), Kind: sealed.FrameLists, Content: content}, p.key, nil)
	must(p.t, err)
	return file
}

// shelf is a head office that has lists, and gives what changed where it is shorter.
type shelf struct {
	intake
	spoil bool // it gives a patch that leads elsewhere
	sent  int  // bytes of objects
}

func (s *shelf) put(raw []byte) {
	if s.objects == nil {
		s.objects = map[[32]byte][]byte{}
	}
	s.objects[sha256.Sum256(raw)] = raw
}

func (s *shelf) Object(ctx context.Context, c app.Chain, hash, held [32]byte) ([]byte, bool, error) {
	raw, _, err := s.intake.Object(ctx, c, hash, held)
	before, known := s.objects[held]
	patch, failed := card.Patch(before, raw)
	if err != nil || !known || failed != nil {
		s.sent += len(raw)
		return raw, false, err
	}
	if s.spoil {
		if patch, err = card.Patch(before, before); err != nil {
			return nil, false, err
		}
	}
	s.sent += len(patch)
	return patch, true, nil
}

func TestAnnouncedListsAreFetchedOnceAndThenOnlyWhatChanged(t *testing.T) {
	p, box, office := newPublisher(t), newBox(t), &shelf{}
	first, second := p.shard(1), p.shard(2, 5, 700)
	office.put(first)
	office.frames = [][]byte{p.announce(1, 1, first)}
	must(t, Round(t.Context(), box, office))
	if raw, err := box.Object(sha256.Sum256(first)); err != nil || string(raw) != string(first) {
		t.Fatal("the list did not come", err)
	}
	must(t, Round(t.Context(), box, office))
	if office.sent != len(first) {
		t.Errorf("%d bytes for a list of %d", office.sent, len(first))
	}
	office.put(second)
	office.frames = append(office.frames, p.announce(2, 2, second))
	office.sent = 0
	must(t, Round(t.Context(), box, office))
	if raw, err := box.Object(sha256.Sum256(second)); err != nil || string(raw) != string(second) || office.sent > 1500 {
		t.Errorf("the newer list came in %d bytes, %v", office.sent, err)
	}
}

func TestWhatIsFetchedHasItsHash(t *testing.T) {
	p := newPublisher(t)
	first, second := p.shard(1), p.shard(2, 5)
	for name, c := range map[string]struct {
		spoil func(*shelf)
		want  bool
		code  app.Code
	}{
		"as announced":                 {func(*shelf) {}, true, ""},
		"a patch that leads elsewhere": {func(s *shelf) { s.spoil = true }, true, ""},
		"other bytes": {func(s *shelf) {
			s.objects = map[[32]byte][]byte{sha256.Sum256(first): first, sha256.Sum256(second): []byte("x")}
		}, false, app.PostHashDiffers},
		"gone": {func(s *shelf) { delete(s.objects, sha256.Sum256(second)) }, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p, box, office := p, newBox(t), &shelf{}
			p.t = t
			office.put(first)
			office.put(second)
			must(t, box.putObject(first))
			office.frames = [][]byte{p.announce(1, 2, second)}
			c.spoil(office)
			if err := Round(t.Context(), box, office); app.CodeOf(err) != c.code {
				t.Error(err)
			}
			if raw, err := box.Object(sha256.Sum256(second)); err != nil || (raw != nil) != c.want {
				t.Errorf("%d bytes are kept, %v", len(raw), err)
			}
		})
	}
}

func TestAStickBringsTheListsThatWereAnnounced(t *testing.T) {
	p, box, stick, office := newPublisher(t), newBox(t), t.TempDir(), &shelf{}
	list, other := p.shard(1), p.shard(2, 9)
	office.put(list)
	office.put(other)
	office.frames = [][]byte{p.announce(1, 1, list)}
	if _, err := Export(box, stick); err != nil {
		t.Fatal(err)
	}
	if _, err := Served(t.Context(), stick, office); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(stickFolder(stick, chain), "obj")
	junk := strings.Repeat("ab", 32)
	must(t, os.WriteFile(filepath.Join(dir, junk), []byte("x"), 0o600))
	if n, err := Import(box, stick, believing{}); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if got, err := box.Objects(); err != nil || !slices.Equal(got, [][32]byte{sha256.Sum256(list)}) {
		t.Errorf("%d objects, %v: only what was announced is taken", len(got), err)
	}
	must(t, box.DropObject(sha256.Sum256(list)))
	must(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("%x", sha256.Sum256(list))), other, 0o600))
	if _, err := Import(box, stick, believing{}); app.CodeOf(err) != app.StickRefused {
		t.Error("a list under another's name:", err)
	}
	if got, err := box.Objects(); err != nil || len(got) != 0 {
		t.Errorf("%d objects, %v", len(got), err)
	}
}

func TestTheWindowsWordOutlivesTheAnnouncement(t *testing.T) {
	p, box, office := newPublisher(t), newBox(t), &shelf{}
	list := p.shard(1)
	office.put(list)
	must(t, box.SetWanted(sealed.PeekAnnounced(p.announce(1, 1, list))))
	must(t, Round(t.Context(), box, office))
	if raw, err := box.Object(sha256.Sum256(list)); err != nil || raw == nil {
		t.Error("not fetched", err)
	}
	must(t, os.WriteFile(box.wantedPath(), []byte("status x\n\x00\nstatus 1 2 3 zz\n"), 0o600))
	if got := box.askedFor(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}
