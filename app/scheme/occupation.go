package scheme

import (
	"cmp"
	"slices"
	"strings"

	"loket/app"
	"loket/app/identity"
)

// Occupation is one entry of the coded list; it decides the sector.
type Occupation struct {
	Code   string     `json:"code"`
	ID     string     `json:"id"` // Indonesian name
	EN     string     `json:"en"` // English name
	Sector app.Sector `json:"sector"`
	Words  []string   `json:"words"` // what people say: ojol, tukang bakso
}

// Occupation finds an occupation by its code.
func (r *Rules) Occupation(code string) (Occupation, bool) {
	i := slices.IndexFunc(r.Occupations, func(o Occupation) bool { return o.Code == code })
	if i < 0 {
		return Occupation{}, false
	}
	return r.Occupations[i], true
}

// SectorOf is the sector of an occupation; one that is not known gets no transport relief.
func (r *Rules) SectorOf(code string) app.Sector {
	if o, ok := r.Occupation(code); ok {
		return o.Sector
	}
	return app.SectorOther
}

// OccupationSearch lists the occupations that everyday words may mean, best first. Nothing typed
// lists all of them, in the order of the rule set.
func (r *Rules) OccupationSearch(text string) []Occupation {
	wanted := identity.Plain(text)
	if wanted == "" {
		return slices.Clone(r.Occupations)
	}
	type hit struct {
		Occupation
		rank int
	}
	var hits []hit
	for _, o := range r.Occupations {
		if rank := o.rank(wanted); rank < noHit {
			hits = append(hits, hit{o, rank})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(a.rank, b.rank) })
	var found []Occupation
	for _, h := range hits {
		found = append(found, h.Occupation)
	}
	return found
}

// OccupationOf guesses the occupation that a list's free text means, if one stands out.
func (r *Rules) OccupationOf(text string) (Occupation, bool) {
	wanted := identity.Plain(text)
	if wanted == "" {
		return Occupation{}, false
	}
	found := r.OccupationSearch(wanted)
	if len(found) == 0 {
		return Occupation{}, false
	}
	best := found[0].rank(wanted)
	if best > rankPart || best == rankBegin && len(found) > 1 && found[1].rank(wanted) == best {
		return Occupation{}, false
	}
	return found[0], true
}

const (
	rankSame  = iota // a name or word as it stands
	rankPart         // a whole word inside what was typed: "tukang bakso malang"
	rankBegin        // the beginning of a word
	rankNear         // a slip of the pen
	noHit
)

// rank says how well an occupation fits plain text, smallest best.
func (o Occupation) rank(wanted string) int {
	best := noHit
	for _, w := range append([]string{o.ID, o.EN, o.Code}, o.Words...) {
		w = identity.Plain(w)
		switch {
		case w == wanted:
			return rankSame
		case strings.Contains(" "+wanted+" ", " "+w+" "):
			best = min(best, rankPart)
		case strings.HasPrefix(w, wanted) || strings.Contains(w, " "+wanted):
			best = min(best, rankBegin)
		case len(wanted) >= 5 && identity.Distance(w, wanted, 1) <= 1:
			best = min(best, rankNear)
		}
	}
	return best
}

// NotVulnerable says whether a list's free text names a civil servant, soldier or police officer.
func (r *Rules) NotVulnerable(occupation string) bool {
	text := " " + identity.Plain(occupation) + " "
	return slices.ContainsFunc(r.Asking.NotVulnerable, func(w string) bool {
		return strings.Contains(text, " "+w+" ")
	})
}
