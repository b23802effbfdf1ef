package app

import "slices"

// Lacking is what a registration record still misses and somebody can fill in afterwards, from the
// picture of the e-KTP or the signed archive sheet. What nobody must ever tell is not in it.
type Lacking uint16

// What a record can lack.
const (
	LacksEvidence Lacking = 1 << iota // neither signature, thumbprint nor signed sheet
	LacksEKTP                         // no picture of the e-KTP
	LacksBirthPlace
	LacksMarital
	LacksFamilyCard
	LacksNeighbourhood // RT and RW
	LacksWorkPlace
	LacksWorkHours
	LacksBank // with JHT only
)

// LackingNames name what can be lacking, in the order in which screens show it.
var LackingNames = []struct {
	Lack Lacking
	Name string
}{
	{LacksEvidence, "evidence"},
	{LacksEKTP, "ektp"},
	{LacksBirthPlace, "birth_place"},
	{LacksMarital, "marital"},
	{LacksFamilyCard, "family_card"},
	{LacksNeighbourhood, "rt"},
	{LacksWorkPlace, "work_place"},
	{LacksWorkHours, "working_hours"},
	{LacksBank, "bank"},
}

// Has says whether all of what is named are lacking.
func (l Lacking) Has(what Lacking) bool { return l&what == what }

// Names lists what is lacking.
func (l Lacking) Names() (names []string) {
	for _, n := range LackingNames {
		if l.Has(n.Lack) {
			names = append(names, n.Name)
		}
	}
	return names
}

// Kinds of evidence.
const (
	EvidenceSignature    = "signature"
	EvidenceThumbprint   = "thumbprint"
	EvidencePhoto        = "photo"
	EvidenceEKTP         = "ektp"
	EvidenceArchiveSheet = "archive_sheet"
)

// Lacks tells what a record still misses.
func (r Record) Lacks() (lacks Lacking) {
	for i, missing := range [...]bool{ // in the order of the constants
		!r.HasEvidence(EvidenceSignature, EvidenceThumbprint, EvidenceArchiveSheet),
		!r.HasEvidence(EvidenceEKTP),
		r.Person.BirthPlace == "",
		r.Person.Marital == "",
		r.Person.FamilyCard == "" && !r.Person.NoFamilyCard,
		r.Address.RT == "" && r.Address.RW == "",
		r.Work.Place == "",
		r.Work.Hours == "",
		r.Plan.Programmes.Has(OldAge) && r.Bank == (Bank{}),
	} {
		if missing {
			lacks |= 1 << i
		}
	}
	return lacks
}

// HasEvidence says whether a record has evidence of any of some kinds.
func (r Record) HasEvidence(kinds ...string) bool {
	return slices.ContainsFunc(r.Evidence, func(e Evidence) bool { return slices.Contains(kinds, e.Kind) })
}

// LacksOfList says whether a list left open what is asked of everybody at the handover, often the only
// meeting: whom to tell, how to reach the person, the mother's name.
func (r Record) LacksOfList() bool {
	return r.Source == SourceList &&
		(r.Family == (FamilyContact{}) || r.Reach.Phone == "" && !r.Reach.NoPhone || r.Person.MotherName == "")
}
