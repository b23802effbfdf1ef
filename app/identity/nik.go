package identity

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"loket/app"
)

// RegionKnowledge is what the table of regions knows about the first six digits of a NIK.
type RegionKnowledge int

// What can be known of a region code.
const (
	ProvinceUnknown RegionKnowledge = iota // no such province, now or formerly
	RegionOld                              // the province exists, the district is not in the current table
	RegionCurrent
)

// Reading is what a NIK says. Fields that cannot be read are empty.
type Reading struct {
	NIK       string // cleaned; 16 digits when there is no nik_length or nik_suspect
	BirthDate app.Date
	Sex       app.Sex
	Region    string // of the first registration, "64.71.01"
	Errors    []app.Code
	Warnings  []app.Code
}

// Valid says whether the NIK can exist. It does not say that it was given to anybody.
func (r Reading) Valid() bool { return len(r.Errors) == 0 }

// Against compares what was typed with what the NIK says. Differences are warnings: both are kept.
// A date or sex that is not known on either side is no difference.
func (r Reading) Against(birth app.Date, sex app.Sex) []app.Code {
	var codes []app.Code
	if birth.Known() && r.BirthDate.Known() && birth != r.BirthDate {
		codes = append(codes, app.NIKBirthDateDiffers)
	}
	if sex != "" && r.Sex != "" && sex != r.Sex {
		codes = append(codes, app.NIKSexDiffers)
	}
	return codes
}

// Check reads a NIK as somebody typed it: 16 digits PPKKCC DDMMYY SSSS, women's day +40, no check
// digit. The birth date is the latest one not after at.
func Check(nik string, known func(code string) RegionKnowledge, at app.Date) Reading {
	return check(nik, false, known, at)
}

// CheckNumber reads a NIK from a spreadsheet cell that holds a number. Such a cell keeps 15 digits
// only, so one that ends in 0 has probably lost its last digit.
func CheckNumber(nik string, known func(code string) RegionKnowledge, at app.Date) Reading {
	return check(nik, true, known, at)
}

func check(text string, number bool, known func(code string) RegionKnowledge, at app.Date) Reading {
	r := Reading{NIK: CleanDigits(text)}
	switch {
	case Filler(text):
		r.NIK = ""
		r.Errors = []app.Code{app.NIKMissing}
		return r
	case !digits(r.NIK, 16) && scientific.MatchString(strings.TrimSpace(strings.Trim(text, "'\" "))):
		r.Errors = []app.Code{app.NIKSuspect}
		return r
	case !digits(r.NIK, 16):
		r.Errors = []app.Code{app.NIKLength}
		return r
	}
	lost := number && r.NIK[15] == '0'
	if lost {
		r.Errors = append(r.Errors, app.NIKSuspect)
	}
	r.read(known, at, lost)
	return r
}

// read fills in what the 16 digits say. Of a NIK that lost its last digit the serial is not judged.
func (r *Reading) read(known func(code string) RegionKnowledge, at app.Date, lost bool) {
	r.Region = r.NIK[0:2] + "." + r.NIK[2:4] + "." + r.NIK[4:6]
	r.BirthDate, r.Sex = birth(r.NIK[6:12], at)
	region := known(r.Region)
	impossible := !r.BirthDate.Known() ||
		region == ProvinceUnknown ||
		!lost && r.NIK[12:] == "0000" ||
		strings.Count(r.NIK, r.NIK[:1]) == 16
	if impossible {
		r.Errors = append(r.Errors, app.NIKImpossible)
	}
	if region == RegionOld {
		r.Warnings = append(r.Warnings, app.NIKRegionOld)
	}
}

// birth reads DDMMYY: the latest such day that is not after at.
func birth(ddmmyy string, at app.Date) (app.Date, app.Sex) {
	day, month, year := two(ddmmyy[0:2]), two(ddmmyy[2:4]), two(ddmmyy[4:6])
	sex := app.Male
	if day > 40 {
		day, sex = day-40, app.Female
	}
	for century := at.Year / 100 * 100; century >= 1900; century -= 100 {
		d := app.Date{Year: century + year, Month: time.Month(month), Day: day}
		if d.Valid() && !at.Before(d) {
			return d, sex
		}
	}
	return app.Date{}, ""
}

// scientific is a number in E-notation, as spreadsheets show long ones: 6,40809E+15.
var scientific = regexp.MustCompile(`(?i)^[0-9]+([.,][0-9]*)?\s*e\s*\+?\s*[0-9]+$`)

// CleanDigits takes away what people put between digits: spaces, dots, hyphens and apostrophes.
func CleanDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if between(r) {
			return -1
		}
		return r
	}, s)
}

func two(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

func digits(s string, n int) bool {
	return len(s) == n && strings.Trim(s, "0123456789") == ""
}

// FormatNIK groups a NIK for reading aloud: "647101 451090 0003".
func FormatNIK(nik string) string {
	if !digits(nik, 16) {
		return nik
	}
	return nik[:6] + " " + nik[6:12] + " " + nik[12:]
}

// fillers are what people write where nothing is known, beside rows of one sign.
var fillers = []string{"tidak ada", "tdk ada", "tak ada", "belum ada", "nihil", "kosong", "null", "none", "n/a", "na", "nan", "-0"}

// Filler says whether a text only fills its place: empty, "-", "0", "xx", "???", "tidak ada".
// Sixteen zeros are a number, though an impossible one.
func Filler(s string) bool {
	s = strings.ToLower(strings.Trim(CleanSpaces(s), "'\"` "))
	if len(s) == 16 && s[0] == '0' {
		return false
	}
	return strings.Trim(s, "-–—_.,?*#/ x0") == "" && oneKind(s) || slices.Contains(fillers, s)
}

// oneKind says that zeros and crosses stand alone: "00" and "xx" fill, "0x0" does not.
func oneKind(s string) bool { return !strings.Contains(s, "0") || !strings.Contains(s, "x") }
