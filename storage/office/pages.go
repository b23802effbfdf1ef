package office

import (
	"context"
	"strconv"
	"strings"
	"time"

	"loket/app"
	"loket/app/office/books"
)

// Figures counts for the console's first page. A day begins at the given moment; a kiosk is silent
// when it was last heard of before the other.
func (s *Store) Figures(ctx context.Context, today, silent time.Time) (f books.Figures, err error) {
	err = s.look(ctx, "office.Figures", func(t *tx) error {
		for _, q := range []struct {
			into  *int
			query string
			args  []any
		}{
			{&f.Kiosks, "SELECT count(*) FROM kiosks WHERE revoked_at = 0 AND incarnation > 0", nil},
			{&f.Silent, "SELECT count(*) FROM kiosks k JOIN chains c ON c.kiosk = k.kiosk AND c.incarnation = k.incarnation WHERE k.revoked_at = 0 AND c.seen_at < $1", []any{ms(silent)}},
			{&f.Batches, "SELECT count(*) FROM batches WHERE received_at >= $1", []any{ms(today)}},
			{&f.Today, "SELECT count(*) FROM registrations WHERE captured_at >= $1", []any{ms(today)}},
			{&f.Waiting, "SELECT count(*) FROM registrations WHERE state = $1", []any{string(app.NeedsReview)}},
			{&f.Duplicates, "SELECT count(*) FROM registrations WHERE state = $1 AND reason <> $2", []any{string(app.Duplicate), string(app.OfficeOtherPayer)}},
			{&f.Overlaps, "SELECT count(*) FROM registrations WHERE state = $1 AND reason = $2", []any{string(app.Duplicate), string(app.OfficeOtherPayer)}},
			{&f.OddDates, "SELECT count(*) FROM odd_dates", nil},
			{&f.Quarantined, "SELECT count(*) FROM quarantine", nil},
			{&f.Alarms, "SELECT COALESCE(SUM(times), 0) FROM clone_alarms", nil},
			{&f.Accepted, "SELECT count(*) FROM registrations WHERE state = $1", []any{string(app.Accepted)}},
			{&f.Covered, "SELECT count(*) FROM registrations WHERE cover = $1", []any{string(app.CoverBegun)}},
			{&f.Lookups, "SELECT count(*) FROM lookups WHERE state = $1", []any{string(app.LookupWaiting)}},
			{&f.Handed, "SELECT count(*) FROM cards WHERE state = $1", []any{string(app.CardHanded)}},
		} {
			if _, err := t.get(q.query, q.args, q.into); err != nil {
				return err
			}
		}
		return nil
	})
	return f, err
}

// Kiosks lists every kiosk, invited ones too.
func (s *Store) Kiosks(ctx context.Context, at time.Time) (rows []books.KioskRow, err error) {
	err = s.look(ctx, "office.Kiosks", func(t *tx) error {
		return t.each(`SELECT k.kiosk, k.incarnation, k.branch_name, k.label, k.revoked_at, COALESCE(c.enrolled_at, 0), COALESCE(c.seen_at, 0),
			(SELECT count(*) FROM batches b WHERE b.kiosk = k.kiosk),
			(SELECT count(*) FROM registrations r WHERE r.kiosk = k.kiosk),
			(SELECT COALESCE(SUM(last - first + 1 - used), 0) FROM member_ranges m WHERE m.kiosk = k.kiosk AND m.incarnation = k.incarnation AND m.expires_at > $1),
			(SELECT COALESCE(SUM($2 - used), 0) FROM serial_blocks s WHERE s.kiosk = k.kiosk AND s.incarnation = k.incarnation AND s.expires_at > $1)
			FROM kiosks k LEFT JOIN chains c ON c.kiosk = k.kiosk AND c.incarnation = k.incarnation ORDER BY k.kiosk`,
			[]any{ms(at), books.BlockSize}, func(scan func(...any) error) error {
				var r books.KioskRow
				var revoked, enrolled, seen int64
				err := scan(&r.Chain.Kiosk, &r.Chain.Incarnation, &r.Branch, &r.Label, &revoked, &enrolled, &seen,
					&r.Batches, &r.Registrations, &r.MembersLeft, &r.SerialsLeft)
				r.RevokedAt, r.EnrolledAt, r.SeenAt = moment(revoked), moment(enrolled), moment(seen)
				rows = append(rows, r)
				return err
			})
	})
	return rows, err
}

// Batches lists the newest batches.
func (s *Store) Batches(ctx context.Context, limit int) (rows []books.BatchRow, err error) {
	err = s.look(ctx, "office.Batches", func(t *tx) error {
		return t.each(`SELECT kiosk, incarnation, number, first_seq, last_seq, received_at, applied_at, quarantined, LENGTH(raw)
			FROM batches ORDER BY received_at DESC, kiosk, number DESC LIMIT $1`, []any{limit}, func(scan func(...any) error) error {
			var r books.BatchRow
			var received, applied int64
			err := scan(&r.Chain.Kiosk, &r.Chain.Incarnation, &r.Number, &r.First, &r.Last, &received, &applied, &r.Quarantined, &r.Size)
			r.ReceivedAt, r.Applied = moment(received), applied != 0
			rows = append(rows, r)
			return err
		})
	})
	return rows, err
}

// Registrations finds registrations, newest first. A name is looked for among the newest thousands
// only: names are encrypted, and no index of them exists.
func (s *Store) Registrations(ctx context.Context, f books.Filter) (rows []books.RegistrationRow, err error) {
	err = s.look(ctx, "office.Registrations", func(t *tx) error {
		where, args, byName := t.searched(f)
		if err := t.listRegistrations(where, args, &rows); err != nil {
			return err
		}
		if rows, err = t.withRecords(rows, byName, f.Limit); err != nil {
			return err
		}
		return t.withCards(rows)
	})
	return rows, err
}

// scanned bounds how many records a search by name decrypts.
const scanned = 5000

// searched reads the search text: a NIK, a member number, a provisional number, else a name.
func (t *tx) searched(f books.Filter) (where string, args []any, name string) {
	where = "1 = 1"
	if f.State != "" {
		where, args = "state = $1", []any{string(f.State)}
	}
	if f.Scope != (app.Scope{}) {
		args = append(args, f.Scope[:])
		where += " AND scope = $" + strconv.Itoa(len(args))
	}
	if f.Odd {
		where += " AND EXISTS (SELECT 1 FROM odd_dates o WHERE o.kiosk = registrations.kiosk AND o.incarnation = registrations.incarnation AND o.seq = registrations.seq)"
	}
	text := strings.ToUpper(strings.TrimSpace(f.Text))
	digits := strings.NewReplacer(" ", "", "-", "", ".", "", "P", "", "S", "").Replace(text)
	place := "$" + string(rune('1'+len(args)))
	switch {
	case text == "":
		return where, append(args, f.Limit), ""
	case len(digits) == 16 && onlyDigits(digits):
		return where + " AND nik_index = " + place, append(args, t.clerk.Index("nik", digits), f.Limit), ""
	case len(digits) == 11 && onlyDigits(digits):
		return where + " AND member = " + place, append(args, digits, f.Limit), ""
	case len(digits) == 13 && onlyDigits(digits):
		next := string(rune('2' + len(args)))
		kiosk, counter := number(digits[:5]), number(digits[7:])
		return where + " AND kiosk = " + place + " AND counter = $" + next, append(args, kiosk, counter, f.Limit), ""
	}
	return where, append(args, scanned), text
}

func number(digits string) int {
	n := 0
	for _, d := range digits {
		n = 10*n + int(d-'0')
	}
	return n
}

func onlyDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func (t *tx) listRegistrations(where string, args []any, rows *[]books.RegistrationRow) error {
	query := `SELECT kiosk, incarnation, seq, scope, counter, operator, captured_at, state, reason, member, cover, cover_from, decided_at,
		(SELECT COALESCE(max(o.arrived_at), 0) FROM odd_dates o WHERE o.kiosk = registrations.kiosk AND o.incarnation = registrations.incarnation AND o.seq = registrations.seq)
		FROM registrations WHERE ` + where + " ORDER BY captured_at DESC, kiosk, seq DESC LIMIT $" + string(rune('0'+len(args)))
	return t.each(query, args, func(scan func(...any) error) error {
		var r books.RegistrationRow
		var at, decided, odd int64
		var from string
		var scope []byte
		err := scan(&r.ID.Kiosk, &r.ID.Incarnation, &r.ID.Seq, &scope, &r.Number.Counter, &r.Operator, &at, &r.State, &r.Reason, &r.Member, &r.Cover, &from, &decided, &odd)
		r.Number.Chain, r.CapturedAt, r.DecidedAt = r.ID.Chain, moment(at), moment(decided)
		r.OddlyDated = moment(odd)
		r.CoverFrom, _ = app.ParseDate(from)
		copy(r.Scope[:], scope)
		*rows = append(*rows, r)
		return err
	})
}

func (t *tx) withRecords(rows []books.RegistrationRow, name string, limit int) ([]books.RegistrationRow, error) {
	kept := rows[:0]
	for _, r := range rows {
		if len(kept) == limit {
			break
		}
		var err error
		if r.Record, err = t.recordOf(r.ID); err != nil {
			return nil, err
		}
		if name == "" || strings.Contains(strings.ToUpper(r.Record.Person.Name), name) {
			kept = append(kept, r)
		}
	}
	return kept, nil
}

func (t *tx) withCards(rows []books.RegistrationRow) error {
	for i := range rows {
		r := &rows[i]
		err := t.each("SELECT serial, generation, state FROM cards WHERE kiosk = $1 AND incarnation = $2 AND registration = $3 ORDER BY generation",
			[]any{r.ID.Kiosk, r.ID.Incarnation, r.ID.Seq}, func(scan func(...any) error) error {
				var c app.Card
				err := scan(&c.Serial, &c.Generation, &c.State)
				r.Cards = append(r.Cards, c)
				return err
			})
		if err != nil || r.State != app.Duplicate {
			if err != nil {
				return err
			}
			continue
		}
		if _, err := t.get(`SELECT n.kiosk, n.incarnation, n.seq FROM nik_claims n JOIN registrations r ON r.nik_index = n.nik_index
			WHERE r.kiosk = $1 AND r.incarnation = $2 AND r.seq = $3`, []any{r.ID.Kiosk, r.ID.Incarnation, r.ID.Seq}, &r.Other.Kiosk, &r.Other.Incarnation, &r.Other.Seq); err != nil {
			return err
		}
	}
	return nil
}

// Registration finds one registration.
func (s *Store) Registration(ctx context.Context, id app.EntryID) (row books.RegistrationRow, err error) {
	err = s.look(ctx, "office.Registration", func(t *tx) error {
		var rows []books.RegistrationRow
		if err := t.listRegistrations("kiosk = $1 AND incarnation = $2 AND seq = $3", []any{id.Kiosk, id.Incarnation, id.Seq, 1}, &rows); err != nil {
			return err
		}
		if len(rows) == 0 {
			return app.Fail(app.NotFound)
		}
		if rows, err = t.withRecords(rows, "", 1); err != nil {
			return err
		}
		if err := t.withCards(rows); err != nil {
			return err
		}
		row = rows[0]
		if row.Remarks, err = t.remarks(id); err != nil {
			return err
		}
		if row.History, err = t.amendments(id); err != nil {
			return err
		}
		signed, err := t.isAttested(id, row.Operator)
		row.Unsigned = !signed
		return err
	})
	return row, err
}
