package storagetest

import (
	"fmt"
	"testing"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/sealed"
	"loket/storage/kiosk"
)

// Person is the complete record of an invented walk-in. Each number is another person.
func Person(n int) app.Record {
	owner := false
	return app.Record{
		Person: app.Person{
			NIK: fmt.Sprintf("647101451090%04d", n), Name: "SITI AMINAH", MotherName: "HALIMAH", Sex: app.Female,
			BirthDate: app.Date{Year: 1990, Month: 10, Day: 5},
		},
		Address: app.Address{Street: "Jl. Mulawarman No. 12", RT: "014", RW: "003", Village: "64.71.01.1001"},
		Reach:   app.Reach{Phone: fmt.Sprintf("+628125566%04d", n)},
		Work:    app.Work{Occupation: "trader", BusinessOwner: &owner, Income: 900_000},
		Plan:    app.Plan{Programmes: app.WorkAccident | app.Death, FirstMonth: app.Month{Year: 2026, Month: 12}, Months: 1, Payer: app.PayerSelf},
		Family:  app.FamilyContact{Name: "ABDUL RAHMAN", Relation: "spouse", Phone: "+6281300000001"},
		Notice:  &app.Notice{Text: "1", Read: true},
		Source:  app.SourceWalkIn,
	}
}

// Register captures somebody.
func Register(t testing.TB, s *kiosk.Store, record app.Record) app.Registration {
	t.Helper()
	r, err := s.Capture(t.Context(), Supervisor.Author(), "", record, journal.RegistrationBody{Rules: "2026.1"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Post makes the frames that a kiosk applies, each following the one before.
type Post struct {
	number uint64
	last   [32]byte
}

// Next is the next frame of a kind, with its hash.
func (p *Post) Next(kind sealed.FrameKind) (sealed.Frame, [32]byte) {
	f := sealed.Frame{Chain: Chain, Number: p.number + 1, Previous: p.last, Issued: time.UnixMilli(1795150000000), Kind: kind}
	p.number++
	p.last = [32]byte{byte(p.number), byte(p.number >> 8)}
	return f, p.last
}

// Lease lends the kiosk numbers that hold until a moment.
func (p *Post) Lease(t testing.TB, s *kiosk.Store, l journal.LeaseBody, until time.Time) {
	t.Helper()
	l.Expires = until.UnixMilli()
	f, hash := p.Next(sealed.FrameLease)
	if err := s.ApplyLease(t.Context(), f, hash, l); err != nil {
		t.Fatal(err)
	}
}
