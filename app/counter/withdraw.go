package counter

import (
	"context"
	"slices"

	"loket/app"
	"loket/app/identity"
	"loket/app/journal"
)

// Why is a reason of a closed list, with a person's own words, which are personal.
type Why struct {
	Reason string
	Note   string
}

// clean checks a reason against its list. "other" says nothing without words.
func (w Why) clean(among []string) (Why, error) {
	w.Note = identity.CleanSpaces(w.Note)
	if !slices.Contains(among, w.Reason) || w.Reason == "other" && w.Note == "" {
		return w, app.Fail(app.RecordNoReason)
	}
	return w, nil
}

// Withdraw takes a registration back, for good. A card that exists is not handed over any more, and
// head office voids it. Where cover has begun, only head office ends it.
func (x *Records) Withdraw(ctx context.Context, by app.Operator, id app.EntryID, why Why) (app.Registration, error) {
	r, err := x.amendable(ctx, by, id)
	if err != nil {
		return r, err
	}
	if r.Cover == app.CoverBegun {
		return r, app.Fail(app.RecordCovered)
	}
	if why, err = why.clean(journal.WithdrawalReasons); err != nil {
		return r, err
	}
	return x.amended(x.store.Withdraw(ctx, by.Author(), id, journal.WithdrawnBody{Reason: why.Reason}, why.Note))
}
