package identity_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"loket/app/identity"
)

func TestWhatIsHiddenIsNotShown(t *testing.T) {
	for in, want := range map[string]string{
		"SITI AMINAH":                        "SITI AMINAH",
		"baris satu\nbaris dua\tkolom":       "baris satu\nbaris dua\tkolom",
		"\x1b[31mASLI\x1b[0m":                "[31mASLI[0m",
		"\u009b31mASLI":                      "31mASLI",
		"a\rb\x00c\x7fd\be":                  "abcde",
		"GENUINE\u202eESLAF":                 "GENUINEESLAF",
		"\u2066SITI\u2069\u200e\u200f":       "SITI",
		"SI\u200bTI\u200d\ufeff\u2060\u00ad": "SITI",
		"satu\u2028dua\u2029":                "satudua",
		"\U000e0041TAG":                      "TAG",
		"ANDRÉ Ñ 王 ٣":                        "ANDRÉ Ñ 王 ٣",
		"rusak\xff":                          "rusak\uFFFD",
		"\x9b31m":                            "\uFFFD31m",
		"":                                   "",
	} {
		if got := identity.Shown(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func FuzzShown(f *testing.F) {
	f.Add("SITI\x1b\u202e\xff")
	f.Fuzz(func(t *testing.T, s string) {
		got := identity.Shown(s)
		if !utf8.ValidString(got) || strings.IndexFunc(got, identity.Hidden) >= 0 || identity.Shown(got) != got {
			t.Errorf("%q became %q", s, got)
		}
	})
}
