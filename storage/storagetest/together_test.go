package storagetest_test

import (
	"errors"
	"testing"

	"loket/app"
	"loket/app/counter"
	"loket/app/journal"
	"loket/storage/storagetest"
)

func TestWhoIsPaidTogetherIsFoundByAnyOfThem(t *testing.T) {
	s := storagetest.Kiosk(t, storagetest.NewClock())
	capture := func(n int, group uint32) app.Registration {
		r, err := s.Capture(t.Context(), storagetest.Supervisor.Author(), "", storagetest.Person(n), journal.RegistrationBody{Group: group}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	first := capture(1, 0)
	capture(2, 0) // somebody else between them
	capture(3, first.Number.Counter)
	capture(4, first.Number.Counter)
	for _, of := range []uint32{1, 3, 4} {
		all, err := s.Together(t.Context(), of)
		if err != nil || len(all) != 3 || all[0].ID != first.ID || all[2].Number.Counter != 4 || all[1].Record.Person.Name == "" {
			t.Errorf("of %d: %v, %v", of, all, err)
		}
	}
	if alone, err := s.Together(t.Context(), 2); err != nil || len(alone) != 1 {
		t.Errorf("alone: %v, %v", alone, err)
	}
	if nobody, err := s.Together(t.Context(), 99); err != nil || len(nobody) != 0 {
		t.Errorf("nobody: %v, %v", nobody, err)
	}
}

func TestTheCounterKeepsOneBillForAHousehold(t *testing.T) {
	clock := storagetest.NewClock()
	s := storagetest.Kiosk(t, clock)
	c := newCounter(s, clock)
	first, err := c.Save(t.Context(), storagetest.Supervisor, draftOf(storagetest.Person(1)))
	if err != nil {
		t.Fatal(err)
	}
	d := counter.NextDraft(first, first.Number.Counter, true)
	plan := d.Form.Record.Plan
	d.Form.Record = storagetest.Person(2)
	d.Form.Record.Plan = plan
	if _, err := c.Save(t.Context(), storagetest.Supervisor, d); err != nil {
		t.Fatal(err)
	}
	j, err := c.Together(t.Context(), first)
	if err != nil || len(j.People) != 2 || j.Payer != app.PayerFamily || j.Name != first.Record.Person.Name || j.Total != j.People[0].Total+j.People[1].Total {
		t.Errorf("%+v, %v", j, err)
	}
}

func TestANumberOfTheQueueIsGivenOnce(t *testing.T) {
	clock := storagetest.NewClock()
	s := storagetest.Kiosk(t, clock)
	c := newCounter(s, clock)
	for n, name := range []string{"SITI AMINAH", "", "YOHANES NGAU AJANG"} {
		d, err := c.TakeNumber(t.Context(), storagetest.Supervisor, app.SourceWalkIn, "", name)
		if err != nil || d.Ticket.Number != n+1 {
			t.Fatalf("%+v, %v", d.Ticket, err)
		}
	}
	broken := errors.New("no draft")
	if _, err := s.NextTicket(t.Context(), c.Today().ISO(), "x", func(int) ([]byte, error) { return nil, broken }); err == nil {
		t.Error("a number without its draft")
	}
	drafts, err := c.Drafts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	waiting := counter.Waiting(drafts)
	if len(waiting) != 3 || waiting[0].Ticket.Number != 1 || waiting[2].Form.Record.Person.Name != "YOHANES NGAU AJANG" {
		t.Errorf("%+v", waiting)
	}
	if err := s.DeleteDraft(t.Context(), waiting[2].ID); err != nil {
		t.Fatal(err)
	}
	if d, err := c.TakeNumber(t.Context(), storagetest.Supervisor, app.SourceWalkIn, "", ""); err != nil || d.Ticket.Number != 4 {
		t.Errorf("a number came back: %+v, %v", d.Ticket, err)
	}
}

func TestAnEmployerIsKeptForTheBranchToCall(t *testing.T) {
	clock := storagetest.NewClock()
	s := storagetest.Kiosk(t, clock)
	c := newCounter(s, clock)
	lead := app.EmployerLead{Name: "CV Contoh Maju", NPP: "26001234", Phone: "0812 5566 7788", Workers: 3, Names: []string{"siti aminah", "", "Yohanes"}}
	kept, err := c.AddLead(t.Context(), storagetest.Supervisor, lead)
	if err != nil || kept.ID.Seq == 0 {
		t.Fatal(kept, err)
	}
	all, err := c.Leads(t.Context())
	if err != nil || len(all) != 1 || all[0].Name != "CV Contoh Maju" || all[0].Phone != "+6281255667788" || len(all[0].Names) != 2 || all[0].ID != kept.ID {
		t.Errorf("%+v, %v", all, err)
	}
	for name, bad := range map[string]app.EmployerLead{
		"nobody could call it":    {Name: "CV Contoh", Workers: 2},
		"no name":                 {Phone: "081255667788", Workers: 2},
		"no worker":               {Name: "CV Contoh", Phone: "081255667788"},
		"more names than workers": {Name: "CV Contoh", Phone: "081255667788", Workers: 1, Names: []string{"A", "B"}},
		"a phone that is none":    {Name: "CV Contoh", Phone: "12", Workers: 1},
	} {
		if _, err := c.AddLead(t.Context(), storagetest.Supervisor, bad); err == nil {
			t.Error(name, "was taken")
		}
	}
}

func TestAReferralIsAnEntry(t *testing.T) {
	clock := storagetest.NewClock()
	s := storagetest.Kiosk(t, clock)
	c := newCounter(s, clock)
	before, _ := s.Head()
	r, err := c.Refer(t.Context(), storagetest.Supervisor, app.Referral{Why: app.ReferMigrant, Name: "siti aminah"})
	if after, _ := s.Head(); err != nil || after == before || r.ID.Seq == 0 || r.Name == "" {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := c.Refer(t.Context(), storagetest.Supervisor, app.Referral{Why: "sick"}); app.CodeOf(err) != app.ReferralUnknown {
		t.Error(err)
	}
}
