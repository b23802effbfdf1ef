package desk

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"loket/app"
	"loket/app/event"
	"loket/app/region"
	"loket/app/sealed"
	"loket/app/vault"
	"loket/app/words"
	"loket/printing/document"
	"loket/printing/drawing"
	"loket/printing/spool"
)

// mostPasses is how many passes are prepared in one go.
const mostPasses = 20

// PreparePasses makes passes to an event for so many volunteers on this laptop.
func (d *Desk) PreparePasses(ctx context.Context, event string, n int) error {
	if n < 1 || n > mostPasses {
		return app.Fail(app.EventPasses, "most", mostPasses)
	}
	for range n {
		if _, err := d.Door.PreparePass(ctx, d.Session(), event); err != nil {
			return err
		}
	}
	return nil
}

// atEvent says on a slip where the card of somebody who registered at an event will be fetched.
// A slip without it is better than none.
func (p *Paper) atEvent(ctx context.Context, id app.EntryID, s *document.Slip) {
	event, err := p.desk.Store.EventOf(ctx, id)
	if err != nil || event == "" {
		return
	}
	e, err := p.desk.Store.Event(ctx, event)
	if err != nil {
		return
	}
	s.Place = e.PickUp
	s.Made += " · " + e.Name
}

// waiting is a pass that nobody used yet, with its place among those of its event.
type waiting struct {
	vault.Pass
	number, of int
	text       string
}

// waitingPasses are the passes to an event that can still be used.
func (d *Desk) waitingPasses(ctx context.Context, id string) (app.Event, []waiting, error) {
	if err := d.Session().Allow(app.TaskEvents); err != nil {
		return app.Event{}, nil, err
	}
	page, err := d.Events.Page(ctx, id)
	if err != nil {
		return page.Event, nil, err
	}
	var all []waiting
	for i, p := range page.Passes {
		if p.Slot == nil {
			continue
		}
		text, err := d.Store.PassText(ctx, p.ID)
		if err != nil {
			return page.Event, nil, err
		}
		all = append(all, waiting{p, i + 1, len(page.Passes), text})
	}
	if len(all) == 0 {
		err = app.Fail(app.EventPasses, "most", mostPasses)
	}
	return page.Event, all, err
}

// PrintPasses prints the passes that nobody used yet, a sheet each, and says where the file is.
func (p *Paper) PrintPasses(ctx context.Context, id string) (string, error) {
	e, all, err := p.desk.waitingPasses(ctx, id)
	if err != nil {
		return "", err
	}
	var pieces [][]drawing.Drawing
	for _, w := range all {
		sheet, err := document.Pass(p.passOf(e, w))
		if err != nil {
			return "", err
		}
		pieces = append(pieces, []drawing.Drawing{sheet})
	}
	profile, err := spool.ProfileByID("a6")
	if err != nil {
		return "", err
	}
	return p.submit(ctx, spool.Job{Name: spool.NameOf("izin-" + e.ID), Pieces: pieces, Profile: profile})
}

func (p *Paper) passOf(e app.Event, w waiting) document.EventPass {
	out := document.EventPass{
		Practice: p.desk.Practice(), Event: e.Name, Place: placeOf(e), Hours: p.desk.hoursOf(e),
		Kiosk: p.desk.Store.Chain().Kiosk.String(), Number: w.number, Of: w.of, Text: w.text,
	}
	for _, t := range w.Tasks {
		out.Tasks = append(out.Tasks, words.Say(words.ID, "task."+string(t)))
	}
	return out
}

// SavePasses writes the passes that nobody used yet as files into a folder: one a volunteer.
func (d *Desk) SavePasses(ctx context.Context, id, dir string) (n int, err error) {
	e, all, err := d.waitingPasses(ctx, id)
	if err != nil {
		return 0, err
	}
	for _, w := range all {
		name := fmt.Sprintf("izin-tugas-%s-%s-%02d.txt", e.ID, d.Store.Chain().Kiosk, w.number)
		if err := writeOut(filepath.Join(dir, name), []byte(w.text+"\n")); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// LooksLikePass says whether a text begins as a pass does.
func LooksLikePass(text string) bool { return sealed.LooksLikePass(text) }

// placeOf is where an event is: address and village.
func placeOf(e app.Event) string {
	parts := []string{}
	if e.Address != "" {
		parts = append(parts, e.Address)
	}
	if village, ok := region.Load().Lookup(e.Village); ok {
		parts = append(parts, placeName(village))
	}
	return strings.Join(parts, ", ")
}

// partnerOf is an institution by its name.
func partnerOf(e app.Event, lang words.Lang) string {
	if key := "partner." + e.Partner; words.Has(key) {
		return words.Say(lang, key)
	}
	return e.Partner
}

// hoursOf says from when until when, in the zone of this kiosk.
func (d *Desk) hoursOf(e app.Event) string {
	zone := d.Clock.Now().Location()
	from, until := e.From.In(zone), e.Until.In(zone)
	if app.DateOf(from) == app.DateOf(until) {
		return from.Format("02-01-2006 · 15.04–") + until.Format("15.04 ") + app.ZoneName(until)
	}
	return from.Format("02-01-2006 15.04 – ") + until.Format("02-01-2006 15.04 ") + app.ZoneName(until)
}

// PrintEvent prints how an event stands or ended, on one page, and says where the file is. While it is
// open, what a person counted so far is on the page too.
func (p *Paper) PrintEvent(ctx context.Context, id string, s event.Sticks, note string) (string, error) {
	if err := p.desk.atWork().May(app.TaskFigures); err != nil {
		return "", err
	}
	page, err := p.desk.Events.Page(ctx, id)
	if err != nil {
		return "", err
	}
	if page.Event.Open() && s.Known {
		page.Tally.SticksOut, page.Tally.SticksBack = s.Out, s.Back
	}
	profile, err := spool.ProfileByID("a4")
	if err != nil {
		return "", err
	}
	sheet := document.EventClosing(p.reportOf(page, note))
	return p.submit(ctx, spool.Job{Name: spool.NameOf("kegiatan-" + page.Event.ID), Pieces: [][]drawing.Drawing{{sheet}}, Profile: profile})
}

func (p *Paper) reportOf(page event.Page, note string) document.EventReport {
	d, e, t, say := p.desk, page.Event, page.Tally, func(key string, pairs ...any) string { return words.Say(words.ID, key, pairs...) }
	made := d.Clock.Now()
	r := document.EventReport{
		Practice: d.Practice(), Event: e.Name, Note: note,
		Made: made.Format("02-01-2006 15.04 ") + app.ZoneName(made) + " · " + d.Settings().BranchName + " · " + say("event.figure.kiosk") + " " + d.Store.Chain().Kiosk.String(),
		Facts: []document.ReportLine{
			{Label: say("event.fact.place"), Value: placeOf(e)},
			{Label: say("event.fact.partner"), Value: partnerOf(e, words.ID)},
			{Label: say("event.fact.hours"), Value: d.hoursOf(e)},
			{Label: say("event.fact.pickup"), Value: e.PickUp},
			{Label: say("event.fact.state"), Value: d.stateOf(e)},
		},
	}
	for _, f := range event.Figures(t) {
		r.Figures = append(r.Figures, document.ReportLine{Label: say(f.Key), Value: f.Value})
	}
	for _, diff := range event.Differences(t) {
		line := say(diff.Key, "n", strconv.Itoa(diff.N))
		if len(diff.Numbers) > 0 {
			line += " " + p.desk.numbers(diff.Numbers)
		}
		r.Diffs = append(r.Diffs, line)
	}
	return r
}

// stateOf says whether an event was closed, and when.
func (d *Desk) stateOf(e app.Event) string {
	if e.Open() {
		return words.Say(words.ID, "event.state.open")
	}
	at := e.Closed.In(d.Clock.Now().Location())
	return words.Say(words.ID, "event.state.closed", "at", at.Format("02-01-2006 15.04 ")+app.ZoneName(at))
}

// numbers names registrations as people read them.
func (d *Desk) numbers(counters []uint32) string {
	var all []string
	for _, n := range counters {
		all = append(all, app.ProvisionalNumber{Chain: d.Store.Chain(), Counter: n}.String())
	}
	return strings.Join(all, ", ")
}

// eventName is how people call an event, "" where it was not opened on this kiosk.
func (d *Desk) eventName(id string) string {
	e, err := d.Store.Event(context.Background(), id)
	if err != nil {
		return ""
	}
	return e.Name
}
