package counter

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"loket/app"
	"loket/app/scheme"
)

// Fields of a record that the rules of the scheme do not name.
const (
	fieldBank   Field = "bank"
	fieldTraits Field = "traits"
	fieldHelp   Field = "help"
	fieldGroup  Field = "group"
)

// parts gives what stands in a field of a record, for comparing two of them. Evidence is added and
// never changed, so it is none of them.
var parts = map[Field]func(app.Record) any{
	scheme.FieldNIK:           func(r app.Record) any { return r.Person.NIK },
	scheme.FieldName:          func(r app.Record) any { return r.Person.Name },
	scheme.FieldBirthPlace:    func(r app.Record) any { return r.Person.BirthPlace },
	scheme.FieldBirthDate:     func(r app.Record) any { return r.Person.BirthDate },
	scheme.FieldSex:           func(r app.Record) any { return r.Person.Sex },
	scheme.FieldMotherName:    func(r app.Record) any { return r.Person.MotherName },
	scheme.FieldMarital:       func(r app.Record) any { return r.Person.Marital },
	scheme.FieldFamilyCard:    func(r app.Record) any { return familyCard{r.Person.FamilyCard, r.Person.NoFamilyCard} },
	scheme.FieldAddress:       func(r app.Record) any { return r.Address.Street },
	RT:                        func(r app.Record) any { return r.Address.RT },
	RW:                        func(r app.Record) any { return r.Address.RW },
	scheme.FieldVillage:       func(r app.Record) any { return r.Address.Village },
	scheme.FieldPhone:         func(r app.Record) any { return r.Reach.Phone },
	Through:                   func(r app.Record) any { return r.Reach.Through },
	scheme.FieldEmail:         func(r app.Record) any { return r.Reach.Email },
	scheme.FieldOccupation:    func(r app.Record) any { return r.Work.Occupation },
	scheme.FieldBusinessOwner: func(r app.Record) any { return owner(r.Work) },
	scheme.FieldWorkPlace:     func(r app.Record) any { return r.Work.Place },
	scheme.FieldWorkingHours:  func(r app.Record) any { return r.Work.Hours },
	scheme.FieldIncome:        func(r app.Record) any { return r.Work.Income },
	scheme.FieldProgrammes:    func(r app.Record) any { return r.Plan.Programmes },
	scheme.FieldPeriod:        func(r app.Record) any { return r.Plan.Months },
	scheme.FieldFirstMonth:    func(r app.Record) any { return r.Plan.FirstMonth },
	scheme.FieldPayer:         func(r app.Record) any { return r.Plan.Payer },
	PayerName:                 func(r app.Record) any { return r.Plan.PayerName },
	fieldGroup:                func(r app.Record) any { return r.Plan.Group },
	FamilyName:                func(r app.Record) any { return r.Family.Name },
	FamilyRelation:            func(r app.Record) any { return r.Family.Relation },
	FamilyPhone:               func(r app.Record) any { return r.Family.Phone },
	scheme.FieldGuardian:      func(r app.Record) any { return r.Guardian },
	fieldHelp:                 func(r app.Record) any { return strings.Join(r.Help, " ") },
	fieldBank:                 func(r app.Record) any { return r.Bank },
	fieldTraits:               func(r app.Record) any { return r.Traits },
}

// familyCard is the number, or the answer that there is none.
type familyCard struct {
	number string
	none   bool
}

// owner is the answer to "are you a business owner?" as text: "" not asked.
func owner(w app.Work) string {
	if w.BusinessOwner == nil {
		return ""
	}
	return map[bool]string{true: "yes", false: "no"}[*w.BusinessOwner]
}

// Differences lists the fields in which two records differ, by name; filled are those that were empty
// before.
func Differences(before, after app.Record) (changed, filled []Field) {
	for field, part := range parts {
		a, b := part(before), part(after)
		switch {
		case a == b:
		case reflect.ValueOf(a).IsZero():
			filled = append(filled, field)
		case field == fieldTraits && both(before.Traits, after.Traits):
			filled = append(filled, field)
		default:
			changed = append(changed, field)
		}
	}
	switch { // "has none" is an answer, too
	case before.Reach.NoPhone == after.Reach.NoPhone:
	case !before.Reach.NoPhone && before.Reach.Phone == "":
		filled = append(filled, scheme.FieldPhone)
	case !slices.Contains(changed, scheme.FieldPhone):
		changed = append(changed, scheme.FieldPhone)
		filled = slices.DeleteFunc(filled, func(f Field) bool { return f == scheme.FieldPhone })
	}
	switch {
	case before.Family.None == after.Family.None:
	case before.Family == (app.FamilyContact{}):
		filled = append(filled, scheme.FieldFamilyContact)
	default:
		changed = append(changed, scheme.FieldFamilyContact)
	}
	slices.Sort(changed)
	slices.Sort(filled)
	return changed, filled
}

// both says whether what was told before still stands beside what was told now.
func both(before, after app.Traits) bool {
	return (!before.Disabled || after.Disabled) && (!before.FemaleHead || after.FemaleHead)
}

// added lists the evidence of a record that another does not have.
func added(before, after app.Record) []app.Evidence {
	return slices.DeleteFunc(slices.Clone(after.Evidence), func(e app.Evidence) bool {
		return slices.Contains(before.Evidence, e)
	})
}

// worse says why a record may not take the place of another, or nil: a field that was changed is wrong
// in itself, the person may not be registered by the changed birth date, or something required would
// become empty. What was wrong or missing before keeps nobody from mending something else. Ages are
// those of the day of registration.
func (x *Records) worse(before, after app.Record, fields []Field, at time.Time) error {
	rules := x.counter.rules()
	today := app.DateOf(at)
	for _, p := range rules.Scheme.Wrong(after, today, rules.Regions) {
		if !p.Warning && slices.Contains(fields, p.Field) {
			return &app.Error{Code: app.RegistrationUnreadable, Err: p.Err}
		}
	}
	if slices.Contains(fields, scheme.FieldBirthDate) || slices.Contains(fields, scheme.FieldNIK) {
		if v := scheme.Eligible(rules.Scheme, after.Person.BirthDate, today, false); v.Problem != nil {
			return v.Problem
		}
	}
	missing := rules.Scheme.Missing(before, today)
	for _, field := range rules.Scheme.Missing(after, today) {
		if !slices.Contains(missing, field) && field != scheme.FieldGuardian {
			return app.Fail(app.RecordWorse, "field", field)
		}
	}
	return nil
}

func namesOf(fields []Field) (names []string) {
	for _, f := range fields {
		names = append(names, string(f))
	}
	return names
}
