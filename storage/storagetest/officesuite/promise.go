package officesuite

import (
	"context"
	"crypto/sha256"
	"sync"
	"testing"
	"time"

	"loket/app"
	"loket/app/office/books"
	"loket/app/sealed"
	"loket/storage/office"
)

// Pair is a database server with its synchronous standby.
type Pair struct {
	Open         func(t testing.TB, clerk books.Clerk, policy books.Policy) *office.Store // by the addresses of both
	StopStandby  func(t testing.TB)
	StartStandby func(t testing.TB)
	CancelWaits  func(t testing.TB) int // an operator's cancel of every commit that waits; how many waited
	Promote      func(t testing.TB)     // kill the first server and let the standby lead
}

// impatient is how long a kiosk waits for an answer here.
const impatient = 300 * time.Millisecond

func (p Pair) world(t *testing.T) *officeWorld {
	at := time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC)
	clerk := NewClerk(t, at.Add(-time.Hour))
	w := &officeWorld{ctx: t.Context(), clerk: clerk, at: at, policy: books.Policy{
		FirstMember: 26_100_000_001, MemberBlock: 10, SerialBlocks: 1, Lease: 100 * time.Hour, Authority: 100 * time.Hour,
		Issuing: 1000 * time.Hour, Verify: 10000 * time.Hour, ListLife: 24 * time.Hour,
	}}
	w.store = p.Open(t, clerk, w.policy)
	need(t, w.store.Found(w.ctx, public(clerk.Key), at))
	return w
}

// NothingWithoutStandby shows that while the standby is down nobody gets an answer that lets a kiosk
// forget something, neither at once nor on asking again; and that everybody gets it, once, when it is
// back.
func NothingWithoutStandby(t *testing.T, pair Pair) {
	w := pair.world(t)
	if d, err := w.store.Durability(w.ctx); err != nil || !d.Sure {
		t.Fatalf("%+v %v", d, err)
	}
	k, other := w.kiosk(t, 417), w.invite(t, 418)
	young := NewKiosk(t, other.Chain, w.at)
	request := young.Request(t, other.Secret)
	file := books.Attachment{Chain: k.Chain, Hash: sha256.Sum256([]byte("picture")), Plain: []byte("picture"), At: w.at}
	pictured := Person(2)
	pictured.Evidence = []app.Evidence{{Kind: app.EvidencePhoto, Hash: file.Hash, Size: int64(len(file.Plain))}}
	k.Register(t, pictured, "", "")
	w.send(t, k)
	before := w.feed(t, k)
	k.Register(t, Person(1), "", "")
	batch := k.Seal(t)
	answers := map[string]func() ([]byte, error){
		"receipt": func() ([]byte, error) { return w.take(t, k, batch) },
		"frames": func() ([]byte, error) {
			frames, _, err := w.store.Feed(w.ctx, k.Chain, before[len(before)-1].Place(), 1<<20)
			if err == nil && len(frames) == 0 {
				return nil, app.Fail(app.NotFound) // nothing was let out, which is right too
			}
			return joined(frames), err
		},
		"attachment": func() ([]byte, error) { return w.store.TakeAttachment(w.ctx, file) },
		"enrolment": func() ([]byte, error) {
			r, holds, err := sealed.OpenRequest(request)
			need(t, err)
			in, err := w.store.Invitation(w.ctx, young.Chain, holds)
			if err != nil {
				return nil, err
			}
			return w.store.Enrol(w.ctx, in, books.Enrolment{Request: r, Hash: sha256.Sum256(request), Answer: request[:16], At: w.at})
		},
	}
	pair.StopStandby(t)
	for try := range 3 {
		for _, name := range []string{"receipt", "frames", "attachment", "enrolment"} { // frames after the receipt that is in them
			ctx, stop := context.WithTimeout(t.Context(), impatient)
			w.ctx = ctx
			if got, err := answers[name](); err == nil {
				t.Errorf("try %d: %s of %d bytes without a standby", try, name, len(got))
			}
			stop()
		}
	}
	w.ctx = t.Context()
	if err := w.store.Ready(w.ctx); err == nil {
		t.Error("ready without a standby")
	}
	pair.cancelled(t, answers["receipt"])
	pair.StartStandby(t)
	for name, ask := range answers {
		if _, err := ask(); err != nil {
			t.Errorf("%s with the standby back: %v", name, err)
		}
	}
	w.oneOf(t, 2)
}

// cancelled lets an operator cancel the wait of a commit, which PostgreSQL then reports as done.
func (p Pair) cancelled(t *testing.T, ask func() ([]byte, error)) {
	t.Helper()
	ended := make(chan error, 1)
	go func() {
		_, err := ask()
		ended <- err
	}()
	for {
		select {
		case err := <-ended:
			if err == nil {
				t.Error("a receipt came out of a commit whose wait was cancelled")
			} else if app.CodeOf(err) != app.OfficeStoreUnsure {
				t.Logf("the wait ended by itself: %v", err)
			}
			return
		default:
			p.CancelWaits(t)
		}
	}
}

// WhatWasReceiptedStays kills the first server while many kiosks send, and shows that the standby has
// every batch whose receipt went out; and that one whose sender waited in vain is taken in again.
func WhatWasReceiptedStays(t *testing.T, pair Pair) {
	w := pair.world(t)
	const kiosks, each = 6, 12
	var mu sync.Mutex
	receipts := map[*Kiosk]map[*sealed.Prepared][]byte{}
	batches := map[*Kiosk][]*sealed.Prepared{}
	var all []*Kiosk
	for i := range kiosks {
		k := w.kiosk(t, app.Kiosk(500+i))
		for n := range each {
			k.Register(t, Person(1000*i+n), "", "")
			batches[k] = append(batches[k], k.Seal(t))
		}
		receipts[k], all = map[*sealed.Prepared][]byte{}, append(all, k)
	}
	half := make(chan struct{})
	var senders sync.WaitGroup
	count := 0
	for _, k := range all {
		senders.Go(func() {
			for _, b := range batches[k] {
				raw, err := w.take(t, k, b)
				if err != nil {
					return // the server is dead
				}
				mu.Lock()
				receipts[k][b] = raw
				if count++; count == kiosks*each/2 {
					close(half)
				}
				mu.Unlock()
			}
		})
	}
	<-half
	pair.Promote(t)
	senders.Wait()
	t.Logf("%d of %d batches were receipted before the server died", count, kiosks*each)
	for _, k := range all {
		for i, b := range batches[k] {
			raw, err := w.take(t, k, b)
			need(t, err)
			if was := receipts[k][b]; was != nil && string(was) != string(raw) {
				t.Errorf("kiosk %v, batch %d had a receipt and has another: it was lost", k.Chain, i+1)
			}
		}
	}
	w.oneOf(t, kiosks*each)
	if d, err := w.store.Durability(w.ctx); err != nil || d.Sure {
		t.Errorf("one server alone passes for sure: %+v %v", d, err)
	}
}

// InVainAndGone is the hole that a stored receipt made: a request times out while the standby is down,
// the kiosk asks again, the first server dies. Whoever has no receipt still has the batch.
func InVainAndGone(t *testing.T, pair Pair) {
	w := pair.world(t)
	k := w.kiosk(t, 417)
	k.Register(t, Person(1), "", "")
	b := k.Seal(t)
	pair.StopStandby(t)
	for range 3 {
		ctx, stop := context.WithTimeout(t.Context(), impatient)
		w.ctx = ctx
		if _, err := w.take(t, k, b); err == nil {
			t.Error("a receipt without the standby")
		}
		stop()
	}
	w.ctx = t.Context()
	pair.Promote(t)
	w.oneOf(t, 0) // with the server the batch is gone, and nobody was told otherwise
	_, err := w.take(t, k, b)
	need(t, err)
	w.oneOf(t, 1)
}

func (w *officeWorld) oneOf(t *testing.T, n int) {
	t.Helper()
	f, err := w.store.Figures(w.ctx, w.at, w.at)
	need(t, err)
	if f.Accepted != n || f.Quarantined != 0 || f.Alarms != 0 {
		t.Errorf("%d people expected: %+v", n, f)
	}
}

func joined(frames [][]byte) (all []byte) {
	for _, f := range frames {
		all = append(all, f...)
	}
	return all
}
