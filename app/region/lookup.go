package region

import (
	"strings"

	"loket/app/identity"
)

// Lookup finds a place by its official code, with or without dots.
func (t *Table) Lookup(code string) (Place, bool) {
	number, level, ok := parseCode(code)
	if !ok {
		return Place{}, false
	}
	i, ok := t.at(number)
	if !ok || int(t.places[i].level) != level {
		return Place{}, false
	}
	return t.place(t.places[i]), true
}

// Label names a place in full, or gives the code back when the table does not have it.
func (t *Table) Label(code string) string {
	if p, ok := t.Lookup(code); ok {
		return p.Label()
	}
	return code
}

func (t *Table) place(e entry) Place {
	p := Place{Code: formatCode(e.number, e.level), Name: e.name, Kind: kindOf(e)}
	for level := int(e.level) - 1; level >= 0; level-- {
		if i, ok := t.at(e.number / step[level] * step[level]); ok {
			p.Parents = append(p.Parents, t.places[i].name)
		}
	}
	return p
}

// kindOf tells a city from a regency by its number (from 71 on), and a kelurahan from a desa by
// its first digit: 1 is a kelurahan, 2 a desa, 3 a customary desa.
func kindOf(e entry) Kind {
	switch e.level {
	case 0:
		return Province
	case 1:
		if e.number/step[1]%100 >= 71 {
			return City
		}
		return Regency
	case 2:
		return District
	}
	if e.number%10000/1000 == 1 {
		return Kelurahan
	}
	return Desa
}

// within lists the entries below a place, at one level.
func (t *Table) within(code string, level uint8) []entry {
	number, outer, ok := parseCode(code)
	if !ok || int(level) <= outer {
		return nil
	}
	var found []entry
	from, _ := t.at(number + 1)
	for _, e := range t.places[from:] {
		if e.number >= number+step[outer] {
			break
		}
		if e.level == level {
			found = append(found, e)
		}
	}
	return found
}

func (t *Table) list(code string, level uint8) []Place {
	var places []Place
	for _, e := range t.within(code, level) {
		places = append(places, t.place(e))
	}
	return places
}

// Provinces lists all provinces.
func (t *Table) Provinces() []Place {
	var places []Place
	for _, e := range t.places {
		if e.level == 0 {
			places = append(places, t.place(e))
		}
	}
	return places
}

// Regencies lists the regencies and cities of a province.
func (t *Table) Regencies(province string) []Place { return t.list(province, 1) }

// Districts lists the districts of a regency or province.
func (t *Table) Districts(of string) []Place { return t.list(of, 2) }

// Villages lists the villages of a district, a regency or a province.
func (t *Table) Villages(of string) []Place { return t.list(of, 3) }

// HasVillages says whether the table covers the villages of the regency that a code lies in. Where
// it does not, an unknown village code is no error.
func (t *Table) HasVillages(code string) bool {
	code = identity.CleanDigits(code)
	return len(code) >= 4 && len(t.within(code[:4], 3)) > 0
}

// former are provinces that NIKs and old papers can name and the current table does not have:
// East Timor until 1999.
var former = map[string]bool{"54": true}

// Knowledge says what is known of the region in a NIK. Old codes stay legal for life, so only a
// province that never was makes a NIK impossible.
func (t *Table) Knowledge(code string) identity.RegionKnowledge {
	if _, ok := t.Lookup(code); ok {
		return identity.RegionCurrent
	}
	province, _, _ := strings.Cut(code, ".")
	if len(province) > 2 {
		province = province[:2]
	}
	if _, ok := t.Lookup(province); ok || former[province] {
		return identity.RegionOld
	}
	return identity.ProvinceUnknown
}
