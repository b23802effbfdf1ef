package desk

import (
	"context"
	"time"

	"loket/app"
	"loket/app/access"
)

// began is when a session did: by known time, and by the clock. How long it lasts is measured
// between two readings of the clock, which setting it back does not change while the program runs.
type began struct{ known, clock time.Time }

// onDuty notes when somebody came.
func (d *Desk) onDuty(ctx context.Context, s access.Session) error {
	known, err := d.Store.KnownTime(ctx)
	if err != nil || s.Until.IsZero() {
		known = d.Clock.Now()
	}
	d.mu.Lock()
	d.began = began{known: known, clock: d.Clock.Now()}
	d.mu.Unlock()
	return err
}

// Left is how long the event pass of who is signed in still lasts; ok is false without one.
func (d *Desk) Left() (left time.Duration, ok bool) {
	s := d.Session()
	if s.Until.IsZero() {
		return 0, false
	}
	d.mu.RLock()
	b := d.began
	d.mu.RUnlock()
	now := b.known.Add(d.Clock.Now().Sub(b.clock))
	if known := (knownClock{d.Store, d.Clock}).Now(); known.After(now) {
		now = known
	}
	return s.Until.Sub(now), true
}

func (d *Desk) over(s access.Session) bool {
	if s.Until.IsZero() {
		return false
	}
	left, ok := d.Left()
	return ok && left <= 0
}

// Join lets a volunteer in with an event pass, and gets the use cases ready.
func (d *Desk) Join(ctx context.Context, pass, name, pin string) (access.Session, error) {
	s, err := d.Door.Join(ctx, pass, name, pin)
	if err != nil {
		return access.Session{}, err
	}
	return s, d.begin(ctx, s)
}

// EndDuty signs out who is here with a pass that has run out, for good.
func (d *Desk) EndDuty(ctx context.Context) error {
	s := d.Session()
	if !d.over(s) {
		return app.Fail(app.NotAllowed)
	}
	ended := d.Door.EndPass(ctx, s)
	if err := d.SignOut(ctx); err != nil {
		return err
	}
	return ended
}

// Attend says that who is signed in, without a pass, works at an event from now on, or with "" at the
// branch again: what is made then carries the event. It lasts until sign-out.
func (d *Desk) Attend(ctx context.Context, event string) error {
	if err := d.atWork().May(app.TaskFigures); err != nil {
		return err
	}
	var e app.Event
	if event != "" {
		var err error
		if e, err = d.Store.Event(ctx, event); err != nil {
			return err
		}
		if !e.Open() {
			return app.Fail(app.PassEventClosed, "event", e.Name)
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.session.Operator.ID == "" || !d.session.Until.IsZero() {
		return app.Fail(app.NotAllowed)
	}
	d.session.Event, d.session.Operator.Event = e, e.ID
	return nil
}
