package event

import (
	"context"
	"strconv"

	"loket/app"
	"loket/app/identity"
	"loket/app/journal"
)

// Sticks are what a person counts at the end: USB sticks that were handed out for carrying post, and
// those that came back. Known is false until somebody has said so; nothing is presumed.
type Sticks struct {
	Known bool
	Out   int
	Back  int
}

const (
	mostSticks = 99
	mostNamed  = 8 // registrations that a difference names one by one
)

// Difference is something that does not add up at the end of an event, with its number. Its key is
// the sentence that says what it means and what to do.
type Difference struct {
	Key     string // "event.diff.slips" ...
	N       int
	Numbers []uint32 // counters of the registrations that it is about, where those are few
}

// Figure is one number of the reconciliation: the key of its word, and what it says.
type Figure struct{ Key, Value string }

// Figures are the numbers of a reconciliation, in the order in which people read them.
func Figures(t journal.EventClosedBody) []Figure {
	n := func(i int) string { return app.GroupThousands(strconv.Itoa(i)) }
	figures := []Figure{
		{"event.figure.registered", n(t.Registered)},
		{"event.figure.slips", n(t.Slips)},
		{"event.figure.handed", n(t.Handed)},
		{"event.figure.drafts", n(t.Drafts)},
		{"event.figure.unsent", n(t.Unsent)},
		{"event.figure.attachments", n(t.Attachments)},
		{"event.figure.joined", n(t.Joined) + " / " + n(t.Passes)},
	}
	if t.SticksOut > 0 {
		figures = append(figures, Figure{"event.figure.sticks", n(t.SticksBack) + " / " + n(t.SticksOut)})
	}
	return figures
}

// Differences are what does not add up. None of them keeps an event from being closed: what was
// recorded stays recorded, and the light keeps saying what was not sent.
func Differences(t journal.EventClosedBody) (all []Difference) {
	add := func(key string, n int) {
		if n > 0 {
			all = append(all, Difference{Key: "event.diff." + key, N: n})
		}
	}
	add("slips", t.Registered-t.Slips)
	if len(all) > 0 {
		all[0].Numbers = t.NoSlip[:min(len(t.NoSlip), mostNamed)]
	}
	add("drafts", t.Drafts)
	add("parked", t.Parked)
	add("unsent", t.Unsent)
	add("attachments", t.Attachments)
	add("sticks", t.SticksOut-t.SticksBack)
	return all
}

// Close ends an event on this kiosk, with its figures: what the kiosk counts, and the sticks that a
// person counted. Where sticks are missing, a word of explanation is asked for. The passes end with
// it: nobody signs in with one any more.
func (x *Events) Close(ctx context.Context, by app.Operator, id string, s Sticks, note string) (Page, error) {
	if err := x.may(by); err != nil {
		return Page{}, err
	}
	note = identity.CleanSpaces(note)
	if err := s.Problem(note); err != nil {
		return Page{}, err
	}
	p, err := x.page(ctx, id)
	if err != nil {
		return Page{}, err
	}
	if !p.Event.Open() {
		return p, app.Fail(app.EventClosedBefore)
	}
	p.Tally.SticksOut, p.Tally.SticksBack = s.Out, s.Back
	var part *journal.NotePart
	if note != "" {
		part = &journal.NotePart{Text: note}
	}
	if err := x.store.CloseEvent(ctx, by.Author(), p.Tally, part); err != nil {
		return p, err
	}
	p.Event.Closed = x.clock.Now()
	return p, nil
}

// Problem says why an event cannot be closed with these: nobody has counted, or some are missing and nobody says why.
func (s Sticks) Problem(note string) error {
	note = identity.CleanSpaces(note)
	switch {
	case !s.Known || s.Out < 0 || s.Out > mostSticks || s.Back < 0 || s.Back > s.Out:
		return app.Fail(app.EventSticks, "most", mostSticks)
	case s.Back < s.Out && note == "":
		return app.Fail(app.EventExplain, "n", s.Out-s.Back)
	}
	return nil
}
