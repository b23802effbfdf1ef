package office

import (
	"context"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/office/books"
)

// BeginCover starts the cover of accepted registrations on a day: of all whose cover was never
// ordered, when none is named. A later day is noted, and the cover begins when it comes: until then
// nothing says "aktif".
func (s *Store) BeginCover(ctx context.Context, ids []app.EntryID, from app.Date, by string, at time.Time) (done books.Covered, err error) {
	if len(ids) == 0 {
		if ids, err = s.withCover(ctx, "state = $1 AND cover = '' AND cover_from = ''", string(app.Accepted)); err != nil {
			return done, err
		}
	}
	for len(ids) > 0 { // in pieces, so that intake need not wait long
		piece := ids[:min(len(ids), 200)]
		ids = ids[len(piece):]
		var n books.Covered
		err := s.change(ctx, "office.BeginCover", at, func(t *tx) error {
			n = books.Covered{}
			return t.orderCover(piece, from, by, &n)
		})
		if err != nil {
			return done, err
		}
		done.Begun, done.Planned = done.Begun+n.Begun, done.Planned+n.Planned
	}
	return done, nil
}

// Uncovered lists a programme's accepted registrations whose cover was never ordered.
func (s *Store) Uncovered(ctx context.Context, scope app.Scope) ([]app.EntryID, error) {
	return s.withCover(ctx, "scope = $1 AND state = $2 AND cover = '' AND cover_from = ''", scope[:], string(app.Accepted))
}

// CoverDue lists registrations whose planned day has come.
func (s *Store) CoverDue(ctx context.Context, at time.Time) ([]app.EntryID, error) {
	return s.withCover(ctx, "state = $1 AND cover = '' AND cover_from <> '' AND cover_from <= $2", string(app.Accepted), books.Today(at).ISO())
}

// BeginDueCover begins the planned cover of a registration whose day has come.
func (s *Store) BeginDueCover(ctx context.Context, id app.EntryID, at time.Time) error {
	return s.change(ctx, "office.BeginDueCover", at, func(t *tx) error {
		var planned string
		_, err := t.get("SELECT cover_from FROM registrations WHERE kiosk = $1 AND incarnation = $2 AND seq = $3", []any{id.Kiosk, id.Incarnation, id.Seq}, &planned)
		from, ok := app.ParseDate(planned)
		if err != nil || !ok || books.Today(at).Before(from) {
			return err
		}
		return t.orderCover([]app.EntryID{id}, from, "", &books.Covered{})
	})
}

func (t *tx) orderCover(ids []app.EntryID, from app.Date, by string, n *books.Covered) error {
	cover := app.CoverBegun
	if books.Today(t.at).Before(from) {
		cover = app.CoverNone
	}
	for _, id := range ids {
		r, found, err := t.regOf(id)
		if err != nil {
			return err
		}
		if !found || r.state != app.Accepted || r.cover == app.CoverBegun {
			continue
		}
		if err := t.must("UPDATE registrations SET cover = $4, cover_from = $5 WHERE kiosk = $1 AND incarnation = $2 AND seq = $3",
			id.Kiosk, id.Incarnation, id.Seq, string(cover), from.ISO()); err != nil {
			return err
		}
		if cover == app.CoverNone {
			n.Planned++
			err = t.ownDecision(r, journal.DecisionBody{Outcome: journal.OutcomeCoverBegun, Member: string(r.member), From: from.ISO()}, by)
		} else {
			n.Begun++
			err = t.announce(r, journal.DecisionBody{Outcome: journal.OutcomeCoverBegun, Member: string(r.member), From: from.ISO()}, by)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ownDecision writes a decision into the own journal alone: the kiosk has nothing to hear of it.
func (t *tx) ownDecision(r reg, d journal.DecisionBody, by string) error {
	subject, err := cose.Marshal([]any{r.id.Kiosk, r.id.Incarnation, r.id.Seq})
	if err != nil {
		return err
	}
	d.Kiosk, d.Incarnation, d.Seq, d.At = r.id.Kiosk, r.id.Incarnation, r.id.Seq, ms(t.at)
	return t.record(journal.RegistrationDecided, by, r.scope, subject, d)
}

func (s *Store) withCover(ctx context.Context, where string, args ...any) (ids []app.EntryID, err error) {
	err = s.look(ctx, "office.withCover", func(t *tx) error {
		return t.each("SELECT kiosk, incarnation, seq FROM registrations WHERE "+where+" ORDER BY kiosk, incarnation, seq", args, func(scan func(...any) error) error {
			var id app.EntryID
			err := scan(&id.Kiosk, &id.Incarnation, &id.Seq)
			ids = append(ids, id)
			return err
		})
	})
	return ids, err
}
