package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/cmd/people"
	"loket/app/counter"
	"loket/app/event"
)

const (
	volunteerName = "SRI WAHYUNI CONTOH"
	volunteerPIN  = "493817"
)

// bazaar is what the tour keeps of its event.
type bazaar struct {
	event  app.Event
	passes []string // one used, one not
	late   string   // a pass to an event that is over a moment later
}

func bazaarForm(name string, from, until time.Time) event.Form {
	return event.Form{
		Name: name, Address: "Lapangan Contoh", Village: "64.71.01.1001", Partner: "hipni", From: from, Until: until,
		PickUp: "Kantor Kelurahan Contoh", Tasks: []app.Task{app.TaskRegister, app.TaskVerify},
	}
}

// openEvent: the supervisor opens an event and prepares this laptop for its volunteers.
func (t *tour) openEvent(ctx context.Context) (string, error) {
	now := t.env.Now()
	if _, err := t.desk.Events.Open(ctx, t.who.Operator, bazaarForm("", now, now.Add(time.Hour))); app.CodeOf(err) != app.EventNameMissing {
		return "", errors.Join(differs("an event without a name must be refused"), err)
	}
	short, err := t.desk.Events.Open(ctx, t.who.Operator, bazaarForm("Bazar Singkat", now.Add(-time.Hour), now.Add(2*time.Second)))
	if err != nil {
		return "", err
	}
	if t.bazaar.late, err = t.desk.Door.PreparePass(ctx, t.who, short.ID); err != nil {
		return "", err
	}
	t.bazaar.event, err = t.desk.Events.Open(ctx, t.who.Operator, bazaarForm("Bazar UMKM Contoh", now.Add(-time.Hour), now.Add(6*time.Hour)))
	return t.bazaar.event.ID, err
}

// preparePasses leaves the passes as paper and as files.
func (t *tour) preparePasses(ctx context.Context) (string, error) {
	id := t.bazaar.event.ID
	if err := t.desk.PreparePasses(ctx, id, 2); err != nil {
		return "", err
	}
	path, err := t.desk.Paper.PrintPasses(ctx, id)
	if err == nil {
		err = t.keep(path, "pass.pdf")
	}
	if err != nil {
		return "", err
	}
	dir := filepath.Join(t.work, "izin")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", app.Wrap("tour.passes", app.FileUnwritten, err)
	}
	if _, err := t.desk.SavePasses(ctx, id, dir); err != nil {
		return "", err
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(files) != 2 {
		return "", errors.Join(differs("a file for each pass"), err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			return "", app.Wrap("tour.passes", app.FileUnread, err)
		}
		t.bazaar.passes = append(t.bazaar.passes, string(b))
	}
	return fmt.Sprintf("%d passes", len(files)), t.desk.SignOut(ctx)
}

// join: a volunteer signs in with a pass and a PIN of her own, once.
func (t *tour) join(ctx context.Context) (string, error) {
	pass := t.bazaar.passes[0]
	shown, err := t.desk.Door.ShowPass(ctx, pass)
	if err != nil || shown.Name != t.bazaar.event.Name {
		return "", errors.Join(differs("the pass shows its event"), err)
	}
	spoiled := []byte(pass)
	spoiled[len(spoiled)/2] ^= 1
	if _, err := t.desk.Door.ShowPass(ctx, string(spoiled)); err == nil {
		return "", differs("a changed pass must be refused")
	}
	if t.who, err = t.desk.Join(ctx, pass, volunteerName, volunteerPIN); err != nil {
		return "", err
	}
	if o := t.who.Operator; o.Role != app.RoleVolunteer || o.Event != t.bazaar.event.ID || t.who.Allow(access.Handover) == nil {
		return "", differs("a volunteer who may do what the pass says")
	}
	return t.who.Operator.ID, nil
}

// atEvent: what the volunteer registers says where it was made, and each gets a slip.
func (t *tour) atEvent(ctx context.Context) (string, error) {
	for n := range 3 {
		draft := counter.NewDraft(app.SourceWalkIn)
		draft.Form = people.Form(t.crowd.WalkIn())
		r, err := t.registered(ctx, draft)
		if err != nil {
			return "", err
		}
		where, err := t.desk.Store.EventOf(ctx, r.ID)
		if err != nil || where != t.bazaar.event.ID || r.Record.Source != app.SourceEvent || r.Operator != t.who.Operator.ID {
			return "", errors.Join(differs("a registration that carries its event and its author"), err)
		}
		path, err := t.desk.Paper.Slip(ctx, r)
		if err == nil && n == 0 {
			err = t.keep(path, "slip-event.pdf")
		}
		if err != nil {
			return "", err
		}
	}
	_, err := t.desk.Events.Close(ctx, t.who.Operator, t.bazaar.event.ID, event.Sticks{Known: true}, "")
	if app.CodeOf(err) != app.AccessNotInRole {
		return "", errors.Join(differs("a volunteer closes no event"), err)
	}
	return "3 people", nil
}

// passesRefused: no second time, and not after its hours.
func (t *tour) passesRefused(ctx context.Context) (string, error) {
	if err := t.desk.SignOut(ctx); err != nil {
		return "", err
	}
	if _, err := t.desk.Join(ctx, t.bazaar.passes[0], "ORANG LAIN CONTOH", "271828"); app.CodeOf(err) != app.PassUsed {
		return "", errors.Join(differs("a pass opens once"), err)
	}
	return "", until(ctx, "a pass to run out", func() (bool, error) {
		_, err := t.desk.Door.ShowPass(ctx, t.bazaar.late)
		if err != nil && app.CodeOf(err) != app.PassLate {
			return false, err
		}
		return err != nil, nil
	})
}

// closeEvent: the supervisor is back, everything is sent, and the figures agree.
func (t *tour) closeEvent(ctx context.Context) (string, error) {
	var err error
	if t.who, err = t.desk.SignIn(ctx, t.supervisor, tourPIN); err != nil {
		return "", err
	}
	if err := t.sendAll(ctx); err != nil {
		return "", err
	}
	id := t.bazaar.event.ID
	sticks := event.Sticks{Known: true, Out: 1, Back: 1}
	page, err := t.desk.Events.Close(ctx, t.who.Operator, id, sticks, "")
	if err != nil {
		return "", err
	}
	if d := event.Differences(page.Tally); len(d) != 0 || page.Tally.Registered != 3 || page.Tally.Slips != 3 || page.Tally.Joined != 1 {
		return "", differs(fmt.Sprintf("a reconciliation that agrees: %+v", page.Tally))
	}
	if _, err := t.desk.Door.ShowPass(ctx, t.bazaar.passes[1]); app.CodeOf(err) != app.PassEventClosed {
		return "", errors.Join(differs("the passes end with their event"), err)
	}
	path, err := t.desk.Paper.PrintEvent(ctx, id, sticks, "")
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d registered, %d slips", page.Tally.Registered, page.Tally.Slips), t.keep(path, "event.pdf")
}
