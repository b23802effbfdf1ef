package storagetest

import (
	"crypto/ed25519"
	"slices"
	"testing"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/sealed"
	"loket/app/vault"
)

func beginsOnce(t *testing.T, k *kept) {
	key, keys, first := Founding(t)
	wantCode(t, "a second beginning", k.Begin(t.Context(), Chain, key, keys, first), app.StorageBegun)
	k.Unlock(k.key)
	entries, err := k.Entries(t.Context(), 1, 9)
	must(t, err)
	if len(entries) != 2 || entries[0].Kind != journal.DeviceEnrolled || entries[1].Kind != journal.OperatorAdded {
		t.Errorf("the journal begins with %v", entries)
	}
}

func survivesRestart(t *testing.T, k *kept) {
	k.add(t, "bs", "BUDI SANTOSO")
	seq, head := k.Head()
	k.restart(t)
	if s, h := k.Head(); s != seq || h != head {
		t.Errorf("the journal stood at %d and stands at %d", seq, s)
	}
	part, err := k.Part(t.Context(), seq)
	must(t, err)
	var name journal.NamePart
	must(t, part.Into(&name))
	if name.Name != "BUDI SANTOSO" {
		t.Errorf("the personal part says %q", name.Name)
	}
	k.add(t, "ra", "RINA ASTUTI")
	entries, err := k.Entries(t.Context(), seq+1, seq+1)
	must(t, err)
	if entries[0].Boot != 2 {
		t.Errorf("the second start is number %d", entries[0].Boot)
	}
	keys, err := k.Secrets(t.Context())
	must(t, err)
	if !keys.Device.Equal(k.keys.Device) || !keys.Issuing.Equal(k.keys.Issuing) || !slices.Equal(keys.Opening, k.keys.Opening) {
		t.Error("the kiosk's keys came back changed")
	}
	must(t, k.CheckChain(t.Context(), vault.Public(k.keys.Device), nil))
	wantCode(t, "the chain of another device", k.CheckChain(t.Context(), vault.Public(vault.NewSigner()), nil), app.JournalChainBroken)
}

func lockedGivesNothing(t *testing.T, k *kept) {
	k.Lock()
	_, err := k.Part(t.Context(), 2)
	wantCode(t, "a personal part", err, app.VaultLocked)
	_, err = k.Secrets(t.Context())
	wantCode(t, "the keys", err, app.VaultLocked)
	_, _, err = k.Unsealed(t.Context(), 200)
	wantCode(t, "what is to be sealed", err, app.VaultLocked)
	before, _ := k.Head()
	m := vault.Member{Operator: app.Operator{ID: "bs", Name: "BUDI SANTOSO", Role: app.RoleOfficer}, Slot: vault.Slot{Operator: "bs"}}
	wantCode(t, "a new personal part", k.AddMember(t.Context(), Supervisor.Author(), m), app.VaultLocked)
	if after, _ := k.Head(); after != before {
		t.Error("half of a refused operation stayed")
	}
	_, err = k.Member(t.Context(), "bs")
	wantCode(t, "the refused operator", err, app.NotFound)
}

func removedIsGone(t *testing.T, k *kept) {
	k.add(t, "bs", "BUDI SANTOSO")
	must(t, k.RemoveMember(t.Context(), Supervisor.Author(), "bs"))
	_, err := k.Member(t.Context(), "bs")
	wantCode(t, "the removed operator", err, app.NotFound)
	wantCode(t, "removing again", k.RemoveMember(t.Context(), Supervisor.Author(), "bs"), app.NotFound)
	left, err := k.Members(t.Context())
	must(t, err)
	if len(left) != 1 || left[0].Operator.ID != Supervisor.ID || left[0].Operator.Name != "" {
		t.Errorf("left: %v", left)
	}
}

// A wait is elapsed time: a restart ends none of it, nor does a clock set back make it longer.
func attemptsSurvive(t *testing.T, k *kept) {
	must(t, k.PutAttempts(t.Context(), Supervisor.ID, 6, time.Minute))
	k.restart(t)
	for _, step := range []struct{ moved, left time.Duration }{
		{0, time.Minute},
		{20 * time.Second, 40 * time.Second},
		{-24 * 365 * time.Hour, 40 * time.Second}, // the clock had been a year ahead
		{30 * time.Second, 10 * time.Second},
		{10 * time.Second, 0},
	} {
		k.clock.Add(step.moved)
		wrong, left, err := k.Attempts(t.Context(), Supervisor.ID)
		must(t, err)
		if wrong != 6 || left != step.left {
			t.Errorf("%v later: %d wrong PINs, %v left, want %v", step.moved, wrong, left, step.left)
		}
	}
	must(t, k.PutAttempts(t.Context(), Supervisor.ID, 0, 0))
	if wrong, left, err := k.Attempts(t.Context(), Supervisor.ID); err != nil || wrong != 0 || left != 0 {
		t.Errorf("after the right one: %d, %v left, %v", wrong, left, err)
	}
}

func attestsOnce(t *testing.T, k *kept) {
	k.add(t, "bs", "BUDI SANTOSO")
	body, ok, err := k.Unattested(t.Context(), Supervisor.ID)
	must(t, err)
	seq, head := k.Head()
	if !ok || body.First != 2 || body.Last != seq || string(body.Head) != string(head[:]) {
		t.Fatalf("to sign: %+v, %v", body, ok)
	}
	bent := body
	bent.Head = make([]byte, 32)
	wantCode(t, "another head", k.Attest(t.Context(), Supervisor.Author(), bent), app.JournalChainBroken)
	signed, err := body.AttestedBytes()
	must(t, err)
	body.Signature = ed25519.Sign(vault.NewSigner(), signed)
	must(t, k.Attest(t.Context(), Supervisor.Author(), body))
	if body, ok, err = k.Unattested(t.Context(), Supervisor.ID); ok || err != nil {
		t.Errorf("signed, and still to sign: %+v, %v", body, err)
	}
	if _, ok, err = k.Unattested(t.Context(), "bs"); ok || err != nil {
		t.Error("who made nothing has nothing to sign")
	}
}

func batchesContinue(t *testing.T, k *kept) {
	k.add(t, "bs", "BUDI SANTOSO")
	one := k.seal(t, 2)
	if one.Header.First != 1 || one.Header.Last != 2 || one.Header.Number != 1 {
		t.Fatalf("the first batch: %+v", one.Header)
	}
	wantCode(t, "the same batch twice", k.RecordBatch(t.Context(), Supervisor.Author(), one), app.PostOutOfOrder)
	gaps(t, k)
	two := k.seal(t, 200)
	h := two.Header
	if h.Number != 2 || h.First != 3 || h.Last != 4 || h.Previous != one.Identity || h.HeadBefore != one.Header.HeadAfter {
		t.Errorf("the second batch: %+v", h)
	}
	if h.Counts[app.ScopeDevice] != 4 {
		t.Errorf("entries so far: %v", h.Counts)
	}
	pending, err := k.PendingBatches(t.Context())
	must(t, err)
	if !slices.Equal(pending, []uint64{1, 2}) {
		t.Errorf("pending: %v", pending)
	}
}

// gaps tries batches that leave a number or an entry out.
func gaps(t *testing.T, k *kept) {
	t.Helper()
	from, items, err := k.Unsealed(t.Context(), 200)
	must(t, err)
	numbered := from
	numbered.Number++
	p, err := sealed.Prepare(numbered, items, k.keys.Device)
	must(t, err)
	wantCode(t, "a number left out", k.RecordBatch(t.Context(), Supervisor.Author(), p), app.PostOutOfOrder)
	encoded, err := items[0].Entry.Encode()
	must(t, err)
	from.Before = from.Before.Add(items[0].Entry, encoded)
	p, err = sealed.Prepare(from, items[1:], k.keys.Device)
	must(t, err)
	wantCode(t, "an entry left out", k.RecordBatch(t.Context(), Supervisor.Author(), p), app.PostOutOfOrder)
}

func batchAgain(t *testing.T, k *kept) {
	k.add(t, "bs", "BUDI SANTOSO")
	batches := []*sealed.Prepared{k.seal(t, 2), k.seal(t, 2)}
	k.restart(t)
	for i, before := range batches {
		from, items, err := k.BatchAgain(t.Context(), uint64(i+1))
		must(t, err)
		again, err := sealed.Prepare(from, items, k.keys.Device)
		must(t, err)
		if again.Identity != before.Identity {
			t.Errorf("batch %d is another one now", i+1)
		}
	}
	_, _, err := k.BatchAgain(t.Context(), 3)
	wantCode(t, "a batch that never was", err, app.NotFound)
}

func lightGoesOut(t *testing.T, k *kept) {
	wantLight(t, k, 2)
	p := k.seal(t, 200)
	wantLight(t, k, 2)
	f, hash := k.frame(t, sealed.FrameReceipt)
	must(t, k.ApplyReceipt(t.Context(), f, hash, receiptFor(p, k.clock.Now())))
	wantLight(t, k, 0)
	must(t, k.ApplyReceipt(t.Context(), f, hash, receiptFor(p, k.clock.Now())))
	if pending, err := k.PendingBatches(t.Context()); err != nil || len(pending) != 0 {
		t.Errorf("still pending: %v, %v", pending, err)
	}
	k.add(t, "bs", "BUDI SANTOSO")
	wantLight(t, k, 1)
}

func wantLight(t *testing.T, k *kept, want int) {
	t.Helper()
	entries, attachments, err := k.Light(t.Context())
	must(t, err)
	if entries != want || attachments != 0 {
		t.Errorf("only here: %d entries and %d attachments, want %d", entries, attachments, want)
	}
}

func foreignReceipt(t *testing.T, k *kept) {
	p := k.seal(t, 200)
	seq, _ := k.Head()
	f, hash := k.frame(t, sealed.FrameReceipt)
	r := receiptFor(p, k.clock.Now())
	r.Identity[0] ^= 1
	wantCode(t, "another batch's receipt", k.ApplyReceipt(t.Context(), f, hash, r), app.PostHashDiffers)
	r = receiptFor(p, k.clock.Now())
	r.Verdicts.Last--
	wantCode(t, "a receipt for fewer entries", k.ApplyReceipt(t.Context(), f, hash, r), app.PostHashDiffers)
	if after, _ := k.Head(); after != seq {
		t.Error("a refused receipt left entries")
	}
	wantLight(t, k, 2)
}

func newsInOrder(t *testing.T, k *kept) {
	one, hash1 := k.frame(t, sealed.FrameMessage)
	must(t, k.PassFrame(t.Context(), one, hash1))
	seq, _ := k.Head()
	must(t, k.PassFrame(t.Context(), one, hash1))
	if after, _ := k.Head(); after != seq {
		t.Error("the same news was applied twice")
	}
	two, hash2 := k.frame(t, sealed.FrameMessage)
	late := two
	late.Number = 3
	wantCode(t, "news with a gap", k.PassFrame(t.Context(), late, hash2), app.PostOutOfOrder)
	other := two
	other.Previous[0] ^= 1
	wantCode(t, "news that follows other news", k.PassFrame(t.Context(), other, hash2), app.PostHashDiffers)
	must(t, k.PassFrame(t.Context(), two, hash2))
	k.restart(t)
	if last, hash, err := k.Feed(t.Context()); err != nil || last.Number != 2 || hash != hash2 {
		t.Errorf("the feed stands at %v, %v", last, err)
	}
}

func authorityEnds(t *testing.T, k *kept) {
	day := 24 * time.Hour
	start := k.clock.Now()
	for _, tt := range []struct{ days, want int }{{10, 10}, {35, 35}, {365, 35}} {
		f, hash := k.frame(t, sealed.FrameSettings)
		until := start.Add(time.Duration(tt.days) * day)
		must(t, k.ApplySettings(t.Context(), f, hash, sealed.Settings{Issuer: "UJI", Authority: until.Unix()}))
		got, err := k.Authority(t.Context())
		must(t, err)
		if !got.Equal(start.Add(time.Duration(tt.want) * day)) {
			t.Errorf("%d days became %v", tt.days, got.Sub(start))
		}
	}
	k.clock.Add(-5 * day)
	if known, err := k.KnownTime(t.Context()); err != nil || !known.Equal(start) {
		t.Errorf("a clock set back makes it %v, %v", known, err)
	}
}

func clockBack(t *testing.T, k *kept) {
	before, _ := k.Head()
	k.clock.Add(-time.Minute)
	k.add(t, "bs", "BUDI SANTOSO")
	k.clock.Add(-time.Hour)
	k.add(t, "ra", "RINA ASTUTI")
	entries, err := k.Entries(t.Context(), before+1, before+9)
	must(t, err)
	var kinds []journal.Kind
	for _, e := range entries {
		kinds = append(kinds, e.Kind)
	}
	if !slices.Equal(kinds, []journal.Kind{journal.OperatorAdded, journal.ClockJumped, journal.OperatorAdded}) {
		t.Errorf("the journal says %v", kinds)
	}
	must(t, k.CheckChain(t.Context(), vault.Public(k.keys.Device), nil))
}
