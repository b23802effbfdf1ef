package desk_test

import (
	"testing"

	"loket/app"
	"loket/app/counter"
	"loket/app/scheme"
)

// Who made a record is proven at head office as soon as the record is there, and what the counter
// said of somebody who looks alike stands beside it.
func TestHeadOfficeKnowsWhoMadeARecordAndWhatWasSaid(t *testing.T) {
	k := enrolled(t)
	first := k.registered(t)
	d := k.typed(t)
	twin := first.Record.Person
	d.Form.Record.Person.BirthDate, d.Form.Record.Person.Sex = twin.BirthDate, twin.Sex
	d.Form.Type(scheme.FieldBirthDate, twin.BirthDate.String())
	d.Form.Type(scheme.FieldNIK, twin.NIK[:15]+string('1'+(twin.NIK[15]-'0')%9))
	d.Form.Type(scheme.FieldMotherName, twin.MotherName)
	d.Settle(first.ID, counter.DifferentPerson)
	second, err := k.Counter.Save(t.Context(), k.s.Operator, d)
	must(t, err)
	k.exchange(t)
	row, err := headOffice.Store.Registration(t.Context(), second.ID)
	must(t, err)
	if row.Unsigned || row.Operator != k.s.Operator.ID {
		t.Errorf("made by %s, unsigned %v", row.Operator, row.Unsigned)
	}
	if len(row.Remarks) != 1 || row.Remarks[0].Other != first.ID || row.Remarks[0].Outcome != string(counter.DifferentPerson) {
		t.Errorf("%+v", row.Remarks)
	}
}

// Nobody waits at sign-out for a long list to be sealed. What is left goes out after the next sign-in,
// and head office still knows who made it.
func TestWhatWasNotSealedAtSignOutGoesOutLaterUnderItsAuthor(t *testing.T) {
	k := enrolled(t)
	r := k.registered(t)
	must(t, k.SignOutWithin(t.Context(), 0))
	if k.Session().Operator.ID != "" {
		t.Fatal("still signed in")
	}
	entries, _, err := k.Post.Light(t.Context())
	must(t, err)
	state, err := k.Post.State(t.Context())
	must(t, err)
	if entries == 0 || state.Batches != 0 {
		t.Errorf("%d only here, %d batches", entries, state.Batches)
	}
	k.signIn(t)
	k.exchange(t)
	row, err := headOffice.Store.Registration(t.Context(), r.ID)
	must(t, err)
	if row.Unsigned || row.State != app.Accepted {
		t.Errorf("%+v", row)
	}
}
