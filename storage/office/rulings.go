package office

import (
	"context"

	"loket/app"
	"loket/app/office/books"
)

// Rule writes a person's decision on a duplicate or on what waits for a review.
func (s *Store) Rule(ctx context.Context, r books.Ruling) error {
	return s.change(ctx, "office.Rule", r.At, func(t *tx) error {
		reg, found, err := t.regOf(r.Registration)
		switch {
		case err != nil:
			return err
		case !found:
			return app.Fail(app.NotFound)
		case reg.state != app.Duplicate && reg.state != app.NeedsReview:
			return app.Fail(app.OfficeDecided)
		case !r.Accept:
			return t.rule(reg, app.Rejected, "", r.Reason, r.By)
		case reg.state == app.NeedsReview:
			return t.decide(reg.id)
		}
		return t.accept(reg, r.By)
	})
}
