package app

import "time"

// EmployerLead is a small employer (PU) that wants to register its workers: the branch calls it. No
// contribution is worked out or collected. All but the number of workers is personal.
type EmployerLead struct {
	ID       EntryID // its lead.employer entry
	At       time.Time
	Operator string
	Name     string
	NPP      string // number of the employer, where it has one
	Contact  string // whom to ask for
	Phone    string // E.164
	Address  string
	Workers  int
	Names    []string // of the workers, as far as they were told
}

// ReferralWhy is why somebody was sent elsewhere.
type ReferralWhy string

// The reasons for which the counter refers.
const (
	ReferConstruction ReferralWhy = "construction" // insured by project, by who builds
	ReferMigrant      ReferralWhy = "migrant"      // insured before leaving
	ReferFormer       ReferralWhy = "former"       // 65 or older, and a member before
)

// Referrals lists the reasons, in the order in which screens offer them.
var Referrals = []ReferralWhy{ReferConstruction, ReferMigrant, ReferFormer}

// Referral is somebody whom the counter sent elsewhere, with a printed slip.
type Referral struct {
	ID       EntryID // its registration.referred entry
	At       time.Time
	Operator string
	Why      ReferralWhy
	Name     string // both may be empty: nobody must tell
	Phone    string
}
