package counter

import (
	"loket/app"
	"loket/app/identity"
	"loket/app/scheme"
)

// Pair is one thing of two records, side by side. What one of them does not have is no difference.
type Pair struct {
	Field      Field
	Here, Else string
	Differs    bool
}

// Pairs compares two records, field by field, as a person does who must tell whether they are one
// human being; what neither has is left out.
func Pairs(here, other app.Record, village func(code string) string) []Pair {
	var pairs []Pair
	add := func(f Field, a, b string) {
		if a != "" || b != "" {
			pairs = append(pairs, Pair{f, a, b, a != "" && b != "" && a != b})
		}
	}
	add(scheme.FieldName, here.Person.Name, other.Person.Name)
	add(scheme.FieldNIK, fours(here.Person.NIK), fours(other.Person.NIK))
	add(scheme.FieldBirthPlace, here.Person.BirthPlace, other.Person.BirthPlace)
	add(scheme.FieldBirthDate, here.Person.BirthDate.String(), other.Person.BirthDate.String())
	add(scheme.FieldMotherName, here.Person.MotherName, other.Person.MotherName)
	add(scheme.FieldFamilyCard, fours(here.Person.FamilyCard), fours(other.Person.FamilyCard))
	add(scheme.FieldAddress, here.Address.Street, other.Address.Street)
	add(scheme.FieldVillage, village(here.Address.Village), village(other.Address.Village))
	add(scheme.FieldPhone, identity.FormatPhone(here.Reach.Phone), identity.FormatPhone(other.Reach.Phone))
	return pairs
}

// fours shows 16 digits in fours.
func fours(digits string) string {
	if len(digits) != 16 {
		return digits
	}
	return digits[:4] + " " + digits[4:8] + " " + digits[8:12] + " " + digits[12:]
}
