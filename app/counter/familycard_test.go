package counter_test

import (
	"slices"
	"testing"

	"loket/app"
	"loket/app/counter"
	"loket/app/journal"
	"loket/app/scheme"
)

func TestThatThereIsNoFamilyCardIsAnAnswer(t *testing.T) {
	f := counter.NewForm(app.SourceWalkIn)
	f.Type(scheme.FieldFamilyCard, "6471010101010001")
	f.HasNoFamilyCard(true)
	if p := f.Record.Person; p.FamilyCard != "" || !p.NoFamilyCard || f.Text(scheme.FieldFamilyCard) != "" {
		t.Error("a number and none at once", p)
	}
	f.Record.Person.NIK, f.Record.Person.Name = "6471014510900003", "SITI"
	part, err := journal.PackRecord(f.Record)
	if err != nil {
		t.Fatal(err)
	}
	if back, err := part.Record(); err != nil || !back.Person.NoFamilyCard {
		t.Error("lost on the way", err, back.Person)
	}
	f.Type(scheme.FieldFamilyCard, "6471010101010001")
	if p := f.Record.Person; p.FamilyCard == "" || p.NoFamilyCard {
		t.Error("a number does not take the answer back", p)
	}
}

func TestTheAnswerFillsInAndALaterNumberIsACorrection(t *testing.T) {
	var none, card app.Record
	none.Person.NoFamilyCard, card.Person.FamilyCard = true, "6471010101010001"
	for _, c := range []struct {
		before, after   app.Record
		changed, filled bool
	}{
		{app.Record{}, none, false, true},
		{app.Record{}, card, false, true},
		{none, card, true, false},
		{card, none, true, false},
	} {
		changed, filled := counter.Differences(c.before, c.after)
		if slices.Contains(changed, scheme.FieldFamilyCard) != c.changed || slices.Contains(filled, scheme.FieldFamilyCard) != c.filled {
			t.Errorf("%+v to %+v: changed %v, filled %v", c.before.Person, c.after.Person, changed, filled)
		}
	}
}
