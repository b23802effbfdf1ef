package office

import (
	"context"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

// led judges a lead: without its personal part nobody can call the employer.
func led(it sealed.Item) app.Code {
	var b journal.LeadBody
	if it.Entry.Into(&b) != nil || b.Workers < 1 || b.Workers > maxTermPeople {
		return app.OfficeBodyBad
	}
	if it.Part == nil {
		return app.OfficePartMissing
	}
	var p journal.LeadPart
	if it.Part.Into(&p) != nil || p.Name == "" {
		return app.OfficeBodyBad
	}
	return ""
}

func (t *tx) lead(e journal.Entry) error {
	var b journal.LeadBody
	if err := e.Into(&b); err != nil {
		return err
	}
	return t.must(`INSERT INTO leads (kiosk, incarnation, seq, workers, operator, captured_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		e.Kiosk, e.Incarnation, e.Seq, b.Workers, e.Operator, e.At)
}

// Leads lists the newest employers that counters recorded.
func (s *Store) Leads(ctx context.Context, limit int) (rows []books.LeadRow, err error) {
	err = s.look(ctx, "office.Leads", func(t *tx) error {
		err := t.each(`SELECT l.kiosk, l.incarnation, l.seq, l.workers, l.operator, l.captured_at, COALESCE(k.branch_name, '')
			FROM leads l LEFT JOIN kiosks k ON k.kiosk = l.kiosk ORDER BY l.captured_at DESC, l.kiosk, l.seq DESC LIMIT $1`,
			[]any{limit}, func(scan func(...any) error) error {
				var r books.LeadRow
				var at int64
				err := scan(&r.Lead.ID.Kiosk, &r.Lead.ID.Incarnation, &r.Lead.ID.Seq, &r.Lead.Workers, &r.Lead.Operator, &at, &r.Branch)
				r.Lead.At = moment(at)
				rows = append(rows, r)
				return err
			})
		for i := range rows {
			if err == nil {
				err = t.showLead(&rows[i].Lead)
			}
		}
		return err
	})
	return rows, err
}

func (t *tx) showLead(l *app.EmployerLead) error {
	part, err := t.part(l.ID)
	if err != nil {
		return err
	}
	var p journal.LeadPart
	err = part.Into(&p)
	l.Name, l.NPP, l.Contact, l.Phone, l.Address, l.Names = p.Name, p.NPP, p.Contact, p.Phone, p.Address, p.Names
	return err
}
