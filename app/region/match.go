package region

import (
	"slices"
	"strings"

	"loket/app/identity"
)

// Fit says how a text was matched with a village.
type Fit int

// How well a text fits.
const (
	NoFit     Fit = iota
	Ambiguous     // several villages fit equally well
	Guessed       // only by tolerance of spelling
	Exact         // the code or the name, whatever the case
)

// Match finds the one village that a list means. The text is a code or a name ("SEPASO", "Desa
// Keraitan", "Sangata Utr."); district, which may be empty, decides between villages of the same
// name; regions are the codes of the regencies or districts that the list is about.
func (t *Table) Match(text, district string, regions ...string) (Place, Fit) {
	if p, ok := t.Lookup(text); ok && (p.Kind == Desa || p.Kind == Kelurahan) {
		if inside(p.Code, regions) {
			return p, Exact
		}
		return Place{}, NoFit
	}
	name, rest := splitDistrict(text)
	if rest != "" && district == "" {
		district = rest
	}
	p, fit := t.matchName(spell(name), district, regions)
	if bare, ok := strings.CutPrefix(spell(name).plain, "kampung "); ok && fit == NoFit {
		// Kampung is part of some names and only the kind of place in others.
		if p, fit = t.matchName(spell(bare), district, regions); fit == Exact {
			fit = Guessed
		}
	}
	return p, fit
}

func (t *Table) matchName(wanted spelling, district string, regions []string) (Place, Fit) {
	if wanted.key == "" {
		return Place{}, NoFit
	}
	best, distance := t.nearest(wanted, regions)
	if len(best) > 1 {
		best = t.inDistrict(best, district)
	}
	switch {
	case len(best) == 0:
		return Place{}, NoFit
	case len(best) > 1:
		return Place{}, Ambiguous
	case distance == 0:
		return t.place(best[0].entry), Exact
	}
	return t.place(best[0].entry), Guessed
}

// nearest lists the villages at the smallest distance.
func (t *Table) nearest(wanted spelling, regions []string) (best []spelled, distance int) {
	distance = 1 << 10
	for _, region := range regions {
		for _, v := range t.villages(region) {
			d, ok := wanted.distance(v.spelling)
			switch {
			case !ok || d > distance:
			case d < distance:
				best, distance = []spelled{v}, d
			default:
				best = append(best, v)
			}
		}
	}
	return best, distance
}

// inDistrict keeps the villages whose district fits the named one best, if that decides.
func (t *Table) inDistrict(villages []spelled, district string) []spelled {
	code, level, isCode := parseCode(district)
	wanted := spell(district)
	kept, nearest := villages, 1<<10
	for _, v := range villages {
		i, ok := t.at(v.number / step[2] * step[2])
		if !ok {
			continue
		}
		d, fits := wanted.distance(spell(t.places[i].name))
		if isCode {
			d, fits = 0, level == 2 && code == t.places[i].number
		}
		switch {
		case !fits || wanted.key == "" || d > nearest:
		case d < nearest:
			kept, nearest = []spelled{v}, d
		default:
			kept = append(kept, v)
		}
	}
	return kept
}

// splitDistrict parts "Manggar, Balikpapan Timur" and "Manggar Kec. Balikpapan Timur".
func splitDistrict(text string) (village, district string) {
	if village, district, ok := strings.Cut(text, ","); ok && !hasComma(text) {
		return village, district
	}
	words := strings.Fields(identity.CleanSpaces(text))
	i := slices.IndexFunc(words, func(w string) bool {
		return slices.Contains([]string{"kec", "kecamatan"}, identity.Plain(w))
	})
	if i > 0 {
		return strings.Join(words[:i], " "), strings.Join(words[i+1:], " ")
	}
	return text, ""
}

// hasComma says that the comma belongs to the name: "Lubuk Pakam I,II".
func hasComma(text string) bool {
	_, after, _ := strings.Cut(text, ",")
	first, _, _ := strings.Cut(spell(after).turns, " ")
	return first != "" && strings.Trim(first, "0123456789") == ""
}

func inside(code string, regions []string) bool {
	return slices.ContainsFunc(regions, func(r string) bool {
		number, level, ok := parseCode(r)
		place, _, _ := parseCode(code)
		return ok && place/step[level]*step[level] == number
	})
}
