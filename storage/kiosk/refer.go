package kiosk

import (
	"context"
	"database/sql"

	"loket/app"
	"loket/app/journal"
)

// Refer records that somebody was sent elsewhere: an entry, with the person in its sealed part.
func (s *Store) Refer(ctx context.Context, by app.Author, r app.Referral) (app.Referral, error) {
	err := s.write(ctx, "kiosk.Refer", func(t *tx) error {
		part := journal.ReferredPart{Name: r.Name, Phone: r.Phone}
		e, err := t.append(by, journal.RegistrationReferred, app.ScopeSelfPayers, nil, journal.ReferredBody{Why: string(r.Why)}, part)
		r.ID, r.At, r.Operator = e.ID(), e.Time(), by.Operator
		return err
	})
	return r, err
}

// AddLead records an employer: an entry with its sealed part, and a row that lists it.
func (s *Store) AddLead(ctx context.Context, by app.Author, l app.EmployerLead) (app.EmployerLead, error) {
	err := s.write(ctx, "kiosk.AddLead", func(t *tx) error {
		part := journal.LeadPart{Name: l.Name, NPP: l.NPP, Contact: l.Contact, Phone: l.Phone, Address: l.Address, Names: l.Names}
		e, err := t.append(by, journal.EmployerLead, app.ScopeSelfPayers, nil, journal.LeadBody{Workers: l.Workers}, part)
		if err != nil {
			return err
		}
		l.ID, l.At, l.Operator = e.ID(), e.Time(), by.Operator
		return t.exec(`INSERT INTO leads (seq, at, operator, workers) VALUES (?, ?, ?, ?)`, e.Seq, t.ms(), by.Operator, l.Workers)
	})
	return l, err
}

// Leads are the employers that were recorded here, the newest first. One whose part was purged has its
// number alone.
func (s *Store) Leads(ctx context.Context, limit int) ([]app.EmployerLead, error) {
	rows, err := s.r.rows(ctx, `SELECT l.seq, l.at, l.operator, l.workers, p.sealed FROM leads l LEFT JOIN parts p ON p.seq = l.seq ORDER BY l.seq DESC LIMIT ?`, limit)
	if err != nil {
		return nil, failed("kiosk.Leads", err)
	}
	return collect("kiosk.Leads", rows, s.leadOf)
}

func (s *Store) leadOf(row scanner) (app.EmployerLead, error) {
	l := app.EmployerLead{ID: app.EntryID{Chain: s.Chain()}}
	var at sql.NullInt64
	var sealed []byte
	if err := row.Scan(&l.ID.Seq, &at, &l.Operator, &l.Workers, &sealed); err != nil || sealed == nil {
		return l, err
	}
	l.At = moment(at)
	part, err := s.openPart(l.ID.Seq, sealed)
	if err != nil {
		return l, err
	}
	var p journal.LeadPart
	err = part.Into(&p)
	l.Name, l.NPP, l.Contact, l.Phone, l.Address, l.Names = p.Name, p.NPP, p.Contact, p.Phone, p.Address, p.Names
	return l, err
}
