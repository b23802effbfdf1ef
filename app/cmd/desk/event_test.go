package desk_test

import (
	"os"
	"testing"
	"time"

	"loket/app"
	"loket/app/event"
)

const volunteerPIN = "493817"

// bazaar is an event that runs now, with a pass for one volunteer.
func bazaar(t *testing.T, k *kiosk) (app.Event, string) {
	t.Helper()
	now := k.clock.Now()
	e, err := k.Events.Open(t.Context(), k.s.Operator, event.Form{
		Name: "Bazar UMKM Manggar", Address: "Lapangan Manggar", Partner: "coop_office",
		From: now.Add(-time.Hour), Until: now.Add(4 * time.Hour), PickUp: "Kantor Kelurahan Manggar",
		Tasks: []app.Task{app.TaskRegister, app.TaskVerify},
	})
	must(t, err)
	pass, err := k.Door.PreparePass(t.Context(), k.s, e.ID)
	must(t, err)
	return e, pass
}

// TestAVolunteerRegistersAtAnEvent is J2 end to end: the branch opens the event and prepares the
// laptop, the pass lets the volunteer in, and what is made there says where it was made.
func TestAVolunteerRegistersAtAnEvent(t *testing.T) {
	k := begun(t, folder(t))
	e, pass := bazaar(t, k)
	must(t, k.SignOut(t.Context()))

	shown, err := k.Door.ShowPass(t.Context(), pass)
	must(t, err)
	if shown.Name != e.Name {
		t.Errorf("the pass is for %q", shown.Name)
	}
	s, err := k.Join(t.Context(), pass, "Sri  Wahyuni", volunteerPIN)
	must(t, err)
	if o := s.Operator; o.Role != app.RoleVolunteer || o.Name != "Sri Wahyuni" || o.Event != e.ID || s.Event.Name != e.Name || !s.Until.Equal(e.Until) {
		t.Errorf("joined as %+v", s)
	}
	k.s = s
	r := k.registered(t)
	if r.Record.Source != app.SourceEvent {
		t.Errorf("source %q", r.Record.Source)
	}
	if where, err := k.Store.EventOf(t.Context(), r.ID); err != nil || where != e.ID {
		t.Errorf("the entry was made at %q %v", where, err)
	}
	file, err := k.Paper.Slip(t.Context(), r)
	must(t, err)
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
	must(t, k.SignOut(t.Context()))
	again, err := k.SignIn(t.Context(), s.Operator.ID, volunteerPIN)
	must(t, err)
	if again.Event.ID != e.ID || again.Allow(app.TaskHandover) == nil {
		t.Errorf("signed in again as %+v", again)
	}
}

// TestAnEventEndsByItself ends the work of volunteers with the hours of their pass, and for good.
func TestAnEventEndsByItself(t *testing.T) {
	k := begun(t, folder(t))
	_, pass := bazaar(t, k)
	must(t, k.SignOut(t.Context()))
	s, err := k.Join(t.Context(), pass, "Sri Wahyuni", volunteerPIN)
	must(t, err)
	if left, ok := k.Left(); !ok || left != 4*time.Hour {
		t.Errorf("left %v %v", left, ok)
	}
	refused(t, k.EndDuty(t.Context()), app.NotAllowed)
	k.s = s
	k.clock.add(4 * time.Hour)
	draft := k.typed(t)
	_, err = k.Counter.Save(t.Context(), s.Operator, draft)
	refused(t, err, app.AccessEventOver)
	k.kept(t, draft)
	must(t, k.EndDuty(t.Context()))
	k.clock.add(-3 * time.Hour) // somebody sets the clock back
	_, err = k.SignIn(t.Context(), s.Operator.ID, volunteerPIN)
	refused(t, err, app.AccessUnknown)
	_, err = k.Join(t.Context(), pass, "Sri Wahyuni", volunteerPIN)
	refused(t, err, app.PassLate) // it was later already
}

// TestABranchsOwnPeopleWorkAtAnEventToo, when they say so.
func TestABranchsOwnPeopleWorkAtAnEventToo(t *testing.T) {
	k := begun(t, folder(t))
	e, _ := bazaar(t, k)
	must(t, k.Attend(t.Context(), e.ID))
	k.s = k.Session()
	r := k.registered(t)
	if where, err := k.Store.EventOf(t.Context(), r.ID); err != nil || where != e.ID || r.Record.Source != app.SourceEvent {
		t.Errorf("made at %q from %q %v", where, r.Record.Source, err)
	}
	must(t, k.Attend(t.Context(), ""))
	k.s = k.Session()
	if r = k.registered(t); r.Record.Source != app.SourceWalkIn {
		t.Errorf("at the branch again, and %q", r.Record.Source)
	}
	page, err := k.Events.Page(t.Context(), e.ID)
	must(t, err)
	if page.Tally.Registered != 1 {
		t.Errorf("%+v", page.Tally)
	}
	refused(t, k.Attend(t.Context(), "zzzzzz"), app.NotFound)
}
