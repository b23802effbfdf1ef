package laporan

import (
	"encoding/hex"
	"strings"
	"time"

	"loket/app"
	"loket/app/counter"
	"loket/app/reporting"
)

// Period is a choice of days.
type Period string

// The periods.
const (
	Today     Period = "today"
	Yesterday Period = "yesterday"
	Week      Period = "week"
	Month     Period = "month"
	Range     Period = "range"
)

// Periods lists them in the order in which they are offered.
var Periods = []Period{Today, Yesterday, Week, Month, Range}

// Model is the state of Laporan.
type Model struct {
	Period      Period
	From, Until string // as typed, for a range
	Event       string // "" all
	Scope       string // of the programme, in hexadecimal; "" all
	Events      []reporting.Line
	Programmes  []reporting.Line
	Operators   map[string]string // names by ID
	Report      reporting.Report
	Known       bool // a report was counted
	Err         error
	Busy        bool // a file is being written
}

// Question is what is asked for on a day.
func (m Model) Question(today app.Date) (reporting.Question, error) {
	q := reporting.Question{From: today, Until: today, Event: m.Event}
	switch m.Period {
	case Yesterday:
		q.From = today.AddDays(-1)
		q.Until = q.From
	case Week:
		q.From = today.AddDays(-(int(today.Time().Weekday()) + 6) % 7) // from Monday
	case Month:
		q.From = app.Date{Year: today.Year, Month: today.Month, Day: 1}
	case Range:
		var fromFine, untilFine bool
		q.From, fromFine = counter.ParseDay(strings.TrimSpace(m.From))
		q.Until, untilFine = counter.ParseDay(strings.TrimSpace(m.Until))
		if !fromFine || !untilFine {
			return q, app.Fail(app.ReportDates)
		}
	case Today:
	}
	if m.Scope != "" {
		var scope app.Scope
		if b, err := hex.DecodeString(m.Scope); err == nil && len(b) == len(scope) {
			copy(scope[:], b)
			q.Scope = &scope
		}
	}
	return q, nil
}

// Names are the names that the report does not hold itself.
func (m Model) Names() reporting.Names {
	return reporting.Names{Operators: m.Operators, Event: nameOf(m.Events, m.Event), Scope: nameOf(m.Programmes, m.Scope)}
}

func nameOf(lines []reporting.Line, key string) string {
	for _, l := range lines {
		if l.Key == key {
			return l.Name
		}
	}
	return ""
}

// Growing says whether the last bar of a chart is of now: not finished yet.
func (m Model) Growing(now time.Time, key string) bool {
	if m.Report.ByHour {
		return m.Report.From == app.DateOf(now) && key == now.Format("15")
	}
	return key == app.DateOf(now).ISO() || key == now.Format("2006-01")
}
