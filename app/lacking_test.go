package app_test

import (
	"strings"
	"testing"

	"loket/app"
)

func TestWhatARecordLacks(t *testing.T) {
	full := app.Record{
		Person:  app.Person{BirthPlace: "Balikpapan", Marital: "single", FamilyCard: "6471010101010001"},
		Address: app.Address{RT: "001"}, Work: app.Work{Place: "Pasar", Hours: "pagi"},
		Evidence: []app.Evidence{{Kind: app.EvidenceEKTP}, {Kind: app.EvidenceArchiveSheet}},
	}
	card := full
	card.Person.FamilyCard, card.Person.NoFamilyCard = "", true
	if card.Lacks() != 0 {
		t.Error("who has no family card lacks one for ever")
	}
	for want, change := range map[string]func(*app.Record){
		"":              func(*app.Record) {},
		"evidence":      func(r *app.Record) { r.Evidence = r.Evidence[:1] },
		"ektp":          func(r *app.Record) { r.Evidence = r.Evidence[1:] },
		"birth_place":   func(r *app.Record) { r.Person.BirthPlace = "" },
		"marital":       func(r *app.Record) { r.Person.Marital = "" },
		"family_card":   func(r *app.Record) { r.Person.FamilyCard = "" },
		"rt":            func(r *app.Record) { r.Address.RT = "" },
		"work_place":    func(r *app.Record) { r.Work.Place = "" },
		"working_hours": func(r *app.Record) { r.Work.Hours = "" },
		"bank":          func(r *app.Record) { r.Plan.Programmes = app.OldAge },
	} {
		r := full
		change(&r)
		if got := strings.Join(r.Lacks().Names(), " "); got != want {
			t.Errorf("lacks %q, want %q", got, want)
		}
	}
}
