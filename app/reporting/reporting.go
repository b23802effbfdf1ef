// Package reporting counts what a kiosk did (F9): a day, any range of days, an event, a programme. It
// tells the same report as tables and charts on screens, on paper and as a workbook. Reports hold no
// personal data; names leave only in a list that somebody chose as such.
package reporting

import (
	"context"
	"encoding/hex"
	"time"

	"loket/app"
	"loket/app/region"
)

// Reporting makes reports. It is safe for use by several goroutines.
type Reporting struct {
	store   Store
	clock   app.Clock
	regions func() *region.Table
	policy  func() Policy
}

// Policy is what holds for reports now.
type Policy struct {
	Place  string                 // the office: "Kantor Cabang Balikpapan"
	Event  func(id string) string // name of an event, "" not known; may be nil
	Closed error                  // why nothing is open but sending; nil otherwise
}

// New makes the reporting of a kiosk.
func New(store Store, clock app.Clock, regions func() *region.Table, policy func() Policy) *Reporting {
	return &Reporting{store: store, clock: clock, regions: regions, policy: policy}
}

// Question is what somebody wants counted.
type Question struct {
	From, Until app.Date // both included
	Event       string   // "" all
	Scope       *app.Scope
}

// Days is how many days are asked about.
func (q Question) Days() int { return int(q.Until.Time().Sub(q.From.Time()).Hours()/24) + 1 }

// MostDays bounds a range: a report is about a year, not about a life.
const MostDays = 3 * 366

func (q Question) check() error {
	switch {
	case !q.From.Valid() || !q.Until.Valid():
		return app.Fail(app.ReportDates)
	case q.Until.Before(q.From):
		return app.Fail(app.ReportDatesTurned)
	case q.Days() > MostDays:
		return app.Fail(app.ReportTooLong, "most", MostDays)
	}
	return nil
}

// Report is the answer, without any personal data.
type Report struct {
	Question
	Place      string
	Made       time.Time
	Registered int
	Cards      app.CardCount
	Waiting    int    // records that exist only on this computer, now
	ByHour     bool   // Bars are hours of one day; days otherwise
	Bars       []Line // Key is the hour or the day
	States     []Line
	Districts  []Line
	Villages   []Line
	Payers     []Line
	Scopes     []Line
	Operators  []Line
}

// Line counts one thing. Name is in words where it is the same in both languages.
type Line struct {
	Key   string
	Name  string
	Count int
}

func (r *Reporting) allow(by app.Operator) error {
	if err := by.May(app.TaskFigures); err != nil {
		return err
	}
	return r.policy().Closed
}

// Events lists the events that can be asked about, the newest first.
func (r *Reporting) Events(ctx context.Context, by app.Operator) ([]Line, error) {
	if err := r.allow(by); err != nil {
		return nil, err
	}
	ids, err := r.store.EventsHeld(ctx)
	lines := make([]Line, len(ids))
	for i, id := range ids {
		lines[i] = Line{Key: id, Name: named(r.policy().Event, id)}
	}
	return lines, err
}

// Programmes lists the sponsor programmes that can be asked about, by their scope in hexadecimal.
func (r *Reporting) Programmes(ctx context.Context, by app.Operator) ([]Line, error) {
	if err := r.allow(by); err != nil {
		return nil, err
	}
	all, err := r.store.Programmes(ctx)
	lines := make([]Line, len(all))
	for i, p := range all {
		lines[i] = Line{Key: hex.EncodeToString(p.Scope[:]), Name: p.Name}
	}
	return lines, err
}

func named[T ~string](name func(T) string, id T) string {
	if name != nil {
		if n := name(id); n != "" {
			return n
		}
	}
	return string(id)
}

// counted is the question in moments of the clock's zone.
func (r *Reporting) counted(q Question) app.Counted {
	zone := r.clock.Now().Location()
	from := time.Date(q.From.Year, q.From.Month, q.From.Day, 0, 0, 0, 0, zone)
	until := time.Date(q.Until.Year, q.Until.Month, q.Until.Day+1, 0, 0, 0, 0, zone)
	return app.Counted{From: from, Until: until, Event: q.Event, Scope: q.Scope}
}

// Count answers a question. The first one after many registrations takes some seconds; progress, which
// may be nil, tells how far that is.
func (r *Reporting) Count(ctx context.Context, by app.Operator, q Question, progress func(done, of int)) (Report, error) {
	if err := r.allow(by); err != nil {
		return Report{}, err
	}
	if err := q.check(); err != nil {
		return Report{}, err
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	if err := r.store.Coarsen(ctx, progress); err != nil {
		return Report{}, err
	}
	of := r.counted(q)
	cells, err := r.store.Cells(ctx, of)
	if err != nil {
		return Report{}, err
	}
	programmes, err := r.store.Programmes(ctx)
	if err != nil {
		return Report{}, err
	}
	report := r.fold(q, of.From, cells, programmes)
	if report.Cards, err = r.store.CardCounts(ctx, of); err != nil {
		return Report{}, err
	}
	entries, attachments, err := r.store.Light(ctx)
	report.Waiting = entries + attachments
	return report, err
}
