package scheme_test

import (
	"slices"
	"testing"

	"loket/app"
	"loket/app/region"
	"loket/app/scheme"
)

var today = app.Date{Year: 2026, Month: 11, Day: 20}

func walkIn() app.Record {
	owner := false
	return app.Record{
		Person:  app.Person{NIK: "6471014510900003", Name: "SITI CONTOH", BirthDate: app.Date{Year: 1990, Month: 10, Day: 5}, Sex: app.Female, MotherName: "IBU CONTOH"},
		Address: app.Address{Street: "Jl. Contoh 1", Village: "64.71.01.1001"},
		Reach:   app.Reach{NoPhone: true, Through: "Ketua RT"},
		Work:    app.Work{Occupation: "trader", BusinessOwner: &owner, Income: 900_000},
		Plan:    app.Plan{Programmes: app.WorkAccident | app.Death, FirstMonth: app.Month{Year: 2026, Month: 12}, Months: 6, Payer: app.PayerSelf},
		Family:  app.FamilyContact{None: true},
		Notice:  &app.Notice{Text: "notice-2026.1"},
		Source:  app.SourceWalkIn,
	}
}

func TestMissing(t *testing.T) {
	rules := scheme.Embedded()
	change := func(f func(*app.Record)) app.Record { r := walkIn(); f(&r); return r }
	list := app.Record{Source: app.SourceList}
	for _, c := range []struct {
		name string
		rec  app.Record
		want []scheme.Field
	}{
		{"a whole record", walkIn(), nil},
		{"an empty list row", list, rules.Required(app.SourceList)},
		{"an empty counter record", app.Record{Source: app.SourceWalkIn}, rules.Required(app.SourceWalkIn)},
		{"a source that nobody knows asks like the counter", app.Record{Source: "?"}, rules.Required(app.SourceWalkIn)},
		{"neither phone nor its absence", change(func(r *app.Record) { r.Reach.NoPhone = false }), []scheme.Field{scheme.FieldPhone}},
		{"neither family nor its absence", change(func(r *app.Record) { r.Family.None = false }), []scheme.Field{scheme.FieldFamilyContact}},
		{"not asked whether a business owner", change(func(r *app.Record) { r.Work.BusinessOwner = nil }), []scheme.Field{scheme.FieldBusinessOwner}},
		{"no notice", change(func(r *app.Record) { r.Notice = nil }), []scheme.Field{scheme.FieldNotice}},
		{"a minor without guardian", change(func(r *app.Record) { r.Person.BirthDate.Year = 2010 }), []scheme.Field{scheme.FieldGuardian}},
		{"a minor with guardian", change(func(r *app.Record) { r.Person.BirthDate.Year, r.Guardian = 2010, "IBU CONTOH" }), nil},
	} {
		if got := rules.Missing(c.rec, today); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if got := len(rules.Required(app.SourceList)); got != 5 {
		t.Errorf("a list needs %d fields", got)
	}
}

func TestWrong(t *testing.T) {
	yes := true
	for _, c := range []struct {
		name    string
		change  func(*app.Record)
		field   scheme.Field
		code    app.Code
		warning bool
	}{
		{"nothing", func(*app.Record) {}, "", "", false},
		{"short NIK", func(r *app.Record) { r.Person.NIK = "647101" }, scheme.FieldNIK, app.NIKLength, false},
		{"another birth date", func(r *app.Record) { r.Person.BirthDate.Day = 6 }, scheme.FieldNIK, app.NIKBirthDateDiffers, true},
		{"another sex", func(r *app.Record) { r.Person.Sex = app.Male }, scheme.FieldNIK, app.NIKSexDiffers, true},
		{"an old region", func(r *app.Record) { r.Person.NIK = "6499014510900003" }, scheme.FieldNIK, app.NIKRegionOld, true},
		{"family card", func(r *app.Record) { r.Person.FamilyCard = "12" }, scheme.FieldFamilyCard, app.FamilyCardLength, false},
		{"phone", func(r *app.Record) { r.Reach.Phone = "0812" }, scheme.FieldPhone, app.PhoneInvalid, false},
		{"family's phone", func(r *app.Record) { r.Family.Phone = "0812" }, scheme.FieldFamilyContact, app.PhoneInvalid, false},
		{"village", func(r *app.Record) { r.Address.Village = "64.71.01.9999" }, scheme.FieldVillage, app.VillageUnknown, false},
		{"a district for a village", func(r *app.Record) { r.Address.Village = "64.71.01" }, scheme.FieldVillage, app.VillageUnknown, false},
		{"a village that the table does not cover", func(r *app.Record) { r.Address.Village = "31.71.01.1001" }, "", "", false},
		{"occupation", func(r *app.Record) { r.Work.Occupation = "king" }, scheme.FieldOccupation, app.OccupationUnknown, false},
		{"income", func(r *app.Record) { r.Work.Income = -1 }, scheme.FieldIncome, app.IncomeNegative, false},
		{"half the pair", func(r *app.Record) { r.Plan.Programmes = app.Death }, scheme.FieldProgrammes, app.ProgrammesIncomplete, false},
		{"an owner without JHT", func(r *app.Record) { r.Work.BusinessOwner = &yes }, scheme.FieldProgrammes, app.OldAgeForOwner, false},
		{"an owner with JHT", func(r *app.Record) { r.Work.BusinessOwner, r.Plan.Programmes = &yes, 7 }, "", "", false},
		{"payer", func(r *app.Record) { r.Plan.Payer = "king" }, scheme.FieldPayer, app.PayerUnknown, false},
		{"period", func(r *app.Record) { r.Plan.Months = 4 }, scheme.FieldPeriod, app.PeriodUnknown, false},
		{"a sponsor's own period", func(r *app.Record) { r.Plan.Months, r.Plan.Payer = 11, app.PayerRegency }, "", "", false},
		{"months below zero", func(r *app.Record) { r.Plan.Months = -1 }, scheme.FieldPeriod, app.MonthsImpossible, false},
		{"too old", func(r *app.Record) { r.Person.BirthDate.Year, r.Person.NIK = 1950, "6471014510500003" }, scheme.FieldBirthDate, app.TooOld, false},
	} {
		rec := walkIn()
		c.change(&rec)
		got := scheme.Embedded().Wrong(rec, today, region.Load())
		if c.code == "" {
			if len(got) != 0 {
				t.Errorf("%s: %+v %v", c.name, got, got[0].Err)
			}
			continue
		}
		if len(got) != 1 || got[0].Field != c.field || got[0].Err.Code != c.code || got[0].Warning != c.warning {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	if got := scheme.Embedded().Wrong(app.Record{}, today, region.Load()); len(got) != 0 {
		t.Errorf("a draft may miss anything: %+v", got)
	}
}
