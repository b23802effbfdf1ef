package region_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"testing"

	"loket/app"
	"loket/app/identity"
	"loket/app/region"
	"loket/assets"
)

func TestTheTableIsWhole(t *testing.T) {
	table := region.Load()
	regencies, districts := 0, 0
	for _, p := range table.Provinces() {
		regencies += len(table.Regencies(p.Code))
		districts += len(table.Districts(p.Code))
	}
	for what, n := range map[string][2]int{
		"provinces":                      {len(table.Provinces()), 38},
		"regencies and cities":           {regencies, 514},
		"districts":                      {districts, 7285},
		"districts of Kutai Timur":       {len(table.Districts("64.08")), 18},
		"villages of Kutai Timur":        {len(table.Villages("64.08")), 141},
		"districts of Balikpapan":        {len(table.Districts("64.71")), 6},
		"villages of Balikpapan":         {len(table.Villages("64.71")), 34},
		"villages of Manggar's district": {len(table.Villages("64.71.01")), 4},
	} {
		if n[0] != n[1] {
			t.Errorf("%d %s, want %d", n[0], what, n[1])
		}
	}
	villages := 0
	for _, p := range table.Provinces() {
		for _, r := range table.Regencies(p.Code) {
			villages += len(table.Villages(r.Code))
		}
	}
	if villages != 83_762 {
		t.Errorf("%d villages, want 83762", villages)
	}
	kinds := map[region.Kind]int{}
	for _, p := range table.Villages("64.08") {
		kinds[p.Kind]++
	}
	if kinds[region.Desa] != 139 || kinds[region.Kelurahan] != 2 {
		t.Errorf("Kutai Timur has %v", kinds)
	}
}

func TestLookup(t *testing.T) {
	table := region.Load()
	for code, want := range map[string]string{
		"64":            "Kalimantan Timur",
		"64.71":         "Kota Balikpapan, Kalimantan Timur",
		"64.71.01":      "Balikpapan Timur, Kota Balikpapan",
		"64.71.01.1001": "Manggar, Balikpapan Timur, Kota Balikpapan",
		"6408042001":    "Sangatta Utara, Sangatta Utara, Kabupaten Kutai Timur",
	} {
		if p, ok := table.Lookup(code); !ok || p.Label() != want {
			t.Errorf("%s: %q", code, p.Label())
		}
	}
	for _, code := range []string{"", "6", "00", "6400", "64.99", "64.71.01.9999", "6471010000", "64.71.0a", "64710110011"} {
		if p, ok := table.Lookup(code); ok {
			t.Errorf("%q is %q", code, p.Name)
		}
	}
	if p, _ := table.Lookup("64.71.01.1001"); p.Kind != region.Kelurahan || p.Code != "64.71.01.1001" {
		t.Errorf("%+v", p)
	}
	if p, _ := table.Lookup("64.71"); p.Kind != region.City {
		t.Errorf("%+v", p)
	}
}

func TestKnowledge(t *testing.T) {
	for code, want := range map[string]identity.RegionKnowledge{
		"64.71.01": identity.RegionCurrent,
		"64.99.01": identity.RegionOld,
		"91.99.99": identity.RegionOld,
		"54.01.01": identity.RegionOld, // East Timor until 1999
		"99.01.01": identity.ProvinceUnknown,
		"00.00.00": identity.ProvinceUnknown,
		"":         identity.ProvinceUnknown,
	} {
		if got := region.Load().Knowledge(code); got != want {
			t.Errorf("%q: %v, want %v", code, got, want)
		}
	}
}

func TestMatch(t *testing.T) {
	table := region.Load()
	cases := []struct {
		text, district, code string
		fit                  region.Fit
	}{
		{"Sepaso", "", "64.08.09.2001", region.Exact},
		{"SEKERAT", "", "64.08.09.2002", region.Exact},
		{" Desa  Keraitan ", "Bengalon", "64.08.09.2003", region.Exact},
		{"Kel. Teluk Lingga", "", "64.08.04.1010", region.Exact},
		{"64.08.09.2002", "", "64.08.09.2002", region.Exact},
		{"6408092002", "", "64.08.09.2002", region.Exact},
		{"Sangata Utara", "", "64.08.04.2001", region.Guessed},
		{"Sangatta Utr.", "", "64.08.04.2001", region.Guessed},
		{"sangatautara", "", "64.08.04.2001", region.Guessed},
		{"Sgt. Selatan", "", "64.08.12.2001", region.Guessed},
		{"Sepaso Tmr", "", "64.08.09.2006", region.Guessed},
		{"Karangan Ilir", "", "64.08.16.2007", region.Guessed},
		{"Tj. Labu", "", "64.08.14.2006", region.Guessed},
		{"Kolekk", "", "64.08.05.2017", region.Guessed},
		{"Kampung Kolek", "", "64.08.05.2017", region.Guessed},
		{"Singa Gembra", "", "64.08.04.2011", region.Guessed},
		{"Sepaso, Bengalon", "", "64.08.09.2001", region.Exact},
		{"Sepaso Kec. Bengalon", "", "64.08.09.2001", region.Exact},
		{"Sangatta", "", "", region.NoFit},
		{"Sepaso Utara", "", "", region.NoFit},
		{"???", "", "", region.NoFit},
		{"", "", "", region.NoFit},
		{"Desa", "", "", region.NoFit},
		{"Antah Berantah", "", "", region.NoFit},
		{"Manggar", "", "", region.NoFit}, // in Balikpapan
		{"64.71.01.1001", "", "", region.NoFit},
		{"64.08.09", "", "", region.NoFit}, // a district
	}
	for _, c := range cases {
		p, fit := table.Match(c.text, c.district, "64.08")
		if p.Code != c.code || fit != c.fit {
			t.Errorf("%q: %q %v, want %q %v", c.text, p.Code, fit, c.code, c.fit)
		}
	}
}

// Every village is found by its own name, and the district decides between two of one name.
func TestEveryVillageMatchesItself(t *testing.T) {
	table := region.Load()
	for _, regency := range []string{"64.08", "64.71"} {
		for _, v := range table.Villages(regency) {
			if p, fit := table.Match(v.Name, v.Parents[0], regency); fit != region.Exact || p.Code != v.Code {
				t.Errorf("%s: %s %v", v.Label(), p.Label(), fit)
			}
		}
	}
	both := []string{"64.08", "64.71"}
	if _, fit := table.Match("Margo Mulyo", "", both...); fit != region.Ambiguous {
		t.Errorf("Margo Mulyo lies in both: %v", fit)
	}
	if p, fit := table.Match("Margo Mulyo", "Bpn Barat", both...); fit != region.Exact || p.Code != "64.71.02.1005" {
		t.Errorf("the district decides: %v %v", p, fit)
	}
}

func TestSearch(t *testing.T) {
	table := region.Load()
	near := []string{"64.08", "64.71"}
	for text, want := range map[string]string{
		"mangg":           "64.71.01.1001",
		"Sangata Utara":   "64.08.04.2001",
		"sangatta utr":    "64.08.04.2001",
		"lingga":          "64.08.04.1010",
		"64.71.01.1003":   "64.71.01.1003",
		"Teritp":          "64.71.01.1003",
		"balikpapan kota": "64.71.06.1005",
	} {
		got := table.Search(text, near, 5)
		if len(got) == 0 || len(got) > 5 || got[0].Code != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	abroad := table.Search("gondangdia", near, 5)
	if len(abroad) != 1 || abroad[0].Label() != "Gondangdia, Menteng, Kota Administrasi Jakarta Pusat" {
		t.Errorf("a village elsewhere: %v", abroad)
	}
	if got := table.Search("sungai", near, 50); len(got) != 50 || got[0].Code[:5] != "64.71" && got[0].Code[:5] != "64.08" {
		t.Errorf("the branch's own come first: %v", got)
	}
	if got := table.Search("a", near, 3); len(got) > 3 {
		t.Errorf("%d places instead of 3", len(got))
	}
	for _, nothing := range []string{"", "?", "qwertyuiop"} {
		if got := table.Search(nothing, near, 3); len(got) != 0 {
			t.Errorf("%q: %v", nothing, got)
		}
	}
}

func packed(t testing.TB, text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestABrokenTableIsRefused(t *testing.T) {
	good := "64 Timur\n\t08 Kutai\n\t\t04 Sangatta\n\t\t\t2001 Utara\n\t71 Kota\n"
	if table, err := region.Parse(packed(t, good)); err != nil || table.Len() != 5 {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"empty":              "",
		"a level left out":   "64 Timur\n\t\t04 Sangatta\n",
		"not in order":       "64 Timur\n63 Selatan\n",
		"twice":              "64 Timur\n64 Timur\n",
		"no code":            "Timur\n",
		"code zero":          "00 Timur\n",
		"five levels":        good + "\t\t\t\t2001 Utara\n",
		"no name":            "64 \n",
		"an empty line":      "64 Timur\n\n",
		"a sign in the code": "+4 Timur\n",
	} {
		if _, err := region.Parse(packed(t, text)); !errors.Is(err, app.Fail(app.RegionsBroken)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := region.Parse([]byte("not gzip")); !errors.Is(err, app.Fail(app.RegionsBroken)) {
		t.Errorf("not gzip: %v", err)
	}
	whole := packed(t, good)
	if _, err := region.Parse(whole[:len(whole)-4]); !errors.Is(err, app.Fail(app.RegionsBroken)) {
		t.Errorf("cut off: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("64 Timur\n\t08 Kutai\n\t\t04 Sangatta\n\t\t\t2001 Utara\n")
	f.Add("99 A\n\t99 B\n\t\t99 C\n\t\t\t9999 D\n")
	f.Fuzz(func(t *testing.T, text string) {
		table, err := region.Parse(packed(t, text))
		if err != nil {
			return
		}
		for _, p := range table.Provinces() {
			for _, v := range append(table.Villages(p.Code), table.Districts(p.Code)...) {
				if same, ok := table.Lookup(v.Code); !ok || same.Name != v.Name {
					t.Errorf("%q is listed and not found", v.Code)
				}
			}
		}
	})
}

func FuzzMatch(f *testing.F) {
	f.Add("Sangatta Utr., Kec. Sangatta", "Bengalon")
	f.Add(",", "kec kec")
	f.Fuzz(func(t *testing.T, text, district string) {
		p, fit := region.Load().Match(text, district, "64.08", "64.71")
		if (fit >= region.Guessed) != (p.Code != "") {
			t.Errorf("%q: %v with %q", text, fit, p.Code)
		}
		region.Load().Search(text, []string{"64.71"}, 5)
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := region.Parse(assets.Regions); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	table := region.Load()
	near := []string{"64.71", "64.08"}
	table.Search("mangg", near, 8)
	for b.Loop() {
		table.Search("gondang", near, 8)
	}
}
