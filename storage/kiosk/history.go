package kiosk

import (
	"context"
	"encoding/binary"
	"time"

	"loket/app"
	"loket/app/journal"
)

// aboutRegistration is the subject of entries about a registration of this chain: its seq.
func aboutRegistration(seq uint64) journal.Subject { return binary.BigEndian.AppendUint64(nil, seq) }

// aboutCard is the subject of entries about a card: its serial.
func aboutCard(serial app.Serial) journal.Subject {
	return binary.BigEndian.AppendUint32(nil, uint32(serial))
}

// appendAbout adds an entry that a registered person's page shows.
func (t *tx) appendAbout(registration uint64, by app.Author, kind journal.Kind, subject journal.Subject, body, part any) error {
	scope, err := t.scopeOf(registration)
	if err != nil {
		return err
	}
	e, err := t.append(by, kind, scope, subject, body, part)
	if err != nil {
		return err
	}
	return t.note(registration, e.Seq)
}

func (t *tx) note(registration, seq uint64) error {
	return t.exec(`INSERT INTO histories (registration, seq) VALUES (?, ?)`, registration, seq)
}

// History lists the entries that speak of a person, oldest first.
func (s *Store) History(ctx context.Context, id app.EntryID) ([]journal.Entry, error) {
	if f := s.former(id); f != nil {
		return f.History(ctx, id)
	}
	if id.Chain != s.Chain() {
		return nil, nil
	}
	rows, err := s.r.rows(ctx, `SELECT bytes FROM entries WHERE seq = ?1
		UNION ALL SELECT e.bytes FROM histories h JOIN entries e ON e.seq = h.seq WHERE h.registration = ?1`, id.Seq)
	if err != nil {
		return nil, failed("kiosk.History", err)
	}
	return collect("kiosk.History", rows, func(row scanner) (journal.Entry, error) {
		var b []byte
		if err := row.Scan(&b); err != nil {
			return journal.Entry{}, err
		}
		return journal.Decode(b)
	})
}

// Counts counts what happened from a moment until another (registered, confirmed, handed, and
// "hour 0" to "hour 23" of the registrations, counted from the first moment) and what stands now
// (all, families, review, waiting).
func (s *Store) Counts(ctx context.Context, from, until time.Time) (map[string]int, error) {
	rows, err := s.r.rows(ctx, `WITH RECURSIVE hours (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM hours WHERE n < 23)
		SELECT 'hour ' || n, (SELECT count(*) FROM registrations WHERE captured_at >= ?1 + n * 3600000 AND captured_at < min(?2, ?1 + (n + 1) * 3600000)) FROM hours
		UNION ALL SELECT 'registered', count(*) FROM registrations WHERE captured_at >= ?1 AND captured_at < ?2
		UNION ALL SELECT 'all', coalesce(max(counter), 0) FROM registrations
		UNION ALL SELECT 'families', count(*) FROM lookups WHERE state = 'answered'
		UNION ALL SELECT 'review', count(*) FROM registrations WHERE state = 'needs_review'
		UNION ALL SELECT 'waiting', count(*) FROM cards WHERE state IN ('queued', 'sent')
		UNION ALL SELECT 'confirmed', count(*) FROM cards WHERE confirmed_at >= ?1 AND confirmed_at < ?2
		UNION ALL SELECT 'handed', count(*) FROM handovers WHERE at >= ?1 AND at < ?2`, from.UnixMilli(), until.UnixMilli())
	if err != nil {
		return nil, failed("kiosk.Counts", err)
	}
	type count struct {
		what string
		n    int
	}
	all, err := collect("kiosk.Counts", rows, func(row scanner) (count, error) {
		var c count
		return c, row.Scan(&c.what, &c.n)
	})
	counts := make(map[string]int, len(all))
	for _, c := range all {
		counts[c.what] = c.n
	}
	return counts, err
}

// scopeOf is whose money pays for a registration: entries about it have the same scope.
func (t *tx) scopeOf(registration uint64) (scope app.Scope, err error) {
	var b []byte
	err = t.row(`SELECT scope FROM registrations WHERE seq = ?`, registration).Scan(&b)
	copy(scope[:], b)
	return scope, err
}
