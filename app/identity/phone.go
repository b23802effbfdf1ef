package identity

import (
	"strings"

	"loket/app"
)

// CleanPhone turns the forms of an Indonesian mobile number (08.., +628.., 628.., and 8.. where a
// spreadsheet dropped the zero) into E.164. Of two numbers in one field the first good one counts.
// Nothing or a filler is no phone and no problem.
func CleanPhone(text string) (e164 string, problem app.Code) {
	if Filler(text) {
		return "", ""
	}
	for _, one := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/,;|&", r) }) {
		if e164, ok := mobile(one); ok {
			return e164, ""
		}
	}
	return "", app.PhoneInvalid
}

var brackets = strings.NewReplacer("(", "", ")", "")

// mobile reads one number. Subscriber numbers have 9 to 12 digits from the 8 on (PM Kominfo 14/2018).
func mobile(text string) (string, bool) {
	s := brackets.Replace(CleanDigits(text))
	plus := strings.HasPrefix(s, "+")
	s = strings.TrimPrefix(s, "+")
	if !plus {
		s = strings.TrimPrefix(s, "00")
	}
	s, abroad := strings.CutPrefix(s, "62")
	if plus && !abroad {
		return "", false
	}
	s = strings.TrimPrefix(s, "0")
	if len(s) < 9 || len(s) > 12 || s[0] != '8' || !digits(s, len(s)) {
		return "", false
	}
	return "+62" + s, true
}

// FormatPhone is the form that people read: "0812 5566 7788".
func FormatPhone(e164 string) string {
	s, ok := strings.CutPrefix(e164, "+62")
	if !ok || len(s) < 9 {
		return e164
	}
	s = "0" + s
	return s[:4] + " " + s[4:8] + " " + s[8:]
}
