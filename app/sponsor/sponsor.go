// Package sponsor is mass registration by a payer's list (J3): programmes with their decree and budget,
// lists in versions, rows that become registrations, and what a treasurer can follow.
package sponsor

import (
	"time"

	"loket/app"
)

// Programme is what a sponsor pays for: whose money, by which decree, for whom and how long.
type Programme = app.SponsorProgramme

// Standing is a programme with what came of it on this kiosk.
type Standing struct {
	Programme
	Registered int // persons
	Rejected   int // rows of the newest version
	Versions   int // of its list
	Left       int // in the version before and not in the newest
	Overlaps   int // persons whom another programme pays for in the same months
	OpenedAt   time.Time
}

// Version is one list of a programme that was taken in.
type Version = app.ListVersion

// Progress is how far an import has come.
type Progress struct {
	Done, Of int // rows
}

// Outcome is what an import did. Stopped by a person or a power cut, it goes on where it was when the
// same file is imported again.
type Outcome struct {
	Version
	Stopped bool
}

// Leaver is a person of the version before who is not in the newest. Nothing is ended by it.
type Leaver struct {
	Registration app.EntryID
	Name         string
	Village      string
}

// Overlap is a person whom two programmes pay for in the same months.
type Overlap struct {
	Registration app.EntryID // in this programme
	Other        app.Scope   // the other programme
	OtherName    string
	Name         string
	From, To     app.Month // the months that both pay
}

// Budget is arithmetic that a treasurer can follow: people x months x rate.
type Budget struct {
	People int // registered, or planned
	Months int
	Lines  []BudgetLine // one for each rate, in the order of the months
	Total  app.Rupiah
	Budget app.Rupiah // of the decree
	Left   app.Rupiah // Budget - Total; negative: too little
	// What the budget pays for at the first line's rate:
	PersonMonths int // Budget / rate
	PeopleAYear  int // PersonMonths / 12
}

// BudgetLine is consecutive months at one rate.
type BudgetLine struct {
	From, To app.Month
	Months   int
	Rate     app.Rupiah // a person a month
	Relief   int        // percent taken off JKK and JKM
	Total    app.Rupiah // people x months x rate
}
