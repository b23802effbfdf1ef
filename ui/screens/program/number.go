package program

import (
	"regexp"
	"strconv"
	"strings"

	"loket/app"
)

// What is more than any payer has, and than live anywhere.
const (
	mostMoney  = 1_000_000_000_000_000
	mostPeople = 10_000_000
)

// whole is a number as people write it: only digits, or in groups of three. 1.9 is none: it could mean
// anything.
var whole = regexp.MustCompile(`^([0-9]{1,18}|[0-9]{1,3}([.\x{a0} ][0-9]{3}){1,5})$`)

func readWhole(text string, most int64) (int64, bool) {
	text = strings.TrimSpace(text)
	if !whole.MatchString(text) {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.NewReplacer(".", "", " ", "", "\u00a0", "").Replace(text), 10, 64)
	return n, err == nil && n <= most
}

// readCount reads a number of people: 98000 or 98.000.
func readCount(text string) (int, bool) {
	n, ok := readWhole(text, mostPeople)
	return int(n), ok
}

// readAmount reads a sum as a decree writes it: 19.756.800.000, Rp 1.900.000.000,00 or only digits.
func readAmount(text string) (app.Rupiah, bool) {
	text = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(text)), "rp")
	text = strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(text, "."), ",00"), ",-")
	n, ok := readWhole(text, mostMoney)
	return app.Rupiah(n), ok
}
