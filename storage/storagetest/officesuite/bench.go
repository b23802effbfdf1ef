package officesuite

import (
	"fmt"
	"testing"
	"time"

	"loket/app"
	"loket/app/office/books"
	"loket/app/sealed"
)

// Intake measures batches of 200 walk-ins into an engine, each decided.
func Intake(b *testing.B, open OpenOffice) { intake(b, open, Person, false) }

// IntakeOfLists measures batches of 200 people of a sponsor's list.
func IntakeOfLists(b *testing.B, open OpenOffice) { intake(b, open, Listed, true) }

func intake(b *testing.B, open OpenOffice, of func(n int) app.Record, list bool) {
	at := time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC)
	clerk := NewClerk(b, at.Add(-time.Hour))
	w := &officeWorld{ctx: b.Context(), clerk: clerk, at: at, policy: books.Policy{
		FirstMember: 26_100_000_001, MemberBlock: 200, SerialBlocks: 4, Lease: 1000 * time.Hour, Authority: 1000 * time.Hour, Issuing: 1000 * time.Hour,
	}}
	w.store = open(b, clerk, w.policy)
	if err := w.store.Found(w.ctx, public(clerk.Key), at); err != nil {
		b.Fatal(err)
	}
	k := w.kiosk(b, 417)
	if list {
		k.Open(b, Scope(1), Terms())
	}
	person := 0
	for b.Loop() {
		b.StopTimer()
		for range 200 {
			person++
			k.Register(b, withNumber(of(person), person), "", "")
		}
		p := k.Seal(b)
		raw, err := p.Seal(clerk.Opening.Public())
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		batch, err := sealed.OpenBatch(raw, clerk.Opening, public(k.Device))
		if err == nil {
			_, err = w.store.Take(w.ctx, books.Delivery{Batch: batch, Raw: raw, At: at})
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(200*b.N), "µs/registration")
	b.ReportMetric(float64(200*b.N)/b.Elapsed().Seconds(), "registrations/s")
	if f := figuresOf(b, w); f.Accepted != person || f.Quarantined != 0 {
		b.Errorf("%+v of %d", f, person)
	}
}

func figuresOf(b *testing.B, w *officeWorld) books.Figures {
	b.Helper()
	f, err := w.store.Figures(w.ctx, w.at, w.at)
	if err != nil {
		b.Fatal(err)
	}
	return f
}

// withNumber gives a NIK of its own to more people than four digits can count.
func withNumber(r app.Record, n int) app.Record {
	r.Person.NIK = fmt.Sprintf("6471%02d%02d0190%04d", n/(28*9999)+1, n/9999%28+1, n%9999+1)
	return r
}
