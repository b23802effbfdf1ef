package issuing

import (
	"context"
	"time"

	"loket/app"
	"loket/app/card"
)

// Stock is how many numbers are left to give out with no line, and until when.
type Stock struct {
	Members      int
	MembersUntil time.Time
	Serials      int
	SerialsUntil time.Time
}

// Kinds of leased numbers, as in journal.LeaseBody.
const (
	LeaseMembers = "member"
	LeaseSerials = "serial"
)

// Remaining counts the numbers in hand.
func (x *Issuing) Remaining(ctx context.Context) (Stock, error) {
	if err := x.who.May(); err != nil {
		return Stock{}, err
	}
	now := x.clock.Now()
	var s Stock
	var err error
	if s.Members, s.MembersUntil, err = x.store.Stock(ctx, LeaseMembers, now); err != nil {
		return Stock{}, err
	}
	s.Serials, s.SerialsUntil, err = x.store.Stock(ctx, LeaseSerials, now)
	return s, err
}

// May says why no card can be made for a registration now, or nil. The slip can always be printed.
func (x *Issuing) May(r app.Registration) error {
	switch {
	case r.State == app.Duplicate, r.State == app.Rejected, r.State == app.Withdrawn, r.State == app.Draft:
		return app.Fail(app.CardNotPerson)
	case r.State != app.Accepted && (r.State != app.Captured || !x.policy().WalkInAtOnce):
		return app.Fail(app.CardNotAccepted)
	case !r.Member.Valid():
		return app.Fail(app.CardNoMember)
	}
	return x.inWindow(x.clock.Now())
}

// inWindow says whether a card that is dated so would be taken anywhere: head office lets a kiosk make
// cards until a day, which moves on while it is in touch.
func (x *Issuing) inWindow(at time.Time) error {
	if until := x.policy().IssueUntil; !until.IsZero() && !at.Before(until) {
		return app.Fail(app.CardWindowOver, "day", app.DateOf(until))
	}
	return nil
}

// Issue makes the card of a registered person and queues it: a serial of its own, signed here.
func (x *Issuing) Issue(ctx context.Context, by app.Operator, id app.EntryID) (app.Card, error) {
	return x.issue(ctx, by, id, 0, "")
}

func (x *Issuing) issue(ctx context.Context, by app.Operator, id app.EntryID, replaces app.Serial, reason string) (app.Card, error) {
	if err := by.May(app.TaskPrint); err != nil {
		return app.Card{}, err
	}
	r, err := x.store.Registration(ctx, id)
	if err != nil {
		return app.Card{}, err
	}
	if err := x.May(r); err != nil {
		return app.Card{}, err
	}
	key, err := x.key()
	if err != nil {
		return app.Card{}, err
	}
	return x.store.Issue(ctx, by.Author(), id, replaces, reason, func(c app.Card) ([]byte, error) {
		if err := x.inWindow(c.IssuedAt); err != nil {
			return nil, err
		}
		return card.Sign(x.claims(c, r.Record), key)
	})
}

// claims are what the card says: what is printed on its face and no more.
func (x *Issuing) claims(c app.Card, r app.Record) card.Claims {
	policy := x.policy()
	expires := c.IssuedAt.AddDate(policy.Years, 0, 0)
	if last := policy.VerifyUntil; !last.IsZero() && expires.After(last) {
		expires = last
	}
	return card.Claims{
		Issuer: policy.Issuer, IssuedAt: c.IssuedAt, Expires: expires, Member: c.Member,
		Name: card.PrintedName(r.Person.Name), Programmes: r.Plan.Programmes, Branch: policy.Branch,
		Serial: c.Serial, Generation: c.Generation, Payer: card.PayerClassOf(r.Plan.Payer),
	}
}
