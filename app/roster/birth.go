package roster

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"loket/app"
	"loket/app/identity"
)

// birthDate reads a birth date as lists write it: 12-05-1980, 1980-05-12, 12 Mei 1980, 12/5/80, the
// serial number of a spreadsheet, and 05/25/1980 in US order. Days that no living person was born
// on are not read. With slashes both orders can make sense; then the NIK's date decides.
func birthDate(c cell, nik, at app.Date) (app.Date, bool) {
	s := tidy(c.text)
	if c.kind == wrong || filler(s) {
		return app.Date{}, false
	}
	if c.kind == date {
		d, ok := app.ParseDate(s)
		return d, ok && lives(d, at)
	}
	if strings.Trim(s, "0123456789") == "" {
		return digitDate(s, at)
	}
	d, ok := writtenDate(s, at)
	if ok && strings.Count(s, "/") == 2 && d.Day <= 12 && d != nik {
		if turned := (app.Date{Year: d.Year, Month: time.Month(d.Day), Day: int(d.Month)}); turned == nik {
			return turned, true
		}
	}
	return d, ok
}

// lives says whether somebody born on the day can be alive.
func lives(d, at app.Date) bool {
	return d.Valid() && d.Year >= 1900 && !at.Before(d) && d.AgeAt(at) < 120
}

// digitDate reads digits without signs between: a serial number, 12051980, 19800512, 120580, and
// 5121980, whose zero a spreadsheet dropped.
func digitDate(s string, at app.Date) (app.Date, bool) {
	if len(s) == 5 {
		d, ok := serialDate(s, epoch1900)
		return d, ok && lives(d, at)
	}
	if len(s) == 7 {
		s = "0" + s
	}
	switch len(s) {
	case 8:
		if d, ok := dayOf(s[0:2], s[2:4], s[4:8], at); ok {
			return d, true
		}
		return dayOf(s[6:8], s[4:6], s[0:4], at)
	case 6:
		return dayOf(s[0:2], s[2:4], s[4:6], at)
	}
	return app.Date{}, false
}

// writtenDate reads three parts with signs between them, the month in digits or letters.
func writtenDate(s string, at app.Date) (app.Date, bool) {
	if len(s) == 10 && s[2] == s[5] && allDigits(s[:2]) && allDigits(s[3:5]) && allDigits(s[6:]) {
		if d, ok := dayOf(s[:2], s[3:5], s[6:], at); ok { // as most lists have it
			return d, true
		}
	}
	p := parts(s)
	if len(p) > 3 && !timeOfDay(p[3:]) || len(p) < 3 {
		return app.Date{}, false
	}
	a, b, c := p[0], p[1], p[2]
	switch {
	case len(a) == 4: // 1980-05-12
		return dayOf(c, b, a, at)
	case monthNamed(a) > 0: // Mei 12, 1980
		return dayOf(b, a, c, at)
	}
	if d, ok := dayOf(a, b, c, at); ok {
		return d, true
	}
	return dayOf(b, a, c, at) // 05/25/1980
}

// parts cuts a date where digits, letters and other signs meet; names of weekdays drop out.
func parts(s string) []string {
	var all []string
	class := 0
	for _, r := range s {
		now := 0
		switch {
		case r >= '0' && r <= '9':
			now = 1
		case unicode.IsLetter(r):
			now = 2
		}
		if now != 0 && now != class {
			if len(all) == 8 {
				return nil
			}
			all = append(all, "")
		}
		if now != 0 {
			all[len(all)-1] += string(r)
		}
		class = now
	}
	return slices.DeleteFunc(all, func(w string) bool { return slices.Contains(weekdays, strings.ToLower(w)) })
}

var weekdays = strings.Fields("senin selasa rabu kamis jumat jum at sabtu minggu ahad tgl tanggal")

// timeOfDay says that what follows a date is only its midnight: "00:00:00", "T00:00:00Z".
func timeOfDay(p []string) bool {
	return !slices.ContainsFunc(p, func(w string) bool {
		return strings.Trim(w, "0") != "" && !slices.Contains([]string{"T", "Z", "AM", "12"}, w)
	})
}

// dayOf makes a day of its parts. Two digits of a year mean the latest such year that is not after at.
func dayOf(day, month, year string, at app.Date) (app.Date, bool) {
	d, err1 := strconv.Atoi(day)
	y, err2 := strconv.Atoi(year)
	m, err := strconv.Atoi(month)
	if err != nil {
		m = monthNamed(month)
	}
	if err1 != nil || err2 != nil || len(day) > 2 || len(year) != 2 && len(year) != 4 || m == 0 {
		return app.Date{}, false
	}
	if len(year) == 2 {
		y += at.Year / 100 * 100
		if at.Before(app.Date{Year: y, Month: time.Month(m), Day: d}) {
			y -= 100
		}
	}
	found := app.Date{Year: y, Month: time.Month(m), Day: d}
	return found, lives(found, at)
}

// monthBegins are the first letters of the months, in Indonesian and English, new and old spelling.
var monthBegins = [12]string{"jan", "feb peb", "mar", "apr", "mei may", "jun", "jul", "ag aug", "sep", "okt oct", "nov nop", "des dec"}

// monthNamed is the month that a word names, 0 for none.
func monthNamed(word string) int {
	word = strings.ToLower(word)
	if len(word) < 3 {
		return 0
	}
	for i, begins := range monthBegins {
		for _, b := range strings.Fields(begins) {
			if strings.HasPrefix(word, b) {
				return i + 1
			}
		}
	}
	return 0
}

// splitBirth parts "TTL" into place and date: "Sangatta, 12-05-1980". What is missing is empty.
func splitBirth(s string) (place, day string) {
	s = tidy(s)
	if i := strings.LastIndexByte(s, ','); i >= 0 && strings.ContainsAny(s[i:], "0123456789") && !strings.ContainsAny(s[:i], "0123456789") {
		return strings.Trim(s[:i], " ,"), strings.TrimSpace(s[i+1:])
	}
	i := strings.IndexAny(s, "0123456789")
	switch {
	case i < 0:
		return strings.Trim(s, " ,;/.-"), ""
	case i > 0:
		return strings.Trim(s[:i], " ,;/-:"), s[i:]
	}
	end := strings.LastIndexAny(s, "0123456789") + 1 // 12-05-1980 Sangatta
	return strings.Trim(s[end:], " ,;/-:"), s[:end]
}

// sexOf reads how lists write the sex.
func sexOf(s string) app.Sex {
	switch s {
	case "L", "Laki-laki", "LAKI-LAKI":
		return app.Male
	case "P", "Perempuan", "PEREMPUAN":
		return app.Female
	}
	word, _, _ := strings.Cut(identity.Plain(s), " ")
	switch {
	case slices.Contains(maleWords, word):
		return app.Male
	case slices.Contains(femaleWords, word):
		return app.Female
	}
	return ""
}

var (
	maleWords   = strings.Fields("l lk laki lakilaki laki2 lelaki pria cowok m male man 1")
	femaleWords = strings.Fields("p pr perempuan wanita cewek f female w woman 2")
)
