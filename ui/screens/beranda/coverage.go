package beranda

import (
	"cmp"
	"slices"
	"strings"

	"loket/app"
	"loket/app/region"
	"loket/app/sealed"
)

// Covered is how many workers of a region are covered, as head office counted them.
type Covered struct {
	Name    string
	People  int      // covered
	Left    int      // not covered: of all workers, or of the target where those are not known
	Percent float64  // of all workers, or of the target; -1 when neither is known
	Target  float64  // in the same percent; -1 when there is none
	Aimed   bool     // the percent is of the target
	AsOf    app.Date // zero when not said
}

// regencyCode is the length of a regency's or city's code: "64.71".
const regencyCode = 5

// Coverage parts what head office sent into regencies and their districts. Of districts those with the
// least cover come first: there is the most to do.
func Coverage(sent []sealed.Coverage, places *region.Table) (regencies, districts []Covered) {
	for _, s := range sent {
		c := coveredOf(s, places)
		if len(s.Region) > regencyCode {
			districts = append(districts, c)
		} else {
			regencies = append(regencies, c)
		}
	}
	slices.SortStableFunc(districts, func(a, b Covered) int { return cmp.Compare(a.Percent, b.Percent) })
	return regencies, districts
}

func coveredOf(s sealed.Coverage, places *region.Table) Covered {
	c := Covered{Name: s.Region, People: max(s.Covered, 0), Percent: -1, Target: -1}
	if p, ok := places.Lookup(strings.TrimSpace(s.Region)); ok {
		c.Name = p.Name
	}
	c.AsOf, _ = app.ParseDate(s.AsOf)
	switch {
	case s.Workers > 0:
		c.Percent = share(c.People, s.Workers)
		c.Left = max(s.Workers-c.People, 0)
		if s.Target > 0 {
			c.Target = share(s.Target, s.Workers)
		}
	case s.Target > 0:
		c.Percent, c.Target, c.Aimed = share(c.People, s.Target), 100, true
		c.Left = max(s.Target-c.People, 0)
	}
	return c
}

func share(n, of int) float64 { return 100 * float64(n) / float64(of) }

// Reached says whether the target is reached.
func (c Covered) Reached() bool { return c.Target >= 0 && c.Percent >= c.Target }
