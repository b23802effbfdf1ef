package app

import (
	"fmt"
	"time"
)

// Date is a calendar day without a zone, as on an e-KTP. The zero Date is "not known".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the day of a moment in that moment's own zone.
func DateOf(t time.Time) Date { y, m, d := t.Date(); return Date{y, m, d} }

// ParseDate reads "2006-01-02".
func ParseDate(s string) (Date, bool) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, false
	}
	return DateOf(t), true
}

// Known says whether the date was ever set.
func (d Date) Known() bool { return d != Date{} }

// Valid says whether the day exists in the calendar.
func (d Date) Valid() bool { return d.Known() && DateOf(d.Time()) == d }

// Time is midnight UTC of the day.
func (d Date) Time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// Before compares two days.
func (d Date) Before(o Date) bool { return d.Time().Before(o.Time()) }

// AddDays moves by whole days.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// AgeAt is the completed years on a day. Who is born on 29 February has the birthday on 1 March
// in other years.
func (d Date) AgeAt(at Date) int {
	age := at.Year - d.Year
	if at.Month < d.Month || at.Month == d.Month && at.Day < d.Day {
		age--
	}
	return age
}

// MonthOf is the month of the day.
func (d Date) MonthOf() Month { return Month{d.Year, d.Month} }

// ISO is "1990-10-05", the form in data; "" when not known.
func (d Date) ISO() string {
	if !d.Known() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// String is "05-10-1990", the form on screens and paper; "" when not known.
func (d Date) String() string {
	if !d.Known() {
		return ""
	}
	return fmt.Sprintf("%02d-%02d-%04d", d.Day, d.Month, d.Year)
}

// Month is a coverage month.
type Month struct {
	Year  int
	Month time.Month
}

// ParseMonth reads "2026-12".
func ParseMonth(s string) (Month, bool) {
	t, err := time.Parse("2006-01", s)
	if err != nil {
		return Month{}, false
	}
	return Month{t.Year(), t.Month()}, true
}

// Add moves by n months.
func (m Month) Add(n int) Month {
	t := time.Date(m.Year, m.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return Month{t.Year(), t.Month()}
}

// Before compares two months.
func (m Month) Before(o Month) bool {
	return m.Year < o.Year || m.Year == o.Year && m.Month < o.Month
}

// String is "2026-12", the form in data.
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", m.Year, m.Month) }

// MarshalText and UnmarshalText keep dates and months as ISO text in JSON and tables.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads "2026-12".
func (m *Month) UnmarshalText(b []byte) error {
	v, ok := ParseMonth(string(b))
	if !ok {
		return Fail(WrongUse, "value", "month")
	}
	*m = v
	return nil
}

// MarshalText writes ISO text, "" when not known.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.ISO()), nil }

// UnmarshalText reads ISO text; "" is not known.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, ok := ParseDate(string(b))
	if !ok {
		return Fail(WrongUse, "value", "date")
	}
	*d = v
	return nil
}

// ZoneName is what Indonesia calls the zone of a moment: WIB, WITA, WIT.
func ZoneName(t time.Time) string {
	name, offset := t.Zone()
	switch offset {
	case 7 * 3600:
		return "WIB"
	case 8 * 3600:
		return "WITA"
	case 9 * 3600:
		return "WIT"
	}
	return name
}
