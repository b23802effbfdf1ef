package roster

import (
	"strings"

	"loket/app"
	"loket/app/scheme"
)

// said is one thing that a list says of a person.
type said struct {
	field scheme.Field
	text  func(r *app.Record) string
	take  func(to, from *app.Record)
}

var sayings = []said{
	{scheme.FieldName, func(r *app.Record) string { return r.Person.Name }, func(to, from *app.Record) { to.Person.Name = from.Person.Name }},
	{scheme.FieldBirthPlace, func(r *app.Record) string { return r.Person.BirthPlace }, func(to, from *app.Record) { to.Person.BirthPlace = from.Person.BirthPlace }},
	{scheme.FieldBirthDate, func(r *app.Record) string { return r.Person.BirthDate.ISO() }, func(to, from *app.Record) { to.Person.BirthDate = from.Person.BirthDate }},
	{scheme.FieldSex, func(r *app.Record) string { return string(r.Person.Sex) }, func(to, from *app.Record) { to.Person.Sex = from.Person.Sex }},
	{scheme.FieldMotherName, func(r *app.Record) string { return r.Person.MotherName }, func(to, from *app.Record) { to.Person.MotherName = from.Person.MotherName }},
	{scheme.FieldFamilyCard, func(r *app.Record) string { return r.Person.FamilyCard }, func(to, from *app.Record) {
		to.Person.FamilyCard, to.Person.NoFamilyCard = from.Person.FamilyCard, false
	}},
	{scheme.FieldAddress, func(r *app.Record) string { return joinedAddress(r.Address) }, takeAddress},
	{scheme.FieldVillage, func(r *app.Record) string { return r.Address.Village }, func(to, from *app.Record) { to.Address.Village = from.Address.Village }},
	{scheme.FieldPhone, func(r *app.Record) string { return r.Reach.Phone }, func(to, from *app.Record) { to.Reach.Phone, to.Reach.NoPhone = from.Reach.Phone, false }},
	{scheme.FieldOccupation, func(r *app.Record) string { return r.Work.Occupation }, func(to, from *app.Record) { to.Work.Occupation = from.Work.Occupation }},
	{scheme.FieldFamilyContact, func(r *app.Record) string { return r.Family.Name }, takeFamily},
}

func joinedAddress(a app.Address) string {
	return strings.Trim(a.Street+"|"+a.RT+"|"+a.RW, "|")
}

func takeAddress(to, from *app.Record) {
	to.Address.Street, to.Address.RT, to.Address.RW = from.Address.Street, from.Address.RT, from.Address.RW
}

func takeFamily(to, from *app.Record) {
	to.Family.Name, to.Family.Relation, to.Family.None = from.Family.Name, from.Family.Relation, false
}

// Correct takes over into a record what a list now says otherwise than it did before, and names the
// fields. What was completed or corrected with the person since stays; an empty cell takes nothing
// away.
func Correct(record, before, now app.Record) (app.Record, []scheme.Field) {
	var fields []scheme.Field
	for _, s := range sayings {
		has, was, is := s.text(&record), s.text(&before), s.text(&now)
		if is == "" || is == was || has != was {
			continue
		}
		s.take(&record, &now)
		fields = append(fields, s.field)
	}
	return record, fields
}

// SaysSame says whether two rows of lists say the same of a person.
func SaysSame(a, b app.Record) bool {
	for _, s := range sayings {
		if s.text(&a) != s.text(&b) {
			return false
		}
	}
	return a.Person.NIK == b.Person.NIK
}
