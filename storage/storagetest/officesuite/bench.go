package officesuite

import (
	"testing"
	"time"

	"loket/app/office/books"
	"loket/app/sealed"
)

// Intake measures batches of 200 registrations into an engine.
func Intake(b *testing.B, open OpenOffice) {
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
	person := 0
	for b.Loop() {
		b.StopTimer()
		for range 200 {
			person++
			k.Register(b, Person(person), "", "")
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
}
