package roster

import (
	"math"
	"strconv"
	"strings"
	"time"

	"loket/app"
)

// kind is what a cell holds.
type kind uint8

const (
	text   kind = iota
	number      // digits may have been lost
	date        // a real date; the text is ISO
	wrong       // an error of the spreadsheet program: #N/A, #REF!
)

// cell is a cell as it was read. Formulas give their last result.
type cell struct {
	text string
	kind kind
}

// number writes a stored number in plain digits: programs store 6471042207900220 also as
// 6.47104220790022E+15.
func numberCell(raw string) cell {
	if strings.Trim(raw, "0123456789") == "" {
		return cell{raw, number}
	}
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return cell{raw, text}
	}
	if math.Abs(f) >= 1e20 {
		return cell{strconv.FormatFloat(f, 'E', -1, 64), number}
	}
	return cell{strconv.FormatFloat(f, 'f', -1, 64), number}
}

// Days that spreadsheets count from, and the years that a birth can lie in.
var (
	epoch1900 = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	epoch1904 = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
)

// serialDate turns the number of a day into the day. Numbers below 61 meet the leap day of 1900
// that never was, and no living person.
func serialDate(raw string, epoch time.Time) (app.Date, bool) {
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil || f < 61 || f > 80_000 { // until the year 2119
		return app.Date{}, false
	}
	return app.DateOf(epoch.AddDate(0, 0, int(f))), true
}
