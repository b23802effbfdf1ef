package kiosk

import (
	"context"
	"database/sql"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/journal"
)

// OpenProgramme begins a sponsor programme under its own scope.
func (s *Store) OpenProgramme(ctx context.Context, by app.Author, p app.SponsorProgramme) error {
	return s.write(ctx, "kiosk.OpenProgramme", func(t *tx) error {
		b, err := t.aboutProgramme(by, journal.ProgrammeOpened, p)
		if err != nil {
			return err
		}
		return t.exec(`INSERT INTO programmes (scope, body, opened_at) VALUES (?, ?, ?)`, p.Scope[:], b, t.ms())
	})
}

// ChangeProgramme writes what a programme is from now on; not_found where there is none open.
func (s *Store) ChangeProgramme(ctx context.Context, by app.Author, p app.SponsorProgramme) error {
	return s.write(ctx, "kiosk.ChangeProgramme", func(t *tx) error {
		b, err := t.aboutProgramme(by, journal.ProgrammeChanged, p)
		if err != nil {
			return err
		}
		n, err := t.change(`UPDATE programmes SET body = ? WHERE scope = ? AND closed_at IS NULL`, b, p.Scope[:])
		return one(n, err)
	})
}

// CloseProgramme ends the taking in of lists. Nobody's cover ends by it.
func (s *Store) CloseProgramme(ctx context.Context, by app.Author, scope app.Scope) error {
	return s.write(ctx, "kiosk.CloseProgramme", func(t *tx) error {
		n, err := t.change(`UPDATE programmes SET closed_at = ? WHERE scope = ? AND closed_at IS NULL`, t.ms(), scope[:])
		if err := one(n, err); err != nil {
			return err
		}
		_, err = t.append(by, journal.ProgrammeClosed, scope, nil, nil, nil)
		return err
	})
}

func one(n int64, err error) error {
	if err == nil && n != 1 {
		return app.Fail(app.NotFound)
	}
	return err
}

func (t *tx) aboutProgramme(by app.Author, kind journal.Kind, p app.SponsorProgramme) ([]byte, error) {
	body := bodyOfProgramme(p)
	if _, err := t.append(by, kind, p.Scope, nil, body, nil); err != nil {
		return nil, err
	}
	return cose.Marshal(body)
}

func bodyOfProgramme(p app.SponsorProgramme) journal.ProgrammeBody {
	return journal.ProgrammeBody{
		Name: p.Name, Payer: string(p.Payer), PayerName: p.PayerName, Decree: p.Decree, DecreeDay: p.DecreeDay.ISO(),
		Programmes: uint8(p.Programmes), First: uint32(p.First.Year*100 + int(p.First.Month)), Months: p.Months,
		Target: p.Target, Budget: int64(p.Budget), Level: p.Level, Region: p.Region, Release: p.Release,
	}
}

func programmeOf(scope app.Scope, b journal.ProgrammeBody) (app.SponsorProgramme, error) {
	day, err := dayOf(b.DecreeDay)
	return app.SponsorProgramme{
		Scope: scope, Name: b.Name, Payer: app.PayerKind(b.Payer), PayerName: b.PayerName, Decree: b.Decree, DecreeDay: day,
		Programmes: app.Programmes(b.Programmes), First: app.Month{Year: int(b.First / 100), Month: time.Month(b.First % 100)}, Months: b.Months,
		Target: b.Target, Budget: app.Rupiah(b.Budget), Level: b.Level, Region: b.Region, Release: b.Release,
	}, err
}

// Programmes lists all of this kiosk, the newest first.
func (s *Store) Programmes(ctx context.Context) ([]app.SponsorProgramme, error) {
	rows, err := s.r.rows(ctx, `SELECT scope, body, closed_at FROM programmes ORDER BY opened_at DESC, scope`)
	if err != nil {
		return nil, failed("kiosk.Programmes", err)
	}
	return collect("kiosk.Programmes", rows, func(row scanner) (app.SponsorProgramme, error) {
		var scope, b []byte
		var closed sql.NullInt64
		if err := row.Scan(&scope, &b, &closed); err != nil {
			return app.SponsorProgramme{}, err
		}
		var body journal.ProgrammeBody
		if err := cose.UnmarshalOpen(b, &body); err != nil || len(scope) != len(app.Scope{}) {
			return app.SponsorProgramme{}, app.Wrap("kiosk.Programmes", app.StorageDamaged, err)
		}
		p, err := programmeOf(app.Scope(scope), body)
		p.Closed = closed.Valid
		return p, err
	})
}

// CountProgramme counts what came of a programme here.
func (s *Store) CountProgramme(ctx context.Context, scope app.Scope) (app.ProgrammeCount, error) {
	var c app.ProgrammeCount
	var opened, rejected, left sql.NullInt64
	err := s.r.row(ctx, `SELECT p.opened_at,
		(SELECT count(*) FROM registrations r WHERE r.scope = p.scope AND r.state NOT IN ('withdrawn', 'rejected')),
		(SELECT count(*) FROM lists l WHERE l.scope = p.scope AND l.ended_at IS NOT NULL), n.rejected, n.gone
		FROM programmes p LEFT JOIN lists n ON n.scope = p.scope AND n.ended_at IS NOT NULL
		WHERE p.scope = ? ORDER BY n.version DESC LIMIT 1`, scope[:]).Scan(&opened, &c.Registered, &c.Versions, &rejected, &left)
	c.OpenedAt, c.Rejected, c.Left = moment(opened), int(rejected.Int64), int(left.Int64)
	return c, failed("kiosk.CountProgramme", err)
}
