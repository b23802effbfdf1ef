package officesuite

import (
	"testing"
	"time"

	"loket/app"
	"loket/app/office/books"
)

// oddDates: a registration that a wrong clock has dated years off is taken like any other, and marked; one
// that only waited long for a line is not.
func oddDates(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	const day = 24 * time.Hour
	enrolled := w.at
	dated := map[string]app.EntryID{}
	for i, one := range []struct {
		name  string
		off   time.Duration // of the moment of sending
		since time.Duration // the enrolment
	}{
		{"today", 0, 0},
		{"some hours ahead", 20 * time.Hour, 0},
		{"years ahead", 73 * 365 * day, 0},
		{"two days ahead", 2 * day, 0},
		{"waited for half a year", -180 * day, 200 * day},
		{"waited for two years", -730 * day, 800 * day},
		{"long before the kiosk was there", -60 * day, 10 * day},
		{"of the first days, before the enrolment arrived", -12 * day, 10 * day},
	} {
		w.at = enrolled.Add(one.since)
		k.At = w.at.Add(one.off)
		dated[one.name] = k.Register(t, Person(i), "", "")
		w.send(t, k)
	}
	want := map[string]bool{"years ahead": true, "two days ahead": true, "waited for two years": true, "long before the kiosk was there": true}
	f, err := w.store.Figures(w.ctx, w.at, w.at)
	need(t, err)
	if f.OddDates != len(want) {
		t.Errorf("%d are counted, want %d", f.OddDates, len(want))
	}
	only, err := w.store.Registrations(w.ctx, books.Filter{Odd: true, Limit: 20})
	need(t, err)
	if len(only) != len(want) {
		t.Errorf("%d are listed, want %d", len(only), len(want))
	}
	for name, id := range dated {
		row, err := w.store.Registration(w.ctx, id)
		need(t, err)
		if row.State != app.Accepted || !row.OddlyDated.IsZero() != want[name] {
			t.Errorf("%s: %s, marked %v", name, row.State, row.OddlyDated)
		}
	}
}
