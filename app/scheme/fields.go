package scheme

import (
	"slices"

	"loket/app"
)

// Field names one thing that a registration asks. Its label is the sentence "field.<name>".
type Field string

// The fields of a registration.
const (
	FieldNIK           Field = "nik"
	FieldName          Field = "name"
	FieldBirthPlace    Field = "birth_place"
	FieldBirthDate     Field = "birth_date"
	FieldSex           Field = "sex"
	FieldMotherName    Field = "mother_name"
	FieldMarital       Field = "marital"
	FieldFamilyCard    Field = "family_card"
	FieldAddress       Field = "address"
	FieldVillage       Field = "village"
	FieldPhone         Field = "phone"
	FieldEmail         Field = "email"
	FieldOccupation    Field = "occupation"
	FieldBusinessOwner Field = "business_owner"
	FieldWorkPlace     Field = "work_place"
	FieldWorkingHours  Field = "working_hours"
	FieldIncome        Field = "income"
	FieldProgrammes    Field = "programmes"
	FieldPeriod        Field = "period"
	FieldFirstMonth    Field = "first_month"
	FieldPayer         Field = "payer"
	FieldPayerName     Field = "payer_name" // the paying person, agency or firm
	FieldGroup         Field = "group"      // wadah that the person belongs to
	FieldCampaign      Field = "campaign"
	FieldFamilyContact Field = "family_contact"
	FieldGuardian      Field = "guardian"
	FieldNotice        Field = "notice"
	FieldConsents      Field = "consents"
	FieldEvidence      Field = "evidence"
)

// Key is the key of the field's label.
func (f Field) Key() string { return "field." + string(f) }

// has tells whether a record answers a field. "No phone" and "no family" are answers.
var has = map[Field]func(app.Record) bool{
	FieldNIK:           func(r app.Record) bool { return r.Person.NIK != "" },
	FieldName:          func(r app.Record) bool { return r.Person.Name != "" },
	FieldBirthPlace:    func(r app.Record) bool { return r.Person.BirthPlace != "" },
	FieldBirthDate:     func(r app.Record) bool { return r.Person.BirthDate.Known() },
	FieldSex:           func(r app.Record) bool { return r.Person.Sex != "" },
	FieldMotherName:    func(r app.Record) bool { return r.Person.MotherName != "" },
	FieldMarital:       func(r app.Record) bool { return r.Person.Marital != "" },
	FieldFamilyCard:    func(r app.Record) bool { return r.Person.FamilyCard != "" || r.Person.NoFamilyCard },
	FieldAddress:       func(r app.Record) bool { return r.Address.Street != "" },
	FieldVillage:       func(r app.Record) bool { return r.Address.Village != "" },
	FieldPhone:         func(r app.Record) bool { return r.Reach.Phone != "" || r.Reach.NoPhone },
	FieldEmail:         func(r app.Record) bool { return r.Reach.Email != "" },
	FieldOccupation:    func(r app.Record) bool { return r.Work.Occupation != "" },
	FieldBusinessOwner: func(r app.Record) bool { return r.Work.BusinessOwner != nil },
	FieldWorkPlace:     func(r app.Record) bool { return r.Work.Place != "" },
	FieldWorkingHours:  func(r app.Record) bool { return r.Work.Hours != "" },
	FieldIncome:        func(r app.Record) bool { return r.Work.Income != 0 },
	FieldProgrammes:    func(r app.Record) bool { return r.Plan.Programmes != 0 },
	FieldPeriod:        func(r app.Record) bool { return r.Plan.Months != 0 },
	FieldFirstMonth:    func(r app.Record) bool { return r.Plan.FirstMonth != app.Month{} },
	FieldPayer:         func(r app.Record) bool { return r.Plan.Payer != "" },
	FieldPayerName:     func(r app.Record) bool { return r.Plan.Payer == app.PayerSelf || r.Plan.PayerName != "" },
	FieldGroup:         func(r app.Record) bool { return r.Plan.Group != "" },
	FieldCampaign:      func(r app.Record) bool { return r.Campaign != "" },
	FieldFamilyContact: func(r app.Record) bool { return r.Family.None || r.Family.Name != "" },
	FieldGuardian:      func(r app.Record) bool { return r.Guardian != "" },
	FieldNotice:        func(r app.Record) bool { return r.Notice != nil },
	FieldConsents:      func(r app.Record) bool { return len(r.Consents) > 0 },
	FieldEvidence:      func(r app.Record) bool { return len(r.Evidence) > 0 },
}

// Required lists what a registration from a source must have. A source that the rule set does not
// name asks as much as the counter does.
func (r *Rules) Required(s app.Source) []Field {
	fields, ok := r.Asking.Required[s]
	if !ok {
		fields = r.Asking.Required[app.SourceWalkIn]
	}
	return slices.Clone(fields)
}

// Missing lists the required fields that a record does not answer yet, as of a day, with what its
// other answers ask for.
func (r *Rules) Missing(rec app.Record, at app.Date) []Field {
	required := r.Required(rec.Source)
	for _, f := range r.follows(rec, at) {
		if !slices.Contains(required, f) {
			required = append(required, f)
		}
	}
	return slices.DeleteFunc(required, func(f Field) bool { return has[f](rec) })
}

// follows is what a record must have because of what it says: a guardian below an age, the name of
// who pays for somebody else, the name of a group that pays. A list is completed at the handover.
func (r *Rules) follows(rec app.Record, at app.Date) (fields []Field) {
	if rec.Source == app.SourceList {
		return nil
	}
	if rec.Person.BirthDate.Known() && rec.Person.BirthDate.AgeAt(at) < r.Ages.GuardianUntil {
		fields = append(fields, FieldGuardian)
	}
	switch rec.Plan.Payer {
	case "", app.PayerSelf:
	case app.PayerGroup:
		fields = append(fields, FieldGroup, FieldPayerName)
	default:
		fields = append(fields, FieldPayerName)
	}
	return fields
}

// Fields lists every field.
func Fields() []Field {
	var fields []Field
	for f := range has {
		fields = append(fields, f)
	}
	slices.Sort(fields)
	return fields
}
