package officesuite

import (
	"slices"
	"testing"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

// applied tells head office that the kiosk has applied its feed through the nth frame.
func (w *officeWorld) applied(t testing.TB, k *Kiosk, n int) {
	t.Helper()
	raw, _, err := w.store.Feed(w.ctx, k.Chain, sealed.BeforeAll, 1<<24)
	need(t, err)
	f, hash, err := sealed.OpenFrame(raw[n-1], k.Chain, k.Opening, w.clerk.Roots(), w.at)
	need(t, err)
	body := journal.FeedBody{Number: f.Number, Hash: hash[:], Issued: f.Issued.UnixMilli(), Kind: string(f.Kind)}
	if f.Epoch > 1 {
		body.Epoch = f.Epoch
	}
	k.Add(t, journal.FeedApplied, body, nil)
	w.send(t, k)
}

func (w *officeWorld) anew(t testing.TB, k *Kiosk) []sealed.Frame {
	t.Helper()
	need(t, w.store.BeginFeedEpoch(w.ctx, k.Chain, books.FeedRestored, sealed.BeforeAll, w.at))
	return w.feed(t, k)
}

// feedAnew: what was not told to have been applied is said again, under the present certificate, each
// frame naming the one that said it first; what was applied is not.
func feedAnew(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	k.Register(t, Person(1), "", "")
	w.send(t, k)
	w.applied(t, k, 2)
	before := w.feed(t, k) // with the receipt of that
	w.clerk.Replace(t, 2, w.at.Add(-time.Hour), w.at.AddDate(0, 2, 0))
	again := w.anew(t, k)
	if len(again) != len(before)-2 {
		t.Fatalf("%d frames said again of %d, 2 applied", len(again), len(before))
	}
	for i, f := range again {
		was := before[i+2]
		if f.Epoch != 2 || f.Kind != was.Kind || f.Batch != was.Batch || f.First != hashOf(t, k, was) || f.By.Epoch != 2 {
			t.Errorf("frame %d says again %+v", f.Number, f)
		}
		if f.Kind == sealed.FrameReceipt {
			sameWord(t, f, was)
		} else if string(f.Content) != string(was.Content) {
			t.Errorf("frame %d says something else", f.Number)
		}
	}
	k.Register(t, Person(2), "", "")
	w.send(t, k)
	if after := w.feed(t, k); len(after) != len(again)+2 || after[len(again)].First != [32]byte{} {
		t.Errorf("the feed does not go on: %d frames after %d", len(after), len(again))
	}
	third := w.anew(t, k)
	if third[0].Epoch != 3 || third[0].First != again[0].First {
		t.Errorf("the first frame of the third epoch: %+v", third[0])
	}
}

// hashOf is the hash of a frame that was read, which opening does not give back.
func hashOf(t testing.TB, k *Kiosk, f sealed.Frame) [32]byte {
	t.Helper()
	for hash, number := range k.hashes {
		if number == f.Place() {
			return hash
		}
	}
	t.Fatalf("no hash of %v", f.Place())
	return [32]byte{}
}

// sameWord: another key signed the receipt, and it says what it said.
func sameWord(t testing.TB, f, was sealed.Frame) {
	t.Helper()
	now, err := sealed.ParseReceipt(f.Content, f.By)
	need(t, err)
	then, err := sealed.ParseReceipt(was.Content, was.By)
	need(t, err)
	if now.Identity != then.Identity || !now.ReceivedAt.Equal(then.ReceivedAt) || now.LogIndex != then.LogIndex ||
		!slices.Equal(now.Verdicts.Quarantined, then.Verdicts.Quarantined) {
		t.Errorf("the receipt says %+v, said %+v", now, then)
	}
}

// receiptAnew: a batch sent again after the feed began anew gets its receipt in the present epoch, also
// when the kiosk told to have applied it: its folder may be a restored one.
func receiptAnew(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	k.Register(t, Person(1), "", "")
	p := k.Seal(t)
	first, err := w.take(t, k, p)
	need(t, err)
	was, _, err := sealed.OpenFrame(first, k.Chain, k.Opening, w.clerk.Roots(), w.at)
	need(t, err)
	w.applied(t, k, len(w.feed(t, k)))
	w.anew(t, k)
	w.clerk.Replace(t, 2, w.at.Add(-time.Hour), w.at.AddDate(0, 2, 0))
	raw, err := w.take(t, k, p)
	need(t, err)
	f, _, err := sealed.OpenFrame(raw, k.Chain, k.Opening, w.clerk.Roots(), w.at)
	need(t, err)
	if f.Epoch != 2 || f.First == [32]byte{} {
		t.Errorf("the receipt stands at %v", f.Place())
	}
	sameWord(t, f, was)
	again, err := w.take(t, k, p)
	need(t, err)
	if string(again) != string(raw) {
		t.Error("asked twice, answered otherwise")
	}
}

// feedsEnd: feeds whose waiting frames' certificate ends or is void are found, and no others; one that
// has applied everything needs nothing.
func feedsEnd(t testing.TB, w *officeWorld) {
	waits, done := w.kiosk(t, 417), w.kiosk(t, 418)
	w.applied(t, done, len(w.feed(t, done)))
	w.applied(t, done, len(w.feed(t, done))) // of the receipt of that; its own receipt still waits
	end := w.at.AddDate(2, 0, 0)
	chains, err := w.store.FeedsEnding(w.ctx, end.AddDate(-1, 0, 0), 1)
	need(t, err)
	if len(chains) != 0 {
		t.Errorf("a year before the end: %v", chains)
	}
	if chains, err = w.store.FeedsEnding(w.ctx, end, 1); err != nil || !slices.Contains(chains, waits.Chain) {
		t.Errorf("at the end: %v %v", chains, err)
	}
	if why, err := w.store.FeedStands(w.ctx, waits.Chain, sealed.BeforeAll, end, 1); err != nil || why != books.FeedCertificate {
		t.Errorf("%q %v", why, err)
	}
	w.clerk.Replace(t, 2, w.at, end)
	if chains, err = w.store.FeedsEnding(w.ctx, w.at, 2); err != nil || !slices.Equal(chains, []app.Chain{waits.Chain, done.Chain}) {
		t.Errorf("after a rise: %v %v", chains, err)
	}
	w.anew(t, waits)
	w.anew(t, done)
	if chains, err = w.store.FeedsEnding(w.ctx, w.at, 2); err != nil || len(chains) != 0 {
		t.Errorf("after they began anew: %v %v", chains, err)
	}
}

// feedAhead: a kiosk that has more than these books ever gave is seen, and the feed begins above it.
func feedAhead(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	last := w.feed(t, k)[len(w.feed(t, k))-1].Place()
	for place, want := range map[sealed.Place]books.FeedReason{
		last:                                "",
		{Epoch: 1, Number: 0}:               "",
		{Epoch: 1, Number: last.Number + 1}: books.FeedAhead,
		{Epoch: 7, Number: 1}:               books.FeedAhead,
	} {
		if why, err := w.store.FeedStands(w.ctx, k.Chain, place, w.at, 1); err != nil || why != want {
			t.Errorf("%v: %q %v, want %q", place, why, err, want)
		}
	}
	need(t, w.store.BeginFeedEpoch(w.ctx, k.Chain, books.FeedAhead, sealed.Place{Epoch: 7, Number: 1}, w.at))
	if f := w.feed(t, k)[0]; f.Place() != (sealed.Place{Epoch: 8, Number: 1}) {
		t.Errorf("the feed begins at %v", f.Place())
	}
}
