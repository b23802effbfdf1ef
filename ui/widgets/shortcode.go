package widgets

import "strings"

// ShortCode is a field's shape that shows the beginning of a code that is longer than any field.
func ShortCode(code string) string {
	if r := []rune(strings.Join(strings.Fields(code), "")); len(r) > 32 {
		return string(r[:28]) + " …"
	}
	return code
}
