package scheme

import (
	"fmt"
	"slices"
	"strings"

	"loket/app"
	"loket/app/identity"
	"loket/app/region"
)

// Problem is a field whose value is wrong, or, as a warning, only worth a look. Err makes the
// sentence. A warning never blocks.
type Problem struct {
	Field   Field
	Err     *app.Error
	Warning bool
}

// Wrong lists what is wrong with the values of a record, as of a day. What is missing is Missing's
// matter: an empty value is never wrong.
func (r *Rules) Wrong(rec app.Record, at app.Date, regions *region.Table) []Problem {
	problems := wrongPerson(rec, at, regions)
	if rec.Person.BirthDate.Known() {
		if v := Eligible(r, rec.Person.BirthDate, at, false); v.Problem != nil {
			problems = append(problems, Problem{Field: FieldBirthDate, Err: v.Problem})
		}
	}
	return append(problems, r.wrongPlan(rec)...)
}

func wrongPerson(rec app.Record, at app.Date, regions *region.Table) []Problem {
	var problems []Problem
	say := func(f Field, warning bool, codes ...app.Code) {
		for _, code := range codes {
			if code != "" {
				problems = append(problems, Problem{f, app.Fail(code), warning})
			}
		}
	}
	p := rec.Person
	if p.NIK != "" {
		nik := identity.Check(p.NIK, regions.Knowledge, at)
		say(FieldNIK, false, nik.Errors...)
		say(FieldNIK, true, nik.Warnings...)
		if nik.Valid() {
			say(FieldNIK, true, nik.Against(p.BirthDate, p.Sex)...)
		}
	}
	_, card := identity.CheckFamilyCard(p.FamilyCard)
	say(FieldFamilyCard, false, card)
	if card == "" && identity.Swapped(p.NIK, p.FamilyCard, p.BirthDate, at) {
		say(FieldFamilyCard, true, app.FamilyCardSwapped)
	}
	_, phone := identity.CleanPhone(rec.Reach.Phone)
	say(FieldPhone, false, phone)
	_, contact := identity.CleanPhone(rec.Family.Phone)
	say(FieldFamilyContact, false, contact)
	if !villageFits(rec.Address.Village, regions) {
		say(FieldVillage, false, app.VillageUnknown)
	}
	return problems
}

// villageFits accepts every village of a known district where the table has no villages yet.
func villageFits(code string, regions *region.Table) bool {
	if code == "" {
		return true
	}
	if p, ok := regions.Lookup(code); ok {
		return p.Kind == region.Desa || p.Kind == region.Kelurahan
	}
	digits := identity.CleanDigits(code)
	if len(digits) != 10 || regions.HasVillages(digits) {
		return false
	}
	_, ok := regions.Lookup(digits[:6])
	return ok
}

func (r *Rules) wrongPlan(rec app.Record) []Problem {
	var problems []Problem
	say := func(f Field, err *app.Error) { problems = append(problems, Problem{Field: f, Err: err}) }
	plan, work := rec.Plan, rec.Work
	if _, ok := r.Occupation(work.Occupation); !ok && work.Occupation != "" {
		say(FieldOccupation, app.Fail(app.OccupationUnknown))
	}
	if work.Income < 0 {
		say(FieldIncome, app.Fail(app.IncomeNegative))
	}
	switch chosen := plan.Programmes; {
	case chosen == 0:
	case !chosen.Has(r.Always):
		say(FieldProgrammes, app.Fail(app.ProgrammesIncomplete))
	case chosen&^(r.Always|r.Optional) != 0:
		say(FieldProgrammes, app.Fail(app.ProgrammesUnknown, "programmes", chosen))
	case r.OldAgeNeeded(work) && !chosen.Has(r.OwnerNeeds):
		say(FieldProgrammes, app.Fail(app.OldAgeForOwner))
	}
	if plan.Payer != "" && !slices.Contains(app.PayerKinds, plan.Payer) {
		say(FieldPayer, app.Fail(app.PayerUnknown, "payer", plan.Payer))
	}
	if err := r.wrongPeriod(plan); err != nil {
		say(FieldPeriod, err)
	}
	return problems
}

// wrongPeriod: who pays out of the own pocket, for one person or several, chooses from the periods; a
// sponsor's order sets its own.
func (r *Rules) wrongPeriod(plan app.Plan) *app.Error {
	switch {
	case plan.Months == 0:
		return nil
	case plan.Months < 0 || plan.Months > MostMonths:
		return app.Fail(app.MonthsImpossible, "most", MostMonths)
	case plan.Payer.Private() && !slices.Contains(r.Periods, plan.Months):
		return app.Fail(app.PeriodUnknown, "months", plan.Months, "periods", strings.Join(strings.Fields(strings.Trim(fmt.Sprint(r.Periods), "[]")), ", "))
	}
	return nil
}
