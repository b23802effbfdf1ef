package app

// Programmes is a set of the three programmes; the bits are those of the card's claim.
type Programmes uint8

// The programmes.
const (
	WorkAccident Programmes = 1 << iota // JKK
	Death                               // JKM
	OldAge                              // JHT
)

// Has says whether all of p are in the set.
func (s Programmes) Has(p Programmes) bool { return s&p == p }

// String is "JKK+JKM", the form in data.
func (s Programmes) String() string {
	out := ""
	for i, name := range []string{"JKK", "JKM", "JHT"} {
		if s&(1<<i) != 0 {
			if out != "" {
				out += "+"
			}
			out += name
		}
	}
	return out
}

// Sector decides which contribution relief applies.
type Sector string

// The sectors.
const (
	SectorTransport Sector = "transport"
	SectorOther     Sector = "other"
)

// PayerKind says whose money pays. Family, a household's employer and a group rate as self, with
// the paying person recorded.
type PayerKind string

// The kinds of payer.
const (
	PayerSelf        PayerKind = "self"
	PayerFamily      PayerKind = "family"   // somebody of the family
	PayerEmployer    PayerKind = "employer" // of a household worker
	PayerGroup       PayerKind = "group"    // a group (wadah) for its members
	PayerAPBN        PayerKind = "apbn"
	PayerProvince    PayerKind = "apbd_province"
	PayerRegency     PayerKind = "apbd_regency" // a city too
	PayerVillage     PayerKind = "village"
	PayerCompany     PayerKind = "company"
	PayerDonor       PayerKind = "donor"
	PayerInstitution PayerKind = "institution"
)

// PayerKinds lists every kind, in the order in which screens offer them.
var PayerKinds = []PayerKind{PayerSelf, PayerFamily, PayerEmployer, PayerGroup, PayerRegency, PayerProvince, PayerAPBN, PayerVillage, PayerCompany, PayerDonor, PayerInstitution}

// Private says whether somebody pays out of the own pocket for one person or several: the rates are
// those of a person who pays alone, and the paying person is recorded.
func (k PayerKind) Private() bool {
	return k == PayerSelf || k == PayerFamily || k == PayerEmployer || k == PayerGroup
}

// Government says whether the state pays, so that the person need not.
func (k PayerKind) Government() bool {
	return k == PayerAPBN || k == PayerProvince || k == PayerRegency || k == PayerVillage
}

// Segment is the kind of membership.
type Segment string

// The segments.
const (
	SegmentBPU          Segment = "bpu"
	SegmentPU           Segment = "pu"
	SegmentConstruction Segment = "construction"
	SegmentMigrant      Segment = "migrant"
)
