package console

import (
	"net/http"
	"strings"

	"loket/app"
	"loket/app/office/books"
	"loket/app/region"
	"loket/app/words"
)

// coverageRow is a region of the coverage page.
type coverageRow struct {
	books.Coverage
	Name     string
	Whole    bool // a regency or city; else a district
	Bar      bar
	Percent  int // covered of the workers; -1 not known
	Goal     int // target of the workers; -1 not known
	Missing  int // workers who are not covered
	ToTarget int // people until the target
}

// coveragePage shows what is known, and a form for one regency with its districts.
type coveragePage struct {
	Rows     []coverageRow
	Choices  []region.Place // regencies and cities of the provinces that are worked in
	Regency  *region.Place  // whose form is shown
	Form     []coverageRow
	AsOf     app.Date
	Province string
}

func (c *Console) coverage(v *visit) error {
	all, err := c.desk.Coverage(v.r.Context())
	if err != nil {
		return err
	}
	p := coveragePage{AsOf: books.Today(c.clock.Now())}
	for _, one := range all {
		p.Rows = append(p.Rows, coverageRowOf(one))
	}
	table := region.Load()
	p.Province = v.r.URL.Query().Get("province")
	if place, ok := table.Lookup(v.r.URL.Query().Get("regency")); ok && isRegency(place) {
		p.Regency, p.Form = &place, coverageForm(place, all)
		p.Province = place.Code[:2]
	}
	if p.Province == "" && len(all) > 0 {
		p.Province = all[0].Region[:2]
	}
	if p.Province == "" {
		p.Province = "64"
	}
	p.Choices = table.Regencies(p.Province)
	page := page{Title: "console.coverage.title", Data: struct {
		coveragePage
		Provinces []region.Place
	}{p, table.Provinces()}}
	if v.r.URL.Query().Get("saved") != "" {
		page.Notice = words.Say(v.lang, "console.coverage.saved")
	}
	c.show(v, http.StatusOK, "coverage", page)
	return nil
}

func isRegency(p region.Place) bool { return p.Kind == region.Regency || p.Kind == region.City }

func coverageRowOf(c books.Coverage) coverageRow {
	r := coverageRow{Coverage: c, Name: c.Region, Percent: c.Percent(c.Now()), Goal: c.Percent(c.Target), Missing: max(0, c.Workers-c.Now()), ToTarget: max(0, c.Target-c.Now())}
	if p, ok := region.Load().Lookup(c.Region); ok {
		r.Name, r.Whole = p.Name, isRegency(p)
	}
	if whole := max(c.Workers, c.Target, c.Now()); whole > 0 {
		r.Bar = bar{Good: c.Now() * thousand / whole, Mark: c.Target * thousand / whole}
	}
	return r
}

// coverageForm are a regency's rows to be filled: the regency itself and its districts.
func coverageForm(regency region.Place, known []books.Coverage) []coverageRow {
	rows := []coverageRow{{Name: regency.Name, Whole: true, Coverage: books.Coverage{Region: regency.Code}}}
	for _, d := range region.Load().Districts(regency.Code) {
		rows = append(rows, coverageRow{Name: d.Name, Coverage: books.Coverage{Region: d.Code}})
	}
	for i := range rows {
		for _, c := range known {
			if c.Region == rows[i].Region {
				rows[i].Coverage = c
			}
		}
	}
	return rows
}

// setCoverage takes the figures of a regency and its districts.
func (c *Console) setCoverage(v *visit) error {
	regency, ok := region.Load().Lookup(v.r.PostFormValue("regency"))
	if !ok || !isRegency(regency) {
		return app.Fail(app.RosterRegion, "region", v.r.PostFormValue("regency"))
	}
	day, ok := app.ParseDate(v.r.PostFormValue("asof"))
	if today := books.Today(c.clock.Now()); !ok || today.Before(day) {
		return app.Fail(app.WrongUse, "value", words.Say(v.lang, "console.coverage.asof"))
	}
	var rows []books.Coverage
	for _, row := range coverageForm(regency, nil) {
		one := books.Coverage{Region: row.Region, AsOf: day}
		if !readCoverage(v.r, row.Region, &one) {
			return app.Fail(app.WrongUse, "value", row.Name)
		}
		rows = append(rows, one)
	}
	if err := c.did(v, "coverage.set", regency.Code); err != nil {
		return err
	}
	if err := c.desk.SetCoverage(v.r.Context(), rows, c.clock.Now()); err != nil {
		return err
	}
	http.Redirect(v.w, v.r, "/console/coverage?saved=1&regency="+regency.Code, http.StatusSeeOther)
	return nil
}

// readCoverage reads the three fields of a region. A target may be typed as a part of the workers: "80%".
func readCoverage(r *http.Request, code string, into *books.Coverage) bool {
	field := func(name string) string { return strings.TrimSpace(r.PostFormValue(name + "-" + code)) }
	var ok [3]bool
	into.Workers, ok[0] = intOf(field("workers"))
	into.Covered, ok[1] = intOf(field("covered"))
	target, percent := strings.CutSuffix(field("target"), "%")
	into.Target, ok[2] = intOf(target)
	if percent {
		if into.Target > 100 {
			return false
		}
		into.Target = (into.Workers*into.Target + 50) / 100
	}
	return ok == [3]bool{true, true, true} && (into.Workers == 0 || into.Covered <= into.Workers && into.Target <= into.Workers)
}
