package app

import "time"

// SponsorProgramme is what a sponsor pays for: whose money, by which decree, for whom and how long.
type SponsorProgramme struct {
	Scope      Scope
	Name       string
	Payer      PayerKind
	PayerName  string
	Decree     string // number of the SK
	DecreeDay  Date
	Programmes Programmes
	First      Month
	Months     int
	Target     int    // people; 0 not said
	Budget     Rupiah // 0 not said
	Level      int    // of evidence that counts as delivered, 1 to 3
	Region     string // of its lists: a regency, district or village code
	Release    string // condition of payment, in words
	Closed     bool
}

// Last is the last month that the programme pays.
func (p SponsorProgramme) Last() Month { return p.First.Add(p.Months - 1) }

// ProgrammeCount is what came of a programme on this kiosk.
type ProgrammeCount struct {
	Registered int // persons
	Rejected   int // rows of the newest version of its list
	Versions   int
	Left       int // in the version before and not in the newest
	OpenedAt   time.Time
}

// ListVersion is one list of a programme that was taken in.
type ListVersion struct {
	Number    int
	AsOf      Date
	At        time.Time // when the import ended; zero while it has not
	Rows      int
	Rejected  int
	New       int
	Corrected int
	Unchanged int
	Left      int
	Operator  string
}

// ListFile is a judged list on its way into the books.
type ListFile struct {
	Scope    Scope
	File     [32]byte // SHA-256 of the file
	Judged   [32]byte // SHA-256 of who was accepted and who was not: the same means the same import
	AsOf     Date
	Rows     int
	Rejected int
}

// ListTaking is how far a list is taken in.
type ListTaking struct {
	Scope Scope
	ListVersion
	Rules string // version of the rule set that judges
	Done  int    // rows
	Ended bool   // nothing is left to do
}

// ListRow is one judged row of a list.
type ListRow struct {
	Sheet    int    // number of the sheet, from 0
	Line     int    // row of the sheet, or line of the text file
	Accepted bool   // the record is to be registered
	Codes    []Code // reasons of the rejection, or warnings
	Record   Record // of an accepted row
}

// ListedRow is an accepted row as the payer holds it: the salt opens the commitment of the order.
type ListedRow struct {
	Registration EntryID
	Person       Person
	Village      string
	RowProof
}

// PaidTwice is one NIK under two payers, seen from a programme.
type PaidTwice struct {
	Registration EntryID
	Scope        Scope
	Other        EntryID
	OtherScope   Scope
}
