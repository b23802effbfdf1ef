package kiosk_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"loket/app"
	"loket/app/journal"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

// witnessed is a store with a witness, and what was acknowledged at it.
type witnessed struct {
	*kiosk.Store
	dir, state string
	post       storagetest.Post
	given      acknowledged
}

// acknowledged is every number that somebody was told.
type acknowledged struct {
	counters map[uint32]bool
	members  map[app.MemberNumber]bool
	serials  map[app.Serial]bool
	seq      uint64
	batch    uint64
}

func (w *witnessed) open(t *testing.T, dir, state string) {
	t.Helper()
	s, err := kiosk.OpenWatched(t.Context(), dir, storagetest.NewClock(), kiosk.Watch{State: state, Secret: storagetest.Machine})
	must(t, err)
	w.Store, w.dir, w.state = s, dir, state
}

// begin is a kiosk with numbers in hand.
func begin(t *testing.T) *witnessed {
	t.Helper()
	w := &witnessed{given: acknowledged{map[uint32]bool{}, map[app.MemberNumber]bool{}, map[app.Serial]bool{}, 0, 0}}
	w.open(t, filepath.Join(t.TempDir(), "data"), t.TempDir())
	key, keys, first := storagetest.Founding(t)
	must(t, w.Begin(t.Context(), storagetest.Chain, key, keys, first))
	until := storagetest.NewClock().Now().AddDate(0, 1, 0)
	w.post.Lease(t, w.Store, journal.LeaseBody{Kind: "member", First: 26133068531, Last: 26133069999, Epoch: 1}, until)
	w.post.Lease(t, w.Store, journal.LeaseBody{Kind: "serial", Blocks: []uint64{98432, 98496, 98560}, Epoch: 1}, until)
	return w
}

// work registers somebody and makes a card; every third time a batch is sealed. It says which numbers
// came that had been given out before.
func (w *witnessed) work(t *testing.T, n int) (twice []string) {
	t.Helper()
	r := storagetest.Register(t, w.Store, storagetest.Person(n))
	c, err := w.Issue(t.Context(), storagetest.Supervisor.Author(), r.ID, 0, "", func(app.Card) ([]byte, error) { return []byte("a card"), nil })
	must(t, err)
	if w.given.counters[r.Number.Counter] {
		twice = append(twice, fmt.Sprint("counter ", r.Number))
	}
	if w.given.members[r.Member] {
		twice = append(twice, fmt.Sprint("member ", r.Member))
	}
	if w.given.serials[c.Serial] {
		twice = append(twice, fmt.Sprint("serial ", c.Serial))
	}
	if r.ID.Seq <= w.given.seq {
		twice = append(twice, fmt.Sprint("seq ", r.ID.Seq))
	}
	w.given.counters[r.Number.Counter], w.given.members[r.Member], w.given.serials[c.Serial] = true, true, true
	if n%3 == 0 {
		p := seal(t, w.Store)
		if p.Header.Number <= w.given.batch {
			twice = append(twice, fmt.Sprint("batch ", p.Header.Number))
		}
		w.given.batch = p.Header.Number
		// The file leaves; its name is taken.
		out := filepath.Join(w.dir, "outbox")
		must(t, os.MkdirAll(out, 0o700))
		must(t, os.WriteFile(filepath.Join(out, fmt.Sprintf("00417-01-%06d.batch", p.Header.Number)), nil, 0o600))
	}
	w.given.seq, _ = w.Head()
	return twice
}

// Damage at random places of the database and its log, while it is in use as a power cut finds it: either
// all that was acknowledged is there, or it is told; and no number is given out twice.
func TestAfterAnyDamageNoNumberIsGivenTwice(t *testing.T) {
	w := begin(t)
	for n := range 12 {
		must(t, failure(w.work(t, n+1)))
	}
	want := w.given
	snapshot := copyOf(t, w.dir)
	state := copyOf(t, w.state)
	must(t, w.Close())

	cases := 200
	if testing.Short() {
		cases = 60
	}
	outcomes := map[string]int{}
	for seed := range cases {
		dir, beside := copyOf(t, snapshot), copyOf(t, state)
		kind := spoil(t, dir, rand.New(rand.NewPCG(uint64(seed), 9)))
		outcome, err := afterDamage(t, dir, beside, want)
		if err != nil {
			t.Errorf("seed %d, %s: %v", seed, kind, err)
		}
		outcomes[outcome]++
		must(t, os.RemoveAll(dir))
		must(t, os.RemoveAll(beside))
	}
	t.Log(outcomes)
	if outcomes["behind"] == 0 || outcomes["whole"] == 0 {
		t.Error("the damage does not reach what it should:", outcomes)
	}
}

// afterDamage opens a damaged folder and goes on in it where that is offered.
func afterDamage(t *testing.T, dir, state string, want acknowledged) (outcome string, err error) {
	t.Helper()
	s, err := kiosk.OpenWatched(t.Context(), dir, storagetest.NewClock(), kiosk.Watch{State: state, Secret: storagetest.Machine})
	if err != nil {
		if code := app.CodeOf(err); code != app.StorageDamaged && code != app.StorageForeign && code != app.StorageFailing && code != app.StorageNewer {
			return "refused", fmt.Errorf("it does not open, and says %q: %w", code, err)
		}
		return "refused", nil
	}
	defer func() { must(t, s.Close()) }()
	if b := s.Behind(); b != nil {
		_, err := s.Capture(t.Context(), storagetest.Supervisor.Author(), "", storagetest.Person(99), journal.RegistrationBody{}, nil)
		if code := app.CodeOf(err); code != app.StorageBehind && code != app.StorageDamaged && code != app.VaultLocked && code != app.StorageEmpty {
			return "behind", fmt.Errorf("behind, and it gives out numbers: %w", err)
		}
		return "behind", nil
	}
	checked, err := s.CheckJournal(t.Context(), nil)
	if err != nil {
		return "", err
	}
	if !checked.Whole() {
		return "found", nil // the daily check tells it, with the place
	}
	if seq, _ := s.Head(); seq < want.seq {
		return "", fmt.Errorf("it ends at %d, %d were acknowledged, and nothing is said", seq, want.seq)
	}
	if checked.Registrations != len(want.counters) || checked.Cards != len(want.serials) {
		return "", fmt.Errorf("%d registrations and %d cards of %d", checked.Registrations, checked.Cards, len(want.counters))
	}
	return "whole", goOn(t, s, dir, want)
}

// goOn works in a folder that says that it is whole.
func goOn(t *testing.T, s *kiosk.Store, dir string, want acknowledged) error {
	t.Helper()
	_, err := s.Member(t.Context(), storagetest.Supervisor.ID)
	if app.CodeOf(err) == app.StorageDamaged {
		return nil
	}
	must(t, err)
	founded(t, s)
	w := &witnessed{Store: s, dir: dir, given: acknowledged{clone(want.counters), clone(want.members), clone(want.serials), want.seq, want.batch}}
	for n := range 3 {
		if err := failure(w.work(t, 100+n)); err != nil {
			return err
		}
	}
	return nil
}

func clone[K comparable](m map[K]bool) map[K]bool {
	c := make(map[K]bool, len(m))
	for k := range m {
		c[k] = true
	}
	return c
}

func failure(twice []string) error {
	if len(twice) > 0 {
		return fmt.Errorf("given out twice: %v", twice)
	}
	return nil
}

// spoil does what a failing disk does to the database or its log.
func spoil(t *testing.T, dir string, dice *rand.Rand) string {
	t.Helper()
	name := []string{"loket.db-wal", "loket.db-wal", "loket.db-wal", "loket.db"}[dice.IntN(4)]
	path := filepath.Join(dir, name)
	b, err := os.ReadFile(path)
	must(t, err)
	kind := []string{"a bit", "a run", "cut", "gone", "old"}[dice.IntN(5)]
	at := dice.IntN(len(b))
	switch kind {
	case "a bit":
		b[at] ^= 1 << dice.IntN(8)
	case "a run":
		clear(b[at:min(len(b), at+dice.IntN(5000))])
	case "cut":
		b = b[:at]
	case "gone":
		must(t, os.Remove(path))
		return name + " gone"
	case "old": // sectors that never reached the disk
		for range 4 {
			from := dice.IntN(len(b))
			clear(b[from:min(len(b), from+512)])
		}
	}
	must(t, os.WriteFile(path, b, 0o600))
	return fmt.Sprintf("%s %s at %d", name, kind, at)
}

// copyOf copies a folder as it lies, in use or not.
func copyOf(t *testing.T, dir string) string {
	t.Helper()
	to, err := os.MkdirTemp("", "loket-damage-*")
	must(t, err)
	t.Cleanup(func() { must(t, os.RemoveAll(to)) })
	must(t, os.CopyFS(to, os.DirFS(dir)))
	locks, err := filepath.Glob(filepath.Join(to, "*.lock"))
	must(t, err)
	for _, lock := range slices.Concat(locks, []string{filepath.Join(to, "loket.db-shm")}) {
		must(t, os.RemoveAll(lock))
	}
	return to
}

// Numbers reserved ahead: what the disk takes back together with the witness's last second is left out,
// not given out again.
func TestReservedNumbersAreLeftOut(t *testing.T) {
	w := begin(t)
	for n := range 3 {
		must(t, failure(w.work(t, n+1)))
	}
	before, beside := copyOf(t, w.dir), copyOf(t, w.state) // as after a power cut
	must(t, failure(w.work(t, 4)))
	must(t, w.Close())

	lost := &witnessed{given: w.given}
	lost.given.seq = 0 // the same entries come again: the witness lost them too
	lost.open(t, before, beside)
	if lost.Behind() != nil {
		t.Fatal("nothing tells of the lost second, and it says", lost.Behind())
	}
	founded(t, lost.Store)
	if err := failure(lost.work(t, 5)); err != nil {
		t.Error(err)
	}
	must(t, lost.Close())

	lost.open(t, before, beside) // ended well: nothing is left out
	founded(t, lost.Store)
	last := uint32(0)
	for counter := range lost.given.counters {
		last = max(last, counter)
	}
	r := storagetest.Register(t, lost.Store, storagetest.Person(6))
	if r.Number.Counter != last+1 {
		t.Errorf("after a good end %d follows %d", r.Number.Counter, last)
	}
	must(t, lost.Close())
}

// A stopped program has the same effect on nobody.
func TestAWitnessIsNoHindrance(t *testing.T) {
	w := begin(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := w.PutSetting(ctx, "x", nil); app.CodeOf(err) != app.Cancelled {
		t.Error(err)
	}
	must(t, failure(w.work(t, 1)))
	must(t, w.Close())
}
