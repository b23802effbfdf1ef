package post_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"loket/app"
	"loket/app/carrier"
	"loket/app/journal"
	"loket/app/sealed"
	"loket/storage/storagetest"
)

func TestARecordGoesOutAndTheDecisionComesBack(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	r := storagetest.Register(t, k.store, storagetest.Person(1))
	before, _ := k.light()
	if before == 0 || k.seal() != 1 {
		t.Fatal("a new record waits, and makes one batch when asked for")
	}
	if now, _ := k.light(); now != before {
		t.Errorf("sealed is not sent: %d records only here, now %d", before, now)
	}
	k.carry()
	if now, _ := k.light(); now != before {
		t.Errorf("sent is not receipted: the light is still %d, not %d", before, now)
	}
	a := k.apply()
	if now, _ := k.light(); now != 0 {
		t.Errorf("a receipt puts the light out: %d", now)
	}
	if !slices.Equal(a.Registrations, []app.EntryID{r.ID}) || len(a.Refused) > 0 {
		t.Errorf("%+v", a)
	}
	got, err := k.store.Registration(t.Context(), r.ID)
	if err != nil || got.State != app.Accepted {
		t.Errorf("%v %v", got.State, err)
	}
	if left := k.batches(); len(left) > 0 {
		t.Errorf("a receipted batch leaves the outbox: %v", left)
	}
}

func TestWhenABatchIsMade(t *testing.T) {
	for name, c := range map[string]struct {
		people int
		wait   time.Duration
		want   int
	}{
		"one record, just saved":    {1, 0, 0},
		"one record, after a while": {1, time.Minute, 1},
		"many records, just saved":  {199, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			k := newLoket(t)
			defer k.close()
			for n := range c.people {
				storagetest.Register(t, k.store, storagetest.Person(n+1))
			}
			k.clock.Add(c.wait)
			made, err := k.post.Seal(t.Context(), storagetest.Supervisor.Author(), k.keys, false)
			if err != nil || made != c.want {
				t.Errorf("%d batches, want %d; %v", made, c.want, err)
			}
		})
	}
}

func TestBookkeepingAloneMakesNoBatch(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	k.seal()
	k.carry()
	k.apply()
	k.clock.Add(time.Hour)
	if n := k.seal(); n != 0 {
		t.Errorf("receipts and their entries made %d batches", n)
	}
}

func TestALongBacklogFitsIntoBatches(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	for n := range 450 {
		storagetest.Register(t, k.store, storagetest.Person(n+1))
	}
	if n := k.seal(); n < 3 {
		t.Fatalf("%d batches", n)
	}
	for _, n := range k.batches() {
		file, err := k.box.Batch(n)
		if err != nil {
			t.Fatal(err)
		}
		b, err := sealed.OpenBatch(file, k.office.address, k.office.device)
		if err != nil || len(b.Items) > 200 {
			t.Errorf("batch %d: %d entries, %v", n, len(b.Items), err)
		}
	}
}

func TestWithoutHeadOfficesKeyEverythingWaits(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	k.must(k.store.PutAddress(t.Context(), nil))
	storagetest.Register(t, k.store, storagetest.Person(1))
	if n := k.seal(); n != 0 || len(k.batches()) != 0 {
		t.Error("sealed to nobody")
	}
}

func TestALostFileIsSealedAgainWithTheSameIdentity(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	storagetest.Register(t, k.store, storagetest.Person(1))
	k.seal()
	first := identityOf(t, k, 1)
	k.must(k.box.DropBatch(1))
	storagetest.Register(t, k.store, storagetest.Person(2))
	k.seal()
	if again := identityOf(t, k, 1); again != first {
		t.Errorf("%x, was %x", again, first)
	}
	k.carry()
	k.apply()
	if now, _ := k.light(); now != 0 {
		t.Errorf("%d only here", now)
	}
}

func identityOf(t *testing.T, k *loket, number uint64) sealed.Identity {
	t.Helper()
	file, err := k.box.Batch(number)
	if err != nil {
		t.Fatal(err)
	}
	b, err := sealed.OpenBatch(file, k.office.address, k.office.device)
	if err != nil {
		t.Fatal(err)
	}
	return b.Identity
}

func TestABatchFollowsHeadOfficesRenewedKey(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	storagetest.Register(t, k.store, storagetest.Person(1))
	k.seal()
	first := identityOf(t, k, 1)
	k.office.renew(t)
	k.must(k.office.say(sealed.FrameMessage, []string{"kabar", "news"}))
	if err := carrier.Round(t.Context(), k.box, k.office); app.CodeOf(err) != app.LineRefused {
		t.Fatal("the destroyed key still opens:", err)
	}
	k.apply()
	k.seal()
	if again := identityOf(t, k, 1); again != first {
		t.Error("another key is no other batch")
	}
	k.carry()
	k.apply()
	if now, _ := k.light(); now != 0 {
		t.Errorf("%d only here", now)
	}
}

func TestAnAttachmentTravelsOnce(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	e, err := k.store.PutBlob(t.Context(), "signature", []byte("a picture"))
	if err != nil {
		t.Fatal(err)
	}
	person := storagetest.Person(1)
	person.Evidence = []app.Evidence{e}
	storagetest.Register(t, k.store, person)
	if _, n := k.light(); n != 1 {
		t.Fatalf("%d attachments only here", n)
	}
	k.seal()
	k.carry()
	sent := len(k.office.frames)
	k.carry()
	if len(k.office.pictures) != 1 || len(k.office.frames) != sent {
		t.Error("sent again although its receipt lies in the inbox")
	}
	k.apply()
	if _, n := k.light(); n != 0 {
		t.Errorf("%d attachments only here", n)
	}
}

func TestDamagedNewsIsFetchedAgain(t *testing.T) {
	for name, spoil := range map[string]func([]byte) []byte{
		"one bit":  func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		"half":     func(b []byte) []byte { return b[:len(b)/2] },
		"nothing":  func([]byte) []byte { return nil },
		"a page":   func([]byte) []byte { return []byte("<html>") },
		"its tail": func(b []byte) []byte { return append(b, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			k := newLoket(t)
			defer k.close()
			k.must(k.office.say(sealed.FrameMessage, []string{"satu", "one"}))
			k.must(k.office.say(sealed.FrameMessage, []string{"dua", "two"}))
			k.carry()
			overwrite(t, k, 1, spoil)
			if a := k.apply(); a.Frames != 0 || len(a.Refused) != 1 {
				t.Fatalf("%+v", a)
			}
			if problems, err := k.store.Problems(t.Context()); err != nil || len(problems) != 1 {
				t.Errorf("%v %v", problems, err)
			}
			k.carry()
			if a := k.apply(); a.Frames != 2 {
				t.Errorf("%+v", a)
			}
			if problems, err := k.store.Problems(t.Context()); err != nil || len(problems) != 0 {
				t.Errorf("a problem that is solved is forgotten: %v %v", problems, err)
			}
		})
	}
}

func TestForeignNewsIsNotUsed(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	other := newPusat(t, k.clock, app.Chain{Kiosk: 418, Incarnation: 1}, k.keys)
	k.must(other.say(sealed.FrameMessage, []string{"untuk yang lain", "for another"}))
	liar := newPusat(t, k.clock, storagetest.Chain, k.keys) // with a root of its own
	k.must(liar.say(sealed.FrameMessage, []string{"bohong", "a lie"}))
	for name, c := range map[string]struct {
		frame []byte
		want  app.Code
	}{
		"another kiosk's":          {other.frames[0], app.PostOtherKiosk},
		"another root's certified": {liar.frames[0], app.OfficeUnknownRoot},
	} {
		overwrite(t, k, 1, func([]byte) []byte { return c.frame })
		if a := k.apply(); a.Frames != 0 || !slices.Equal(a.Refused, []app.Code{c.want}) {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

// Genuine news of another story, as from a head office that was set back to an older copy of its
// books: it does not follow what was applied here.
func TestNewsOfAnotherStoryIsNotUsed(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	for _, word := range []string{"satu", "dua"} {
		k.must(k.office.say(sealed.FrameMessage, []string{word, word}))
	}
	k.carry()
	k.apply()
	k.office.frames, k.office.previous = k.office.frames[:1], [32]byte{1}
	for _, word := range []string{"lain", "tiga"} {
		k.must(k.office.say(sealed.FrameMessage, []string{word, word}))
	}
	overwrite(t, k, 3, func([]byte) []byte { return k.office.frames[2] })
	if a := k.apply(); a.Frames != 0 || !slices.Equal(a.Refused, []app.Code{app.PostHashDiffers}) {
		t.Errorf("%+v", a)
	}
}

// overwrite puts other bytes where a frame lies.
func overwrite(t *testing.T, k *loket, number uint64, spoil func([]byte) []byte) {
	t.Helper()
	var file []byte
	place := sealed.Place{Epoch: 1, Number: number}
	if places, err := k.box.Frames(); err == nil && slices.Contains(places, place) {
		file, err = k.box.Frame(place)
		if err != nil {
			t.Fatal(err)
		}
	}
	writeFrame(t, k.dir, number, spoil(bytes.Clone(file)))
}

// Much news is taken in over several turns, and each goes on where the last one ended.
func TestMuchNewsIsAppliedOverSeveralTurns(t *testing.T) {
	k := newLoket(t)
	for range 5 {
		k.must(k.office.say(sealed.FrameMessage, []string{"kabar", "news"}))
	}
	k.carry()
	lying, err := k.box.Frames()
	k.must(err)
	var turns []int
	for range 10 {
		r, err := k.post.ApplySome(t.Context(), k.keys, 2)
		k.must(err)
		if turns = append(turns, r.Frames); r.Frames == 0 {
			break
		}
	}
	if want := (len(lying)+1)/2 + 1; len(turns) != want || turns[0] != 2 {
		t.Errorf("%d frames in turns of %v", len(lying), turns)
	}
}

func TestDecisionsOfABatchAreApplied(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	a, b := storagetest.Register(t, k.store, storagetest.Person(1)), storagetest.Register(t, k.store, storagetest.Person(2))
	k.must(k.office.say(sealed.FrameDecisions, []journal.DecisionBody{
		{Kiosk: a.ID.Kiosk, Incarnation: a.ID.Incarnation, Seq: a.ID.Seq, Outcome: journal.OutcomeAccepted, Member: "26133068531", At: 1795150000000},
		{Kiosk: b.ID.Kiosk, Incarnation: b.ID.Incarnation, Seq: b.ID.Seq, Outcome: journal.OutcomeDuplicate, Reason: string(app.OfficeOtherPayer), At: 1795150000000},
	}))
	k.carry()
	if applied := k.apply(); applied.Frames != 1 || !slices.Equal(applied.Registrations, []app.EntryID{a.ID, b.ID}) {
		t.Errorf("%+v", applied)
	}
	if got, err := k.store.Registration(t.Context(), b.ID); err != nil || got.State != app.Duplicate || got.Reason != app.OfficeOtherPayer {
		t.Errorf("%+v %v", got, err)
	}
}

func TestUselessNewsDoesNotHoldUpTheRest(t *testing.T) {
	for name, c := range map[string]struct {
		kind    sealed.FrameKind
		content any
		want    app.Code
	}{
		"an unknown kind":            {"weather", "rain", app.PostUnknownNews},
		"a receipt for nothing here": {sealed.FrameReceipt, "no receipt", app.PostMalformed},
		"a decision of another form": {sealed.FrameDecision, "yes", app.CoseMalformed},
		"decisions of nothing":       {sealed.FrameDecisions, []journal.DecisionBody{}, app.PostMalformed},
		"too many decisions":         {sealed.FrameDecisions, make([]journal.DecisionBody, sealed.MaxDecisions+1), app.PostMalformed},
		"an unknown lease":           {sealed.FrameLease, journal.LeaseBody{Kind: "moon"}, app.LeaseUnknown},
		"no trust list":              {sealed.FrameTrust, "trust me", app.CoseMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			k := newLoket(t)
			defer k.close()
			k.must(k.office.say(c.kind, c.content))
			k.must(k.office.say(sealed.FrameMessage, []string{"lanjut", "go on"}))
			k.carry()
			a := k.apply()
			if a.Frames != 1 || !slices.Equal(a.Refused, []app.Code{c.want}) {
				t.Errorf("%+v", a)
			}
			problems, err := k.store.Problems(t.Context())
			if err != nil || problems["000001.frame"] != c.want {
				t.Errorf("it is reported: %v %v", problems, err)
			}
			if !kept(k.dir, 1) {
				t.Error("it is kept aside")
			}
		})
	}
}

func TestExpiredNewsIsRefusedButReceiptsAreFacts(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	storagetest.Register(t, k.store, storagetest.Person(1))
	k.seal()
	k.carry()
	k.must(k.office.say(sealed.FrameSettings, sealed.Settings{Issuer: "OLD"}))
	k.carry()
	k.clock.Add(2000 * time.Hour)
	a := k.apply()
	if !slices.Equal(a.Refused, []app.Code{app.PostExpired}) {
		t.Errorf("%+v", a)
	}
	if now, _ := k.light(); now != 0 {
		t.Errorf("a receipt is true however late it comes: %d", now)
	}
}

func TestARecallWorksBeforeSignIn(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	k.must(k.store.PutAuthority(t.Context(), k.clock.Now().Add(time.Hour)))
	k.must(k.office.say(sealed.FrameMessage, []string{"sebelum", "before"}))
	k.must(k.office.say(sealed.FrameRecall, "headoffice.revoked"))
	k.carry()
	k.store.Lock()
	if a, err := k.post.ApplyOpen(t.Context()); err != nil || a.Frames != 1 {
		t.Fatalf("%+v %v", a, err)
	}
	until, err := k.store.Authority(t.Context())
	if err != nil || until.After(k.clock.Now()) {
		t.Errorf("authority until %v, %v", until, err)
	}
	if a, err := k.post.ApplyOpen(t.Context()); err != nil || a.Frames != 0 {
		t.Errorf("the same recall is no news: %+v %v", a, err)
	}
	s, err := k.post.State(t.Context())
	if err != nil || s.Recall != "headoffice.revoked" {
		t.Errorf("%q %v", s.Recall, err)
	}
}
