package kegiatan

import (
	"strconv"
	"strings"
	"time"

	"loket/app"
	"loket/app/event"
	"loket/app/journal"
)

// Stage is what of the screen is in sight.
type Stage int

// The stages.
const (
	Listing Stage = iota // the events, and the chosen one
	Opening              // the form of a new event
	Closing              // the reconciliation
)

// Model is the state of the screen.
type Model struct {
	Stage  Stage
	Known  bool // the list was read
	Events []app.Event
	Chosen string // id
	Page   event.Page
	Busy   bool
	Err    error
	Wrong  string // the field that the error is about
	Form   Form
	Count  string // of passes to prepare, as typed
	End    End
}

// Form is an event as it is typed.
type Form struct {
	Name, Address, Partner, PickUp, Code string
	Village, VillageName                 string
	Day, From, Until                     string // "21-11-2026", "08.00", "16.00"
	Tasks                                []string
}

// End is what a person says at the end of an event.
type End struct {
	Out, Back string // sticks, as typed; empty: nobody has said so yet
	Note      string
}

// Listed takes the events in, and keeps the choice where it still stands.
func (m *Model) Listed(events []app.Event, err error) {
	m.Known, m.Events, m.Err = true, events, err
	for _, e := range events {
		if e.ID == m.Chosen {
			return
		}
	}
	m.Chosen = ""
	if len(events) > 0 {
		m.Chosen = events[0].ID
	}
}

// Begin opens the form of a new event: today, with no task chosen, because who may do what weighs.
func (m *Model) Begin(now time.Time) {
	m.Stage, m.Err, m.Wrong = Opening, nil, ""
	if m.Form.Day == "" {
		m.Form.Day = app.DateOf(now).String()
	}
}

// Event reads the form, in the zone of now.
func (f Form) Event(now time.Time) event.Form {
	out := event.Form{
		Code: f.Code, Name: f.Name, Village: f.Village, Address: f.Address, Partner: f.Partner, PickUp: f.PickUp,
		From: at(f.Day, f.From, now.Location()), Until: at(f.Day, f.Until, now.Location()),
	}
	for _, t := range f.Tasks {
		out.Tasks = append(out.Tasks, app.Task(t))
	}
	return out
}

// Missing is the first of day, from and until that says no time, by the name of its field; the hours
// as a whole where each says one.
func (f Form) Missing() string {
	switch zone := time.UTC; {
	case at(f.Day, "0", zone).IsZero():
		return "hours"
	case at(f.Day, f.From, zone).IsZero():
		return "from"
	}
	return "until"
}

// at reads a day and an hour as people write them: 8, 08.00, 8:30, 0830. What cannot be read is no
// time.
func at(day, hour string, zone *time.Location) time.Time {
	d, err := time.Parse("2-1-2006", strings.NewReplacer("/", "-", ".", "-", " ", "").Replace(day))
	if err != nil {
		return time.Time{}
	}
	hour = strings.NewReplacer(":", ".", ",", ".", "-", ".", "/", ".", " ", "").Replace(hour)
	switch n := len(hour); {
	case strings.Contains(hour, "."):
	case n > 2: // pads for fingers have no point
		hour = hour[:n-2] + "." + hour[n-2:]
	default:
		hour += ".00"
	}
	h, err := time.Parse("15.04", hour)
	if err != nil {
		return time.Time{}
	}
	return time.Date(d.Year(), d.Month(), d.Day(), h.Hour(), h.Minute(), 0, 0, zone)
}

// Sticks reads what was counted. Until both were said, nothing is known.
func (e End) Sticks() event.Sticks {
	out, errOut := strconv.Atoi(strings.TrimSpace(e.Out))
	back, errBack := strconv.Atoi(strings.TrimSpace(e.Back))
	return event.Sticks{Known: errOut == nil && errBack == nil, Out: out, Back: back}
}

// Tally is the reconciliation with the sticks that were typed so far.
func (m Model) Tally() journal.EventClosedBody {
	t := m.Page.Tally
	if s := m.End.Sticks(); s.Known {
		t.SticksOut, t.SticksBack = s.Out, s.Back
	}
	return t
}

// Wanted is how many passes to prepare; 0 when it cannot be read.
func (m Model) Wanted() int {
	n, err := strconv.Atoi(strings.TrimSpace(m.Count))
	if err != nil {
		return 0
	}
	return n
}

// Phase is how an event stands by its hours: closed, over, running or coming.
func Phase(e app.Event, now time.Time) string {
	switch {
	case !e.Open():
		return "closed"
	case e.Running(now):
		return "running"
	case now.Before(e.From):
		return "coming"
	}
	return "over"
}

// Unused counts the passes that can still be used.
func (m Model) Unused() (n int) {
	for _, p := range m.Page.Passes {
		if p.Slot != nil {
			n++
		}
	}
	return n
}

// Back steps back; false at the list.
func (m *Model) Back() bool {
	if m.Stage == Listing || m.Busy {
		return m.Busy
	}
	m.Stage, m.Err, m.Wrong = Listing, nil, ""
	return true
}
