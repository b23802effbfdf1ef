package desk_test

import (
	"testing"

	"loket/app"
	"loket/app/access"
	"loket/app/office/books"
)

func asking(q app.Question) app.Question {
	q.Asker, q.Relation, q.Purpose, q.Phone = "Maria Contoh", "spouse", "died", "0812-5566-7788"
	return q
}

// A family asks where nobody knows the person, without a line; the question reaches head office with the
// next post, and the answer comes back to the desk that was asked (J8).
func TestAFamilyIsAnswered(t *testing.T) {
	elsewhere, k := enrolled(t), enrolled(t)
	r := elsewhere.registered(t)
	elsewhere.exchange(t)
	_, err := headOffice.Office.BeginCover(t.Context(), []app.EntryID{r.ID}, books.Today(officeTime.Now()), "test")
	must(t, err)

	person := r.Record.Person
	byNIK, err := k.Families.Ask(t.Context(), k.s.Operator, asking(app.Question{NIK: person.NIK}))
	must(t, err)
	byName, err := k.Families.Ask(t.Context(), k.s.Operator, asking(app.Question{Name: "Siapa Tahu", Born: person.BirthDate}))
	must(t, err)
	if byNIK.State != app.LookupWaiting || byNIK.Answer.Finding != "" || byName.Number.Counter != byNIK.Number.Counter+1 {
		t.Fatalf("not known here is never no: %+v", byNIK)
	}
	counts, err := k.Families.Counts(t.Context(), k.s.Operator)
	must(t, err)
	if counts.Waiting != 2 || counts.Today != 2 || counts.ByOperator[k.s.Operator.ID] != 2 {
		t.Errorf("%+v", counts)
	}

	k.exchange(t)
	if l := k.lookup(t, byNIK.ID); l.State != app.LookupAnswered || l.Answer.Finding != app.FindingCovered || l.Answer.Day != books.Today(officeTime.Now()) {
		t.Errorf("by NIK: %+v", l)
	}
	if l := k.lookup(t, byName.ID); l.State != app.LookupWaiting {
		t.Errorf("by a name that nobody has, a person must look: %+v", l)
	}
	must(t, headOffice.Store.AnswerLookup(t.Context(), books.LookupAnswer{
		Question: byName.ID, Finding: app.FindingCome, Text: "Bawa kartu keluarga", By: "admin", At: officeTime.Now(),
	}))
	k.exchange(t)
	if l := k.lookup(t, byName.ID); l.State != app.LookupAnswered || l.Answer.Finding != app.FindingCome || l.Answer.Text != "Bawa kartu keluarga" {
		t.Errorf("by hand: %+v", l)
	}

	must(t, k.Families.CallBack(t.Context(), k.s.Operator, byNIK.ID, "unreached"))
	if l := k.lookup(t, byNIK.ID); l.State != app.LookupAnswered || l.How != "unreached" {
		t.Errorf("who was not reached is still to be told: %+v", l)
	}
	must(t, k.Families.CallBack(t.Context(), k.s.Operator, byNIK.ID, "phone"))
	refused(t, k.Families.CallBack(t.Context(), k.s.Operator, byNIK.ID, "phone"), app.LookupNotAnswered)
	k.exchange(t)
	row, err := headOffice.Store.Lookup(t.Context(), byNIK.ID)
	must(t, err)
	if row.State != app.LookupClosed || row.Question.Asker != "MARIA CONTOH" {
		t.Errorf("head office knows that the family was told: %+v", row)
	}
	k.intact(t, k.seq())
}

func (k *kiosk) lookup(t *testing.T, id app.EntryID) app.Lookup {
	t.Helper()
	all, err := k.Families.List(t.Context(), k.s.Operator)
	must(t, err)
	for _, l := range all {
		if l.ID == id {
			return l
		}
	}
	t.Fatal("the question is gone")
	return app.Lookup{}
}

// Who is known here is told of at once, and who asked stands in that person's history.
func TestAFamilyIsToldAtTheCounter(t *testing.T) {
	k := enrolled(t)
	r := k.registered(t)
	person := r.Record.Person
	for name, q := range map[string]app.Question{
		"by NIK":                 {NIK: person.NIK},
		"by name and birth date": {Name: "Alm. " + person.Name, Born: person.BirthDate},
	} {
		l, err := k.Families.Ask(t.Context(), k.s.Operator, asking(q))
		must(t, err)
		if l.State != app.LookupTold || l.Answer.Finding != app.FindingWaiting || l.Answer.ByName != (q.NIK == "") {
			t.Errorf("%s: registered is not covered: %+v", name, l)
		}
	}
	p, err := k.Counter.Participant(t.Context(), r.ID)
	must(t, err)
	if n := len(p.History); n != 3 {
		t.Errorf("%d entries in the history, want the registration and two look-ups", n)
	}
	l, err := k.Families.Ask(t.Context(), k.s.Operator, asking(app.Question{NIK: person.NIK, Name: "Orang Lain"}))
	must(t, err)
	if l.State != app.LookupWaiting {
		t.Errorf("the NIK of one and the name of another are head office's: %+v", l)
	}
}

func TestAQuestionNeedsItsAsker(t *testing.T) {
	k := enrolled(t)
	whole := asking(app.Question{NIK: "6471014510900003"})
	for name, tt := range map[string]struct {
		change func(*app.Question)
		want   app.Code
	}{
		"nobody asked about":     {func(q *app.Question) { q.NIK = "" }, app.LookupWhom},
		"half a NIK":             {func(q *app.Question) { q.NIK = "647101" }, app.LookupWhom},
		"a name, no birth date":  {func(q *app.Question) { q.NIK, q.Name = "", "SITI" }, app.LookupWhom},
		"no asker":               {func(q *app.Question) { q.Asker = " - " }, app.LookupIncomplete},
		"no relation":            {func(q *app.Question) { q.Relation = "" }, app.LookupIncomplete},
		"no purpose":             {func(q *app.Question) { q.Purpose = "curious" }, app.LookupIncomplete},
		"no way to call back":    {func(q *app.Question) { q.Phone = "" }, app.LookupIncomplete},
		"a phone that is not":    {func(q *app.Question) { q.Phone = "0542" }, app.PhoneInvalid},
		"another way will do":    {func(q *app.Question) { q.Phone, q.Way = "", "lewat Ketua RT 04" }, ""},
		"everything is answered": {func(*app.Question) {}, ""},
	} {
		q := whole
		tt.change(&q)
		_, err := k.Families.Ask(t.Context(), k.s.Operator, q)
		if tt.want == "" {
			must(t, err)
			continue
		}
		t.Log(name)
		refused(t, err, tt.want)
	}
	_, err := k.Families.Ask(t.Context(), app.Operator{}, whole)
	refused(t, err, app.AccessSignedOut)
	refused(t, k.Families.CallBack(t.Context(), k.s.Operator, app.EntryID{}, "shouting"), app.LookupCallBackBad)
}

// Who leaves takes no key along, and what was answered before can still be read.
func TestAnAnswerOutlivesAChangeOfKeys(t *testing.T) {
	k := enrolled(t)
	l, err := k.Families.Ask(t.Context(), k.s.Operator, asking(app.Question{NIK: "6471010101500099"}))
	must(t, err)
	k.exchange(t)
	want := k.lookup(t, l.ID)
	if want.Answer.Finding != app.FindingNotFound {
		t.Fatalf("%+v", want)
	}
	leaves, err := k.Door.AddOperator(t.Context(), k.s, access.Newcomer{Name: "RINI", Role: app.RoleOfficer, Agency: app.AgencyInsurer, PIN: "739146"})
	must(t, err)
	must(t, k.RemoveOperator(t.Context(), k.s, leaves.ID))
	if got := k.lookup(t, l.ID); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
