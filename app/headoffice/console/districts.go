package console

import (
	"slices"

	"loket/app/office/books"
	"loket/app/region"
	"loket/app/words"
)

// districtRow is a district with its villages.
type districtRow struct {
	Name     string
	People   books.People
	Bar      bar
	Villages []villageRow
}

type villageRow struct {
	Name   string
	People books.People
	Bar    bar
}

// districtRows gathers the villages under their districts; who lives elsewhere comes last. Bars are
// as wide as the people, against the fullest district and the fullest village.
func districtRows(lang words.Lang, counts []books.VillageCount) []districtRow {
	var rows []districtRow
	for _, c := range counts {
		name, district := placeNames(lang, c.Village)
		i := slices.IndexFunc(rows, func(r districtRow) bool { return r.Name == district })
		if i < 0 {
			rows, i = append(rows, districtRow{Name: district}), len(rows)
		}
		rows[i].People.Join(c.People)
		rows[i].Villages = append(rows[i].Villages, villageRow{Name: name, People: c.People})
	}
	if len(rows) > 1 && len(counts) > 0 && counts[0].Village == "" {
		rows = append(rows[1:], rows[0])
	}
	fullest, most := 0, 0
	for _, r := range rows {
		fullest = max(fullest, r.People.Registered)
		for _, v := range r.Villages {
			most = max(most, v.People.Registered)
		}
	}
	for i := range rows {
		rows[i].Bar = barOf(rows[i].People, 0).within(rows[i].People.Registered, fullest)
		for j := range rows[i].Villages {
			v := &rows[i].Villages[j]
			v.Bar = barOf(v.People, 0).within(v.People.Registered, most)
		}
	}
	return rows
}

// within narrows a bar to its share of the widest one.
func (b bar) within(own, widest int) bar {
	if widest > 0 {
		b.Good, b.Rest = b.Good*own/widest, b.Rest*own/widest
	}
	return b
}

func placeNames(lang words.Lang, village string) (name, district string) {
	p, ok := region.Load().Lookup(village)
	if !ok || len(p.Parents) == 0 {
		elsewhere := words.Say(lang, "console.programme.elsewhere")
		return elsewhere, elsewhere
	}
	return p.Name, p.Parents[0]
}
