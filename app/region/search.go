package region

import (
	"cmp"
	"slices"
	"strings"
)

// Search finds villages while somebody types: in the near regencies first, best first, at most limit.
// There, what is typed may be the beginning of a name, a code, or spelled otherwise, and a district's
// name brings all its villages. Villages elsewhere follow, by the beginning of their name.
func (t *Table) Search(text string, near []string, limit int) []Place {
	wanted := spell(text)
	if wanted.key == "" || limit < 1 {
		return nil
	}
	if p, ok := t.Lookup(text); ok && (p.Kind == Desa || p.Kind == Kelurahan) {
		return []Place{p}
	}
	type hit struct {
		spelled
		rank int
	}
	var hits []hit
	for _, regency := range near {
		for _, v := range t.villages(regency) {
			if r, ok := t.rank(wanted, v); ok {
				hits = append(hits, hit{v, r})
			}
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.plain, b.plain), cmp.Compare(a.number, b.number))
	})
	var places []Place
	for _, h := range hits[:min(limit, len(hits))] {
		places = append(places, t.place(h.entry))
	}
	return t.elsewhere(places, text, near, limit)
}

// leastElsewhere is how many letters it takes before the whole country is looked through: fewer
// fit hundreds.
const leastElsewhere = 4

// elsewhere adds villages outside the near regencies whose name begins as typed. It makes nothing of
// spelling, so that 83,762 names pass between two keys.
func (t *Table) elsewhere(places []Place, text string, near []string, limit int) []Place {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) < leastElsewhere {
		return places
	}
	for _, e := range t.places {
		if len(places) >= limit {
			break
		}
		if e.level == 3 && len(e.name) >= len(text) && strings.EqualFold(e.name[:len(text)], text) && !inside(formatCode(e.number, e.level), near) {
			places = append(places, t.place(e))
		}
	}
	return places
}

// rank says how good a hit is, smallest best.
func (t *Table) rank(wanted spelling, v spelled) (int, bool) {
	if d, ok := wanted.distance(v.spelling); ok && d <= 1 {
		return d, true
	}
	switch {
	case strings.HasPrefix(v.plain, wanted.plain):
		return 2, true
	case strings.HasPrefix(v.key, wanted.key):
		return 3, true
	case strings.Contains(v.plain, " "+wanted.plain):
		return 4, true
	}
	if d, ok := wanted.distance(v.spelling); ok {
		return 4 + d, true
	}
	if i, ok := t.at(v.number / step[2] * step[2]); ok && strings.HasPrefix(spell(t.places[i].name).key, wanted.key) {
		return 9, true
	}
	return 0, false
}
