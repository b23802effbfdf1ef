package app

import "time"

// Counted says whom a report counts: who was registered from a moment until another, at an event,
// under a payer's scope. No event and no scope are everybody.
type Counted struct {
	From, Until time.Time
	Event       string
	Scope       *Scope
}

// Cell counts registrations that agree in all of it. It holds nothing about a single person.
type Cell struct {
	Hour     int // since the beginning of what is counted
	State    RegistrationState
	Operator string
	Village  string // official code, "" not known
	Payer    PayerKind
	Scope    Scope
	Count    int
}

// CardCount is what happened to the cards of those who are counted, in the same time.
type CardCount struct {
	Confirmed, Handed int
}
