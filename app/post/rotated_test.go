package post_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"loket/app"
	"loket/app/carrier"
	"loket/app/cmd/centre"
	"loket/app/office"
	"loket/app/sealed"
	"loket/app/vault"
	"loket/storage/storagetest"
)

// The root rotates, twice while a kiosk is away, and an office key is stolen: what waits is signed again,
// the kiosk follows, the stolen key's word is void, and nothing is lost.
func TestRotatedRootsAndAStolenKeyStrandNobody(t *testing.T) {
	clock := storagetest.NewClock()
	opened, err := centre.Open(t.Context(), centre.Options{Data: tempDir(t), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := opened.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	head := real{opened}
	k := enrolled(t, head)
	defer k.close()
	people := 0
	settled := func(name string) {
		t.Helper()
		people++
		storagetest.Register(t, k.store, storagetest.Person(people))
		for range 4 {
			k.seal()
			if err := carrier.Round(t.Context(), k.box, head); err != nil {
				t.Fatal(name, err)
			}
			if a := k.apply(); len(a.Refused) > 0 {
				t.Errorf("%s: refused %v", name, a.Refused)
			}
		}
		roots, err := k.post.Roots(t.Context())
		k.must(err)
		if entries, _ := k.light(); entries != 0 || !slices.Equal(roots, opened.Keys.Roots()) {
			t.Errorf("%s: %d records only here, pins %v", name, entries, roots)
		}
	}
	settled("before")
	k.must(opened.Keys.Rotate(clock.Now()))
	k.must(opened.Office.Publish(t.Context()))
	settled("one rotation")
	k.must(opened.Keys.Rotate(clock.Now()))
	k.must(opened.Keys.Rotate(clock.Now()))
	settled("two rotations while it was away")

	stolen, err := opened.Keys.Speaker(clock.Now())
	k.must(err)
	storagetest.Register(t, k.store, storagetest.Person(99))
	k.seal()
	k.must(carrier.Round(t.Context(), k.box, head)) // its receipt, by the stolen key, waits to be applied
	_, err = opened.Keys.SignAhead(14, true, clock.Now())
	k.must(err)
	k.must(opened.Office.Publish(t.Context()))
	settled("a stolen key was replaced")

	last, before, err := k.store.Feed(t.Context())
	k.must(err)
	if last.Epoch < 2 {
		t.Errorf("the feed stands at %v", last)
	}
	content, err := opened.Keys.Speaker(clock.Now())
	k.must(err)
	opening, err := sealed.ParseOpeningKey(k.keys.Opening)
	k.must(err)
	for name, by := range map[string]struct {
		sealed.Speaker
		want app.Code
	}{"the stolen key": {stolen, app.OfficeVoid}, "the new key": {content, ""}} {
		f := sealed.Frame{
			Chain: k.store.Chain(), Epoch: last.Epoch, Number: last.Number + 1, Previous: before, Issued: clock.Now(), Expires: clock.Now().Add(time.Hour),
			Kind: "weather", Content: []byte{0xf6},
		}
		file, _, err := sealed.SealFrame(f, by.Speaker, opening.Public())
		k.must(err)
		judge, err := k.post.Judge(t.Context())
		k.must(err)
		if _, _, err := sealed.ProveFrame(file, k.store.Chain(), opening, judge); app.CodeOf(err) != by.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Who has stolen the present root alone rotates nothing: the successor did not sign.
func TestAStolenRootRotatesNothing(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	theirs := newPusat(t, k.office.clock, k.store.Chain(), k.keys)
	rotation, err := office.SignRotation(k.office.root, vault.Public(theirs.root), k.office.clock.Now())
	k.must(err)
	before, err := k.post.Roots(t.Context())
	k.must(err)
	k.must(k.office.say(sealed.FrameRoots, [][]byte{rotation}))
	k.carry()
	k.apply()
	if after, err := k.post.Roots(t.Context()); err != nil || !slices.Equal(after, before) {
		t.Errorf("pins %v after %v, %v", after, before, err)
	}
}
