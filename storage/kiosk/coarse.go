package kiosk

import (
	"context"
	"iter"

	"loket/app"
	"loket/app/journal"
)

// coarseAtOnce is how many records are opened in one transaction: others can write in between.
const coarseAtOnce = 500

// coarse is what may stand open of a record, for counting.
type coarse struct {
	registration, record  uint64
	village, payer, event string
}

// Coarsen takes from the records what may stand open for counting, where that was not done yet or the
// record was changed since. It needs the open vault. What was done stays done when it is stopped.
func (s *Store) Coarsen(ctx context.Context, progress func(done, of int)) error {
	const todo = ` FROM registrations r LEFT JOIN coarse c ON c.registration = r.seq WHERE (c.record IS NULL OR c.record <> r.record) AND r.seq > ?`
	var of int
	if err := s.r.row(ctx, `SELECT count(*)`+todo, 0).Scan(&of); err != nil {
		return failed("kiosk.Coarsen", err)
	}
	after := uint64(0)
	for done := 0; done < of; {
		rows, err := s.r.rows(ctx, `SELECT r.seq, r.record, p.sealed, e.bytes
			FROM (SELECT r.seq, r.record`+todo+` ORDER BY r.seq LIMIT ?) r
			JOIN entries e ON e.seq = r.seq LEFT JOIN parts p ON p.seq = r.record ORDER BY r.seq`, after, coarseAtOnce)
		if err != nil {
			return failed("kiosk.Coarsen", err)
		}
		some, err := collect("kiosk.Coarsen", rows, s.coarseOf)
		if err != nil {
			return err
		}
		if len(some) == 0 {
			return nil
		}
		if err := s.keepCoarse(ctx, some); err != nil {
			return err
		}
		done, after = done+len(some), some[len(some)-1].registration
		progress(min(done, of), of)
	}
	return nil
}

// coarseOf opens a record. One that is purged or cannot be read is counted with what is not known.
func (s *Store) coarseOf(row scanner) (coarse, error) {
	var c coarse
	var sealed, entry []byte
	if err := row.Scan(&c.registration, &c.record, &sealed, &entry); err != nil {
		return c, err
	}
	if e, err := journal.Decode(entry); err == nil {
		c.event = e.Event
	}
	if _, err := s.vault(); err != nil || sealed == nil {
		return c, err
	}
	part, err := s.openPart(c.record, sealed)
	if app.CodeOf(err) == app.VaultLocked {
		return c, err
	}
	if err != nil {
		return c, nil //nolint:nilerr // a spoiled record is told of where it is shown; here it is only counted
	}
	var packed journal.RecordPart
	if err := part.Into(&packed); err != nil {
		return c, nil //nolint:nilerr // as above
	}
	if record, err := packed.Record(); err == nil {
		c.village, c.payer = record.Address.Village, string(record.Plan.Payer)
	}
	return c, nil
}

func (s *Store) keepCoarse(ctx context.Context, some []coarse) error {
	return s.write(ctx, "kiosk.Coarsen", func(t *tx) error {
		for _, c := range some {
			if err := t.keepCoarse(c); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *tx) keepCoarse(c coarse) error {
	return t.exec(`INSERT OR REPLACE INTO coarse (registration, record, village, payer, event) VALUES (?, ?, ?, ?, ?)`,
		c.registration, c.record, c.village, c.payer, c.event)
}

// among narrows registrations r, with their coarse c, to an event and a scope.
const among = ` AND (?3 = '' OR c.event = ?3) AND (?4 IS NULL OR r.scope = ?4)`

func narrowed(of app.Counted) []any {
	var scope any
	if of.Scope != nil {
		scope = of.Scope[:]
	}
	return []any{of.From.UnixMilli(), of.Until.UnixMilli(), of.Event, scope}
}

// Cells counts registrations by hour, state, operator, village, payer and scope, in the order of time.
func (s *Store) Cells(ctx context.Context, of app.Counted) ([]app.Cell, error) {
	rows, err := s.r.rows(ctx, `SELECT (r.captured_at - ?1) / 3600000, r.state, r.operator, coalesce(c.village, ''), coalesce(c.payer, ''), r.scope, count(*)
		FROM registrations r LEFT JOIN coarse c ON c.registration = r.seq
		WHERE r.captured_at >= ?1 AND r.captured_at < ?2`+among+` GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1`, narrowed(of)...)
	if err != nil {
		return nil, failed("kiosk.Cells", err)
	}
	return collect("kiosk.Cells", rows, func(row scanner) (app.Cell, error) {
		var c app.Cell
		var scope []byte
		err := row.Scan(&c.Hour, &c.State, &c.Operator, &c.Village, &c.Payer, &scope, &c.Count)
		copy(c.Scope[:], scope)
		return c, err
	})
}

// CardCounts counts the cards that were confirmed, and handed over, in a time: of those who were
// registered at an event or under a scope, whenever that was.
func (s *Store) CardCounts(ctx context.Context, of app.Counted) (n app.CardCount, err error) {
	const whose = ` JOIN registrations r ON r.seq = k.registration LEFT JOIN coarse c ON c.registration = r.seq `
	err = s.r.row(ctx, `SELECT
		(SELECT count(*) FROM cards k`+whose+`WHERE k.confirmed_at >= ?1 AND k.confirmed_at < ?2`+among+`),
		(SELECT count(*) FROM handovers h JOIN cards k ON k.serial = h.serial`+whose+`WHERE h.at >= ?1 AND h.at < ?2`+among+`)`, narrowed(of)...).
		Scan(&n.Confirmed, &n.Handed)
	return n, failed("kiosk.CardCounts", err)
}

// EventsHeld lists the events at which anybody was registered, the newest first.
func (s *Store) EventsHeld(ctx context.Context) ([]string, error) {
	rows, err := s.r.rows(ctx, `SELECT event FROM coarse WHERE event <> '' GROUP BY event ORDER BY max(registration) DESC`)
	if err != nil {
		return nil, failed("kiosk.EventsHeld", err)
	}
	return collect("kiosk.EventsHeld", rows, func(row scanner) (event string, err error) { return event, row.Scan(&event) })
}

// Exported writes down that the names of so many people were taken out as a file.
func (s *Store) Exported(ctx context.Context, by app.Author, scope app.Scope, people int) error {
	return s.write(ctx, "kiosk.Exported", func(t *tx) error {
		_, err := t.append(by, journal.AccessLookedUp, scope, []byte("export"), journal.ExportBody{People: people}, nil)
		return err
	})
}

// Among goes through the registrations that are counted, oldest first. A record that cannot be read
// is reported, and the next one follows.
func (s *Store) Among(ctx context.Context, of app.Counted) iter.Seq2[app.Registration, error] {
	return func(yield func(app.Registration, error) bool) {
		rows, err := s.r.rows(ctx, selectRegistrations+` LEFT JOIN coarse c ON c.registration = r.seq
			WHERE r.captured_at >= ?1 AND r.captured_at < ?2`+among+` ORDER BY r.seq`, narrowed(of)...)
		if err != nil {
			yield(app.Registration{}, failed("kiosk.Among", err))
			return
		}
		s.each(rows, "kiosk.Among", yield)
	}
}
