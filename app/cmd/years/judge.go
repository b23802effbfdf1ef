package years

import (
	"context"

	"loket/app"
	"loket/app/card"
	"loket/app/office/books"
)

// judge looks at every card as a stranger's phone does: who has a good one sees green, or that it has
// expired; a bad one is never green, and a forged one is nobody's.
func (w *world) judge(ctx context.Context) error {
	lists, err := w.centre.public(ctx)
	if err != nil {
		return err
	}
	now := w.clock.Now()
	for _, s := range w.cards {
		if s.bad {
			continue
		}
		v := lists.verify(s.credential, now)
		expired := !now.Before(s.expires) && v.Genuine && v.Reason == app.CardExpired
		if v.Colour != card.Green && !expired {
			w.fault(&w.report.GoodCardsRed, "serial %d of %s is %s: %s, status %s", s.serial, s.of.Chain, v.Colour, v.Reason, v.Status)
		}
	}
	for _, b := range w.bad {
		if v := lists.verify(b.credential, now); v.Colour == card.Green || b.forged && v.Genuine {
			w.fault(&w.report.BadCardsGreen, "%s: %s, genuine %t: %s", b.why, v.Colour, v.Genuine, v.Reason)
		}
	}
	return nil
}

// reckon brings the last post home, judges once more, and counts who is missing at head office or
// there twice.
func (w *world) reckon(ctx context.Context) error {
	for _, k := range w.kiosks {
		if err := k.atDesk(ctx, func() error { return nil }); err != nil {
			return err
		}
	}
	if err := w.centre.week(ctx); err != nil {
		return err
	}
	if err := w.judge(ctx); err != nil {
		return err
	}
	for _, p := range w.people {
		row, err := w.centre.Store.Registration(ctx, p.id)
		if app.CodeOf(err) == app.NotFound {
			w.fault(&w.report.Lost, "registration %s is not at head office", p.id)
			continue
		}
		if err != nil {
			return err
		}
		if row.State != app.Accepted {
			w.fault(&w.report.Lost, "registration %s is %s", p.id, row.State)
		}
	}
	return w.reckonTwice(ctx)
}

// reckonTwice counts people whom head office has in its books twice.
func (w *world) reckonTwice(ctx context.Context) error {
	rows, err := w.centre.Store.Registrations(ctx, books.Filter{Limit: len(w.people) + 1000})
	if err != nil {
		return err
	}
	if len(rows) > len(w.people) {
		w.report.Doubled += len(rows) - len(w.people)
	}
	return nil
}
