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

// overlaps finds who is paid for twice in the same months, by programme.
func (s *Sponsor) overlaps(ctx context.Context, all []Programme) (map[app.Scope][]Overlap, error) {
	pairs, err := s.store.PaidTwice(ctx)
	if err != nil {
		return nil, err
	}
	known, found := byScope(all), map[app.Scope][]Overlap{}
	for _, pair := range pairs {
		own, other := paidBy(pair[0], known), paidBy(pair[1], known)
		from, to, both := inCommon(own, other)
		if !both {
			continue
		}
		found[own.Scope] = append(found[own.Scope], Overlap{
			Registration: pair[0].ID, Other: other.Scope, OtherName: other.Name, Name: pair[0].Record.Person.Name, From: from, To: to,
		})
	}
	return found, nil
}

func persons(overlaps []Overlap) int {
	seen := map[app.EntryID]bool{}
	for _, o := range overlaps {
		seen[o.Registration] = true
	}
	return len(seen)
}

// Overlaps lists who of a programme is paid for by another one too, in the same months. Both stand;
// head office tells both owners. The other scope is app.ScopeSelfPayers where the person pays alone.
func (s *Sponsor) Overlaps(ctx context.Context, scope app.Scope) ([]Overlap, error) {
	all, err := s.store.Programmes(ctx)
	if err != nil {
		return nil, err
	}
	found, err := s.overlaps(ctx, all)
	return found[scope], err
}

// Versions lists what was taken in for a programme, the newest first.
func (s *Sponsor) Versions(ctx context.Context, scope app.Scope) ([]Version, error) {
	return s.store.ListVersions(ctx, scope)
}

// Leavers lists who stood in the version before the newest and does not stand in it. They are shown;
// nobody's cover ends by it.
func (s *Sponsor) Leavers(ctx context.Context, scope app.Scope) ([]Leaver, error) {
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
