package console

import (
	"slices"

	"loket/app"
	"loket/app/office/books"
	"loket/app/words"
)

// overlapRow is a person for whom two pay, seen from one programme.
type overlapRow struct {
	books.Overlap
	Here   app.EntryID // the registration of this programme
	Person app.Person
	Stands bool   // this programme's registration was accepted
	Payer  string // the other one
	Other  string // address of the other programme, "" for who pays for themselves
}

// overlapRows names the people and the other payers.
func (c *Console) overlapRows(v *visit, p books.Programme) ([]overlapRow, error) {
	if p.Overlaps == 0 {
		return nil, nil
	}
	found, err := c.desk.Overlaps(v.r.Context(), p.Scope, mostOverlaps)
	if err != nil {
		return nil, err
	}
	if err := c.listed(v, "overlaps "+hexOf(p.Scope), len(found), false); err != nil {
		return nil, err
	}
	all, err := c.desk.Programmes(v.r.Context())
	if err != nil {
		return nil, err
	}
	rows := make([]overlapRow, 0, len(found))
	for _, o := range found {
		row := overlapRow{Overlap: o, Here: o.Registration, Payer: words.Say(v.lang, "payer.self")}
		other := o.OtherScope
		if o.Scope != p.Scope {
			row.Here, row.Stands, other = o.Other, true, o.Scope
		}
		reg, err := c.desk.Registration(v.r.Context(), row.Here)
		if err != nil {
			return nil, err
		}
		row.Person = reg.Record.Person
		if i := slices.IndexFunc(all, func(q books.Programme) bool { return q.Scope == other }); i >= 0 {
			view := viewOf(v.lang, all[i])
			row.Payer, row.Other = all[i].Terms.Name, view.ID
		}
		rows = append(rows, row)
	}
	return rows, nil
}
