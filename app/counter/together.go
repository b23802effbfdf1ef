package counter

import (
	"context"
	"time"

	"loket/app"
	"loket/app/scheme"
)

// Joints reads who is paid together: those whom one payer pays for with the registration of a
// counter, in the order of their numbers. Alone it is that registration itself.
type Joints interface {
	Together(ctx context.Context, counter uint32) ([]app.Registration, error)
}

// Joint is several people with one payer and one total.
type Joint struct {
	First  uint32        // counter of the first of them
	Payer  app.PayerKind // PayerSelf while the only one pays alone
	Name   string        // the paying person, agency or firm
	Group  string        // wadah
	People []JointPerson // in the order of their numbers
	Total  app.Rupiah
	Since  time.Time // when the first was captured
}

// JointPerson is one of those who are paid together.
type JointPerson struct {
	ID     app.EntryID
	Number app.ProvisionalNumber
	Name   string
	Months int
	Total  app.Rupiah
}

// Together is who is paid together with a registration, priced by the rules in force. Who was
// withdrawn or refused is not paid for.
func (c *Counter) Together(ctx context.Context, r app.Registration) (Joint, error) {
	if err := c.who.May(app.TaskRegister); err != nil {
		return Joint{}, err
	}
	all, err := c.store.Together(ctx, r.Number.Counter)
	if err != nil {
		return Joint{}, err
	}
	return JointOf(all, c.rules().Scheme)
}

// JointOf adds up registrations that are paid together; the first of them comes first.
func JointOf(all []app.Registration, rules *scheme.Rules) (Joint, error) {
	var j Joint
	for i, r := range all {
		plan := r.Record.Plan
		if i == 0 {
			j = Joint{First: r.Number.Counter, Payer: plan.Payer, Name: plan.PayerName, Group: plan.Group, Since: r.CapturedAt}
		}
		if plan.Payer != app.PayerSelf { // the first may pay for herself and for the others
			j.Payer, j.Name, j.Group = plan.Payer, plan.PayerName, plan.Group
		}
		if r.State == app.Withdrawn || r.State == app.Rejected {
			continue
		}
		quote, err := scheme.Quote(rules, requestOf(r.Record, rules))
		if err != nil {
			return Joint{}, err
		}
		j.People = append(j.People, JointPerson{ID: r.ID, Number: r.Number, Name: r.Record.Person.Name, Months: plan.Months, Total: quote.Total})
		j.Total += quote.Total
	}
	return j, nil
}

// NextDraft begins the registration of the next person for whom the same payer pays. Payer and plan
// are carried over, with the address where they live in one house; nothing else that is personal. Who
// pays for herself is the payer of the others, as their family.
func NextDraft(r app.Registration, first uint32, sameHouse bool) Draft {
	old := r.Record
	d := NewDraft(old.Source)
	d.With = first
	plan := old.Plan
	plan.FirstMonth = app.Month{} // by the day of the next one
	if plan.Payer == app.PayerSelf {
		plan.Payer, plan.PayerName = app.PayerFamily, old.Person.Name
	}
	if owner := old.Work.BusinessOwner; owner != nil && *owner {
		plan.Programmes &^= app.OldAge // a must for an owner; the next one chooses
	}
	d.Form.Record.Plan, d.Form.Record.Campaign = plan, old.Campaign
	carry := map[Field]string{PayerName: plan.PayerName, scheme.FieldGroup: plan.Group, scheme.FieldCampaign: old.Campaign}
	if sameHouse {
		d.Form.Record.Address = old.Address
		carry[scheme.FieldAddress], carry[RT], carry[RW] = old.Address.Street, old.Address.RT, old.Address.RW
	}
	for field, text := range carry {
		if text != "" {
			d.Form.Type(field, text)
		}
	}
	return d
}

// Fresh says whether a draft that goes on with a payer holds nothing but what was carried over, so
// that there is nothing to lose.
func (d Draft) Fresh() bool {
	for field, text := range d.Form.Typed {
		if line(text) != "" && !carried[field] {
			return false
		}
	}
	return d.Ticket == (Ticket{}) && len(d.Form.Record.Evidence) == 0
}

var carried = map[Field]bool{
	PayerName: true, scheme.FieldGroup: true, scheme.FieldCampaign: true, scheme.FieldAddress: true, RT: true, RW: true,
}

// joined is the counter under which a registration is paid with others; 0 when the payer was changed,
// because then it is another bill.
func (c *Counter) joined(ctx context.Context, with uint32, plan app.Plan) (uint32, error) {
	if with == 0 {
		return 0, nil
	}
	all, err := c.store.Together(ctx, with)
	if err != nil || len(all) == 0 {
		return 0, err
	}
	first := all[0]
	payer, name := first.Record.Plan.Payer, first.Record.Plan.PayerName
	if payer == app.PayerSelf {
		payer, name = app.PayerFamily, first.Record.Person.Name
	}
	if plan.Payer != payer || plan.PayerName != name || plan.Group != first.Record.Plan.Group {
		return 0, nil
	}
	return first.Number.Counter, nil
}
