package roster

import (
	"testing"

	"loket/app"
)

var judged = app.Date{Year: 2026, Month: 11, Day: 20}

func TestBirthDate(t *testing.T) {
	may := app.Date{Year: 1980, Month: 5, Day: 12}
	for _, s := range []string{
		"12-05-1980", "12/05/1980", "12.05.1980", "12 05 1980", "1980-05-12", "1980/05/12", "12 Mei 1980", "12 MEI 1980", "12-Mei-1980", "12-May-80",
		"12/5/80", "12-5-1980", "Senin, 12 Mei 1980", "1980-05-12 00:00:00", "1980-05-12T00:00:00Z", "12051980", "19800512", "120580", "29353",
		" 12-05-1980 ", "'12-05-1980", "12-\u200e05-1980", "12 - 05 - 1980", "Mei 12, 1980", "tgl 12 Mei 1980", "12 Mei, 1980", "12/05/1980 12:00:00 AM",
	} {
		if got, ok := birthDate(cell{text: s}, app.Date{}, judged); !ok || got != may {
			t.Errorf("%q: %s %v", s, got, ok)
		}
	}
	for s, want := range map[string]app.Date{
		"05/25/1980":       {Year: 1980, Month: 5, Day: 25},
		"5/25/80":          {Year: 1980, Month: 5, Day: 25},
		"5061980":          {Year: 1980, Month: 6, Day: 5},
		"17 Agustus 1945":  {Year: 1945, Month: 8, Day: 17},
		"17 Agt 1945":      {Year: 1945, Month: 8, Day: 17},
		"2 Pebruari 1970":  {Year: 1970, Month: 2, Day: 2},
		"2 Nopember 1970":  {Year: 1970, Month: 11, Day: 2},
		"31 Desember 1999": {Year: 1999, Month: 12, Day: 31},
		"1/1/05":           {Year: 2005, Month: 1, Day: 1},
		"29-02-1980":       {Year: 1980, Month: 2, Day: 29},
	} {
		if got, ok := birthDate(cell{text: s}, app.Date{}, judged); !ok || got != want {
			t.Errorf("%q: %s %v, want %s", s, got, ok, want)
		}
	}
	for _, s := range []string{
		"", "-", "0", "xx", "tidak ada", "1980", "30-02-1980", "29-02-1981", "32-01-1980", "12-13-1980x", "00-00-0000", "01-01-1800",
		"21-11-2026", "01-01-2080", "12-05", "Sangatta", "12 Foo 1980", "12-05-19800", "1-2-3-4-5-6-7-8-9-10", "99999", "#REF!", "13/13/1980",
	} {
		if got, ok := birthDate(cell{text: s}, app.Date{}, judged); ok {
			t.Errorf("%q was read as %s", s, got)
		}
	}
}

// With slashes both orders can make sense; then the NIK's own date decides.
func TestBirthDateInUSOrder(t *testing.T) {
	nik := app.Date{Year: 1980, Month: 5, Day: 12}
	if got, ok := birthDate(cell{text: "05/12/1980"}, nik, judged); !ok || got != nik {
		t.Errorf("%s", got)
	}
	for _, s := range []string{"05/12/1980", "05-12-1980"} {
		if got, _ := birthDate(cell{text: s}, app.Date{Year: 1970, Month: 1, Day: 1}, judged); (got != app.Date{Year: 1980, Month: 12, Day: 5}) {
			t.Errorf("%s: %s", s, got)
		}
	}
}

func TestRealDates(t *testing.T) {
	if got, ok := birthDate(cell{"1980-05-12", date}, app.Date{}, judged); !ok || got.Day != 12 {
		t.Errorf("%s", got)
	}
	if _, ok := birthDate(cell{"#N/A", wrong}, app.Date{}, judged); ok {
		t.Error("an error of the spreadsheet was read")
	}
	if got, ok := serialDate("29353.5", epoch1900); !ok || got.ISO() != "1980-05-12" {
		t.Errorf("%s", got)
	}
	if got, ok := serialDate("27891", epoch1904); !ok || got.ISO() != "1980-05-12" {
		t.Errorf("%s", got)
	}
}

func TestSplitBirth(t *testing.T) {
	for s, want := range map[string][2]string{
		"Sangatta, 12-05-1980":           {"Sangatta", "12-05-1980"},
		"Sangatta,12-05-1980":            {"Sangatta", "12-05-1980"},
		"Sangatta 12-05-1980":            {"Sangatta", "12-05-1980"},
		"Sangatta/12-05-1980":            {"Sangatta", "12-05-1980"},
		"SANGATTA, 12 MEI 1980":          {"SANGATTA", "12 MEI 1980"},
		"Kutai Timur , 12/05/1980":       {"Kutai Timur", "12/05/1980"},
		"Sangatta":                       {"Sangatta", ""},
		"Sangatta, -":                    {"Sangatta", ""},
		"12-05-1980":                     {"", "12-05-1980"},
		"12-05-1980, Sangatta":           {"Sangatta", "12-05-1980"},
		"Sangatta - 12 Mei 1980":         {"Sangatta", "12 Mei 1980"},
		"":                               {"", ""},
		"S. Utara, Kutim, 12-05-1980":    {"S. Utara, Kutim", "12-05-1980"},
		"\u202bSangatta\u202c, 12-05-80": {"Sangatta", "12-05-80"},
	} {
		if place, day := splitBirth(s); place != want[0] || day != want[1] {
			t.Errorf("%q: %q %q", s, place, day)
		}
	}
}

func TestSex(t *testing.T) {
	for want, all := range map[app.Sex][]string{
		app.Male:   {"L", "l", "Laki-laki", "LAKI LAKI", "Lk", "Pria", "M", "1", " L ", "laki2"},
		app.Female: {"P", "p", "Perempuan", "Pr.", "Wanita", "F", "2"},
		"":         {"", "-", "?", "x", "waria", "LP"},
	} {
		for _, s := range all {
			if got := sexOf(s); got != want {
				t.Errorf("%q: %q", s, got)
			}
		}
	}
}

func TestSaysDeceased(t *testing.T) {
	for _, s := range []string{"Meninggal", "sudah meninggal 2025", "alm.", "Alm", "(Almarhumah)", "Meninggal dunia", "ALMH", "wafat 12-1-2026"} {
		if !saysDeceased(s) {
			t.Errorf("%q was missed", s)
		}
	}
	for _, s := range []string{"Suami meninggal", "janda, istri alm. Budi", "belum meninggal", "anak dari alm", "almari", "", "hidup"} {
		if saysDeceased(s) {
			t.Errorf("%q was taken for dead", s)
		}
	}
}
