package reporting

import (
	"cmp"
	"encoding/hex"
	"slices"
	"time"

	"loket/app"
	"loket/app/region"
)

// fold adds the cells up in every direction.
func (r *Reporting) fold(q Question, from time.Time, cells []app.Cell, programmes []app.SponsorProgramme) Report {
	p := r.policy()
	report := Report{Question: q, Place: p.Place, Made: r.clock.Now(), ByHour: q.Days() == 1}
	regions := r.regions()
	var bars, states, districts, villages, payers, scopes, operators sums
	for _, c := range cells {
		report.Registered += c.Count
		at := from.Add(time.Duration(c.Hour) * time.Hour)
		bars.add(at.Format(report.step()), "", c.Count)
		states.add(string(c.State), "", c.Count)
		payers.add(string(c.Payer), "", c.Count)
		operators.add(c.Operator, c.Operator, c.Count)
		scopes.add(hex.EncodeToString(c.Scope[:]), nameOf(programmes, c.Scope), c.Count)
		district, inDistrict, village := placesOf(regions, c.Village)
		districts.add(district, inDistrict, c.Count)
		villages.add(c.Village, village, c.Count)
	}
	report.Bars = report.bars(bars)
	report.States = inOrder(states)
	for lines, s := range map[*[]Line]sums{
		&report.Districts: districts, &report.Villages: villages, &report.Payers: payers, &report.Scopes: scopes, &report.Operators: operators,
	} {
		*lines = s.ranked()
	}
	return report
}

// nameOf is the name of a sponsor programme, "" where it is none of this kiosk's.
func nameOf(programmes []app.SponsorProgramme, scope app.Scope) string {
	for _, p := range programmes {
		if p.Scope == scope {
			return p.Name
		}
	}
	return ""
}

// placesOf names the district and the village of a code.
func placesOf(t *region.Table, code string) (district, districtName, village string) {
	place, ok := t.Lookup(code)
	if !ok {
		return "", "", ""
	}
	if len(place.Code) > districtCode {
		district = place.Code[:districtCode]
	}
	if len(place.Parents) > 0 {
		districtName, village = place.Parents[0], place.Name+", "+place.Parents[0]
	}
	return district, districtName, village
}

// districtCode is the length of a district's code: "64.71.01".
const districtCode = 8

// sums adds up by key.
type sums map[string]Line

func (s *sums) add(key, name string, n int) {
	if *s == nil {
		*s = sums{}
	}
	line := (*s)[key]
	(*s)[key] = Line{Key: key, Name: name, Count: line.Count + n}
}

// ranked lists the largest first; what is not known comes last.
func (s sums) ranked() []Line {
	lines := make([]Line, 0, len(s))
	for _, l := range s {
		lines = append(lines, l)
	}
	slices.SortFunc(lines, func(a, b Line) int {
		if (a.Key == "") != (b.Key == "") {
			return cmp.Compare(b.Key, a.Key) // "" last
		}
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Key, b.Key))
	})
	return lines
}

// stateOrder is how far registrations come.
var stateOrder = []app.RegistrationState{app.Captured, app.NeedsReview, app.Accepted, app.Duplicate, app.Rejected, app.Withdrawn}

func inOrder(s sums) (lines []Line) {
	for _, state := range stateOrder {
		if l, ok := s[string(state)]; ok {
			lines = append(lines, l)
		}
	}
	return lines
}

// Hours of an ordinary working day; who works earlier or later stretches the chart.
const opening, closing = 8, 16

// bars fills the gaps: an hour or day on which nobody was registered is shown as such.
func (r Report) bars(s sums) (lines []Line) {
	if r.ByHour {
		first, last := opening, closing
		for h := range 24 {
			if s[hourKey(h)].Count > 0 {
				first, last = min(first, h), max(last, h)
			}
		}
		for h := first; h <= last; h++ {
			lines = append(lines, Line{Key: hourKey(h), Count: s[hourKey(h)].Count})
		}
		return lines
	}
	for d := r.From; !r.Until.Before(d); d = d.AddDays(1) {
		key := d.Time().Format(r.step())
		if n := len(lines); n == 0 || lines[n-1].Key != key {
			lines = append(lines, Line{Key: key, Count: s[key].Count})
		}
	}
	return lines
}

// manyDays is how many columns a chart of days may have; more days are counted by the month.
const manyDays = 62

// step is what a bar stands for, as a form of time: an hour, a day or a month.
func (r Report) step() string {
	switch {
	case r.ByHour:
		return "15"
	case r.Days() > manyDays:
		return "2006-01"
	}
	return time.DateOnly
}

func hourKey(h int) string { return string([]byte{byte('0' + h/10), byte('0' + h%10)}) }
