package officesuite

import (
	"crypto/sha256"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

func hidden(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	id := k.Register(t, Person(7), "", "")
	w.send(t, k)
	if row := w.row(t, id); row.Record.Person.NIK != Person(7).Person.NIK || row.Record.Person.Name != Person(7).Person.Name {
		t.Errorf("%+v", row.Record.Person)
	}
	dump, err := w.store.Dump(w.ctx)
	need(t, err)
	for _, secret := range []string{Person(7).Person.NIK, Person(7).Person.Name, "MARIA CONTOH"} {
		if strings.Contains(string(dump), secret) {
			t.Error("in the clear:", secret)
		}
	}
}

func coverOnce(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	id := k.Register(t, Person(1), "", "")
	k.Register(t, Person(2), "", "")
	k.Register(t, Person(3), "", "registration.too_old_former")
	w.send(t, k)
	from := app.Date{Year: 2026, Month: 11, Day: 20}
	for i, want := range []int{2, 0} {
		n, err := w.store.BeginCover(w.ctx, nil, from, "admin", w.at)
		need(t, err)
		if n != (books.Covered{Begun: want}) {
			t.Errorf("round %d: %+v, want %d", i, n, want)
		}
	}
	d := w.decisions(t, k)[id]
	if len(d) != 2 || d[1].Outcome != journal.OutcomeCoverBegun || d[1].From != "2026-11-20" {
		t.Errorf("%+v", d)
	}
	if row := w.row(t, id); row.Cover != app.CoverBegun || row.CoverFrom != from {
		t.Errorf("%+v", row.Registration)
	}
}

func coverPlanned(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	serial := uint32(w.leases(t, k, "serial")[0].Blocks[0])
	id := k.Register(t, Person(1), "", "")
	k.Queue(t, serial, id, 0)
	w.send(t, k)
	n, err := w.store.BeginCover(w.ctx, []app.EntryID{id}, app.Date{Year: 2026, Month: 11, Day: 21}, "admin", w.at)
	need(t, err)
	if n != (books.Covered{Planned: 1}) || w.status(t, serial) != card.Inactive || len(w.decisions(t, k)[id]) != 1 {
		t.Errorf("before its day: %+v, %s", n, w.status(t, serial))
	}
	need(t, w.store.BeginDueCover(w.ctx, id, w.at)) // too early: nothing
	if due, err := w.store.CoverDue(w.ctx, w.at); err != nil || len(due) != 0 {
		t.Error("due too early", due, err)
	}
	w.at = w.at.Add(14 * time.Hour) // midnight at head office
	due, err := w.store.CoverDue(w.ctx, w.at)
	need(t, err)
	for range 2 {
		for _, id := range due {
			need(t, w.store.BeginDueCover(w.ctx, id, w.at))
		}
	}
	if len(due) != 1 || w.status(t, serial) != card.Active || len(w.decisions(t, k)[id]) != 2 {
		t.Error("on its day:", due, w.status(t, serial))
	}
}

func ruling(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	first := k.Register(t, Person(1), "", "")
	twin := k.Register(t, Person(1), "", "")
	again := k.Register(t, Person(1), "", "")
	w.send(t, k)
	need(t, w.store.Rule(w.ctx, books.Ruling{Registration: twin, Accept: true, By: "admin", At: w.at}))
	need(t, w.store.Rule(w.ctx, books.Ruling{Registration: again, Reason: app.OfficeSameHuman, By: "admin", At: w.at}))
	wantCode(t, w.store.Rule(w.ctx, books.Ruling{Registration: first, By: "admin", At: w.at}), app.OfficeDecided)
	a, b, c := w.row(t, first), w.row(t, twin), w.row(t, again)
	if b.State != app.Accepted || b.Member == a.Member || !b.Member.Valid() || c.State != app.Rejected || c.Reason != app.OfficeSameHuman {
		t.Errorf("%+v\n%+v\n%+v", a.Registration, b.Registration, c.Registration)
	}
}

func reviewed(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	here := k.Register(t, Person(1), "", "registration.too_old_former")
	there := k.Register(t, Person(2), "", "registration.too_old_former")
	back := k.Register(t, Person(3), "", "registration.too_old_former")
	w.send(t, k)
	if row := w.row(t, here); row.State != app.NeedsReview {
		t.Error("before the review:", row.State)
	}
	k.Say(t, journal.RegistrationReviewed, here, journal.ReviewedBody{Approved: true})
	k.Say(t, journal.RegistrationWithdrawn, back, journal.WithdrawnBody{Reason: "asked"})
	w.send(t, k)
	need(t, w.store.Rule(w.ctx, books.Ruling{Registration: there, Accept: true, By: "admin", At: w.at}))
	for id, want := range map[app.EntryID]app.RegistrationState{here: app.Accepted, there: app.Accepted, back: app.Withdrawn} {
		if row := w.row(t, id); row.State != want {
			t.Errorf("%s is %s, want %s", id, row.State, want)
		}
	}
}

func attachment(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	plain := []byte("a picture")
	k.photographed(t, 1, plain)
	w.send(t, k)
	a := books.Attachment{Chain: k.Chain, Hash: sha256.Sum256(plain), Plain: plain, At: w.at}
	first, err := w.store.TakeAttachment(w.ctx, a)
	need(t, err)
	again, err := w.store.TakeAttachment(w.ctx, a)
	need(t, err)
	if string(first) != string(again) {
		t.Error("another receipt for the same file")
	}
	f, _, err := sealed.OpenFrame(first, k.Chain, k.Opening, w.clerk.Roots(), w.at)
	need(t, err)
	r, err := sealed.ParseReceipt(f.Content, f.By)
	need(t, err)
	if r.Identity != a.Hash {
		t.Error("the receipt is for", r.Identity)
	}
}

func turns(t testing.TB, w *officeWorld) {
	until := w.at.Add(time.Minute)
	for _, turn := range []struct {
		holder string
		at     time.Time
		want   bool
	}{{"a", w.at, true}, {"b", w.at, false}, {"a", w.at, true}, {"b", until, true}, {"a", until, false}} {
		mine, err := w.store.TakeTurn(w.ctx, "publish", turn.holder, turn.at, turn.at.Add(time.Minute))
		need(t, err)
		if mine != turn.want {
			t.Errorf("%+v: %v", turn, mine)
		}
	}
}

func search(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	var ids []app.EntryID
	for n := range 5 {
		ids = append(ids, k.Register(t, Person(n), "", ""))
	}
	w.send(t, k)
	member := string(w.row(t, ids[3]).Member)
	for text, want := range map[string]int{
		"": 5, Person(2).Person.NIK: 1, member: 1, app.MemberNumber(member).Grouped(): 1, "PS 00417-01-000002": 1,
		"contoh 4": 1, "YOHANES": 5, "Sutrisno": 0, "1234567890123456": 0,
	} {
		rows, err := w.store.Registrations(w.ctx, books.Filter{Text: text, Limit: 10})
		need(t, err)
		if len(rows) != want {
			t.Errorf("%q finds %d, want %d", text, len(rows), want)
		}
		rows, err = w.store.Registrations(w.ctx, books.Filter{Text: text, State: app.Rejected, Limit: 10})
		need(t, err)
		if len(rows) != 0 {
			t.Errorf("%q finds %d rejected", text, len(rows))
		}
	}
}

func sentOnce(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	count := func(kind sealed.FrameKind) (n int) {
		w.publish(t)
		due, err := w.store.NewsDue(w.ctx, k.Chain, w.at)
		need(t, err)
		if due {
			need(t, w.store.SendLists(w.ctx, k.Chain, w.at))
		}
		for _, f := range w.feed(t, k) {
			if f.Kind == kind {
				n++
			}
		}
		return n
	}
	if a, b := count(sealed.FrameLists), count(sealed.FrameLists); a != 1 || b != 1 {
		t.Error("announcements", a, b)
	}
	if n := count(sealed.FrameSettings); n != 0 {
		t.Error("settings too early", n)
	}
	w.at = w.at.Add(25 * time.Hour) // lists fall due, a quarter of the authority has passed
	k.At = w.at
	if n := count(sealed.FrameLists); n != 2 {
		t.Error("no new lists when they fell due", n)
	}
	var settings sealed.Settings
	for _, f := range w.feed(t, k) {
		if f.Kind == sealed.FrameSettings {
			need(t, cose.Unmarshal(f.Content, &settings))
		}
	}
	if settings.Authority != w.at.Add(100*time.Hour).Unix() || settings.BranchCode != "K06" {
		t.Errorf("%+v", settings)
	}
}
