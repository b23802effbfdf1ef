package kiosk

import (
	"context"
	"time"

	"loket/app"
	"loket/app/journal"
)

// OpenEvent writes that an event begins here. The same event may be opened on several kiosks; here
// it is opened once: event.closed_before when it was ended, and otherwise nothing changes.
func (s *Store) OpenEvent(ctx context.Context, by app.Author, e app.Event) (app.Event, error) {
	by.Event = e.ID
	err := s.write(ctx, "kiosk.OpenEvent", func(t *tx) error {
		var n int
		if err := t.row(`SELECT count(*) FROM events WHERE id = ?`, e.ID).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return app.Fail(app.EventClosedBefore)
		}
		entry, err := t.append(by, journal.EventOpened, app.ScopeDevice, journal.Subject(e.ID), journal.EventBodyOf(e), nil)
		if err != nil {
			return err
		}
		e.Opened = entry.ID()
		return t.exec(`INSERT INTO events (id, opened) VALUES (?, ?)`, e.ID, entry.Seq)
	})
	return e, err
}

const selectEvents = `SELECT o.bytes, coalesce(c.at, 0) FROM events v JOIN entries o ON o.seq = v.opened LEFT JOIN entries c ON c.seq = v.closed`

// Event is an event that was opened here, or not_found.
func (s *Store) Event(ctx context.Context, id string) (app.Event, error) {
	e, err := eventOf(s.r.row(ctx, selectEvents+` WHERE v.id = ?`, id))
	return e, failed("kiosk.Event", err)
}

// Events lists the events that were opened here, the newest first.
func (s *Store) Events(ctx context.Context) ([]app.Event, error) {
	rows, err := s.r.rows(ctx, selectEvents+` ORDER BY v.opened DESC`)
	if err != nil {
		return nil, failed("kiosk.Events", err)
	}
	return collect("kiosk.Events", rows, eventOf)
}

func eventOf(row scanner) (app.Event, error) {
	var raw []byte
	var closed int64
	if err := row.Scan(&raw, &closed); err != nil {
		return app.Event{}, err
	}
	entry, err := journal.Decode(raw)
	if err != nil {
		return app.Event{}, err
	}
	var body journal.EventBody
	if err := entry.Into(&body); err != nil {
		return app.Event{}, err
	}
	e := body.Event()
	e.Opened = entry.ID()
	if closed > 0 {
		e.Closed = time.UnixMilli(closed)
	}
	return e, nil
}

// noteEvent keeps which entries were made at an event, so that its figures need not read them all.
func (t *tx) noteEvent(e journal.Entry) error {
	if e.Event == "" {
		return nil
	}
	return t.exec(`INSERT INTO event_entries (event, kind, seq) VALUES (?, ?, ?)`, e.Event, e.Kind, e.Seq)
}

// EventOf is the event at which an entry was made, "" at the branch.
func (s *Store) EventOf(ctx context.Context, id app.EntryID) (string, error) {
	if id.Chain != s.Chain() {
		return "", nil
	}
	var raw []byte
	if err := s.r.row(ctx, `SELECT bytes FROM entries WHERE seq = ?`, id.Seq).Scan(&raw); err != nil {
		return "", failed("kiosk.EventOf", err)
	}
	e, err := journal.Decode(raw)
	return e.Event, err
}
