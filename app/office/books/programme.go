package books

import (
	"time"

	"loket/app"
	"loket/app/journal"
)

// Programme is a sponsor programme as the books know it.
type Programme struct {
	Scope     app.Scope
	Opened    app.EntryID // by which kiosk
	Terms     journal.ProgrammeBody
	OpenedAt  time.Time
	ChangedAt time.Time // zero: never
	ClosedAt  time.Time // zero: open
	People    People
	Newest    Version // of its list; zero: none has come
	Overlaps  int     // people whom somebody else pays for in the same months
}

// First is the first month that the programme pays.
func (p Programme) First() app.Month { return monthOf(p.Terms.First) }

// Last is the last one.
func (p Programme) Last() app.Month { return p.First().Add(p.Terms.Months - 1) }

func monthOf(n uint32) app.Month {
	return app.Month{Year: int(n / 100), Month: time.Month(n % 100)}
}

// People counts registrations by what became of them.
type People struct {
	Registered int // all of them
	Accepted   int
	Waiting    int // for a review or a decision
	Duplicates int
	Rejected   int
	Withdrawn  int
	Covered    int // of the accepted: cover has begun
}

// Add counts n registrations of a state more.
func (p *People) Add(state app.RegistrationState, cover app.Cover, n int) {
	p.Registered += n
	switch state {
	case app.Accepted:
		p.Accepted += n
		if cover == app.CoverBegun {
			p.Covered += n
		}
	case app.Duplicate:
		p.Duplicates += n
	case app.Rejected:
		p.Rejected += n
	case app.Withdrawn:
		p.Withdrawn += n
	default:
		p.Waiting += n
	}
}

// Join adds the people of another count.
func (p *People) Join(o People) {
	p.Registered += o.Registered
	p.Accepted += o.Accepted
	p.Waiting += o.Waiting
	p.Duplicates += o.Duplicates
	p.Rejected += o.Rejected
	p.Withdrawn += o.Withdrawn
	p.Covered += o.Covered
}

// Version is one list of a programme.
type Version struct {
	List     journal.RosterBody
	At       time.Time
	Operator string
	From     app.Chain
	Codes    []CodeCount // what its rows were rejected for and warned of, the most frequent first
}

// CodeCount is how often a code was given.
type CodeCount struct {
	Code app.Code
	N    int
}

// Change is what a kiosk wrote about a programme.
type Change struct {
	ID       app.EntryID
	Kind     journal.Kind
	Operator string
	At       time.Time
	Terms    journal.ProgrammeBody
}

// VillageCount is a village's people in a programme. The village is "" where it is none of those
// that were asked for.
type VillageCount struct {
	Village string
	People  People
}

// KioskCount is a kiosk's registrations in a programme.
type KioskCount struct {
	Chain  app.Chain
	Label  string
	People People
}

// Overlap is a person for whom two pay in the same months. The one that was accepted stands; the
// other is kept as a duplicate.
type Overlap struct {
	Registration app.EntryID // of the duplicate
	Scope        app.Scope
	Other        app.EntryID // the one that holds the NIK
	OtherScope   app.Scope
	From, To     app.Month             // the months that both pay
	State        app.RegistrationState // of the first: a person may have decided since
}

// Dossier is everything that is known of a programme.
type Dossier struct {
	Programme
	Changes  []Change
	Versions []Version // the newest first
	Kiosks   []KioskCount
	Villages []VillageCount
}

// Payment is what the books know of somebody who is registered already: who pays, for which months.
type Payment struct {
	Scope    app.Scope
	From, To app.Month
}

// Pays says whether the payment covers any of the months.
func (p Payment) Pays(from, to app.Month) bool { return !p.To.Before(from) && !to.Before(p.From) }
