package roster

import (
	"strings"

	"loket/app/identity"
)

// maxValue is how much of a cell becomes part of a record, in bytes.
const maxValue = 500

// tidy takes out what nobody meant to write: control and direction signs, doubled spaces, and what
// keeps a spreadsheet from calculating: 'text or ="text".
func tidy(s string) string {
	if !plain(s) {
		s = cleaned(s)
	}
	if inner, ok := strings.CutPrefix(s, `="`); ok && strings.HasSuffix(inner, `"`) {
		return strings.TrimSuffix(inner, `"`)
	}
	return strings.TrimPrefix(s, "'")
}

// plain says that a text needs no tidying: printable ASCII with single spaces inside.
func plain(s string) bool {
	if len(s) > maxValue {
		return false
	}
	space := true
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space || s == ""
}

func cleaned(s string) string {
	s = identity.CleanSpaces(s)
	if len(s) > maxValue {
		s = strings.TrimSpace(strings.ToValidUTF8(s[:maxValue], ""))
	}
	return s
}

// filler says the same as identity.Filler. Most cells hold a digit, or begin like no word that
// fills, and are none: that is seen faster.
func filler(s string) bool {
	if s == "" {
		return true
	}
	for i := range len(s) {
		if c := s[i]; c >= '1' && c <= '9' {
			return false
		}
	}
	if c := s[0] | 0x20; c >= 'a' && c < 'x' && !beginsFiller(s) {
		return false
	}
	return identity.Filler(s)
}

// beginsFiller says whether a text begins with the two letters of a word that fills: "tidak ada".
func beginsFiller(s string) bool {
	if len(s) < 2 || len(s) > 30 {
		return false
	}
	switch [2]byte{s[0] | 0x20, s[1] | 0x20} {
	case [2]byte{'t', 'i'}, [2]byte{'t', 'd'}, [2]byte{'t', 'a'}, [2]byte{'b', 'e'}, [2]byte{'k', 'o'},
		[2]byte{'n', 'i'}, [2]byte{'n', 'u'}, [2]byte{'n', 'o'}, [2]byte{'n', 'a'}, [2]byte{'n', '/'}:
		return true
	}
	return false
}

// value is a tidy text, "" for a filler.
func value(s string) string {
	if s = tidy(s); filler(s) {
		return ""
	}
	return s
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// digitsKey is a short number as a key that costs little memory. NIKs and phones fit.
func digitsKey(s string) uint64 {
	n := uint64(0)
	for i := range len(s) {
		n = n*10 + uint64(s[i]-'0')
	}
	return n
}
