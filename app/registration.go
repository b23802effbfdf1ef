package app

import "time"

// Sex as on the e-KTP.
type Sex string

// The values that an e-KTP knows.
const (
	Female Sex = "female"
	Male   Sex = "male"
)

// Person is who somebody is, as on the e-KTP. All of it is personal data.
type Person struct {
	NIK        string // 16 digits
	Name       string // LegalName, as on the e-KTP
	BirthPlace string
	BirthDate  Date
	Sex        Sex
	MotherName string
	Marital    string // single, married, divorced, widowed; "" not asked
	FamilyCard string // No. KK, 16 digits, may be empty
	// NoFamilyCard is "tidak punya KK": asked, and there is none.
	NoFamilyCard bool
}

// Address is where somebody lives.
type Address struct {
	Street  string
	RT, RW  string
	Village string // official code "64.71.01.1001"
}

// Reach is how to reach somebody.
type Reach struct {
	Phone   string // E.164, "" when there is none
	NoPhone bool   // "tidak punya HP": asked, and there is none
	Through string // reached through whom, when there is no phone
	Email   string
}

// Work is what somebody does for a living.
type Work struct {
	Occupation    string // code of the rule set's list
	BusinessOwner *bool  // nil: not asked yet. An owner must take JHT
	Place         string
	Hours         string
	Income        Rupiah // a month
}

// Plan is what is covered, for how long, and who pays.
type Plan struct {
	Programmes Programmes
	FirstMonth Month
	Months     int
	Payer      PayerKind
	PayerName  string // the paying person, agency or firm; "" when people pay for themselves
	Group      string // wadah that the person belongs to, "" none
}

// FamilyContact is whom to tell; it names no heir.
type FamilyContact struct {
	Name     string
	Relation string // spouse, child, parent, sibling, other
	Phone    string
	None     bool // no family: reached through the RT head
}

// Consent is one purpose with the answer that the person chose.
type Consent struct {
	Purpose string // whatsapp, event_photo
	Given   bool
	Text    string // version of the text that was shown
}

// Notice says that the legal notice was given. It is not a consent.
type Notice struct {
	Text string // version of the text
	Read bool   // read aloud
}

// Evidence is an attachment of a record: a picture or signature, by the hash of its plain bytes.
type Evidence struct {
	Kind string // signature, thumbprint, photo, ektp, archive_sheet
	Hash [32]byte
	Size int64
}

// Bank is the account that an old-age saving (JHT) is paid out to.
type Bank struct {
	Name    string
	Account string // digits
	Holder  string
}

// Traits are what a person may tell, never must. Each is only ever true because the person said so.
type Traits struct {
	Disabled   bool // penyandang disabilitas
	FemaleHead bool // a woman who heads her household
}

// Agreement is how notice and consents were given.
type Agreement struct {
	How    string // spoken, signed, thumb, sheet; "" not recorded
	ReadBy string // operator who read the texts aloud, "" nobody
}

// RowProof ties a registration to its row of a sponsor's list: the order holds the commitments, the
// payer holds rows and salts.
type RowProof struct {
	Salt       [16]byte
	Commitment [32]byte // SHA-256("loket/row/1" || salt || CBOR [NIK, name, birth date, village])
}

// Source is where a registration came from.
type Source string

// The sources.
const (
	SourceWalkIn  Source = "walk_in"
	SourceEvent   Source = "event"
	SourcePartner Source = "partner"
	SourceList    Source = "list"
)

// Record is the registration record: everything that was asked. It is personal data and travels
// only as the personal part of an entry.
type Record struct {
	Person   Person
	Address  Address
	Reach    Reach
	Work     Work
	Plan     Plan
	Family   FamilyContact
	Guardian string
	Help     []string // help needed: companion, read_aloud, home_delivery, chat
	Notice   *Notice
	Consents []Consent
	Evidence []Evidence
	Source   Source
	Campaign string
	Bank     Bank // only with JHT
	Traits   Traits
	Agreed   Agreement
}

// RegistrationState is how far a registration has come. Only head office makes one accepted.
type RegistrationState string

// The states of a registration.
const (
	Draft       RegistrationState = "draft"
	Captured    RegistrationState = "captured" // "terdaftar, menunggu persetujuan"
	NeedsReview RegistrationState = "needs_review"
	Accepted    RegistrationState = "accepted"
	Duplicate   RegistrationState = "duplicate"
	Rejected    RegistrationState = "rejected"
	Withdrawn   RegistrationState = "withdrawn"
)

// Cover is whether the insurance runs. Only head office says so.
type Cover string

// The states of cover.
const (
	CoverNone  Cover = ""      // head office has not said anything
	CoverBegun Cover = "begun" // active
	CoverEnded Cover = "ended"
)

// Registration is a record together with what became of it.
type Registration struct {
	ID         EntryID // its registration.captured entry
	Scope      Scope   // ScopeSelfPayers, or the sponsor programme
	Number     ProvisionalNumber
	State      RegistrationState
	Reason     Code // why it was rejected or needs review
	Member     MemberNumber
	Cover      Cover
	CoverFrom  Date
	CapturedAt time.Time
	DecidedAt  time.Time // by head office; zero while it has not spoken
	Operator   string
	Record     Record
	Revision   uint64     // seq of the entry that the record stands in
	Review     ReviewMark // at the counter
}
