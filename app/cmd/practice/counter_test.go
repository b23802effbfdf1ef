package practice_test

import (
	"context"
	"log/slog"
	"testing"

	"loket/app"
	"loket/app/cmd/practice"
	"loket/app/counter"
)

// What the counter does beside a single registration: a bill for two, a number of the queue, an
// employer that reaches head office, and a referral. Each gives a slip.
func TestTheOtherPapersOfTheCounter(t *testing.T) {
	ctx := context.Background()
	p, err := practice.Start(ctx, t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	people, err := p.Desk.Door.People(ctx)
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Desk.SignIn(ctx, people[0].ID, practice.PIN)
	if err != nil {
		t.Fatal(err)
	}
	c, paper := p.Desk.Counter, p.Desk.Paper
	first := counter.NewDraft(app.SourceWalkIn)
	fill(&first.Form)
	a, err := c.Save(ctx, s.Operator, first)
	if err != nil {
		t.Fatal(err)
	}
	next := counter.NextDraft(a, a.Number.Counter, true)
	plan := next.Form.Record.Plan
	fill(&next.Form)
	next.Form.Type("nik", "6471014510900047")
	next.Form.Type("name", "Fatimah Azzahra")
	next.Form.Record.Plan = plan
	if _, err := c.Save(ctx, s.Operator, next); err != nil {
		t.Fatal(err)
	}
	bill, err := c.Together(ctx, a)
	if err != nil || len(bill.People) != 2 {
		t.Fatal(bill, err)
	}
	number, err := c.TakeNumber(ctx, s.Operator, app.SourceWalkIn, "", "Siti")
	if err != nil {
		t.Fatal(err)
	}
	lead, err := c.AddLead(ctx, s.Operator, app.EmployerLead{Name: "CV Contoh Maju", Phone: "081255667788", Workers: 7})
	if err != nil {
		t.Fatal(err)
	}
	referred, err := c.Refer(ctx, s.Operator, app.Referral{Why: app.ReferConstruction})
	if err != nil {
		t.Fatal(err)
	}
	for name, print := range map[string]func() (string, error){
		"bill":     func() (string, error) { return paper.JointSlip(ctx, bill) },
		"number":   func() (string, error) { return paper.QueueNumber(ctx, number) },
		"lead":     func() (string, error) { return paper.Lead(ctx, lead) },
		"referral": func() (string, error) { return paper.Referral(ctx, referred) },
	} {
		if file, err := print(); err != nil || file == "" {
			t.Errorf("%s: %q, %v", name, file, err)
		}
	}
	for range 2 {
		if err := p.Exchange(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if rows, err := p.Centre.Store.Leads(ctx, 10); err != nil || len(rows) != 1 || rows[0].Lead.Name != "CV Contoh Maju" {
		t.Errorf("head office knows of %+v, %v", rows, err)
	}
	if p.Desk.Settings().BranchAddress == "" {
		t.Error("slips do not know where the branch is")
	}
	if err := p.Stop(ctx); err != nil {
		t.Error(err)
	}
}
