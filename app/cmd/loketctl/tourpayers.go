package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"loket/app"
	"loket/app/cmd/people"
	"loket/app/counter"
)

// paying is somebody who pays for several at the counter.
type paying struct {
	kind        app.PayerKind // of the others, where the first pays for herself
	first       app.PayerKind
	name, group string
	people      int
	occupation  string
	paper       string // under this name the joint slip is left behind
}

var payings = map[string]paying{
	"family":    {kind: app.PayerFamily, first: app.PayerSelf, people: 3, occupation: "trader", paper: "slip-family.pdf"},
	"household": {kind: app.PayerEmployer, name: "IBU RATNA CONTOH", people: 3, occupation: "domestic_worker", paper: "slip-household.pdf"},
	"group":     {kind: app.PayerGroup, name: "BENDAHARA CONTOH", group: "Koperasi Nelayan Contoh", people: 4, occupation: "fisher", paper: "slip-group.pdf"},
	"donor":     {kind: app.PayerDonor, name: "YAYASAN CONTOH", people: 2, occupation: "religious_worker", paper: "slip-donor.pdf"},
}

// together registers those for whom one payer pays, and prints their one slip with one total.
func (t *tour) together(which string) func(context.Context) (string, error) {
	p := payings[which]
	return func(ctx context.Context) (string, error) {
		var first app.Registration
		var sum app.Rupiah
		for i := range p.people {
			r, err := t.one(ctx, p, first)
			if err != nil {
				return "", err
			}
			if i == 0 {
				first = r
			}
			slip, err := counter.SlipOf(r, t.desk.Counter.Rules().Scheme)
			if err != nil {
				return "", err
			}
			sum += slip.Total
		}
		return t.oneSlip(ctx, p, first, sum)
	}
}

// one registers the next of them: payer and plan are carried over from the first.
func (t *tour) one(ctx context.Context, p paying, first app.Registration) (app.Registration, error) {
	rec, draft := t.crowd.WalkIn(), counter.NewDraft(app.SourceWalkIn)
	rec.Work.Occupation = p.occupation
	rec.Plan.Payer, rec.Plan.PayerName, rec.Plan.Group = p.kind, p.name, p.group
	if p.first != "" {
		rec.Plan.Payer = p.first
	}
	if first.ID.Seq != 0 {
		draft = counter.NextDraft(first, first.Number.Counter, p.kind == app.PayerFamily)
		rec.Plan = draft.Form.Record.Plan
	}
	draft.Form = people.Form(rec)
	r, err := t.registered(ctx, draft)
	if err == nil && first.ID.Seq != 0 && r.Record.Plan.Payer != p.kind {
		err = differs("payer " + string(p.kind) + " carried over")
	}
	return r, err
}

// registered saves a draft.
func (t *tour) registered(ctx context.Context, draft counter.Draft) (app.Registration, error) {
	r, err := t.desk.Counter.Save(ctx, t.who.Operator, draft)
	if err == nil {
		t.people = append(t.people, r.ID)
	}
	return r, err
}

func (t *tour) oneSlip(ctx context.Context, p paying, first app.Registration, sum app.Rupiah) (string, error) {
	joint, err := t.desk.Counter.Together(ctx, first)
	if err != nil {
		return "", err
	}
	if len(joint.People) != p.people || joint.Total != sum || sum == 0 || joint.Payer != p.kind || joint.Group != p.group {
		return "", differs("one payer, one total")
	}
	if p.name != "" && joint.Name != p.name {
		return "", differs("the payer's name")
	}
	path, err := t.desk.Paper.JointSlip(ctx, joint)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d people, %s", len(joint.People), joint.Total), t.keep(path, p.paper)
}

// employerLead: a small employer is no registration, but a note for the branch to call, and nothing is
// worked out.
func (t *tour) employerLead(ctx context.Context) (string, error) {
	lead := app.EmployerLead{Name: "Bengkel Contoh Jaya", Contact: "PAK HADI CONTOH", Workers: 3, Names: []string{"Ujang Contoh", "Dadang Contoh"}}
	if _, err := t.desk.Counter.AddLead(ctx, t.who.Operator, lead); app.CodeOf(err) != app.LeadIncomplete {
		return "", errors.Join(differs("an employer whom nobody can reach must be refused"), err)
	}
	lead.Phone = "0811 550 0001"
	lead, err := t.desk.Counter.AddLead(ctx, t.who.Operator, lead)
	if err != nil {
		return "", err
	}
	path, err := t.desk.Paper.Lead(ctx, lead)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d workers", lead.Workers), t.keep(path, "lead.pdf")
}

// referred: whom another scheme insures gets a slip that says where to go.
func (t *tour) referred(ctx context.Context) (string, error) {
	if _, err := t.desk.Counter.Refer(ctx, t.who.Operator, app.Referral{Why: "nobody"}); app.CodeOf(err) != app.ReferralUnknown {
		return "", errors.Join(differs("a referral for no reason must be refused"), err)
	}
	for _, why := range app.Referrals {
		r, err := t.desk.Counter.Refer(ctx, t.who.Operator, app.Referral{Why: why, Name: "PARTO CONTOH"})
		if err != nil {
			return "", err
		}
		path, err := t.desk.Paper.Referral(ctx, r)
		if err != nil {
			return "", err
		}
		if err := t.keep(path, "referral-"+string(why)+".pdf"); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%d slips", len(app.Referrals)), nil
}

// queue: a helper gives out numbers, and an officer takes the lowest up and registers the person.
func (t *tour) queue(ctx context.Context) (string, error) {
	rec := t.crowd.WalkIn()
	first, err := t.desk.Counter.TakeNumber(ctx, t.who.Operator, app.SourceWalkIn, rec.Person.NIK, rec.Person.Name)
	if err != nil {
		return "", err
	}
	second, err := t.desk.Counter.TakeNumber(ctx, t.who.Operator, app.SourceWalkIn, "", "")
	if err != nil {
		return "", err
	}
	drafts, err := t.desk.Counter.Drafts(ctx)
	if err != nil {
		return "", err
	}
	waiting := counter.Waiting(drafts)
	if len(waiting) != 2 || waiting[0].Ticket.String() != "A-001" || waiting[1].ID != second.ID {
		return "", differs("A-001 first in the queue")
	}
	path, err := t.desk.Paper.QueueNumber(ctx, first)
	if err == nil {
		err = t.keep(path, "queue.pdf")
	}
	if err == nil {
		_, err = t.desk.Counter.Discard(ctx, second.ID) // went home
	}
	if err != nil {
		return "", err
	}
	return first.Ticket.String(), t.called(ctx, first.ID, rec)
}

// called registers the one whose number is called: what the helper typed is there already.
func (t *tour) called(ctx context.Context, id string, rec app.Record) error {
	draft, err := t.desk.Counter.Resume(ctx, id)
	if err != nil {
		return err
	}
	if draft.Form.Record.Person.NIK != rec.Person.NIK {
		return differs("what the queue's helper typed")
	}
	draft.Form = people.Form(rec)
	if _, err := t.registered(ctx, draft); err != nil {
		return err
	}
	drafts, err := t.desk.Counter.Drafts(ctx)
	if err == nil && slices.ContainsFunc(drafts, func(d counter.Draft) bool { return d.ID == id }) {
		err = differs("a number that was called leaves the queue")
	}
	return err
}
