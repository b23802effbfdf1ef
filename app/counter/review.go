package counter

import (
	"context"

	"loket/app"
	"loket/app/journal"
)

// Approve lets a flagged registration go on to head office. Who made it does not approve it where
// another supervisor works here.
func (x *Records) Approve(ctx context.Context, by app.Operator, id app.EntryID) (app.Registration, error) {
	r, err := x.reviewable(ctx, by, id)
	if err != nil {
		return r, err
	}
	return x.amended(x.store.Review(ctx, by.Author(), id, journal.ReviewedBody{Approved: true}, ""))
}

// SendBack returns a flagged registration to who made it, with the reason. Corrected, it is reviewed
// again.
func (x *Records) SendBack(ctx context.Context, by app.Operator, id app.EntryID, why Why) (app.Registration, error) {
	r, err := x.reviewable(ctx, by, id)
	if err != nil {
		return r, err
	}
	if why, err = why.clean(journal.SendBackReasons); err != nil {
		return r, err
	}
	return x.amended(x.store.Review(ctx, by.Author(), id, journal.ReviewedBody{Reason: why.Reason}, why.Note))
}

// reviewable opens a registration for a review. The store has the last word on who came first.
func (x *Records) reviewable(ctx context.Context, by app.Operator, id app.EntryID) (app.Registration, error) {
	if err := by.May(app.TaskReview); err != nil {
		return app.Registration{}, err
	}
	if closed := x.counter.rules().Closed; closed != nil {
		return app.Registration{}, closed
	}
	r, err := x.counter.store.Registration(ctx, id)
	if err != nil || r.Operator != by.ID {
		return r, err
	}
	other, err := x.store.OtherSupervisor(ctx, by.ID)
	if err == nil && other {
		err = app.Fail(app.RecordFourEyes)
	}
	return r, err
}
