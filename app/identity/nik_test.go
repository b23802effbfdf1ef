package identity_test

import (
	"slices"
	"strings"
	"testing"

	"loket/app"
	"loket/app/identity"
)

var today = app.Date{Year: 2026, Month: 11, Day: 20}

// known stands in for the table of regions: 64.71.01 and 64.08.04 are current, province 64 exists.
func known(code string) identity.RegionKnowledge {
	switch {
	case code == "64.71.01" || code == "64.08.04":
		return identity.RegionCurrent
	case strings.HasPrefix(code, "64"):
		return identity.RegionOld
	}
	return identity.ProvinceUnknown
}

func TestCheck(t *testing.T) {
	cases := []struct {
		nik    string
		birth  string
		sex    app.Sex
		errors []app.Code
		warns  []app.Code
	}{
		{nik: "6471014510900003", birth: "1990-10-05", sex: app.Female},
		{nik: "6471010510900003", birth: "1990-10-05", sex: app.Male},
		{nik: "'6471.01-4510 900003 ", birth: "1990-10-05", sex: app.Female},
		{nik: "’647101\u00a0451090\u20110003", birth: "1990-10-05", sex: app.Female},
		{nik: "6471012011260001", birth: "2026-11-20", sex: app.Male},
		{nik: "6471012111260001", birth: "1926-11-21", sex: app.Male},
		{nik: "6471012902000001", birth: "2000-02-29", sex: app.Male},
		{nik: "6471012902010001", errors: []app.Code{app.NIKImpossible}},
		{nik: "6471017104900001", errors: []app.Code{app.NIKImpossible}},
		{nik: "6471013213900001", errors: []app.Code{app.NIKImpossible}},
		{nik: "6471014000900001", errors: []app.Code{app.NIKImpossible}},
		{nik: "6471014510900000", birth: "1990-10-05", sex: app.Female, errors: []app.Code{app.NIKImpossible}},
		{nik: "9971014510900003", birth: "1990-10-05", sex: app.Female, errors: []app.Code{app.NIKImpossible}},
		{nik: "1111111111111111", birth: "2011-11-11", sex: app.Male, errors: []app.Code{app.NIKImpossible}},
		{nik: "0000000000000000", errors: []app.Code{app.NIKImpossible}},
		{nik: "6499014510900003", birth: "1990-10-05", sex: app.Female, warns: []app.Code{app.NIKRegionOld}},
		{nik: "6499013110900000", birth: "1990-10-31", sex: app.Male, errors: []app.Code{app.NIKImpossible}, warns: []app.Code{app.NIKRegionOld}},
		{nik: "647101451090003", errors: []app.Code{app.NIKLength}},
		{nik: "64710145109000033", errors: []app.Code{app.NIKLength}},
		{nik: "64710145109OOOO3", errors: []app.Code{app.NIKLength}},
		{nik: "٦٤٧١٠١٤٥١٠٩٠٠٠٠٣", errors: []app.Code{app.NIKLength}},
		{nik: "6,40809E+15", errors: []app.Code{app.NIKSuspect}},
		{nik: "6.408094510900e15", errors: []app.Code{app.NIKSuspect}},
		{nik: "'6E+15", errors: []app.Code{app.NIKSuspect}},
		{nik: "", errors: []app.Code{app.NIKMissing}},
		{nik: " - ", errors: []app.Code{app.NIKMissing}},
		{nik: "0", errors: []app.Code{app.NIKMissing}},
		{nik: "XX", errors: []app.Code{app.NIKMissing}},
		{nik: "'", errors: []app.Code{app.NIKMissing}},
		{nik: "tidak ada", errors: []app.Code{app.NIKMissing}},
	}
	for _, c := range cases {
		r := identity.Check(c.nik, known, today)
		if r.BirthDate.ISO() != c.birth || r.Sex != c.sex || !slices.Equal(r.Errors, c.errors) || !slices.Equal(r.Warnings, c.warns) {
			t.Errorf("%q: %+v", c.nik, r)
		}
		if r.Valid() != (len(c.errors) == 0) {
			t.Errorf("%q: valid %v", c.nik, r.Valid())
		}
	}
}

// A numeric cell keeps 15 digits: only a last digit that is not 0 can be trusted.
func TestCheckNumber(t *testing.T) {
	for nik, want := range map[string][]app.Code{
		"6471014510900003": nil,
		"6471014510900010": {app.NIKSuspect},
		"6471014510900000": {app.NIKSuspect},
		"6471019910900000": {app.NIKSuspect, app.NIKImpossible},
		"647101451090001":  {app.NIKLength},
		"6.47101E+15":      {app.NIKSuspect},
	} {
		if got := identity.CheckNumber(nik, known, today).Errors; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", nik, got, want)
		}
	}
	if r := identity.Check("6471014510900010", known, today); !r.Valid() {
		t.Error("as text a NIK may end in 0")
	}
}

func TestAgainst(t *testing.T) {
	r := identity.Check("6471014510900003", known, today)
	birth := app.Date{Year: 1990, Month: 10, Day: 5}
	for _, c := range []struct {
		birth app.Date
		sex   app.Sex
		want  []app.Code
	}{
		{birth, app.Female, nil},
		{app.Date{}, "", nil},
		{birth.AddDays(1), app.Female, []app.Code{app.NIKBirthDateDiffers}},
		{birth, app.Male, []app.Code{app.NIKSexDiffers}},
		{birth.AddDays(1), app.Male, []app.Code{app.NIKBirthDateDiffers, app.NIKSexDiffers}},
	} {
		if got := r.Against(c.birth, c.sex); !slices.Equal(got, c.want) {
			t.Errorf("%v %v: %v", c.birth, c.sex, got)
		}
	}
}

func TestFiller(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "-": true, "--": true, "0": true, "00": true, "xx": true, "XXX": true, "???": true, " . ": true, "'-": true, "N/A": true,
		"0000000000000000": false, "0x0": false, "A": false, "Ai": false, "10": false, "max": false,
	} {
		if got := identity.Filler(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestFamilyCard(t *testing.T) {
	for text, want := range map[string]app.Code{
		"6471010510090003": "", "": "", "-": "", "6471 0105 1009 0003": "",
		"647101": app.FamilyCardLength, "647101051009000x": app.FamilyCardLength,
		"6471014510900003": app.FamilyCardSwapped,
	} {
		if _, got := identity.CheckFamilyCard(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
	born := app.Date{Year: 1990, Month: 10, Day: 5}
	for _, c := range []struct {
		nik, card string
		want      bool
	}{
		{"6471010510900003", "6471010206150001", false},
		{"6471010206150001", "6471010510900003", true}, // the man's birth date stands in the card's place
		{"6471010206150001", "6471014510900003", true}, // a woman's NIK stands in the card's place
		{"6471014510900003", "6471010206150001", false},
		{"", "6471014510900003", false},
	} {
		if got := identity.Swapped(c.nik, c.card, born, today); got != c.want {
			t.Errorf("%s and %s: %v", c.nik, c.card, got)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"6471014510900003", "6,40809E+15", "xx", "'6471.01", "\xff", "0000000000000000"} {
		f.Add(s, 2026)
	}
	f.Fuzz(func(t *testing.T, s string, year int) {
		at := app.Date{Year: 1950 + (year%100+100)%100, Month: 6, Day: 15}
		r := identity.Check(s, known, at)
		if !r.Valid() {
			return
		}
		if len(r.NIK) != 16 || !r.BirthDate.Valid() || at.Before(r.BirthDate) || r.Sex == "" {
			t.Errorf("%q is valid and yet says %+v", s, r)
		}
		if again := identity.Check(r.NIK, known, at); again.BirthDate != r.BirthDate || !again.Valid() {
			t.Errorf("%q reads otherwise once cleaned", s)
		}
	})
}
