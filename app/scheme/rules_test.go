package scheme_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"loket/app"
	"loket/app/scheme"
	"loket/app/words"
	"loket/assets"
)

func ruleText(t testing.TB) string {
	b, err := assets.Rules.ReadFile("rules/rules-2026.1.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The reliefs of the rule set are those of the table, row by row.
func TestReliefsAreTheTables(t *testing.T) {
	table := rows(t, "reliefs.csv")
	reliefs := scheme.Embedded().Reliefs
	if len(reliefs) != len(table) {
		t.Fatalf("%d reliefs, want %d", len(reliefs), len(table))
	}
	for i, r := range reliefs {
		var payers []string
		for _, p := range r.Excluded {
			payers = append(payers, string(p))
		}
		got := []string{string(r.Sector), r.Programmes.String(), "50", r.First.String(), r.Last.String(), strings.Join(payers, ";"), r.Source}
		if r.Percent != 50 || !slices.Equal(got, table[i]) {
			t.Errorf("%v, want %v", got, table[i])
		}
	}
}

func TestABrokenRuleSetIsRefused(t *testing.T) {
	good := ruleText(t)
	for name, change := range map[string][2]string{
		"not JSON":               {`{`, `[`},
		"no version":             {`"version": "2026.1"`, `"version": ""`},
		"no first day":           {`"valid_from": "2026-01-01"`, `"valid_from": ""`},
		"a day that is not":      {`"valid_from": "2026-01-01"`, `"valid_from": "2026-02-30"`},
		"the table starts late":  {`"income_from_idr": 0,`, `"income_from_idr": 1,`},
		"rows out of order":      {`"income_from_idr": 1300000`, `"income_from_idr": 1100000`},
		"a free row":             {`"jkm_idr": 6800, "jht_idr": 24000`, `"jkm_idr": 0, "jht_idr": 24000`},
		"an amount too big":      {`"jht_idr": 414000`, `"jht_idr": 9000000000000000000`},
		"half rupiah":            {`"jkk_idr": 12000`, `"jkk_idr": 12001`},
		"more than all off":      {`"percent_off": 50`, `"percent_off": 150`},
		"relief ends too early":  {`"last_month": "2027-03"`, `"last_month": "2025-12"`},
		"overlapping reliefs":    {`{"sector": "transport"`, `{"sector": "other"`},
		"unknown payer":          {`"village"]`, `"king"]`},
		"unknown programme":      {`"always": "JKK+JKM"`, `"always": "JKK+JP"`},
		"old before young":       {`"too_old": 65`, `"too_old": 10`},
		"periods out of order":   {`[1, 2, 3, 6, 12]`, `[1, 3, 2, 6, 12]`},
		"no periods":             {`[1, 2, 3, 6, 12]`, `[]`},
		"card of no year":        {`"card_valid_years": 5`, `"card_valid_years": 0`},
		"unknown field":          {`"mother_name"`, `"shoe_size"`},
		"a source asks nothing":  {`"list": ["nik", "name", "birth_date", "sex", "village"]`, `"list": []`},
		"occupation twice":       {`"code": "farmer"`, `"code": "trader"`},
		"occupation of no kind":  {`"sector": "other", "words": ["dagang"`, `"sector": "", "words": ["dagang"`},
		"notice without version": {`"notice_text": "notice-2026.1"`, `"notice_text": ""`},
	} {
		bad := strings.Replace(good, change[0], change[1], 1)
		if bad == good {
			t.Errorf("%s: nothing was changed", name)
		}
		if _, err := scheme.Parse([]byte(bad)); !errors.Is(err, app.Fail(app.RulesBroken)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	newer := strings.Replace(good, `{`, `{"something_new": 1,`, 1)
	if _, err := scheme.Parse([]byte(newer)); err != nil {
		t.Errorf("a name of a later version must be passed over: %v", err)
	}
}

func TestInForce(t *testing.T) {
	next, err := scheme.Parse([]byte(strings.Replace(strings.Replace(ruleText(t), "2026.1", "2027.1", 1), `"2026-01-01"`, `"2027-01-01"`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	sets := []*scheme.Rules{next, scheme.Embedded()}
	for day, want := range map[string]string{"2026-11-20": "2026.1", "2026-12-31": "2026.1", "2027-01-01": "2027.1", "2025-06-01": "2026.1"} {
		at, _ := app.ParseDate(day)
		if got := scheme.InForce(sets, at).Version; got != want {
			t.Errorf("%s: %s", day, got)
		}
	}
	if scheme.InForce(nil, app.Date{}) != nil {
		t.Error("no set is in force when there is none")
	}
}

func TestEligible(t *testing.T) {
	at := app.Date{Year: 2026, Month: 11, Day: 20}
	for _, c := range []struct {
		birth    string
		former   bool
		want     app.Code
		row      app.Code
		guardian bool
	}{
		{birth: "1961-11-20", want: app.TooOld, row: app.AgeOver}, // the 65th birthday itself
		{birth: "1961-11-21"},
		{birth: "1961-11-20", former: true, want: app.TooOldFormer, row: app.AgeOver},
		{birth: "2011-11-20", guardian: true},
		{birth: "2011-11-21", want: app.TooYoung, row: app.AgeUnder, guardian: true},
		{birth: "2008-11-20"},
		{birth: "2008-11-21", guardian: true},
		{birth: "", want: app.BirthDateMissing},
		{birth: "2026-11-21", want: app.BirthDateFuture},
	} {
		birth, _ := app.ParseDate(c.birth)
		v := scheme.Eligible(scheme.Embedded(), birth, at, c.former)
		got := app.Code("")
		if v.Problem != nil {
			got = v.Problem.Code
		}
		if got != c.want || v.NeedsGuardian != c.guardian || scheme.Embedded().AgeCode(birth, at) != c.row {
			t.Errorf("%s: %+v", c.birth, v)
		}
	}
}

func TestOccupations(t *testing.T) {
	rules := scheme.Embedded()
	if len(rules.Occupations) != 20 || len(rules.OccupationSearch(" ")) != 20 {
		t.Fatalf("%d occupations", len(rules.Occupations))
	}
	for text, want := range map[string]string{
		"ojol": "ride_hailing", "Tukang Ojek": "ride_hailing", "tukang bakso": "street_food", "nelayan": "fisher", "kreator konten": "content_creator",
		"Petani": "farmer", "Buruh Tani": "farm_worker", "Pekebun": "farmer", "Pedagang": "trader", "Tukang Kayu": "builder", "Penjahit": "tailor",
		"Pengrajin Rotan": "craftsperson", "Marbot Masjid": "religious_worker", "Pembuat Amplang": "home_producer", "nelayn": "fisher", "kurir paket": "courier",
	} {
		found := rules.OccupationSearch(text)
		if len(found) == 0 || found[0].Code != want {
			t.Errorf("%q: %v", text, found)
		}
		if o, ok := rules.OccupationOf(text); text != "nelayn" && (!ok || o.Code != want) {
			t.Errorf("%q is taken for %q", text, o.Code)
		}
	}
	if len(rules.OccupationSearch("astronot")) != 0 {
		t.Error("an astronaut was found")
	}
	if rules.SectorOf("ride_hailing") != app.SectorTransport || rules.SectorOf("fisher") != app.SectorOther || rules.SectorOf("?") != app.SectorOther {
		t.Error("the sector follows the occupation")
	}
	for text, want := range map[string]bool{"PNS": true, "Anggota TNI": true, "Polri": true, "ASN (guru)": true, "Petani": false, "Pensiunan": false, "": false, "asnawi": false} {
		if got := rules.NotVulnerable(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// Every name of the rules that screens show has its words.
func TestNamesHaveWords(t *testing.T) {
	rules := scheme.Embedded()
	keys := []string{scheme.WhyOldAge, "sector.transport", "sector.other"}
	for _, p := range app.PayerKinds {
		keys = append(keys, "payer."+string(p))
	}
	for _, c := range rules.Asking.Consents {
		keys = append(keys, "consent."+c.Text)
	}
	for _, f := range scheme.Fields() {
		keys = append(keys, f.Key())
	}
	for _, key := range keys {
		if !words.Has(key) {
			t.Errorf("no words for %s", key)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(ruleText(f)))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := scheme.Parse(b)
		if err != nil {
			if app.CodeOf(err) != app.RulesBroken {
				t.Errorf("refused with %v", err)
			}
			return
		}
		if !json.Valid(b) {
			t.Error("what is no JSON was read")
		}
		q := scheme.Request{Income: 1 << 40, Sector: app.SectorOther, Payer: app.PayerSelf, Programmes: r.Always, FirstMonth: app.Month{Year: 2026, Month: 1}, Months: scheme.MostMonths}
		if out, err := scheme.Quote(r, q); err != nil || out.Total < 0 {
			t.Errorf("a checked rule set gives %v %v", out.Total, err)
		}
	})
}
