package officesuite

import (
	"testing"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

func cardStatus(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	serial := uint32(w.leases(t, k, "serial")[0].Blocks[0])
	if s := w.status(t, serial); s != card.NotYetAccepted {
		t.Error("leased:", s)
	}
	id := k.Register(t, Person(1), "", "")
	k.Queue(t, serial, id, 0)
	k.Add(t, journal.CardConfirmed, journal.CardMoveBody{Serial: serial, How: "scan"}, nil)
	w.send(t, k)
	if s := w.status(t, serial); s != card.Inactive {
		t.Error("accepted:", s)
	}
	_, err := w.store.BeginCover(w.ctx, []app.EntryID{id}, app.Date{Year: 2026, Month: 11, Day: 20}, "admin", w.at)
	need(t, err)
	if s := w.status(t, serial); s != card.Active {
		t.Error("covered:", s)
	}
	k.Queue(t, serial+1, id, serial)
	k.Add(t, journal.HandoverDone, journal.HandoverBody{Serial: serial + 1, Hash: make([]byte, 32), Receiver: "holder", Level: 1}, nil)
	w.send(t, k)
	if a, b := w.status(t, serial), w.status(t, serial+1); a != card.Invalid || b != card.Active {
		t.Error("reissued:", a, b)
	}
	k.Queue(t, serial+3, id, 0)
	k.Add(t, journal.CardSpoiled, journal.CardMoveBody{Serial: serial + 3, Reason: "ribbon"}, nil)
	w.send(t, k)
	if s := w.status(t, serial+3); s != card.Invalid {
		t.Error("spoiled:", s)
	}
	if f := w.figures(t); f.Handed != 1 || f.Quarantined != 0 {
		t.Errorf("%+v", f)
	}
}

func leases(t testing.TB, w *officeWorld) {
	a, b := w.kiosk(t, 417), w.kiosk(t, 418)
	for n := range 40 { // 40 of the first 10 numbers and of 64 serials
		lease := w.leases(t, a, "member")
		last := lease[len(lease)-1]
		blocks := w.leases(t, a, "serial")
		id := a.Register(t, Person(n), string(app.MemberNumber(digits11(last.First+uint64(n%5)))), "")
		a.Queue(t, uint32(blocks[0].Blocks[0])+uint32(n)+1, id, 0)
		w.send(t, a)
	}
	numbers, serials := map[uint64]bool{}, map[uint64]bool{}
	for _, k := range []*Kiosk{a, b} {
		for _, l := range w.leases(t, k, "member") {
			for n := l.First; n <= l.Last; n++ {
				if numbers[n] {
					t.Error("a number lent twice", n)
				}
				numbers[n] = true
			}
		}
		for _, l := range w.leases(t, k, "serial") {
			for _, block := range l.Blocks {
				if serials[block] || block == 0 || block%books.BlockSize != 0 {
					t.Error("a block lent twice, or the first", block)
				}
				serials[block] = true
			}
		}
	}
	if len(w.leases(t, a, "member")) < 4 || len(w.leases(t, a, "serial")) != 2 || len(w.leases(t, b, "member")) != 1 {
		t.Error("not renewed at half", len(w.leases(t, a, "member")), len(w.leases(t, a, "serial")))
	}
	trust, _ := w.publish(t)
	for _, k := range trust.Keys {
		for _, r := range k.Serials {
			for s := r.First; s <= r.Last; s += books.BlockSize {
				if !serials[uint64(s)] {
					t.Error("the trust list names a block that was not lent", s)
				}
			}
		}
	}
}

// leasesHold: a kiosk that makes few cards and is in touch never stands there without numbers: what it was
// lent holds on, and nobody else gets it.
func leasesHold(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	before := w.leases(t, k, "member")[0]
	block := w.leases(t, k, "serial")[0].Blocks[0]
	until := w.at.Add(w.policy.Lease)
	for range 20 { // 800 hours, in touch; a lease is for 100
		w.at = w.at.Add(40 * time.Hour)
		need(t, w.store.SendLists(w.ctx, k.Chain, w.at))
		for _, l := range append(w.leases(t, k, "member"), w.leases(t, k, "serial")...) {
			switch {
			case l.Kind == "member" && (l.First != before.First || l.Last != before.Last), l.Kind == "serial" && (len(l.Blocks) != 1 || l.Blocks[0] != block):
				t.Errorf("other numbers: %+v", l)
			case time.UnixMilli(l.Expires).After(until):
				until = time.UnixMilli(l.Expires)
			}
		}
		if !until.After(w.at.Add(w.policy.Lease / 4)) {
			t.Fatalf("the lease ends %s, and it is %s", until, w.at)
		}
	}
}

func digits11(n uint64) string {
	s := ""
	for range 11 {
		s, n = string(rune('0'+n%10))+s, n/10
	}
	return s
}

func notLent(t testing.TB, w *officeWorld) {
	a, b := w.kiosk(t, 417), w.kiosk(t, 418)
	theirs := w.leases(t, b, "member")[0].First
	id := a.Register(t, Person(1), digits11(theirs), "")
	a.Queue(t, uint32(w.leases(t, b, "serial")[0].Blocks[0]), id, 0)
	w.send(t, a)
	row := w.row(t, id)
	if row.State != app.Accepted || string(row.Member) == digits11(theirs) || len(row.Cards) != 0 {
		t.Errorf("%+v", row)
	}
	if f := w.figures(t); f.Quarantined != 2 {
		t.Errorf("%+v", f)
	}
}

func revoked(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	serial := uint32(w.leases(t, k, "serial")[0].Blocks[0])
	id := k.Register(t, Person(1), "", "")
	k.Queue(t, serial, id, 0)
	waits := k.Register(t, Person(2), "", "registration.too_old_former")
	k.Queue(t, serial+1, waits, 0)
	w.send(t, k)
	need(t, w.store.Revoke(w.ctx, 417, "admin", w.at))
	wantCode(t, w.store.Revoke(w.ctx, 417, "admin", w.at), app.OfficeUnknownKiosk)
	trust, _ := w.publish(t)
	if len(trust.Keys) != 1 || trust.Keys[0].Revoked.IsZero() {
		t.Fatalf("%+v", trust.Keys)
	}
	for _, marked := range []uint32{serial, serial + 1} { // what had arrived, accepted or not
		if !w.marked(t, marked) {
			t.Errorf("serial %d is not marked", marked)
		}
	}
	frames := w.feed(t, k)
	if last := frames[len(frames)-1]; last.Kind != sealed.FrameRecall {
		t.Error("the last frame is", last.Kind)
	}
	c, err := w.store.Chain(w.ctx, k.Chain)
	need(t, err)
	if c.RevokedAt.IsZero() {
		t.Error("the kiosk is not revoked")
	}
}

func anotherLife(t testing.TB, w *officeWorld) {
	first := w.kiosk(t, 417)
	serial := uint32(w.leases(t, first, "serial")[0].Blocks[0])
	id := first.Register(t, Person(1), "", "")
	first.Queue(t, serial, id, 0)
	w.send(t, first)
	w.at = w.at.Add(60_000_000_000)
	second := w.kiosk(t, 417)
	if second.Chain.Incarnation != 2 {
		t.Error("life", second.Chain)
	}
	if a, b := w.status(t, serial), w.status(t, serial+1); a != card.Inactive || b != card.Invalid {
		t.Error("printed and unprinted:", a, b)
	}
	first.Register(t, Person(2), "", "")
	w.send(t, first) // what the former life left behind still counts
	second.Register(t, Person(3), "", "")
	w.send(t, second)
	if f := w.figures(t); f.Accepted != 3 || f.Kiosks != 1 {
		t.Errorf("%+v", f)
	}
}
