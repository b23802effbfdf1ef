package kiosk

import (
	"context"
	"database/sql"
	"errors"

	"loket/app"
	"loket/app/journal"
)

// Tally counts how an event stands on this kiosk now; of one that was closed it tells how it ended.
func (s *Store) Tally(ctx context.Context, event string) (journal.EventClosedBody, error) {
	b := journal.EventClosedBody{Event: event}
	var raw []byte
	err := s.r.row(ctx, `SELECT e.bytes FROM events v JOIN entries e ON e.seq = v.closed WHERE v.id = ?`, event).Scan(&raw)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return s.tallyNow(ctx, b)
	case err != nil:
		return b, failed("kiosk.Tally", err)
	}
	e, err := journal.Decode(raw)
	if err != nil {
		return b, err
	}
	err = e.Into(&b)
	return b, err
}

func (s *Store) tallyNow(ctx context.Context, b journal.EventClosedBody) (journal.EventClosedBody, error) {
	event := b.Event
	err := s.r.row(ctx, `SELECT
		(SELECT count(*) FROM event_entries WHERE event = ?1 AND kind = ?2),
		(SELECT count(*) FROM event_entries v JOIN slips s ON s.registration = v.seq WHERE v.event = ?1 AND v.kind = ?2),
		(SELECT count(*) FROM event_entries WHERE event = ?1 AND kind = ?3),
		(SELECT count(*) FROM drafts WHERE room = ?4), (SELECT count(*) FROM drafts WHERE room = ?5),
		(SELECT count(*) FROM passes WHERE event = ?1), (SELECT count(operator) FROM passes WHERE event = ?1)`,
		event, journal.RegistrationCaptured, journal.HandoverDone, roomRegistration, roomHandover).
		Scan(&b.Registered, &b.Slips, &b.Handed, &b.Drafts, &b.Parked, &b.Passes, &b.Joined)
	if err != nil {
		return b, failed("kiosk.Tally", err)
	}
	if b.Unsent, b.Attachments, err = s.Light(ctx); err != nil {
		return b, err
	}
	rows, err := s.r.rows(ctx, `SELECT r.counter FROM event_entries v JOIN registrations r ON r.seq = v.seq
		WHERE v.event = ? AND v.kind = ? AND r.seq NOT IN (SELECT registration FROM slips) ORDER BY r.counter LIMIT ?`,
		event, journal.RegistrationCaptured, mostNoSlip)
	if err != nil {
		return b, failed("kiosk.Tally", err)
	}
	b.NoSlip, err = collect("kiosk.Tally", rows, func(row scanner) (n uint32, err error) { return n, row.Scan(&n) })
	return b, err
}

// mostNoSlip is how many registrations without a slip are named one by one.
const mostNoSlip = 50

// CloseEvent ends an event on this kiosk, all of it or nothing: event.closed with its figures, the
// slots of its passes, those of the volunteers who joined with one.
func (s *Store) CloseEvent(ctx context.Context, by app.Author, body journal.EventClosedBody, note *journal.NotePart) error {
	by.Event = body.Event
	return s.write(ctx, "kiosk.CloseEvent", func(t *tx) error {
		var part any
		if note != nil {
			part = *note
		}
		e, err := t.append(by, journal.EventClosed, app.ScopeDevice, journal.Subject(body.Event), body, part)
		if err != nil {
			return err
		}
		n, err := t.change(`UPDATE events SET closed = ? WHERE id = ? AND closed IS NULL`, e.Seq, body.Event)
		if err != nil {
			return err
		}
		if n == 0 {
			return app.Fail(app.EventClosedBefore)
		}
		return t.endPasses(`event = ?`, body.Event)
	})
}

// NoteSlip counts that the slip of a registration was printed.
func (s *Store) NoteSlip(ctx context.Context, id app.EntryID) error {
	return s.write(ctx, "kiosk.NoteSlip", func(t *tx) error {
		return t.exec(`INSERT INTO slips (registration, printed) VALUES (?, 1) ON CONFLICT (registration) DO UPDATE SET printed = printed + 1`, id.Seq)
	})
}
