package access

import (
	"context"
	"crypto/rand"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/sealed"
	"loket/app/vault"
)

// EventBook knows the events of this kiosk, and who may sign passes to them.
type EventBook interface {
	// Event fails with not_found.
	Event(ctx context.Context, id string) (app.Event, error)
	// Signers are all who ever worked here, those who were removed too.
	Signers(ctx context.Context) ([]vault.Signer, error)
}

// Passes keeps the passes that were prepared on this kiosk.
type Passes interface {
	// PutPass writes event.pass-issued and keeps the pass, its text sealed, so that it can be printed
	// again.
	PutPass(ctx context.Context, by app.Author, p vault.Pass, text string, hash [32]byte) error
	// Pass and PassOf, by the volunteer who joined with it, fail with not_found.
	Pass(ctx context.Context, id vault.PassID) (vault.Pass, error)
	PassOf(ctx context.Context, operator string) (vault.Pass, error)
	// Join is one transaction: operator.added and event.joined, the volunteer's slot, the end of the
	// pass's own. It fails with access.pass_used when somebody was quicker.
	Join(ctx context.Context, pass vault.PassID, unlock []byte, m vault.Member) error
	// PassText is what a pass says. The vault must be open.
	PassText(ctx context.Context, id vault.PassID) (string, error)
	// UnusedPasses are the texts of those that can still be used. The vault must be open.
	UnusedPasses(ctx context.Context) (map[vault.PassID]string, error)
	// EndPass takes away the volunteer's slot and what helped to open it.
	EndPass(ctx context.Context, id vault.PassID) error
}

// PreparePass makes a pass to an event for one volunteer on this kiosk and gives its text, for a
// code or a file. The volunteer may do what the event's tasks say.
func (d *Door) PreparePass(ctx context.Context, by Session, event string) (text string, err error) {
	if err := by.Allow(Events); err != nil {
		return "", err
	}
	e, err := d.openEvent(ctx, event)
	if err != nil {
		return "", err
	}
	now, err := d.store.KnownTime(ctx)
	if err != nil {
		return "", err
	}
	if !now.Before(e.Until) {
		return "", app.Fail(app.EventOver)
	}
	p := sealed.Pass{Event: e.ID, Kiosks: []app.Kiosk{d.store.Chain().Kiosk}, Tasks: e.Tasks, From: e.From, Until: e.Until}
	rand.Read(p.ID[:]) // never fails: the program would stop
	rand.Read(p.Unlock[:])
	if text, err = p.Sign(by.signer); err != nil {
		return "", err
	}
	return text, d.keepPass(ctx, by, text)
}

// keepPass makes the slot that the pass opens, and keeps both.
func (d *Door) keepPass(ctx context.Context, by Session, text string) error {
	p, err := sealed.ParsePass(text)
	if err != nil {
		return err
	}
	slot, err := d.machine.SealPass(p.ID, p.Unlock[:], by.key)
	if err != nil {
		return err
	}
	kept := vault.Pass{ID: p.ID, Event: p.Event, Tasks: p.Tasks, From: p.From, Until: p.Until, Slot: slot}
	author := by.Author()
	author.Event = p.Event
	return d.store.PutPass(ctx, author, kept, text, p.Hash)
}

// openEvent is an event that was opened on this kiosk and not closed.
func (d *Door) openEvent(ctx context.Context, id string) (app.Event, error) {
	e, err := d.store.Event(ctx, id)
	switch {
	case app.CodeOf(err) == app.NotFound:
		return e, app.Fail(app.PassEvent)
	case err == nil && !e.Open():
		return e, app.Fail(app.PassEventClosed, "event", e.Name)
	}
	return e, err
}

// ShowPass judges a pass that somebody shows before signing in, and tells which event it is for. It
// fails with access.pass_* and a reason: altered, of an unknown or removed signer, for another kiosk
// or event, too early, too late, used before. Nothing is used up by it.
func (d *Door) ShowPass(ctx context.Context, text string) (app.Event, error) {
	_, _, e, err := d.judge(ctx, text)
	return e, err
}

func (d *Door) judge(ctx context.Context, text string) (sealed.SignedPass, vault.Pass, app.Event, error) {
	var kept vault.Pass
	p, err := sealed.ParsePass(text)
	if err != nil {
		return p, kept, app.Event{}, err
	}
	if err := d.genuine(ctx, p); err != nil {
		return p, kept, app.Event{}, err
	}
	if here := d.store.Chain().Kiosk; !p.For(here) {
		return p, kept, app.Event{}, app.Fail(app.PassKiosk, "kiosk", p.Kiosks[0], "here", here)
	}
	e, err := d.openEvent(ctx, p.Event)
	if err != nil {
		return p, kept, e, err
	}
	kept, err = d.store.Pass(ctx, p.ID)
	if app.CodeOf(err) == app.NotFound {
		err = app.Fail(app.PassUnprepared)
	}
	if err != nil {
		return p, kept, e, err
	}
	return p, kept, e, d.timely(ctx, kept)
}

// genuine proves the signature: by somebody who is a supervisor here now.
func (d *Door) genuine(ctx context.Context, p sealed.SignedPass) error {
	signers, err := d.store.Signers(ctx)
	if err != nil {
		return err
	}
	for _, s := range signers {
		if cose.KeyIDOf(s.Operator.Key) != p.KeyID() {
			continue
		}
		if err := p.SignedBy(s.Operator.Key); err != nil {
			return err
		}
		switch {
		case s.Removed:
			return app.Fail(app.PassSignerRemoved)
		case s.Operator.Role != app.RoleSupervisor:
			return app.Fail(app.PassSigner)
		}
		return nil
	}
	return app.Fail(app.PassSigner)
}

// timely says whether a pass can be used now: within its hours, and for the first time.
func (d *Door) timely(ctx context.Context, p vault.Pass) error {
	now, err := d.store.KnownTime(ctx)
	switch {
	case err != nil:
		return err
	case !now.Before(p.Until):
		return app.Fail(app.PassLate, "until", moment(p.Until, now))
	case p.Used():
		return app.Fail(app.PassUsed)
	case now.Before(p.From):
		return app.Fail(app.PassEarly, "from", moment(p.From, now))
	}
	return nil
}

// moment is a time as sentences say it, where the clock is.
func moment(t, now time.Time) string { return t.In(now.Location()).Format("02-01-2006 15.04") }

// renewPasses makes the slots of unused passes anew, under another data key: the papers that were
// handed out stay good.
func (d *Door) renewPasses(ctx context.Context, next *vault.Key) (map[vault.PassID][]byte, error) {
	texts, err := d.store.UnusedPasses(ctx)
	if err != nil {
		return nil, err
	}
	slots := map[vault.PassID][]byte{}
	for id, text := range texts {
		p, err := sealed.ParsePass(text)
		if err != nil {
			return nil, err
		}
		if slots[id], err = d.machine.SealPass(id, p.Unlock[:], next); err != nil {
			return nil, err
		}
	}
	return slots, nil
}
