package app

// Role says what an operator may do.
type Role string

// The roles.
const (
	RoleOfficer      Role = "officer"
	RoleVolunteer    Role = "volunteer"
	RoleSupervisor   Role = "supervisor"
	RoleDistribution Role = "distribution"
)

// Agency is whom an operator works for.
type Agency string

// The agencies.
const (
	AgencyInsurer Agency = "insurer"
	AgencyRegency Agency = "regency"
	AgencyVillage Agency = "village"
	AgencyPartner Agency = "partner"
)

// Operator is who is signed in. ID is short and not personal; Name is shown on screens only.
type Operator struct {
	ID     string
	Name   string
	Role   Role
	Agency Agency
	Key    []byte // Ed25519 public key, known to head office
	Event  string // where the operator works now; "" at the branch
	Tasks  []Task // those of an event pass; nil: whatever the role may do
}

// Author is who makes an entry. A record's author is who made it, not who was signed in when it
// was sent.
type Author struct {
	Operator string // operator ID; "" is the device itself
	Agency   Agency
	Event    string
}

// Author is the operator as the author of entries, at the event where the operator works.
func (o Operator) Author() Author {
	return Author{Operator: o.ID, Agency: o.Agency, Event: o.Event}
}
