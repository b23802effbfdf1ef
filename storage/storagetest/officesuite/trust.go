package officesuite

import (
	"crypto/sha256"
	"testing"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

// marked says whether the card that Queue makes of a serial is marked in the published lists.
func (w *officeWorld) marked(t testing.TB, serial uint32) bool {
	t.Helper()
	_, shards := w.publish(t)
	hash := sha256.Sum256([]byte{byte(serial), byte(serial >> 8), byte(serial >> 16)})
	marked, known := shards[card.ShardOf(app.Serial(serial))].Marked(app.Serial(serial), [8]byte(hash[:]), time.Time{})
	if !known {
		t.Errorf("of serial %d nothing is known", serial)
	}
	return marked
}

// keyOf is how the trust list speaks of a key, nil when it does not.
func keyOf(trust *card.TrustList, public []byte) *card.Key {
	for i := range trust.Keys {
		if string(trust.Keys[i].Public) == string(public) {
			return &trust.Keys[i]
		}
	}
	return nil
}

func (w *officeWorld) rekey(t testing.TB, k *Kiosk) (former *Kiosk) {
	t.Helper()
	before := *k
	device, issuing := newKey(t), newKey(t)
	k.Add(t, journal.DeviceRekeyed, journal.DeviceBody{Key: public(device), Issuing: public(issuing)}, nil)
	w.send(t, k)
	k.Device, k.Issuing = device, issuing
	return &before
}

// alwaysPublished: a clock that is wrong, here or there, keeps no list from being made, and nobody's key out
// but its own.
func alwaysPublished(t testing.TB, w *officeWorld) {
	good := w.kiosk(t, 416)
	ahead := w.kiosk(t, 417)
	ahead.At = w.at.AddDate(0, 0, 400)
	w.rekey(t, ahead)
	behind := w.kiosk(t, 418)
	behind.At = w.at.AddDate(-3, 0, 0)
	w.rekey(t, behind)
	w.kiosk(t, 419)
	w.at = w.at.Add(-time.Minute) // head office's own clock goes back
	again := w.kiosk(t, 419)
	w.at = w.at.Add(time.Hour)
	trust, _ := w.publish(t)
	for name, k := range map[string]*Kiosk{"good": good, "ahead": ahead, "behind": behind, "second life": again} {
		if key := keyOf(trust, public(k.Issuing)); key == nil || !key.Replaced.IsZero() {
			t.Errorf("the key of %s is not in the list: %+v", name, key)
		}
	}
	if out, err := w.store.LeftOut(w.ctx); err != nil || len(out) != 0 {
		t.Errorf("left out: %+v %v", out, err)
	}
	// Who was away for longer than the window and comes back with new keys: nothing to vouch for.
	w.at = w.at.Add(w.policy.Issuing)
	good.At = w.at
	w.rekey(t, good)
	if trust, _ = w.publish(t); keyOf(trust, public(good.Issuing)) != nil {
		t.Error("a key without a window is in the list")
	}
	out, err := w.store.LeftOut(w.ctx)
	need(t, err)
	if len(out) != 1 || out[0].Chain != good.Chain || out[0].Code != app.OfficeKeyWindow || out[0].Branch == "" {
		t.Errorf("left out: %+v", out)
	}
	need(t, w.store.SendLists(w.ctx, good.Chain, w.at))
	if trust, _ = w.publish(t); keyOf(trust, public(good.Issuing)) == nil {
		t.Error("in touch again, and still left out")
	}
}

// windowMoves: a kiosk in touch every 10 hours of its 1,000 may make cards for ever, and hears until when.
func windowMoves(t testing.TB, w *officeWorld) {
	k, silent := w.kiosk(t, 417), w.kiosk(t, 418)
	lists := 0
	var before uint64
	for range 300 {
		w.at = w.at.Add(10 * time.Hour)
		k.At = w.at
		need(t, w.store.SendLists(w.ctx, k.Chain, w.at))
	}
	trust, _ := w.publish(t)
	key := keyOf(trust, public(k.Issuing))
	if key == nil || !w.at.Before(key.Until) || key.VerifyUntil.Before(w.at.Add(w.policy.Verify)) {
		t.Fatalf("%+v", key)
	}
	if s := keyOf(trust, public(silent.Issuing)); s == nil || w.at.Before(s.Until) {
		t.Errorf("the silent kiosk: %+v", s)
	}
	var last sealed.Settings
	for _, f := range w.feed(t, k) {
		if f.Kind == sealed.FrameSettings {
			need(t, cose.UnmarshalOpen(f.Content, &last))
		}
	}
	if last.Issuing != key.Until.Unix() {
		t.Errorf("the kiosk heard %d, the list says %d", last.Issuing, key.Until.Unix())
	}
	for range 100 { // the list is not made anew each time
		w.at = w.at.Add(10 * time.Hour)
		need(t, w.store.SendLists(w.ctx, k.Chain, w.at))
		if trust, _ := w.publish(t); trust.Seq != before {
			before, lists = trust.Seq, lists+1
		}
	}
	if lists > 60 {
		t.Errorf("%d lists in 1,000 hours", lists)
	}
	need(t, w.store.Revoke(w.ctx, 417, "admin", w.at))
	c, err := w.store.Chain(w.ctx, k.Chain)
	need(t, err)
	w.at = w.at.Add(w.policy.Issuing / 2)
	need(t, w.store.SendLists(w.ctx, k.Chain, w.at))
	if now, err := w.store.Chain(w.ctx, k.Chain); err != nil || !now.IssueUntil.Equal(c.IssueUntil) {
		t.Error("the window of a revoked life moves", err)
	}
}

// replacedMarks: what a kiosk queued before it changed its keys stays a card, whatever the day on it; what
// comes after belongs to the new key.
func replacedMarks(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	serial := uint32(w.leases(t, k, "serial")[0].Blocks[0])
	id := k.Register(t, Person(1), "", "")
	k.Queue(t, serial+1, id, 0)
	former := w.rekey(t, k)
	k.Queue(t, serial+2, id, 0)
	w.send(t, k)
	trust, _ := w.publish(t)
	old, now := keyOf(trust, public(former.Issuing)), keyOf(trust, public(k.Issuing))
	if old == nil || old.Replaced.IsZero() || len(old.Serials) != 0 || now == nil || !now.Replaced.IsZero() || len(now.Serials) == 0 {
		t.Fatalf("%+v %+v", old, now)
	}
	if !w.marked(t, serial+1) || w.marked(t, serial+2) {
		t.Error("marks:", w.marked(t, serial+1), w.marked(t, serial+2))
	}
	w.rekey(t, k)
	if !w.marked(t, serial+1) || !w.marked(t, serial+2) {
		t.Error("marks after a second change")
	}
}

// closedMarks: the cards of a life that is over are marked, also those that arrive late.
func closedMarks(t testing.TB, w *officeWorld) {
	first := w.kiosk(t, 417)
	serial := uint32(w.leases(t, first, "serial")[0].Blocks[0])
	id := first.Register(t, Person(1), "", "")
	first.Queue(t, serial+1, id, 0)
	w.send(t, first)
	first.Queue(t, serial+2, id, 0) // not sent yet
	w.kiosk(t, 417)
	trust, _ := w.publish(t)
	if key := keyOf(trust, public(first.Issuing)); key == nil || key.Replaced.IsZero() || key.Life != 1 {
		t.Fatalf("%+v", key)
	}
	if !w.marked(t, serial+1) || w.marked(t, serial+2) {
		t.Error("marks of a closed life")
	}
	w.send(t, first)
	if !w.marked(t, serial+2) {
		t.Error("what came late is not marked")
	}
	if s := w.status(t, serial+2); s != card.Invalid {
		t.Error("a voided serial woke:", s)
	}
}

// keyForgotten: a key leaves the list when no card of it can be valid any more.
func keyForgotten(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	former := w.rekey(t, k)
	gone := w.at.Add(w.policy.Issuing + w.policy.Verify)
	w.clerk.prolong(t, gone)
	for n, want := range []bool{true, false} {
		at := gone.Add(time.Duration(n) * time.Second)
		w.at = at
		need(t, w.store.Publish(w.ctx, books.ListName{Kind: books.TrustList}, at))
		trust, _ := w.publish(t)
		if got := keyOf(trust, public(former.Issuing)) != nil; got != want {
			t.Errorf("%s: in the list %t", at, got)
		}
	}
}

// oneWay: a late word about a card never takes back what is known.
func oneWay(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	serial := uint32(w.leases(t, k, "serial")[0].Blocks[0])
	id := k.Register(t, Person(1), "", "")
	w.send(t, k)
	_, err := w.store.BeginCover(w.ctx, []app.EntryID{id}, app.Date{Year: 2026, Month: 11, Day: 20}, "admin", w.at)
	need(t, err)
	say := map[string]func(serial uint32){
		"sent":      func(s uint32) { k.Add(t, journal.CardSent, journal.CardMoveBody{Serial: s}, nil) },
		"confirmed": func(s uint32) { k.Add(t, journal.CardConfirmed, journal.CardMoveBody{Serial: s, How: "scan"}, nil) },
		"handed": func(s uint32) {
			k.Add(t, journal.HandoverDone, journal.HandoverBody{Serial: s, Hash: make([]byte, 32), Receiver: "holder", Level: 1}, nil)
		},
		"spoiled": func(s uint32) { k.Add(t, journal.CardSpoiled, journal.CardMoveBody{Serial: s, Reason: "ribbon"}, nil) },
		"lost":    func(s uint32) { k.Add(t, journal.CardLost, journal.CardMoveBody{Serial: s}, nil) },
	}
	tests := []struct {
		first, late string
		state       app.CardState
		status      card.Status
	}{
		{"lost", "confirmed", app.CardLost, card.Invalid},
		{"lost", "sent", app.CardLost, card.Invalid},
		{"lost", "handed", app.CardLost, card.Invalid},
		{"lost", "spoiled", app.CardLost, card.Invalid},
		{"spoiled", "confirmed", app.CardSpoiled, card.Invalid},
		{"spoiled", "handed", app.CardSpoiled, card.Invalid},
		{"handed", "confirmed", app.CardHanded, card.Active},
		{"handed", "sent", app.CardHanded, card.Active},
		{"handed", "lost", app.CardLost, card.Invalid},
		{"confirmed", "sent", app.CardConfirmed, card.Active},
		{"sent", "confirmed", app.CardConfirmed, card.Active},
		{"sent", "handed", app.CardHanded, card.Active},
	}
	for i, tt := range tests {
		s := serial + 1 + uint32(i)
		k.Queue(t, s, id, 0)
		say[tt.first](s)
		w.send(t, k)
		say[tt.late](s)
		w.send(t, k)
		var state app.CardState
		for _, c := range w.row(t, id).Cards {
			if uint32(c.Serial) == s {
				state = c.State
			}
		}
		if status := w.status(t, s); state != tt.state || status != tt.status {
			t.Errorf("%s, then %s: %s %s, want %s %s", tt.first, tt.late, state, status, tt.state, tt.status)
		}
	}
	if f := w.figures(t); f.Quarantined != 0 {
		t.Errorf("%d set aside", f.Quarantined)
	}
}

// neverWakes: whatever is said later about a card that ended, or a serial that was voided, it stays invalid.
func neverWakes(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	serial := uint32(w.leases(t, k, "serial")[0].Blocks[0])
	id := k.Register(t, Person(1), "", "")
	k.Queue(t, serial+1, id, 0)
	w.send(t, k)
	next := w.kiosk(t, 417)
	k.Queue(t, serial+2, id, 0)
	k.Add(t, journal.CardConfirmed, journal.CardMoveBody{Serial: serial + 2, How: "scan"}, nil)
	w.send(t, k)
	_, err := w.store.BeginCover(w.ctx, []app.EntryID{id}, app.Date{Year: 2026, Month: 11, Day: 20}, "admin", w.at)
	need(t, err)
	if a, b, c := w.status(t, serial+1), w.status(t, serial+2), w.status(t, serial+3); a != card.Active || b != card.Invalid || c != card.Invalid {
		t.Error("printed, late, unprinted:", a, b, c)
	}
	if n := len(w.leases(t, next, "serial")); n != 1 {
		t.Error("leases of the next life:", n)
	}
}

// sideBySide: where programmes print runs, 1,024 serials are lent in a row, on one page of marks.
func sideBySide(t testing.TB, w *officeWorld) {
	w.policy.SerialRun, w.policy.SerialBlocks = 16, 2
	w.again()
	seen := map[uint64]bool{}
	for n := range 6 {
		k := w.kiosk(t, app.Kiosk(417+n))
		blocks := w.leases(t, k, "serial")[0].Blocks
		if len(blocks) != 32 {
			t.Fatalf("%d blocks", len(blocks))
		}
		for i, first := range blocks {
			if seen[first] || first == 0 || first%1024 != uint64(i%16)*64 || first/1024 != blocks[i/16*16]/1024 {
				t.Errorf("block %d is %d", i, first)
			}
			seen[first] = true
		}
		trust, _ := w.publish(t)
		if key := keyOf(trust, public(k.Issuing)); key == nil || len(key.Serials) > 2 {
			t.Errorf("%+v", key)
		}
	}
}
