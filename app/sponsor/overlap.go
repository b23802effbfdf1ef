package sponsor

import (
	"context"

	"loket/app"
)

func byScope(all []Programme) map[app.Scope]Programme {
	m := make(map[app.Scope]Programme, len(all))
	for _, p := range all {
		m[p.Scope] = p
	}
	return m
}

// paidBy is the programme of a registration; of who pays alone, the own plan.
func paidBy(r app.Registration, all map[app.Scope]Programme) Programme {
	if p, ok := all[r.Scope]; ok {
		return p
	}
	return Programme{Scope: r.Scope, First: r.Record.Plan.FirstMonth, Months: r.Record.Plan.Months}
}

// inCommon is the months that two pay for.
func inCommon(a, b Programme) (from, to app.Month, both bool) {
	from, to = a.First, a.Last()
	if from.Before(b.First) {
		from = b.First
	}
	if b.Last().Before(to) {
		to = b.Last()
	}
	return from, to, a.Months > 0 && b.Months > 0 && !to.Before(from)
}

// both is one person whom two pay for in the same months.
type both struct {
	app.PaidTwice
	from, to app.Month
}

type twice []both

// paidTwice finds who is paid for twice in the same months. Of who pays alone the months stand in the
// record; those are few.
func (s *Sponsor) paidTwice(ctx context.Context, all []Programme) (twice, error) {
	pairs, err := s.store.PaidTwice(ctx)
	if err != nil {
		return nil, err
	}
	known := byScope(all)
	var found twice
	for _, pair := range pairs {
		other, ok := known[pair.OtherScope]
		if !ok {
			r, err := s.store.Registration(ctx, pair.Other)
			if err != nil {
				return nil, err
			}
			other = paidBy(r, known)
		}
		if from, to, ok := inCommon(known[pair.Scope], other); ok {
			found = append(found, both{pair, from, to})
		}
	}
	return found, nil
}

// persons counts them by programme; who is paid for by three is one person.
func (t twice) persons() map[app.Scope]int {
	n, last := map[app.Scope]int{}, app.EntryID{}
	for _, b := range t { // ordered by person
		if b.Registration != last {
			n[b.Scope]++
		}
		last = b.Registration
	}
	return n
}

// Overlaps lists who of a programme is paid for by another one too, in the same months. Both stand;
// head office tells both owners. The other scope is app.ScopeSelfPayers where the person pays alone.
func (s *Sponsor) Overlaps(ctx context.Context, scope app.Scope) ([]Overlap, error) {
	if err := s.mayRead(); err != nil {
		return nil, err
	}
	all, err := s.store.Programmes(ctx)
	if err != nil {
		return nil, err
	}
	found, err := s.paidTwice(ctx, all)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	people, err := s.store.NotAlone(ctx, scope)
	if err != nil {
		return nil, err
	}
	names, known := make(map[app.EntryID]string, len(people)), byScope(all)
	for _, r := range people {
		names[r.ID] = r.Record.Person.Name
	}
	var overlaps []Overlap
	for _, b := range found {
		if b.Scope == scope {
			overlaps = append(overlaps, Overlap{
				Registration: b.Registration, Other: b.OtherScope, OtherName: known[b.OtherScope].Name, Name: names[b.Registration], From: b.from, To: b.to,
			})
		}
	}
	return overlaps, nil
}

// Versions lists what was taken in for a programme, the newest first.
func (s *Sponsor) Versions(ctx context.Context, scope app.Scope) ([]Version, error) {
	if err := s.mayRead(); err != nil {
		return nil, err
	}
	return s.store.ListVersions(ctx, scope)
}

// Leavers lists who stood in the version before the newest and does not stand in it. They are shown;
// nobody's cover ends by it.
func (s *Sponsor) Leavers(ctx context.Context, scope app.Scope) ([]Leaver, error) {
	if err := s.mayRead(); err != nil {
		return nil, err
	}
	left, err := s.store.LeftList(ctx, scope)
	if err != nil {
		return nil, err
	}
	regions := s.rules().Regions
	all := make([]Leaver, len(left))
	for i, r := range left {
		all[i] = Leaver{Registration: r.ID, Name: r.Record.Person.Name, Village: r.Record.Address.Village}
		if place, ok := regions.Lookup(r.Record.Address.Village); ok {
			all[i].Village = place.Name
		}
	}
	return all, nil
}
