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

// BeginCover starts the cover of accepted registrations on a day: all of them when none is named.
// It returns how many began.
func (s *Store) BeginCover(ctx context.Context, ids []app.EntryID, from app.Date, by string, at time.Time) (begun int, err error) {
	if len(ids) == 0 {
		if ids, err = s.uncovered(ctx); err != nil {
			return 0, err
		}
	}
	for len(ids) > 0 { // in pieces, so that intake need not wait long
		piece := ids[:min(len(ids), 200)]
		ids = ids[len(piece):]
		n := 0
		err := s.change(ctx, "office.BeginCover", at, func(t *tx) error {
			n = 0
			for _, id := range piece {
				did, err := t.beginCover(id, from, by)
				if err != nil {
					return err
				}
				n += did
			}
			return nil
		})
		if err != nil {
			return begun, err
		}
		begun += n
	}
	return begun, nil
}

func (t *tx) beginCover(id app.EntryID, from app.Date, by string) (int, error) {
	r, found, err := t.regOf(id)
	if err != nil || !found || r.state != app.Accepted || r.cover == app.CoverBegun {
		return 0, err
	}
	if err := t.must("UPDATE registrations SET cover = $4, cover_from = $5 WHERE kiosk = $1 AND incarnation = $2 AND seq = $3",
		id.Kiosk, id.Incarnation, id.Seq, string(app.CoverBegun), from.ISO()); err != nil {
		return 0, err
	}
	return 1, t.announce(r, journal.DecisionBody{Outcome: journal.OutcomeCoverBegun, Member: string(r.member), From: from.ISO()}, by)
}

func (s *Store) uncovered(ctx context.Context) (ids []app.EntryID, err error) {
	err = s.look(ctx, "office.uncovered", func(t *tx) error {
		return t.each("SELECT kiosk, incarnation, seq FROM registrations WHERE state = $1 AND cover = '' ORDER BY kiosk, incarnation, seq", []any{string(app.Accepted)},
			func(scan func(...any) error) error {
				var id app.EntryID
				err := scan(&id.Kiosk, &id.Incarnation, &id.Seq)
				ids = append(ids, id)
				return err
			})
	})
	return ids, err
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
