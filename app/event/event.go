// Package event is events away from the branch (J2): opening one, what was done there, and its end
// with a reconciliation. Passes to it are package access's, because they open the vault.
package event

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"slices"
	"strings"
	"time"

	"loket/app"
	"loket/app/identity"
	"loket/app/journal"
	"loket/app/vault"
)

// Store keeps events. OpenEvent and CloseEvent are one transaction each, with their entry.
type Store interface {
	// OpenEvent fails with event.closed_before where the event was opened here already.
	OpenEvent(ctx context.Context, by app.Author, e app.Event) (app.Event, error)
	Event(ctx context.Context, id string) (app.Event, error)
	Events(ctx context.Context) ([]app.Event, error)
	Passes(ctx context.Context, event string) ([]vault.Pass, error)
	// Tally counts what stands now; sticks are the person's to count.
	Tally(ctx context.Context, event string) (journal.EventClosedBody, error)
	// CloseEvent ends the event and its passes here. It fails with event.closed_before.
	CloseEvent(ctx context.Context, by app.Author, body journal.EventClosedBody, note *journal.NotePart) error
}

// Events opens and closes events. It is safe for use by several goroutines.
type Events struct {
	store  Store
	clock  app.Clock
	closed func() error // why nothing but sending is open; nil
	who    app.AtWork
}

// New makes the events of a kiosk. Closed says why nothing but sending is open now, or nil; who tells
// the operator at work.
func New(store Store, clock app.Clock, closed func() error, who app.AtWork) *Events {
	return &Events{store: store, clock: clock, closed: closed, who: who}
}

// Form is an event as somebody types it.
type Form struct {
	Code    string // of an event that was opened on another laptop; "" makes a new one
	Name    string
	Village string // code
	Address string
	Partner string
	From    time.Time
	Until   time.Time
	PickUp  string
	Tasks   []app.Task
}

const (
	longest  = 14 * 24 * time.Hour // from beginning to end
	mostText = 120                 // letters of a line
)

// Problem is the first thing that keeps an event from being opened, and the field that it is about:
// name, place, hours, pickup, tasks or code.
func (f Form) Problem(now time.Time) (field string, err error) {
	switch {
	case blank(f.Name):
		return "name", app.Fail(app.EventNameMissing)
	case blank(f.Village) && blank(f.Address):
		return "place", app.Fail(app.EventPlaceMissing)
	case f.From.IsZero() || !f.From.Before(f.Until):
		return "hours", app.Fail(app.EventHours)
	case f.Until.Sub(f.From) > longest:
		return "hours", app.Fail(app.EventLong, "days", int(longest.Hours()/24))
	case !now.Before(f.Until):
		return "hours", app.Fail(app.EventOver)
	case blank(f.PickUp):
		return "pickup", app.Fail(app.EventPickUpMissing)
	case len(f.tasks()) == 0:
		return "tasks", app.Fail(app.EventTasksMissing)
	case !blank(f.Code) && app.EventIDOf(f.Code) == "":
		return "code", app.Fail(app.EventCodeBad)
	}
	for field, text := range map[string]string{"name": f.Name, "place": f.Address, "partner": f.Partner, "pickup": f.PickUp} {
		if len([]rune(text)) > mostText {
			return field, app.Fail(app.EventTextLong, "most", mostText)
		}
	}
	return "", nil
}

func blank(text string) bool { return identity.CleanSpaces(text) == "" }

// tasks are those chosen that an event may have, each once and in order.
func (f Form) tasks() []app.Task {
	return slices.DeleteFunc(slices.Clone(app.EventTasks), func(t app.Task) bool { return !slices.Contains(f.Tasks, t) })
}

func (f Form) event() app.Event {
	clean := identity.CleanSpaces
	e := app.Event{
		ID: app.EventIDOf(f.Code), Name: clean(f.Name), Village: f.Village, Address: clean(f.Address), Partner: clean(f.Partner),
		From: f.From.Truncate(time.Second), Until: f.Until.Truncate(time.Second), PickUp: clean(f.PickUp), Tasks: f.tasks(),
	}
	if e.ID == "" {
		e.ID = newID()
	}
	return e
}

func newID() string {
	var b [4]byte
	rand.Read(b[:]) // never fails: the program would stop
	return strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))[:app.EventIDSize]
}

// Open begins an event on this kiosk.
func (x *Events) Open(ctx context.Context, by app.Operator, f Form) (app.Event, error) {
	if err := x.may(by); err != nil {
		return app.Event{}, err
	}
	if _, err := f.Problem(x.clock.Now()); err != nil {
		return app.Event{}, err
	}
	return x.store.OpenEvent(ctx, by.Author(), f.event())
}

func (x *Events) may(by app.Operator) error {
	if err := by.May(app.TaskEvents); err != nil {
		return err
	}
	return x.closed()
}

// List is the events of this kiosk, the newest first.
func (x *Events) List(ctx context.Context) ([]app.Event, error) {
	if err := x.who.May(app.TaskFigures); err != nil {
		return nil, err
	}
	return x.store.Events(ctx)
}

// Page is an event with its passes and how it stands now.
type Page struct {
	Event  app.Event
	Passes []vault.Pass
	Tally  journal.EventClosedBody
}

// Page reads one event. It fails with not_found. Who is here with a pass sees how the own event stands.
func (x *Events) Page(ctx context.Context, id string) (Page, error) {
	err := x.who.May(app.TaskFigures)
	own := err != nil && x.who.May() == nil && id != "" && x.who().Event == id
	if err != nil && !own {
		return Page{}, err
	}
	p, err := x.page(ctx, id)
	if own {
		p.Passes = nil
	}
	return p, err
}

func (x *Events) page(ctx context.Context, id string) (Page, error) {
	e, err := x.store.Event(ctx, id)
	if err != nil {
		return Page{}, err
	}
	p := Page{Event: e}
	if p.Passes, err = x.store.Passes(ctx, id); err != nil {
		return p, err
	}
	p.Tally, err = x.store.Tally(ctx, id)
	return p, err
}
