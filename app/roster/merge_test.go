package roster_test

import (
	"slices"
	"testing"

	"loket/app"
	"loket/app/roster"
	"loket/app/scheme"
)

func TestAListCorrectsOnlyWhatItSaysOtherwise(t *testing.T) {
	list := func(change func(*app.Record)) app.Record {
		r := app.Record{
			Person:  app.Person{NIK: "6408040505800001", Name: "ANDI", BirthDate: app.Date{Year: 1980, Month: 5, Day: 5}, Sex: app.Male},
			Address: app.Address{Street: "Jl. Poros 1", RT: "001", RW: "002", Village: "64.08.09.2001"},
			Reach:   app.Reach{Phone: "+6281255660001"}, Family: app.FamilyContact{Name: "SITI", Relation: "spouse"},
		}
		change(&r)
		return r
	}
	none := func(*app.Record) {}
	for name, c := range map[string]struct {
		counter, now func(*app.Record) // what was changed with the person, and what the new list says
		fields       []scheme.Field
		want         func(app.Record) bool
	}{
		"nothing": {none, none, nil, func(app.Record) bool { return true }},
		"a name": {
			none, func(r *app.Record) { r.Person.Name = "ANDI SAPUTRA" },
			[]scheme.Field{scheme.FieldName},
			func(r app.Record) bool { return r.Person.Name == "ANDI SAPUTRA" },
		},
		"an empty cell takes nothing away": {
			none, func(r *app.Record) { r.Reach.Phone, r.Address = "", app.Address{Village: r.Address.Village} }, nil,
			func(r app.Record) bool { return r.Reach.Phone == "+6281255660001" && r.Address.Street == "Jl. Poros 1" },
		},
		"what was corrected with the person stays": {
			func(r *app.Record) { r.Person.Name = "ANDI S." }, func(r *app.Record) { r.Person.Name = "ANDY" },
			nil, func(r app.Record) bool { return r.Person.Name == "ANDI S." },
		},
		"what was completed stays beside what the list corrects": {
			func(r *app.Record) { r.Reach.Phone, r.Family.Phone = "+6281300000009", "+6281300000001" },
			func(r *app.Record) { r.Address.Village = "64.08.09.2002" },
			[]scheme.Field{scheme.FieldVillage},
			func(r app.Record) bool {
				return r.Reach.Phone == "+6281300000009" && r.Family.Phone != "" && r.Address.Village == "64.08.09.2002"
			},
		},
		"a phone where there was none": {
			func(r *app.Record) {}, func(r *app.Record) { r.Reach.Phone = "+6281255660002" },
			[]scheme.Field{scheme.FieldPhone},
			func(r app.Record) bool { return r.Reach.Phone == "+6281255660002" && !r.Reach.NoPhone },
		},
	} {
		before := list(none)
		record, fields := roster.Correct(list(c.counter), before, list(c.now))
		if !slices.Equal(fields, c.fields) || !c.want(record) {
			t.Errorf("%s: %v %+v", name, fields, record)
		}
		if same := roster.SaysSame(before, list(c.now)); same != (name == "nothing") {
			t.Errorf("%s: says the same: %v", name, same)
		}
	}
}
