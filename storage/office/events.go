package office

import (
	"context"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
)

// The texts of an event are lines that people wrote; a kiosk takes 120 letters each.
const mostEventText = 480 // bytes

// opened notes an event on a kiosk. The same event may be opened on several.
func (t *tx) opened(e journal.Entry) error {
	var b journal.EventBody
	if err := e.Into(&b); err != nil {
		return err
	}
	if app.EventIDOf(b.ID) != b.ID || b.ID == "" || b.ID != e.Event || b.From >= b.Until ||
		len(b.Name)+len(b.Address)+len(b.Partner)+len(b.PickUp) > 4*mostEventText {
		return t.quarantine(e.ID(), app.OfficeBodyBad)
	}
	return t.must(`INSERT INTO events (event, kiosk, incarnation, name, village, address, partner, from_at, until_at, pickup, passes, joined, registered, handed, closed_at, told)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, 0, 0, 0, $11) ON CONFLICT (event, kiosk, incarnation) DO NOTHING`,
		b.ID, e.Kiosk, e.Incarnation, b.Name, b.Village, b.Address, b.Partner, b.From*1000, b.Until*1000, b.PickUp, []byte{})
}

// closedEvent notes with which figures a kiosk ended its part of an event.
func (t *tx) closedEvent(e journal.Entry) error {
	return t.must("UPDATE events SET closed_at = $4, told = $5 WHERE event = $1 AND kiosk = $2 AND incarnation = $3 AND closed_at = 0",
		e.Event, e.Kiosk, e.Incarnation, e.At, []byte(e.Body))
}

// counted are the kinds of which an event shows a number, with the column of it.
var counted = map[journal.Kind]string{
	journal.EventPassIssued: "passes", journal.EventJoined: "joined",
	journal.RegistrationCaptured: "registered", journal.HandoverDone: "handed",
}

// atEvent counts what was done at events, as head office's own figures beside those that the kiosk
// told. The entries are neighbours of one kind.
func (t *tx) atEvent(run []journal.Entry) error {
	column, ok := counted[run[0].Kind]
	if !ok {
		return nil
	}
	made := map[string]int{}
	for _, e := range run {
		if e.Event != "" {
			made[e.Event]++
		}
	}
	for event, n := range made {
		err := t.must("UPDATE events SET "+column+" = "+column+" + $4 WHERE event = $1 AND kiosk = $2 AND incarnation = $3",
			event, run[0].Kiosk, run[0].Incarnation, n)
		if err != nil {
			return err
		}
	}
	return nil
}

// Events lists events, a row for each kiosk, the latest first.
func (s *Store) Events(ctx context.Context, limit int) (rows []books.EventRow, err error) {
	err = s.look(ctx, "office.Events", func(t *tx) error {
		return t.each(`SELECT event, kiosk, incarnation, name, village, address, partner, from_at, until_at, pickup, passes, joined, registered, handed, closed_at, told
			FROM events ORDER BY from_at DESC, event, kiosk, incarnation LIMIT $1`, []any{limit}, func(scan func(...any) error) error {
			var r books.EventRow
			var from, until, closed int64
			var told []byte
			e := &r.Event
			err := scan(&e.ID, &r.Chain.Kiosk, &r.Chain.Incarnation, &e.Name, &e.Village, &e.Address, &e.Partner, &from, &until, &e.PickUp,
				&r.Passes, &r.Joined, &r.Registered, &r.Handed, &closed, &told)
			if err != nil {
				return err
			}
			e.From, e.Until, e.Closed = time.UnixMilli(from), time.UnixMilli(until), moment(closed)
			if len(told) > 0 {
				err = journal.Entry{Body: told}.Into(&r.Told)
			}
			rows = append(rows, r)
			return err
		})
	})
	return rows, err
}
