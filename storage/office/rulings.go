package office

import (
	"context"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
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

// Revoke ends a kiosk: a recall for it, a new trust list for everybody, an entry in the own journal.
func (s *Store) Revoke(ctx context.Context, kiosk app.Kiosk, by string, at time.Time) error {
	return s.change(ctx, "office.Revoke", at, func(t *tx) error {
		n, err := t.do("UPDATE kiosks SET revoked_at = $2 WHERE kiosk = $1 AND revoked_at = 0", kiosk, ms(at))
		if err != nil {
			return err
		}
		if n == 0 {
			return app.Fail(app.OfficeUnknownKiosk)
		}
		if err := t.must("DELETE FROM enrol_tokens WHERE kiosk = $1 AND used_at = 0", kiosk); err != nil {
			return err
		}
		chain := app.Chain{Kiosk: kiosk}
		if _, err := t.get("SELECT incarnation FROM kiosks WHERE kiosk = $1", []any{kiosk}, &chain.Incarnation); err != nil {
			return err
		}
		if err := t.record(journal.DeviceRevoked, by, app.ScopeDevice, []byte(chain.String()), nil); err != nil {
			return err
		}
		if err := t.want(books.ListName{Kind: books.TrustList}); err != nil || chain.Incarnation == 0 {
			return err
		}
		return t.tell(chain, sealed.FrameRecall, string(app.OfficeRevoked))
	})
}
