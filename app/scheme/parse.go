package scheme

import (
	"encoding/json"
	"strings"

	"loket/app"
)

// file is a rule set as it stands in JSON: months as "2026-12", programmes as "JKK+JKM".
type file struct {
	Version     string       `json:"version"`
	ValidFrom   app.Date     `json:"valid_from"`
	IncomeBase  []Base       `json:"income_base"`
	Reliefs     []fileRelief `json:"reliefs"`
	Always      string       `json:"always"`
	Optional    string       `json:"optional"`
	OwnerNeeds  string       `json:"owner_needs"`
	Occupations []Occupation `json:"occupations"`
	fileLimits
	fileAsking
}

type fileLimits struct {
	Ages       Ages  `json:"ages"`
	Periods    []int `json:"periods"`
	FirstAfter int   `json:"first_month_after"`
	Arrears    int   `json:"arrears_months"`
	CardYears  int   `json:"card_valid_years"`
}

type fileAsking struct {
	Required      map[app.Source][]Field `json:"required"`
	NotVulnerable []string               `json:"not_vulnerable"`
	NoticeText    string                 `json:"notice_text"`
	Consents      []ConsentText          `json:"consents"`
}

type fileRelief struct {
	Sector     app.Sector      `json:"sector"`
	Programmes string          `json:"programmes"`
	Percent    int             `json:"percent_off"`
	First      app.Month       `json:"first_month"`
	Last       app.Month       `json:"last_month"`
	Excluded   []app.PayerKind `json:"excluded_payers"`
	Source     string          `json:"source"`
}

// Parse reads a rule set and checks that it can be relied on. One that is broken anywhere is
// refused as a whole with app.RulesBroken; names that this version does not know are passed over,
// so that head office can add to the form.
func Parse(b []byte) (*Rules, error) {
	var f file
	if err := json.Unmarshal(b, &f); err != nil {
		return nil, &app.Error{Code: app.RulesBroken, Args: app.Args{"why": "json"}, Op: "scheme.Parse", Err: err}
	}
	r := &Rules{
		Version: f.Version, ValidFrom: f.ValidFrom, Bases: f.IncomeBase,
		Ages: f.Ages, Periods: f.Periods, FirstAfter: f.FirstAfter, Arrears: f.Arrears, CardYears: f.CardYears,
		Asking:      Asking{f.Required, f.NotVulnerable, f.NoticeText, f.Consents},
		Occupations: f.Occupations,
	}
	if err := r.programmes(f); err != nil {
		return nil, err
	}
	if why := r.check(); why != "" {
		return nil, app.Fail(app.RulesBroken, "why", why)
	}
	return r, nil
}

// programmes reads the sets of programmes that the file writes as text.
func (r *Rules) programmes(f file) error {
	for _, one := range []struct {
		text string
		into *app.Programmes
	}{{f.Always, &r.Always}, {f.Optional, &r.Optional}, {f.OwnerNeeds, &r.OwnerNeeds}} {
		if one.text == "" {
			continue
		}
		p, ok := ParseProgrammes(one.text)
		if !ok {
			return app.Fail(app.RulesBroken, "why", "programmes")
		}
		*one.into = p
	}
	for _, x := range f.Reliefs {
		p, ok := ParseProgrammes(x.Programmes)
		if !ok {
			return app.Fail(app.RulesBroken, "why", "reliefs")
		}
		r.Reliefs = append(r.Reliefs, Relief{x.Sector, p, x.Percent, x.First, x.Last, x.Excluded, x.Source})
	}
	return nil
}

// ParseProgrammes reads "JKK+JKM" or "jkk, jkm, jht", in any order.
func ParseProgrammes(s string) (app.Programmes, bool) {
	names := map[string]app.Programmes{"JKK": app.WorkAccident, "JKM": app.Death, "JHT": app.OldAge}
	var set app.Programmes
	for _, name := range strings.FieldsFunc(strings.ToUpper(s), func(r rune) bool { return strings.ContainsRune("+,; ", r) }) {
		p, ok := names[name]
		if !ok {
			return 0, false
		}
		set |= p
	}
	return set, set != 0
}
