package counter

import (
	"context"

	"loket/app"
	"loket/app/journal"
)

// Approve lets a flagged registration go on to head office. Who made it does not approve it where
// another supervisor works here.
func (c *Counter) Approve(ctx context.Context, by app.Operator, id app.EntryID) (app.Registration, error) {
	r, err := c.reviewable(ctx, by, id)
	if err != nil {
		return r, err
	}
	return c.amended(c.store.Review(ctx, by.Author(), id, journal.ReviewedBody{Approved: true}, ""))
}

// SendBack returns a flagged registration to who made it, with the reason. Corrected, it is reviewed
// again.
func (c *Counter) SendBack(ctx context.Context, by app.Operator, id app.EntryID, why Why) (app.Registration, error) {
	r, err := c.reviewable(ctx, by, id)
	if err != nil {
		return r, err
	}
	if why, err = why.clean(journal.SendBackReasons); err != nil {
		return r, err
	}
	return c.amended(c.store.Review(ctx, by.Author(), id, journal.ReviewedBody{Reason: why.Reason}, why.Note))
}

// reviewable opens a registration for a review. The store has the last word on who came first.
func (c *Counter) reviewable(ctx context.Context, by app.Operator, id app.EntryID) (app.Registration, error) {
	if !mayReview(by.Role) {
		return app.Registration{}, app.Fail(app.NotAllowed)
	}
	if closed := c.rules().Closed; closed != nil {
		return app.Registration{}, closed
	}
	r, err := c.store.Registration(ctx, id)
	if err != nil || r.Operator != by.ID {
		return r, err
	}
	other, err := c.store.OtherSupervisor(ctx, by.ID)
	if err == nil && other {
		err = app.Fail(app.RecordFourEyes)
	}
	return r, err
}
