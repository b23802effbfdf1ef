package identity_test

import (
	"strings"
	"testing"
	"unicode"

	"loket/app"
	"loket/app/identity"
)

func TestCleanName(t *testing.T) {
	for text, want := range map[string]string{
		"siti":                  "SITI",
		"  H. Andi\t Saputra\n": "H. ANDI SAPUTRA",
		"Slamet, S.Pd":          "SLAMET, S.PD",
		"'Andi":                 "ANDI",
		"An\u200bdi\x00":        "ANDI",
		"D’Angelo":              "D’ANGELO",
		"-":                     "",
		"xx":                    "",
		"":                      "",
	} {
		if got := identity.CleanName(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestFoldName(t *testing.T) {
	same := [][]string{
		{"andi saputra", "H. Andi Saputra", "HAJI ANDI  SAPUTRA", "Andi Saputra, S.Pd", "Drs. H. Andi Saputra, M.Si.", "Andi Saputra S. Pd", "Andi Saputra,SE", "H.Andi Saputra"},
		{"hadijah", "Hj. Hadijah", "HADIJAH, S.Pd.I", "(Almh) Hadijah"},
		{"siti aminah", "St. Aminah", "Sitti Aminah", "SITI AMINAH A.Md.Keb"},
		{"muhammad nur", "Muh. Nur", "Mohammad Noer, ST", "MOCH NUR"},
		{"rene", "René", "Rene\u0301"},
		{"suharjo", "Soehardjo"},
	}
	for _, names := range same {
		for _, name := range names {
			if got := identity.FoldName(name); got != names[0] {
				t.Errorf("%q: %q, want %q", name, got, names[0])
			}
		}
	}
	for _, alone := range []string{"H.", "Dr", "Siti", "SE"} {
		if identity.FoldName(alone) == "" {
			t.Errorf("%q folded to nothing", alone)
		}
	}
	if identity.FoldName("Andi Saputra") == identity.FoldName("Andi Saputri") {
		t.Error("different names fold alike")
	}
}

func TestCleanPhone(t *testing.T) {
	good := map[string]string{
		"081255667788": "+6281255667788", "0812-5566-7788": "+6281255667788", "+62 812 5566 7788": "+6281255667788",
		"6281255667788": "+6281255667788", "81255667788": "+6281255667788", "+62 (0)812 5566 7788": "+6281255667788",
		"0062 81255667788": "+6281255667788", "'081255667788": "+6281255667788", "0812.5566.7788 / 0813 5566 7788": "+6281255667788",
		"0895123456789": "+62895123456789", "0811123456": "+62811123456",
	}
	for text, want := range good {
		if got, code := identity.CleanPhone(text); got != want || code != "" {
			t.Errorf("%q: %q %q", text, got, code)
		}
	}
	for _, none := range []string{"", "-", "0", "xx", "tidak ada"} {
		if got, code := identity.CleanPhone(none); got != "" || code != "" {
			t.Errorf("%q: %q %q", none, got, code)
		}
	}
	for _, bad := range []string{"0812", "+1 202 555 0100", "0542 421234", "08125566778899001", "telepon", "+81255667788", "0812x5667788"} {
		if got, code := identity.CleanPhone(bad); got != "" || code != app.PhoneInvalid {
			t.Errorf("%q: %q %q", bad, got, code)
		}
	}
	if got := identity.FormatPhone("+6281255667788"); got != "0812 5566 7788" {
		t.Errorf("read as %q", got)
	}
}

func TestCompare(t *testing.T) {
	siti := app.Person{NIK: "6471014510900003", Name: "Siti Aminah", BirthDate: app.Date{Year: 1990, Month: 10, Day: 5}, MotherName: "Dayang"}
	change := func(f func(*app.Person)) app.Person { p := siti; f(&p); return p }
	cases := []struct {
		name  string
		other app.Person
		ask   bool
	}{
		{"the same NIK", change(func(p *app.Person) { p.Name = "Budi"; p.BirthDate = app.Date{} }), true},
		{"a swapped pair in the NIK", change(func(p *app.Person) { p.NIK = "6471015410900003"; p.BirthDate = app.Date{} }), true},
		{"another NIK, same name and birth", change(func(p *app.Person) { p.NIK = "6408046510900011"; p.Name = "Hj. St. AMINAH"; p.MotherName = "" }), true},
		{"twins", change(func(p *app.Person) { p.NIK = "6471014510900004"; p.Name = "Sari Dewi" }), true},
		{"a slip in the name", change(func(p *app.Person) { p.NIK = "6408046510900011"; p.Name = "Siti Amina" }), true},
		{"a neighbour in the village", change(func(p *app.Person) {
			p.NIK, p.Name, p.MotherName = "6471014610900003", "Kartini", "Lince"
			p.BirthDate = siti.BirthDate.AddDays(1)
		}), false},
		{"only the name", change(func(p *app.Person) { p.NIK = "6408040101800001"; p.BirthDate = app.Date{Year: 1980, Month: 1, Day: 1} }), false},
		{"nothing known", app.Person{}, false},
	}
	for _, c := range cases {
		if got := identity.Compare(siti, c.other); got.Ask() != c.ask {
			t.Errorf("%s: %+v", c.name, got)
		}
		if identity.Compare(siti, c.other) != identity.Compare(c.other, siti) {
			t.Errorf("%s: the order matters", c.name)
		}
	}
	if l := identity.Compare(app.Person{}, app.Person{}); l != (identity.Likeness{}) {
		t.Errorf("two unknown people have something in common: %+v", l)
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b        string
		limit, want int
	}{
		{"", "", 2, 0},
		{"kolek", "kolek", 1, 0},
		{"kolek", "kolk", 1, 1},
		{"kolek", "oklek", 2, 1},
		{"sepaso", "sekerat", 2, 3},
		{"a", "abcd", 1, 2},
		{"", "ab", 2, 2},
	} {
		if got := identity.Distance(c.a, c.b, c.limit); got != c.want {
			t.Errorf("%s %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func FuzzNames(f *testing.F) {
	for _, s := range []string{"H. Andi", "S.Pd", "\xff\x00", "Drs. H.", "Noer'aini", "١"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		clean := identity.CleanName(s)
		if strings.ContainsFunc(clean, unicode.IsControl) || strings.Contains(clean, "  ") {
			t.Errorf("%q is not clean: %q", s, clean)
		}
		if strings.ContainsFunc(clean, unicode.IsLetter) && identity.FoldName(clean) == "" {
			t.Errorf("%q folds to nothing", clean)
		}
	})
}

func FuzzPhone(f *testing.F) {
	for _, s := range []string{"081255667788", "+62", "62", "0/0", "+6208", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		phone, code := identity.CleanPhone(s)
		if phone == "" {
			return
		}
		again, _ := identity.CleanPhone(phone)
		pretty, _ := identity.CleanPhone(identity.FormatPhone(phone))
		if code != "" || again != phone || pretty != phone {
			t.Errorf("%q: %q, again %q, pretty %q", s, phone, again, pretty)
		}
	})
}

func FuzzFamilyCard(f *testing.F) {
	f.Add("6471010510090003", "6471014510900003")
	f.Fuzz(func(t *testing.T, card, nik string) {
		number, code := identity.CheckFamilyCard(card)
		if code == "" && number != "" && len(number) != 16 {
			t.Errorf("%q passes as %q", card, number)
		}
		identity.Swapped(nik, card, today, today)
	})
}
