package counter

import (
	"context"
	"slices"
	"strings"

	"loket/app"
	"loket/app/identity"
)

// Elsewhere keeps who does not register here: each call is one entry, with what is personal in its
// sealed part.
type Elsewhere interface {
	Refer(ctx context.Context, by app.Author, r app.Referral) (app.Referral, error)
	AddLead(ctx context.Context, by app.Author, l app.EmployerLead) (app.EmployerLead, error)
	Leads(ctx context.Context, limit int) ([]app.EmployerLead, error)
}

// Refer records that somebody was sent elsewhere.
func (c *Counter) Refer(ctx context.Context, by app.Operator, r app.Referral) (app.Referral, error) {
	if err := c.mayRecord(by); err != nil {
		return app.Referral{}, err
	}
	if !slices.Contains(app.Referrals, r.Why) {
		return app.Referral{}, app.Fail(app.ReferralUnknown)
	}
	phone, code := identity.CleanPhone(r.Phone)
	if code != "" {
		return app.Referral{}, app.Fail(code)
	}
	r.Name, r.Phone = identity.CleanName(r.Name), phone
	return c.store.Refer(ctx, by.Author(), r)
}

// mostWorkers of a small employer: more is a slip of the finger, or no small employer.
const mostWorkers = 100_000

// AddLead records a small employer for the branch to call.
func (c *Counter) AddLead(ctx context.Context, by app.Operator, l app.EmployerLead) (app.EmployerLead, error) {
	if err := c.mayRecord(by); err != nil {
		return app.EmployerLead{}, err
	}
	phone, code := identity.CleanPhone(l.Phone)
	if code != "" {
		return app.EmployerLead{}, app.Fail(code)
	}
	l.Name, l.NPP, l.Contact, l.Address, l.Phone = line(l.Name), strings.ToUpper(line(l.NPP)), identity.CleanName(l.Contact), line(l.Address), phone
	l.Names = names(l.Names)
	if l.Workers == 0 {
		l.Workers = len(l.Names)
	}
	if l.Name == "" || l.Phone == "" && l.Address == "" || l.Workers < 1 {
		return app.EmployerLead{}, app.Fail(app.LeadIncomplete)
	}
	if l.Workers > mostWorkers || len(l.Names) > l.Workers {
		return app.EmployerLead{}, app.Fail(app.LeadWorkers, "names", len(l.Names), "workers", l.Workers)
	}
	return c.store.AddLead(ctx, by.Author(), l)
}

// names cleans a list of which each line is a name.
func names(lines []string) (cleaned []string) {
	for _, one := range lines {
		if name := identity.CleanName(one); name != "" {
			cleaned = append(cleaned, name)
		}
	}
	return cleaned
}

func (c *Counter) mayRecord(by app.Operator) error {
	if err := by.May(app.TaskRegister); err != nil {
		return err
	}
	return c.rules().Closed
}

// Leads lists the employers that were recorded here, the newest first.
func (c *Counter) Leads(ctx context.Context) ([]app.EmployerLead, error) {
	if err := c.who.May(app.TaskRegister); err != nil {
		return nil, err
	}
	return c.store.Leads(ctx, mostLeads)
}

const mostLeads = 200
