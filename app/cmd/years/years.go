// Package years lives years in minutes: a few kiosks with their replacements, thefts, damages and
// restores, and a head office with its monthly keys, each the real thing in a folder of its own, on
// a clock that this package moves. What must hold for years is counted: cards that are red though
// good, cards that are green though bad, records lost and records doubled. All four must be 0.
//
// The same seed lives the same life, but for what is random by design: keys, and which serials head
// office lends.
package years

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"loket/app"
)

// Options of a simulation.
type Options struct {
	Years int
	Seed  uint64
	Weeks int          // fewer than the years have, to try that everything runs; 0: all
	Dir   string       // fresh; everything lies in it, and stays for whoever wants to look
	Tell  func(string) // one line a year; nil tells nobody
}

// Report is what was lived through and what went wrong.
type Report struct {
	Years         int    `json:"years"`
	Seed          uint64 `json:"seed"`
	Engine        string `json:"engine"`
	GoodCardsRed  int    `json:"good_cards_red"`
	BadCardsGreen int    `json:"bad_cards_green"`
	Lost          int    `json:"lost"`
	Doubled       int    `json:"doubled"`
	Cards         int    `json:"cards"`
	BadCards      int    `json:"bad_cards"`
	Lives         int    `json:"lives"`
	KeyChanges    int    `json:"key_changes"`
	Restores      int    `json:"restores"`
	Promotions    int    `json:"promotions"`
	WALDamages    int    `json:"wal_damages"`

	// Faults says of the first failures what they were, without anything personal.
	Faults []string `json:"faults,omitempty"`
}

// Passed says whether nothing went wrong and enough was lived through to say so.
func (r Report) Passed() bool {
	whole := r.GoodCardsRed == 0 && r.BadCardsGreen == 0 && r.Lost == 0 && r.Doubled == 0
	enough := r.Cards >= 1000*r.Years && r.BadCards >= 50*r.Years && r.KeyChanges >= 12*r.Years &&
		r.Lives > 0 && r.Restores > 0 && r.WALDamages > 0
	return whole && enough
}

const (
	counters = 4                  // kiosks at work
	week     = 7 * 24 * time.Hour // between two visits of the post
	mostTold = 20                 // faults that a report names
)

// world is everything that the simulation moves.
type world struct {
	Options
	r       *rand.Rand
	clock   *clock
	centre  *headOffice
	kiosks  []*kiosk
	numbers numbers
	cards   []*cardStory
	bad     []*badCard
	people  []*person
	report  Report

	backedUp *kiosk // whose folder was copied this year
}

// Run lives the years. An error says what could not be lived through at all.
func Run(ctx context.Context, o Options) (Report, error) {
	if o.Tell == nil {
		o.Tell = func(string) {}
	}
	w := &world{
		Options: o, r: rand.New(rand.NewPCG(o.Seed, 20261128)), numbers: newNumbers(),
		clock:  &clock{at: time.Date(2026, 12, 7, 9, 0, 0, 0, time.FixedZone("WITA", 8*3600))},
		report: Report{Years: o.Years, Seed: o.Seed, Engine: "sqlite"},
	}
	err := w.begin(ctx)
	weeks := o.Years * 52
	if o.Weeks > 0 {
		weeks = min(weeks, o.Weeks)
	}
	for week := range weeks {
		if err != nil {
			break
		}
		err = w.week(ctx, week)
	}
	if err == nil {
		err = w.reckon(ctx)
	}
	return w.report, errors.Join(err, w.end(ctx))
}

func (w *world) begin(ctx context.Context) (err error) {
	if w.centre, err = openOffice(ctx, filepath.Join(w.Dir, "office"), w.clock); err != nil {
		return err
	}
	for i := range counters {
		k := &kiosk{world: w, number: app.Kiosk(101 + i)}
		w.kiosks = append(w.kiosks, k)
		if err := k.newLife(ctx, false); err != nil {
			return err
		}
	}
	return nil
}

// week is seven days: everybody works, the post goes, and head office does its part. What happens now
// and then happens in its week.
func (w *world) week(ctx context.Context, n int) error {
	for _, k := range w.kiosks {
		if err := k.week(ctx); err != nil {
			return fmt.Errorf("week %d, kiosk %s: %w", n, k.chain(), err)
		}
	}
	if err := w.centre.week(ctx); err != nil {
		return fmt.Errorf("week %d, head office: %w", n, err)
	}
	if err := w.happen(ctx, n); err != nil {
		return fmt.Errorf("week %d: %w", n, err)
	}
	if n%26 == 25 {
		if err := w.judge(ctx); err != nil {
			return err
		}
	}
	if n%52 == 51 {
		w.Tell(fmt.Sprintf("year %d: %d cards, %d bad ones, %d lives, %d changes of keys", n/52+1, w.report.Cards, w.report.BadCards, w.report.Lives, w.report.KeyChanges))
	}
	w.clock.add(week)
	return nil
}

func (w *world) end(ctx context.Context) error {
	var err error
	for _, k := range w.kiosks {
		err = errors.Join(err, k.close(ctx))
	}
	if w.centre != nil {
		err = errors.Join(err, w.centre.stop(ctx))
	}
	return err
}

// fault counts a failure and remembers the first ones in words.
func (w *world) fault(count *int, format string, args ...any) {
	*count++
	if len(w.report.Faults) < mostTold {
		at := w.clock.Now().Format("2006-01-02")
		w.report.Faults = append(w.report.Faults, at+": "+fmt.Sprintf(format, args...))
	}
}

// folder is a fresh one.
func (w *world) folder(name string) (string, error) {
	dir := filepath.Join(w.Dir, name)
	return dir, os.MkdirAll(dir, 0o700)
}
