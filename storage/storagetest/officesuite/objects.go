package officesuite

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"testing"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

// storedOnce: whoever announces it to whom, a version's bytes stand in the books once, and the version
// before can still be had for a while.
func storedOnce(t testing.TB, w *officeWorld) {
	for n := range 5 {
		w.kiosk(t, app.Kiosk(417+n))
	}
	w.publish(t)
	first := w.current(t, books.TrustList)
	for n := range 5 {
		need(t, w.store.SendLists(w.ctx, app.Chain{Kiosk: app.Kiosk(417 + n), Incarnation: 1}, w.at))
	}
	for n := range 5 {
		for _, frame := range w.feedFrom(t, &Kiosk{Chain: app.Chain{Kiosk: app.Kiosk(417 + n), Incarnation: 1}}, 0) {
			if bytes.Contains(frame, first.Raw[len(first.Raw)-40:]) {
				t.Error("the list itself stands in a feed")
			}
		}
	}
	w.at = w.at.Add(time.Hour)
	w.kiosk(t, 500)
	w.publish(t)
	second := w.current(t, books.TrustList)
	for _, raw := range [][]byte{first.Raw, second.Raw} {
		if got, err := w.store.Object(w.ctx, sha256.Sum256(raw)); err != nil || !bytes.Equal(got, raw) {
			t.Error("not to be had by its hash", err)
		}
	}
	if shelf, err := w.store.Shelf(w.ctx); err != nil || !slices.Contains(shelf, sha256.Sum256(second.Raw)) {
		t.Errorf("%x %v", shelf, err)
	}
	w.at = w.at.Add(49 * time.Hour)
	w.kiosk(t, 501)
	w.publish(t)
	_, err := w.store.Object(w.ctx, sha256.Sum256(first.Raw))
	wantCode(t, err, app.NotFound)
}

func (w *officeWorld) current(t testing.TB, kind books.ListKind) books.List {
	t.Helper()
	lists, err := w.store.Lists(w.ctx)
	need(t, err)
	for _, l := range lists {
		if l.Name.Kind == kind {
			return l
		}
	}
	t.Fatal("no list")
	return books.List{}
}

// listsRest: however much changes, one version a rest; a clock that went back holds nothing up.
func listsRest(t testing.TB, w *officeWorld) {
	w.kiosk(t, 417)
	w.publish(t)
	w.kiosk(t, 418)
	wanted := func(after time.Duration) bool {
		at := w.at.Add(after)
		names, err := w.store.Wanted(w.ctx, at, at.Add(-time.Minute), at)
		need(t, err)
		return slices.Contains(names, books.ListName{Kind: books.TrustList})
	}
	for after, want := range map[time.Duration]bool{0: false, 59 * time.Second: false, time.Minute: true, time.Hour: true, -time.Hour: true} {
		if got := wanted(after); got != want {
			t.Errorf("%v after the last version a list is wanted: %v", after, got)
		}
	}
	w.at = w.at.Add(-time.Hour) // the version that follows is newer all the same
	before := w.current(t, books.TrustList)
	w.publish(t)
	if now := w.current(t, books.TrustList); now.Seq <= before.Seq {
		t.Errorf("version %d after %d", now.Seq, before.Seq)
	}
}

// lentChangesNoStatus: the first serials of a shard ask for its list, the next ones for the trust list alone,
// which names them; and what another version names again is in force again.
func lentChangesNoStatus(t testing.TB, w *officeWorld) {
	wanted := func(after app.Kiosk) (names []books.ListName) {
		w.kiosk(t, after)
		names, err := w.store.Wanted(w.ctx, w.at, w.at, w.at)
		need(t, err)
		return names
	}
	w.kiosk(t, 417)
	w.publish(t)
	status := w.current(t, books.StatusList)
	if names := wanted(418); !slices.Equal(names, []books.ListName{{Kind: books.TrustList}}) {
		t.Errorf("wanted behind a lease: %v", names)
	}
	w.publish(t)
	if now := w.current(t, books.StatusList); now.Seq != status.Seq {
		t.Errorf("version %d of the status list, then %d", status.Seq, now.Seq)
	}
	before, err := w.store.Shelf(w.ctx)
	need(t, err)
	need(t, w.store.Publish(w.ctx, books.ListName{Kind: books.TrustList}, w.at.Add(time.Hour)))
	after, err := w.store.Shelf(w.ctx)
	need(t, err)
	kept := 0
	for _, hash := range after {
		if slices.Contains(before, hash) {
			kept++
		}
	}
	if len(after) != len(before) || kept != len(before)-1 { // the head alone is another
		t.Errorf("%d objects in force, then %d, %d of them the same", len(before), len(after), kept)
	}
}

// prunedNews: what a life says in its own journal that it has applied goes, when a backup has passed since,
// or thirty days. Receipts stay.
func prunedNews(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	k.Register(t, Person(1), "", "")
	first, err := w.take(t, k, k.Seal(t))
	need(t, err)
	again := k.Seal
	frames := w.feed(t, k)
	last := frames[len(frames)-1]
	kinds := func() (all, receipts int) {
		raw, _, err := w.store.Feed(w.ctx, k.Chain, sealed.BeforeAll, 1<<20)
		need(t, err)
		for _, file := range raw {
			out, err := sealed.PeekFrame(file)
			need(t, err)
			all++
			if out.Kind == sealed.FrameReceipt {
				receipts++
			}
		}
		return all, receipts
	}
	prune := func(after time.Duration) {
		_, err := w.store.PruneFrames(w.ctx, w.at.Add(after))
		need(t, err)
	}
	tell := func(hash [32]byte) {
		k.Add(t, journal.FeedApplied, journal.FeedBody{Number: last.Number, Hash: hash[:], Issued: last.Issued.UnixMilli(), Kind: string(last.Kind)}, nil)
		_, err := w.take(t, k, again(t))
		need(t, err)
	}
	before, _ := kinds()
	tell([32]byte{1}) // another story's frame
	need(t, w.store.NoteBackup(w.ctx, w.at.Add(time.Second)))
	prune(time.Minute)
	if all, _ := kinds(); all != before+1 { // the receipt of what was just sent
		t.Errorf("%d frames, want %d: a word about another frame counts for nothing", all, before+1)
	}
	w.at = w.at.Add(time.Hour)
	tell(w.hashOf(t, k, last.Number))
	if n, err := w.store.Applied(w.ctx, k.Chain); err != nil || n != last.Place() {
		t.Errorf("applied up to %v, %v; want %d", n, err, last.Number)
	}
	prune(time.Hour) // the backup was before
	if all, _ := kinds(); all != before+2 {
		t.Errorf("%d frames before a backup, want %d", all, before+2)
	}
	need(t, w.store.NoteBackup(w.ctx, w.at.Add(time.Minute)))
	prune(time.Hour)
	all, receipts := kinds()
	if receipts != 3 || all >= before {
		t.Errorf("%d frames left, %d receipts", all, receipts)
	}
	if f, _, err := sealed.OpenFrame(first, k.Chain, k.Opening, w.clerk.Roots(), w.at); err != nil || f.Kind != sealed.FrameReceipt {
		t.Error(err)
	}
	k.Register(t, Person(2), "", "")
	w.send(t, k)
	unapplied := w.feedFrom(t, k, last.Number)
	prune(20 * 24 * time.Hour)
	if now := w.feedFrom(t, k, last.Number); len(now) != len(unapplied) {
		t.Errorf("%d frames that nobody has applied are left of %d", len(now), len(unapplied))
	}
}

// hashOf is the hash of a frame of the feed.
func (w *officeWorld) hashOf(t testing.TB, k *Kiosk, number uint64) [32]byte {
	t.Helper()
	raw := w.feedFrom(t, k, number-1)
	_, hash, err := sealed.OpenFrame(raw[0], k.Chain, k.Opening, w.clerk.Roots(), w.at)
	need(t, err)
	return hash
}

func (w *officeWorld) feedFrom(t testing.TB, k *Kiosk, after uint64) [][]byte {
	t.Helper()
	raw, _, err := w.store.Feed(w.ctx, k.Chain, sealed.Place{Epoch: 1, Number: after}, 1<<20)
	need(t, err)
	return raw
}
