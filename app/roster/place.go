package roster

import (
	"strings"

	"loket/app/identity"
	"loket/app/region"
)

// finding is a village as the list means it.
type finding struct {
	typed string
	code  string
	fit   region.Fit
}

// atlas finds villages inside the list's region. Lists repeat the same few spellings, so each is
// looked for once.
type atlas struct {
	table   *region.Table
	within  string            // the regency or district that is searched
	village string            // when the list's region is a single village
	decided map[string]string // Options.Villages
	known   map[[2]string]finding
}

// maxKnown bounds what the atlas remembers of a hostile list.
const maxKnown = 50_000

func newAtlas(o Options) *atlas {
	a := &atlas{table: o.Regions, within: o.Region, decided: o.Villages, known: map[[2]string]finding{}}
	if p, ok := o.Regions.Lookup(o.Region); ok && (p.Kind == region.Desa || p.Kind == region.Kelurahan) {
		a.village = p.Code
		a.within = p.Code[:len("64.08.09")]
	}
	return a
}

func (a *atlas) find(village, district string) finding {
	key := [2]string{village, district}
	if f, ok := a.known[key]; ok {
		return f
	}
	f := a.match(tidy(village), tidy(district))
	if len(a.known) >= maxKnown {
		clear(a.known)
	}
	a.known[key] = f
	return f
}

func (a *atlas) match(village, district string) finding {
	if filler(village) {
		return finding{}
	}
	if code, ok := a.decided[village]; ok {
		place, fit := a.table.Match(code, "", a.within)
		return finding{village, place.Code, fit}
	}
	place, fit := a.table.Match(village, district, a.within)
	if fit != region.Exact && fit != region.Guessed || a.village != "" && place.Code != a.village {
		return finding{typed: village}
	}
	return finding{village, place.Code, fit}
}

// ofSheet finds the village that a whole sheet is about: by its name ("a sheet a village"), by a
// title ("DAFTAR ... DESA KOLEK KECAMATAN SANGKULIRANG"), or because the list is about one only.
// An exact name counts before a guess. The district that a title names comes along.
func (a *atlas) ofSheet(s Sheet) (found finding, district string) {
	var village string
	for _, title := range s.Titles {
		v, d := placesIn(title)
		village, district = first(village, v), first(district, d)
	}
	best := finding{typed: village}
	for _, name := range []string{s.Name, village} {
		if f := a.match(tidy(name), district); f.fit > best.fit {
			best = f
		}
	}
	if best.fit == region.NoFit && a.village != "" {
		best = finding{"", a.village, region.Exact}
	}
	return best, district
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// placesIn reads the village and the district that a title names.
func placesIn(title string) (village, district string) {
	words := strings.Fields(identity.Plain(title))
	var into *string
	for _, w := range words {
		switch meaning := titleWords[w]; {
		case meaning == "village" && village == "":
			into = &village
		case meaning == "dist" && district == "":
			into = &district
		case meaning == "village" && into == &village && district == "":
			// "Desa/Kelurahan: Kolek"
		case meaning == "other" || meaning == "year" || meaning == "dist" || meaning == "village" || w == "dan" || w == "di":
			into = nil
		case into != nil:
			*into = strings.TrimSpace(*into + " " + w)
		}
	}
	return village, district
}
