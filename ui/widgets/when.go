package widgets

import (
	"strings"
	"time"

	"loket/app"
)

// Zone is what Indonesia calls the zone of a moment: WIB, WITA, WIT.
func Zone(t time.Time) string { return app.ZoneName(t) }

// Moment says when something happened, in the zone of now: the hour alone for today.
func Moment(w Window, t, now time.Time) string {
	t = t.In(now.Location())
	hour := t.Format("15.04") + " " + Zone(t)
	switch day, today := app.DateOf(t), app.DateOf(now); {
	case day == today:
		return w.Say("when.today", "time", hour)
	case day == today.AddDays(-1):
		return w.Say("when.yesterday", "time", hour)
	case day == today.AddDays(1):
		return w.Say("when.tomorrow", "time", hour)
	default:
		return w.Say("when.at", "date", day, "time", hour)
	}
}

// Ago says how long ago something was, as people say it.
func Ago(w Window, t, now time.Time) string {
	switch d := now.Sub(t); {
	case d < 2*time.Minute:
		return w.Say("when.now")
	case d < 2*time.Hour:
		return w.Say("when.minutes", "n", int(d.Minutes()))
	case d < 48*time.Hour:
		return w.Say("when.hours", "n", int(d.Hours()))
	default:
		return w.Say("when.days", "n", int(d.Hours()/24))
	}
}

// Day says a day in full: "Jumat, 20 November 2026".
func Day(w Window, d app.Date) string {
	days := strings.Fields(w.Say("when.weekdays"))
	months := strings.Fields(w.Say("when.months"))
	if !d.Valid() || len(days) != 7 || len(months) != 12 {
		return d.String()
	}
	return w.Say("when.day", "weekday", days[d.Time().Weekday()], "day", d.Day, "month", months[d.Month-1], "year", d.Year)
}
