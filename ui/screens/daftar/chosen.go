package daftar

import (
	"strconv"

	"loket/app"
	"loket/app/counter"
	"loket/app/scheme"
)

// setter puts a chosen value into a record and gets it back.
type setter struct {
	put func(r *app.Record, value string)
	get func(r app.Record) string
}

// The answers of what is asked by yes and no.
const (
	Yes = "yes"
	No  = "no"
)

// Fields that are chosen and have no name in the rules.
const (
	NoPhone  counter.Field = "no_phone"
	NoFamily counter.Field = "no_family"
	NoCard   counter.Field = "no_family_card"
)

var chosen = map[counter.Field]setter{
	scheme.FieldSex: {
		func(r *app.Record, v string) { r.Person.Sex = app.Sex(v) },
		func(r app.Record) string { return string(r.Person.Sex) },
	},
	scheme.FieldMarital: {
		func(r *app.Record, v string) { r.Person.Marital = v },
		func(r app.Record) string { return r.Person.Marital },
	},
	scheme.FieldVillage: {
		func(r *app.Record, v string) { r.Address.Village = v },
		func(r app.Record) string { return r.Address.Village },
	},
	scheme.FieldOccupation: {
		func(r *app.Record, v string) { r.Work.Occupation = v },
		func(r app.Record) string { return r.Work.Occupation },
	},
	scheme.FieldBusinessOwner: {putOwner, getOwner},
	scheme.FieldProgrammes: {
		func(r *app.Record, v string) { r.Plan.Programmes = programmesOf(v) },
		func(r app.Record) string { return r.Plan.Programmes.String() },
	},
	scheme.FieldPeriod: {
		func(r *app.Record, v string) { r.Plan.Months, _ = strconv.Atoi(v) }, //nolint:errcheck // no number is no period
		func(r app.Record) string { return number(r.Plan.Months) },
	},
	scheme.FieldPayer: {
		func(r *app.Record, v string) { r.Plan.Payer = app.PayerKind(v) },
		func(r app.Record) string { return string(r.Plan.Payer) },
	},
	counter.FamilyRelation: {
		func(r *app.Record, v string) { r.Family.Relation = v },
		func(r app.Record) string { return r.Family.Relation },
	},
	counter.Source: {
		func(r *app.Record, v string) { r.Source = app.Source(v) },
		func(r app.Record) string { return string(r.Source) },
	},
	NoPhone: {
		func(r *app.Record, v string) { r.Reach.NoPhone = v == Yes },
		func(r app.Record) string { return yes(r.Reach.NoPhone) },
	},
	NoFamily: {
		func(r *app.Record, v string) { r.Family.None = v == Yes },
		func(r app.Record) string { return yes(r.Family.None) },
	},
	NoCard: {
		func(r *app.Record, v string) { r.Person.NoFamilyCard = v == Yes },
		func(r app.Record) string { return yes(r.Person.NoFamilyCard) },
	},
}

func putOwner(r *app.Record, v string) {
	r.Work.BusinessOwner = nil
	if v != "" {
		owner := v == Yes
		r.Work.BusinessOwner = &owner
	}
}

func getOwner(r app.Record) string {
	switch {
	case r.Work.BusinessOwner == nil:
		return ""
	case *r.Work.BusinessOwner:
		return Yes
	}
	return No
}

func yes(on bool) string {
	if on {
		return Yes
	}
	return ""
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// programmesOf reads "JKK+JKM+JHT". JKK and JKM always stand together.
func programmesOf(text string) app.Programmes {
	both := app.WorkAccident | app.Death
	if text == (both | app.OldAge).String() {
		return both | app.OldAge
	}
	return both
}
