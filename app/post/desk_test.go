package post_test

import (
	"testing"

	"loket/app"
	"loket/app/carrier"
	"loket/app/post"
	"loket/app/sealed"
	"loket/app/vault"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

// loket is a kiosk with its post box and the head office that it knows.
type loket struct {
	t      testing.TB
	dir    string
	chain  app.Chain
	clock  *storagetest.Clock
	store  *kiosk.Store
	key    *vault.Key
	keys   vault.Secrets
	box    carrier.Box
	post   *post.Post
	office *pusat
	power  int  // writes to the post box until the power is cut; 0 is never
	late   bool // it is cut after the write, not before
	stick  string
	token  sealed.Token
}

func newLoket(t testing.TB) *loket {
	t.Helper()
	k := &loket{t: t, dir: tempDir(t), chain: storagetest.Chain, clock: storagetest.NewClock()}
	var first vault.Member
	k.key, k.keys, first = storagetest.Founding(t)
	k.open()
	if err := k.store.Begin(t.Context(), storagetest.Chain, k.key, k.keys, first); err != nil {
		t.Fatal(err)
	}
	k.office = newPusat(t, k.clock, storagetest.Chain, k.keys)
	k.must(k.store.PutSetting(t.Context(), "office.roots", k.office.roots()[0][:]))
	k.must(k.store.PutAddress(t.Context(), k.office.address.Public()))
	return k
}

func (k *loket) must(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

func (k *loket) open() {
	k.t.Helper()
	var err error
	k.store, err = kiosk.Open(k.t.Context(), k.dir, k.clock)
	k.must(err)
	k.box, err = carrier.OpenBox(k.dir, k.chain)
	k.must(err)
	k.post = post.New(k.store, post.Carrier{
		Box:     func(app.Chain) (post.Box, error) { return frail{k.box, k}, nil },
		Gate:    carrier.NewGate(k.dir),
		Contact: func() (post.Contact, error) { return post.Contact{}, nil },
	}, k.clock)
}

func (k *loket) close() { k.must(k.store.Close()) }

// seal seals everything that waits.
func (k *loket) seal() int {
	k.t.Helper()
	n, err := k.post.Seal(k.t.Context(), storagetest.Supervisor.Author(), k.keys, true)
	k.must(err)
	return n
}

// apply takes in what lies in the inbox.
func (k *loket) apply() post.Applied {
	k.t.Helper()
	a, err := k.post.Apply(k.t.Context(), k.keys)
	k.must(err)
	return a
}

func (k *loket) prover() post.Prover {
	k.t.Helper()
	p, err := k.post.Prover(k.t.Context(), k.keys)
	k.must(err)
	return p
}

// carry is one whole exchange with head office.
func (k *loket) carry() { k.t.Helper(); k.must(carrier.Round(k.t.Context(), k.box, k.office)) }

func (k *loket) light() (entries, attachments int) {
	k.t.Helper()
	entries, attachments, err := k.post.Light(k.t.Context())
	k.must(err)
	return entries, attachments
}

// batches are the numbers of the files in the outbox.
func (k *loket) batches() []uint64 {
	k.t.Helper()
	numbers, err := k.box.Batches()
	k.must(err)
	return numbers
}

// frail is a post box whose disk stops at a drawn moment.
type frail struct {
	carrier.Box
	k *loket
}

func (f frail) on(write func() error) error {
	if f.k.power == 0 {
		return write()
	}
	if f.k.power--; f.k.power > 0 {
		return write()
	}
	if f.k.late {
		f.k.must(write())
	}
	return app.Fail(app.FileUnwritten)
}

// PutBatch, until the power is cut.
func (f frail) PutBatch(n uint64, file []byte) error {
	return f.on(func() error { return f.Box.PutBatch(n, file) })
}

// DropBatch, until the power is cut.
func (f frail) DropBatch(n uint64) error { return f.on(func() error { return f.Box.DropBatch(n) }) }

// PutAttachment, until the power is cut.
func (f frail) PutAttachment(hash [32]byte, file []byte) error {
	return f.on(func() error { return f.Box.PutAttachment(hash, file) })
}

// DropAttachment, until the power is cut.
func (f frail) DropAttachment(hash [32]byte) error {
	return f.on(func() error { return f.Box.DropAttachment(hash) })
}

// DropFrame, until the power is cut.
func (f frail) DropFrame(p sealed.Place) error {
	return f.on(func() error { return f.Box.DropFrame(p) })
}

// SetAside, until the power is cut.
func (f frail) SetAside(p sealed.Place) error { return f.on(func() error { return f.Box.SetAside(p) }) }

// SetCursor, until the power is cut.
func (f frail) SetCursor(p sealed.Place) error {
	return f.on(func() error { return f.Box.SetCursor(p) })
}
