package kiosk

import (
	"context"
	"iter"

	"loket/app"
	"loket/app/cose"
	"loket/app/journal"
)

// recordPart opens the record that stands beside an entry.
func (s *Store) recordPart(seq uint64, sealed []byte) (journal.RecordPart, error) {
	var packed journal.RecordPart
	part, err := s.openPart(seq, sealed)
	if err == nil {
		err = part.Into(&packed)
	}
	return packed, err
}

// openListed opens what a list says of a person.
func (s *Store) openListed(registration uint64, sealed []byte) (journal.RecordPart, error) {
	var packed journal.RecordPart
	plain, err := s.unseal("listed", "sealed", registration, sealed)
	if err == nil {
		err = cose.UnmarshalOpen(plain, &packed)
	}
	return packed, err
}

// LeftList lists who stood in the version before the newest that ended and does not stand in it.
func (s *Store) LeftList(ctx context.Context, scope app.Scope) ([]app.Registration, error) {
	rows, err := s.r.rows(ctx, selectRegistrations+` JOIN listed l ON l.registration = r.seq,
		(SELECT coalesce(max(version), 0) AS newest FROM lists WHERE scope = ?1 AND ended_at IS NOT NULL) n
		WHERE l.scope = ?1 AND l.version < n.newest
		AND l.version >= (SELECT max(1, coalesce(max(version), 0)) FROM lists WHERE scope = ?1 AND ended_at IS NOT NULL AND version < n.newest)
		ORDER BY r.seq`, scope[:])
	if err != nil {
		return nil, failed("kiosk.LeftList", err)
	}
	return collect("kiosk.LeftList", rows, s.registrationOf)
}

// ListedRows goes through the accepted rows of the newest version that ended, as the list has them,
// with their salts. A row whose part was purged is left out.
func (s *Store) ListedRows(ctx context.Context, scope app.Scope) iter.Seq2[app.ListedRow, error] {
	return func(yield func(app.ListedRow, error) bool) {
		rows, err := s.r.rows(ctx, `SELECT l.registration, l.commitment, l.sealed, p.sealed FROM listed l LEFT JOIN parts p ON p.seq = l.registration
			WHERE l.scope = ?1 AND l.version = (SELECT max(version) FROM lists WHERE scope = ?1 AND ended_at IS NOT NULL) ORDER BY l.registration`, scope[:])
		if err != nil {
			yield(app.ListedRow{}, failed("kiosk.ListedRows", err))
			return
		}
		for rows.Next() {
			row, known, err := s.listedRow(rows)
			if (known || err != nil) && !yield(row, failed("kiosk.ListedRows", err)) {
				rows.Close() //nolint:errcheck,gosec // nobody awaits the rest
				return
			}
		}
		if err := both(rows.Err(), rows.Close()); err != nil {
			yield(app.ListedRow{}, failed("kiosk.ListedRows", err))
		}
	}
}

func (s *Store) listedRow(row scanner) (app.ListedRow, bool, error) {
	out := app.ListedRow{Registration: app.EntryID{Chain: s.Chain()}}
	var commitment, word, first []byte
	if err := row.Scan(&out.Registration.Seq, &commitment, &word, &first); err != nil {
		return out, false, err
	}
	var part journal.RecordPart
	var err error
	switch {
	case word != nil:
		part, err = s.openListed(out.Registration.Seq, word)
	case first != nil:
		part, err = s.recordPart(out.Registration.Seq, first)
	default:
		return out, false, nil
	}
	if err != nil {
		return out, false, err
	}
	record, err := part.Record()
	if err != nil || len(part.RowSalt) != len(out.Salt) || len(commitment) != len(out.Commitment) {
		return out, false, app.Wrap("kiosk.listedRow", app.StorageDamaged, err)
	}
	out.Person, out.Village = record.Person, record.Address.Village
	out.Salt, out.Commitment = [16]byte(part.RowSalt), [32]byte(commitment)
	return out, true, nil
}

// stands leaves out registrations that are none any more.
const stands = ` NOT IN ('withdrawn', 'rejected')`

// PaidTwice lists who is registered under two payers, both standing, of which the first is a
// programme's. A pair of programmes is told from both sides.
func (s *Store) PaidTwice(ctx context.Context) ([]app.PaidTwice, error) {
	rows, err := s.r.rows(ctx, `SELECT a.seq, a.scope, b.seq, b.scope FROM
		(SELECT `+s.everybodysNIK("r")+` AS nik FROM registrations r GROUP BY 1 HAVING count(*) > 1) t
		JOIN registrations a ON `+s.everybodysNIK("a")+` = t.nik AND a.state`+stands+` AND a.scope <> ?1
		JOIN registrations b ON `+s.everybodysNIK("b")+` = t.nik AND b.state`+stands+` AND b.scope <> a.scope ORDER BY a.seq, b.seq`, app.ScopeSelfPayers[:])
	if err != nil {
		return nil, failed("kiosk.PaidTwice", err)
	}
	chain := s.Chain()
	return collect("kiosk.PaidTwice", rows, func(row scanner) (app.PaidTwice, error) {
		p := app.PaidTwice{Registration: app.EntryID{Chain: chain}, Other: app.EntryID{Chain: chain}}
		var own, other []byte
		err := row.Scan(&p.Registration.Seq, &own, &p.Other.Seq, &other)
		copy(p.Scope[:], own)
		copy(p.OtherScope[:], other)
		return p, err
	})
}

// NotAlone lists the registrations of a programme whose NIK is registered more than once.
func (s *Store) NotAlone(ctx context.Context, scope app.Scope) ([]app.Registration, error) {
	rows, err := s.r.rows(ctx, selectRegistrations+` WHERE r.scope = ? AND r.state`+stands+`
		AND `+s.everybodysNIK("r")+` IN (SELECT `+s.everybodysNIK("d")+` FROM registrations d GROUP BY 1 HAVING count(*) > 1) ORDER BY r.seq`, scope[:])
	if err != nil {
		return nil, failed("kiosk.NotAlone", err)
	}
	return collect("kiosk.NotAlone", rows, s.registrationOf)
}

// Payments looks up who is paid for already, beside the own list of a programme: the standing
// registrations of a NIK, each with its scope, and with its record only where the person pays alone.
// It reads who everybody is once, so that a list can be judged row by row, by one goroutine.
func (s *Store) Payments(ctx context.Context, own app.Scope) (func(nik string) ([]app.Registration, error), error) {
	key, err := s.everybodysKey(ctx)
	if err != nil {
		return nil, err
	}
	others, err := s.paidElsewhere(ctx, own)
	if err != nil {
		return nil, err
	}
	sealer, err := key.Sealer()
	return func(nik string) ([]app.Registration, error) {
		if len(others) == 0 {
			return nil, nil
		}
		found := others[string(sealer.BlindIndex("nik", nik))]
		all := make([]app.Registration, len(found))
		for i, r := range found {
			all[i] = app.Registration{ID: app.EntryID{Chain: s.Chain(), Seq: r.seq}, Scope: r.scope}
			if r.scope != app.ScopeSelfPayers {
				continue
			}
			if all[i], err = s.Registration(ctx, all[i].ID); err != nil {
				return nil, err
			}
		}
		return all, nil
	}, err
}

// paying is a registration and whose money pays for it.
type paying struct {
	seq   uint64
	scope app.Scope
}

// paidElsewhere is everybody by blind index who stands beside a programme's own list.
func (s *Store) paidElsewhere(ctx context.Context, own app.Scope) (map[string][]paying, error) {
	rows, err := s.r.rows(ctx, `SELECT `+s.everybodysNIK("r")+`, r.seq, r.scope FROM registrations r LEFT JOIN listed l ON l.registration = r.seq
		WHERE r.state`+stands+` AND (r.scope <> ? OR l.registration IS NULL)`, own[:])
	if err != nil {
		return nil, failed("kiosk.paidElsewhere", err)
	}
	others := map[string][]paying{}
	_, err = collect("kiosk.paidElsewhere", rows, func(row scanner) (none, error) {
		var nik, scope []byte
		var p paying
		err := row.Scan(&nik, &p.seq, &scope)
		copy(p.scope[:], scope)
		others[string(nik)] = append(others[string(nik)], p)
		return none{}, err
	})
	return others, err
}
