package counter

import "loket/app/scheme"

// Field names one field of the form: in drafts, in problems and on the screen. Its label is
// field.<name>.
type Field = scheme.Field

// The fields that the form parts further than the rules of the scheme do.
const (
	RT             Field = "rt"
	RW             Field = "rw"
	Through        Field = "through" // reached through whom, without a phone
	PayerName      Field = "payer_name"
	FamilyName     Field = "family_name"
	FamilyRelation Field = "family_relation"
	FamilyPhone    Field = "family_phone"
)
