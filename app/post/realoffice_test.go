package post_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"testing"

	"pgregory.net/rapid"

	"loket/app"
	"loket/app/carrier"
	"loket/app/cmd/centre"
	"loket/app/office/books"
	"loket/app/post"
	"loket/app/sealed"
	"loket/storage/storagetest"
)

// real is the real head office without a line.
type real struct{ *centre.Centre }

// refused is how the line tells a refusal.
func refused(err error) error {
	if err == nil {
		return nil
	}
	return &app.Error{Code: app.LineRefused, Args: app.Args{"reason": string(app.CodeOf(err))}, Err: err}
}

// Enrol takes a kiosk in.
func (r real) Enrol(ctx context.Context, request []byte) ([]byte, error) {
	answer, err := r.Office.Enrol(ctx, request)
	return answer, refused(err)
}

// PutBatches takes batches in.
func (r real) PutBatches(ctx context.Context, chain app.Chain, first uint64, files [][]byte) ([][]byte, error) {
	known, err := r.Store.Chain(ctx, chain)
	if err != nil {
		return nil, refused(err)
	}
	var frames [][]byte
	for i, file := range files {
		frame, err := r.Office.Deliver(ctx, file, first+uint64(i), known)
		if err != nil && len(frames) > 0 {
			return frames, nil
		}
		if err != nil {
			return nil, refused(err)
		}
		frames = append(frames, bytes.Clone(frame))
	}
	return frames, nil
}

// PutAttachment takes a file in.
func (r real) PutAttachment(ctx context.Context, chain app.Chain, hash [32]byte, file []byte) ([][]byte, error) {
	known, err := r.Store.Chain(ctx, chain)
	if err != nil {
		return nil, refused(err)
	}
	frame, err := r.Office.DeliverAttachment(ctx, file, hash, known)
	return [][]byte{frame}, refused(err)
}

// Object is a published object.
func (r real) Object(ctx context.Context, _ app.Chain, hash, held [32]byte) ([]byte, bool, error) {
	raw, patch, err := r.Office.Object(ctx, hash, held)
	return raw, patch, refused(err)
}

// Shelf names the published objects in force.
func (r real) Shelf(ctx context.Context, chain app.Chain) ([][32]byte, error) {
	known, err := r.Store.Chain(ctx, chain)
	if err != nil {
		return nil, refused(err)
	}
	return r.Office.Shelf(ctx, known)
}

// Applied is up to where a life says that it has applied its news.
func (r real) Applied(ctx context.Context, chain app.Chain) (sealed.Place, error) {
	return r.Store.Applied(ctx, chain)
}

// Feed is the news after a number.
func (r real) Feed(ctx context.Context, chain app.Chain, ask carrier.Ask) (carrier.News, error) {
	known, err := r.Store.Chain(ctx, chain)
	if err != nil {
		return carrier.News{}, err
	}
	frames, _, err := r.Office.News(ctx, known, ask.After, 1<<20)
	news := carrier.News{Frames: frames}
	if err == nil && len(ask.Nonce) > 0 {
		news.Time, err = r.Office.Time(chain, hex.EncodeToString(ask.Nonce))
	}
	return news, err
}

// enrolled is a fresh kiosk that the real head office knows.
func enrolled(t *testing.T, head real) *loket {
	t.Helper()
	k := &loket{t: t, dir: tempDir(t), clock: storagetest.NewClock()}
	token, err := head.Office.Invite(t.Context(), books.Guest{BranchCode: "K06", BranchName: "Cabang Contoh"}, "https://pusat.contoh.id:8443", "test")
	k.must(err)
	text, err := token.Text()
	k.must(err)
	k.chain = token.Chain
	k.open()
	_, err = k.post.Welcome(t.Context(), text)
	k.must(err)
	key, keys, first := storagetest.Founding(t)
	k.key, k.keys = key, keys
	k.must(k.store.Begin(t.Context(), token.Chain, key, keys, first))
	_, err = k.post.Enrol(t.Context(), keys)
	k.must(err)
	stick := tempDir(t)
	_, err = carrier.Export(k.box, stick)
	k.must(err)
	_, err = carrier.Served(t.Context(), stick, head)
	k.must(err)
	_, err = carrier.Import(k.box, stick, k.prover())
	k.must(err)
	if stage, err := k.post.Enrol(t.Context(), keys); err != nil || stage != post.Enrolled {
		t.Fatal(stage, err)
	}
	return k
}

// TestTheRealHeadOfficeInAllWeather is the simulation against the real books: every registration
// stands in them once, and the kiosk tells of each what they tell.
func TestTheRealHeadOfficeInAllWeather(t *testing.T) {
	opened, err := centre.Open(t.Context(), centre.Options{Data: tempDir(t), Clock: storagetest.NewClock()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := opened.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	head, people := real{opened}, 0
	rapid.Check(t, func(rt *rapid.T) {
		w := &world{loket: enrolled(t, head), there: head, first: people}
		w.anew = func(int) error {
			return head.Store.BeginFeedEpoch(t.Context(), w.store.Chain(), books.FeedRestored, sealed.BeforeAll, storagetest.NewClock().Now())
		}
		defer w.close()
		w.sticks = [2]string{tempDir(t), tempDir(t)}
		rt.Repeat(w.happenings())
		w.settle(rt)
		people += w.people
		w.sameBooks(rt, opened)
	})
}

func (w *world) sameBooks(rt *rapid.T, head *centre.Centre) {
	rows, err := head.Store.Registrations(w.t.Context(), books.Filter{Limit: 1 << 20})
	w.must(err)
	there := map[app.EntryID]app.RegistrationState{}
	for _, r := range rows {
		if r.ID.Chain != w.store.Chain() {
			continue
		}
		if _, twice := there[r.ID]; twice {
			rt.Fatalf("%s stands there twice", r.ID)
		}
		there[r.ID] = r.State
	}
	here := 0
	for r, err := range w.store.Registrations(w.t.Context()) {
		w.must(err)
		here++
		if there[r.ID] != r.State {
			rt.Errorf("%s: %q here, %q there", r.ID, r.State, there[r.ID])
		}
	}
	if here != len(there) || here != w.people {
		rt.Fatalf("%d registered, %d here, %d there", w.people, here, len(there))
	}
}
