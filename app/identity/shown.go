package identity

import (
	"strings"
	"unicode"
)

// Hidden says whether a sign shows nothing and can still change what is shown around it: control
// characters (a terminal obeys them), marks of direction, signs without width, tags.
func Hidden(r rune) bool {
	return r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp))
}

// Shown is a text that somebody else wrote, as it may be put before people: of a card, a list, a message.
// Line breaks and tabs stay; what is hidden is taken out, and broken UTF-8 becomes the replacement sign.
// A terminal, a page and a window show everything through it.
func Shown(s string) string {
	if strings.IndexFunc(s, Hidden) < 0 {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	return strings.Map(func(r rune) rune {
		if Hidden(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
