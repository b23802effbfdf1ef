package officesuite

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"loket/app"
	"loket/app/journal"
	"loket/app/sealed"
)

func enrolledOnce(t testing.TB, w *officeWorld) {
	in := w.invite(t, 417)
	k := NewKiosk(t, in.Chain, w.at)
	first, err := w.enrol(t, k, in)
	need(t, err)
	r, _, err := sealed.OpenRequest(k.Request(t, in.Secret))
	need(t, err)
	if r.Chain != in.Chain || string(first) == "" {
		t.Error("another chain", r.Chain)
	}
	stranger := NewKiosk(t, in.Chain, w.at)
	_, err = w.enrol(t, stranger, in)
	wantCode(t, err, app.OfficeTokenUsed)
	guess := in
	guess.Secret[0]++
	_, err = w.enrol(t, stranger, guess)
	wantCode(t, err, app.EnrolRefused)
	late := w.invite(t, 418)
	w.at = w.at.Add(2 * time.Hour)
	_, err = w.enrol(t, NewKiosk(t, late.Chain, w.at), late)
	wantCode(t, err, app.TokenExpired)
	c, err := w.store.Chain(w.ctx, k.Chain)
	need(t, err)
	if !c.Current || c.BranchCode != "K06" || string(c.Device) != string(public(k.Device)) {
		t.Errorf("the chain is %+v", c)
	}
}

func sameReceipt(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	k.Register(t, Person(1), "", "")
	p := k.Seal(t)
	first, err := w.take(t, k, p)
	need(t, err)
	before := len(w.feed(t, k))
	w.at = w.at.Add(time.Minute)
	again, err := w.take(t, k, p) // sealed again: other bytes, same identity
	need(t, err)
	if string(first) != string(again) {
		t.Error("another receipt for the same batch")
	}
	if after := len(w.feed(t, k)); after != before {
		t.Errorf("%d frames after the repeat, %d before", after, before)
	}
	f, _, err := sealed.OpenFrame(first, k.Chain, k.Opening, w.clerk.Roots(), w.at)
	need(t, err)
	r, err := sealed.ParseReceipt(f.Content, f.By)
	need(t, err)
	if f.Batch != 1 || r.Identity != p.Identity || r.LogIndex != 1 || r.Verdicts.First != 1 || r.Verdicts.Last != 1 || len(r.Verdicts.Quarantined) != 0 {
		t.Errorf("the receipt says %+v", r)
	}
}

func cloneAlarm(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	twin := k.Copy()
	k.Register(t, Person(1), "", "")
	w.send(t, k)
	twin.Register(t, Person(2), "", "")
	_, err := w.take(t, twin, twin.Seal(t))
	wantCode(t, err, app.OfficeOtherIdentity)
	twin.Register(t, Person(3), "", "")
	_, err = w.take(t, twin, twin.Seal(t)) // the next number, on the twin's own story
	wantCode(t, err, app.OfficeOtherIdentity)
	if f := w.figures(t); f.Alarms != 2 || f.Accepted != 1 {
		t.Errorf("%+v", f)
	}
	k.Register(t, Person(4), "", "")
	w.send(t, k) // the kiosk itself goes on
}

func gap(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	first := k.Register(t, Person(1), "", "")
	one := k.Seal(t)
	second := k.Register(t, Person(2), "", "")
	two := k.Seal(t)
	_, err := w.take(t, k, two)
	need(t, err)
	if d := w.decisions(t, k); len(d) != 0 {
		t.Error("decided before its turn", d)
	}
	_, err = w.take(t, k, one)
	need(t, err)
	if d := w.decisions(t, k); len(d[first]) != 1 || len(d[second]) != 1 {
		t.Error("decisions", d)
	}
}

// anyOrder is the model: whatever order and however often batches come, every entry counts once.
func anyOrder(t testing.TB, w *officeWorld) {
	number, person := app.Kiosk(0), 0
	rapid.Check(t, func(r *rapid.T) {
		number++
		k := w.kiosk(t, number)
		var batches []*sealed.Prepared
		var ids []app.EntryID
		for range rapid.IntRange(1, 4).Draw(r, "batches") {
			for range rapid.IntRange(1, 2).Draw(r, "entries") {
				person++
				ids = append(ids, k.Register(t, Person(person), "", ""))
			}
			batches = append(batches, k.Seal(t))
		}
		order := rapid.Permutation(batches).Draw(r, "order")
		repeats := rapid.SliceOfN(rapid.SampledFrom(batches), 0, 3).Draw(r, "repeats")
		for _, p := range append(order, repeats...) {
			if _, err := w.take(t, k, p); err != nil {
				r.Fatal(err)
			}
		}
		d := w.decisions(t, k)
		for _, id := range ids {
			if len(d[id]) != 1 || d[id][0].Outcome != journal.OutcomeAccepted {
				r.Fatalf("%s was decided as %+v", id, d[id])
			}
		}
	})
	if f := w.figures(t); f.Accepted != person || f.Quarantined != 0 || f.Alarms != 0 {
		t.Errorf("%+v of %d", f, person)
	}
}

func oneNIK(t testing.TB, w *officeWorld) {
	a, b := w.kiosk(t, 417), w.kiosk(t, 418)
	first := a.Register(t, Person(1), "", "")
	w.send(t, a)
	second := b.Register(t, Person(1), "", "")
	w.send(t, b)
	is, other := w.row(t, first), w.row(t, second)
	if is.State != app.Accepted || !is.Member.Valid() || other.State != app.Duplicate || other.Member != "" || other.Other != first {
		t.Errorf("%+v and %+v", is.Registration, other)
	}
	if d := w.decisions(t, b)[second]; len(d) != 1 || d[0].Outcome != journal.OutcomeDuplicate || d[0].Member != string(is.Member) || d[0].Reason != string(app.OfficeNIKTaken) {
		t.Errorf("the kiosk hears %+v", d)
	}
}

func manyAtOnce(t testing.TB, w *officeWorld) {
	const n = 6
	var kiosks [n]*Kiosk
	var batches [n]*sealed.Prepared
	for i := range n {
		kiosks[i] = w.kiosk(t, app.Kiosk(500+i))
		kiosks[i].Register(t, Person(1), "", "")
		batches[i] = kiosks[i].Seal(t)
	}
	inParallel(n, func(i int) {
		if _, err := w.take(t, kiosks[i], batches[i]); err != nil {
			t.Error(err)
		}
	})
	if f := w.figures(t); f.Accepted != 1 || f.Duplicates != n-1 {
		t.Errorf("%+v", f)
	}
}

func badEntry(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	good := k.Register(t, Person(1), "", "")
	bad := []app.EntryID{
		k.Add(t, journal.Kind(999), nil, nil),
		k.Add(t, journal.RegistrationCaptured, journal.RegistrationBody{Counter: 9}, nil),
		k.Add(t, journal.CardSent, []int{1}, nil),
	}
	also := k.Register(t, Person(2), "", "")
	raw, err := w.take(t, k, k.Seal(t))
	need(t, err)
	f, _, err := sealed.OpenFrame(raw, k.Chain, k.Opening, w.clerk.Roots(), w.at)
	need(t, err)
	r, err := sealed.ParseReceipt(f.Content, f.By)
	need(t, err)
	want := []app.Code{app.OfficeKindUnknown, app.OfficePartMissing, app.OfficeBodyBad}
	if len(r.Verdicts.Quarantined) != len(want) {
		t.Fatalf("%+v", r.Verdicts)
	}
	for i, q := range r.Verdicts.Quarantined {
		if q.Seq != bad[i].Seq || q.Code != want[i] {
			t.Errorf("%+v, want %s", q, want[i])
		}
	}
	if w.row(t, good).State != app.Accepted || w.row(t, also).State != app.Accepted {
		t.Error("the good ones were held up")
	}
}

func oneNumberTwice(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	number := digits11(w.leases(t, k, "member")[0].First)
	first := k.Register(t, Person(1), number, "")
	second := k.Register(t, Person(2), number, "")
	w.send(t, k)
	a, b := w.row(t, first), w.row(t, second)
	if string(a.Member) != number || b.State != app.Accepted || b.Member == a.Member || !b.Member.Valid() {
		t.Errorf("%+v and %+v", a.Registration, b.Registration)
	}
}
