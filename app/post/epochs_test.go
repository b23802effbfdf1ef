package post_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"loket/app"
	"loket/app/carrier"
	"loket/app/sealed"
	"loket/storage/storagetest"
)

// A feed that began anew is followed from its first frame, and what was applied is not applied twice.
func TestAFeedThatBeganAnewIsFollowed(t *testing.T) {
	for name, enclosed := range map[string]int{"contents": 0, "enclosed frames": 100} {
		t.Run(name, func(t *testing.T) {
			k := newLoket(t)
			defer k.close()
			storagetest.Register(t, k.store, storagetest.Person(1))
			k.seal()
			k.must(k.office.say(sealed.FrameMessage, []string{"satu", "one"}))
			k.carry()
			k.apply()
			before, _, err := k.store.Feed(t.Context())
			k.must(err)
			k.must(k.office.say(sealed.FrameMessage, []string{"dua", "two"}))
			k.must(k.office.beginAnew(enclosed))
			k.carry()
			a := k.apply()
			last, _, err := k.store.Feed(t.Context())
			k.must(err)
			if want := (sealed.Place{Epoch: 2, Number: before.Number + 1}); last != want || len(a.Refused) > 0 {
				t.Errorf("the feed stands at %v, want %v; refused %v", last, want, a.Refused)
			}
			if text, err := k.post.Message(t.Context(), "id"); err != nil || text != "dua" {
				t.Errorf("the newest message is %q, %v", text, err)
			}
			if now, _ := k.light(); now != 0 {
				t.Errorf("%d only here", now)
			}
			if got := k.box.Cursor(); got != last {
				t.Errorf("the cursor stands at %v", got)
			}
		})
	}
}

// A later epoch is followed only when its first frame proves it: a stick with invented frames, or one
// far above, changes nothing, and the feed goes on.
func TestAnInventedEpochIsNotFollowed(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	k.must(k.office.say(sealed.FrameMessage, []string{"satu", "one"}))
	k.carry()
	k.apply()
	stranger := newPusat(t, k.office.clock, k.store.Chain(), k.keys)
	for _, epoch := range []uint64{2, 3, 5000} {
		stranger.epoch, stranger.frames = epoch, nil
		var err error
		stranger.previous, err = sealed.FeedGenesis(k.store.Chain(), epoch)
		k.must(err)
		k.must(stranger.say(sealed.FrameMessage, []string{"palsu", "forged"}))
		_, err = k.box.PutFrame(stranger.frames[0])
		k.must(err)
	}
	k.must(k.box.SetCursor(sealed.Place{Epoch: 3, Number: 1}))
	if a := k.apply(); a.Frames != 0 || !slices.Contains(a.Refused, app.OfficeUnknownRoot) {
		t.Errorf("%+v", a)
	}
	last, _, err := k.store.Feed(t.Context())
	k.must(err)
	if want := (sealed.Place{Epoch: 1, Number: 1}); last != want || k.box.Cursor() != want {
		t.Errorf("the feed stands at %v, the cursor at %v", last, k.box.Cursor())
	}
	k.must(k.office.say(sealed.FrameMessage, []string{"dua", "two"}))
	k.carry()
	if a := k.apply(); a.Frames != 1 {
		t.Errorf("the feed does not go on: %+v", a)
	}
}

// By stick too: the inventory says in which epoch the kiosk stands.
func TestAStickBringsAFeedThatBeganAnew(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	stick := tempDir(t)
	k.must(k.office.say(sealed.FrameMessage, []string{"satu", "one"}))
	k.must(k.office.beginAnew(0))
	for range 2 {
		k.must(k.office.say(sealed.FrameMessage, []string{"dua", "two"}))
		_, err := carrier.Export(k.box, stick)
		k.must(err)
		_, err = carrier.Served(t.Context(), stick, k.office)
		k.must(err)
		_, err = carrier.Import(k.box, stick, k.prover())
		k.must(err)
		k.apply()
	}
	last, _, err := k.store.Feed(t.Context())
	k.must(err)
	if want := (sealed.Place{Epoch: 2, Number: 3}); last != want {
		t.Errorf("the feed stands at %v, want %v", last, want)
	}
	_, err = os.Stat(filepath.Join(stick, "loket", k.store.Chain().String(), "2-000003.frame"))
	k.must(err)
}

// News under a certificate that has ended by known time is refused, with a sentence that asks for newer
// news; the feed that head office begins anew brings it all.
func TestNewsUnderAnEndedCertificateIsRefused(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	k.office.clock = storagetest.NewClock() // of its own
	k.office.certify(t, k.office.clock.Now().AddDate(0, 1, 0))
	k.must(k.office.say(sealed.FrameMessage, []string{"satu", "one"}))
	k.carry()
	k.clock.Add(8 * 365 * 24 * time.Hour)
	if a := k.apply(); a.Frames != 0 || !slices.Contains(a.Refused, app.OfficeExpired) {
		t.Errorf("%+v", a)
	}
	k.office.clock = k.clock // eight years later there too
	k.office.certify(t, k.clock.Now().AddDate(0, 1, 0))
	k.must(k.office.beginAnew(0))
	k.carry()
	if a := k.apply(); a.Frames != 1 || len(a.Refused) != 0 {
		t.Errorf("the feed does not go on: %+v", a)
	}
}
