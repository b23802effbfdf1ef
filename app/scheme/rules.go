// Package scheme is the insurance as dated data: contributions, reliefs, ages, periods, occupations
// and what must be asked. No rate, age or date of the scheme stands in code; all of it comes from a
// rule set that ships with the programs and that head office replaces.
package scheme

import (
	"io/fs"
	"slices"
	"sync"

	"loket/app"
	"loket/assets"
)

// Rules is one rule set. Parse is the only way to make one, so it has always been checked.
type Rules struct {
	Version     string
	ValidFrom   app.Date
	Bases       []Base // ascending
	Reliefs     []Relief
	Always      app.Programmes // always together
	Optional    app.Programmes
	OwnerNeeds  app.Programmes // what a business owner must take on top
	Ages        Ages
	Periods     []int // months that a person can pay for at once, ascending
	FirstAfter  int   // months from registration to the first month of cover
	Arrears     int   // months of arrears that membership survives
	CardYears   int   // validity of a card
	Asking      Asking
	Occupations []Occupation
}

// Base is a row of the table of incomes (PP 44/2015, Annex; PP 46/2015): it holds from a monthly
// income on. Amounts are a month's.
type Base struct {
	From app.Rupiah `json:"income_from_idr"`
	Base app.Rupiah `json:"income_base_idr"`
	JKK  app.Rupiah `json:"jkk_idr"`
	JKM  app.Rupiah `json:"jkm_idr"`
	JHT  app.Rupiah `json:"jht_idr"`
}

// Relief takes a share off some programmes, in some coverage months, for one sector.
type Relief struct {
	Sector     app.Sector
	Programmes app.Programmes
	Percent    int
	First      app.Month
	Last       app.Month
	Excluded   []app.PayerKind // whose money gets no relief
	Source     string          // the regulation
}

// applies says whether the relief holds for a month, a sector and whose money pays.
func (r Relief) applies(m app.Month, sector app.Sector, payer app.PayerKind) bool {
	return r.Sector == sector && !m.Before(r.First) && !r.Last.Before(m) && !slices.Contains(r.Excluded, payer)
}

// Ages are the limits in completed years.
type Ages struct {
	Youngest      int `json:"youngest"`
	TooOld        int `json:"too_old"` // from this birthday on no first registration
	GuardianUntil int `json:"guardian_until"`
}

// Asking is what a registration must have, and the versions of the texts that are shown.
type Asking struct {
	Required      map[app.Source][]Field
	NotVulnerable []string // occupations of lists that are no vulnerable workers, in lower case
	NoticeText    string
	Consents      []ConsentText
}

// ConsentText is a purpose for which a person may say yes or no, and the version of its words.
type ConsentText struct {
	Purpose string `json:"purpose"`
	Text    string `json:"text"`
}

// Embedded is the newest rule set that ships with the programs.
var Embedded = sync.OnceValue(func() *Rules {
	sets, err := embedded()
	if err != nil {
		// The files are embedded and tested: a broken one cannot reach a user.
		panic(err)
	}
	return sets[len(sets)-1]
})

// embedded reads every set that ships, oldest first.
func embedded() ([]*Rules, error) {
	files, err := fs.Glob(assets.Rules, "rules/*.json")
	if err != nil || len(files) == 0 {
		return nil, app.Fail(app.RulesBroken, "why", "none")
	}
	var sets []*Rules
	for _, file := range files {
		b, err := fs.ReadFile(assets.Rules, file)
		if err != nil {
			return nil, app.Wrap("scheme.embedded", app.RulesBroken, err)
		}
		r, err := Parse(b)
		if err != nil {
			return nil, err
		}
		sets = append(sets, r)
	}
	slices.SortFunc(sets, func(a, b *Rules) int { return a.ValidFrom.Time().Compare(b.ValidFrom.Time()) })
	return sets, nil
}

// InForce chooses the set that holds on a day: the newest that is valid from that day or before.
// When all are later it is the oldest, so that there is always one; nil only when sets is empty.
func InForce(sets []*Rules, at app.Date) *Rules {
	var best, oldest *Rules
	for _, r := range sets {
		if oldest == nil || r.ValidFrom.Before(oldest.ValidFrom) {
			oldest = r
		}
		if !at.Before(r.ValidFrom) && (best == nil || best.ValidFrom.Before(r.ValidFrom)) {
			best = r
		}
	}
	if best == nil {
		return oldest
	}
	return best
}

// FirstMonth is the first coverage month of somebody who registers on a day.
func (r *Rules) FirstMonth(registered app.Date) app.Month {
	return registered.MonthOf().Add(r.FirstAfter)
}

// OldAgeNeeded says whether a person must take JHT. Screens explain it with WhyOldAge.
func (r *Rules) OldAgeNeeded(w app.Work) bool {
	return w.BusinessOwner != nil && *w.BusinessOwner && r.OwnerNeeds.Has(app.OldAge)
}

// WhyOldAge is the key of the sentence that explains why a business owner must take JHT.
const WhyOldAge = "scheme.why_owner_jht"
