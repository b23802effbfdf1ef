package event_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/event"
	"loket/app/journal"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

func world(t *testing.T) (*event.Events, *kiosk.Store, *storagetest.Clock) {
	t.Helper()
	clock := storagetest.NewClock()
	store := storagetest.Kiosk(t, clock)
	return event.New(store, clock, func() error { return nil }, storagetest.AtWork), store, clock
}

func form(now time.Time) event.Form {
	return event.Form{
		Name: " Bazar  UMKM Manggar", Address: "Lapangan Manggar", Partner: "HIPMI Balikpapan", From: now, Until: now.Add(8 * time.Hour),
		PickUp: "Kantor Kelurahan", Tasks: []app.Task{app.TaskVerify, app.TaskRegister, app.TaskSettings},
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatAnEventMustSay(t *testing.T) {
	now := storagetest.NewClock().Now()
	for name, tt := range map[string]struct {
		change func(*event.Form)
		field  string
		want   app.Code
	}{
		"all of it":               {func(*event.Form) {}, "", ""},
		"a village is a place":    {func(f *event.Form) { f.Address, f.Village = "", "64.71.01.1003" }, "", ""},
		"no name":                 {func(f *event.Form) { f.Name = " " }, "name", app.EventNameMissing},
		"no place":                {func(f *event.Form) { f.Address = "" }, "place", app.EventPlaceMissing},
		"no hours":                {func(f *event.Form) { f.From = time.Time{} }, "hours", app.EventHours},
		"ends before it begins":   {func(f *event.Form) { f.Until = f.From.Add(-time.Hour) }, "hours", app.EventHours},
		"a year long":             {func(f *event.Form) { f.Until = f.From.AddDate(1, 0, 0) }, "hours", app.EventLong},
		"of yesterday":            {func(f *event.Form) { f.From, f.Until = now.Add(-9*time.Hour), now.Add(-time.Hour) }, "hours", app.EventOver},
		"cards are fetched where": {func(f *event.Form) { f.PickUp = "" }, "pickup", app.EventPickUpMissing},
		"no task":                 {func(f *event.Form) { f.Tasks = nil }, "tasks", app.EventTasksMissing},
		"no task for volunteers":  {func(f *event.Form) { f.Tasks = []app.Task{app.TaskOperators} }, "tasks", app.EventTasksMissing},
		"a code that is none":     {func(f *event.Form) { f.Code = "12" }, "code", app.EventCodeBad},
		"a novel":                 {func(f *event.Form) { f.Name = strings.Repeat("a", 121) }, "name", app.EventTextLong},
	} {
		f := form(now)
		tt.change(&f)
		field, err := f.Problem(now)
		if field != tt.field || app.CodeOf(err) != tt.want {
			t.Errorf("%s: %q %v", name, field, err)
		}
	}
}

func TestOnlyASupervisorOpensAndCloses(t *testing.T) {
	events, store, clock := world(t)
	for _, role := range []app.Role{app.RoleVolunteer, app.RoleOfficer, app.RoleDistribution, ""} {
		_, err := events.Open(t.Context(), app.Operator{ID: "x", Role: role}, form(clock.Now()))
		if app.CodeOf(err) != app.AccessNotInRole {
			t.Errorf("%s opens: %v", role, err)
		}
		_, err = events.Close(t.Context(), app.Operator{ID: "x", Role: role}, "k7m2qp", event.Sticks{Known: true}, "")
		if app.CodeOf(err) != app.AccessNotInRole {
			t.Errorf("%s closes: %v", role, err)
		}
	}
	back := event.New(store, clock, func() error { return app.Fail(app.AccessRestricted) }, storagetest.AtWork)
	if _, err := back.Open(t.Context(), storagetest.Supervisor, form(clock.Now())); app.CodeOf(err) != app.AccessRestricted {
		t.Errorf("a kiosk that was called back opens an event: %v", err)
	}
}

func TestAnEventIsKeptAsItWasOpened(t *testing.T) {
	events, store, clock := world(t)
	e, err := events.Open(t.Context(), storagetest.Supervisor, form(clock.Now()))
	must(t, err)
	if app.EventIDOf(e.ID) != e.ID || e.ID == "" || e.Name != "Bazar UMKM Manggar" || !slices.Equal(e.Tasks, []app.Task{app.TaskRegister, app.TaskVerify}) {
		t.Errorf("%+v", e)
	}
	again, err := store.Event(t.Context(), e.ID)
	must(t, err)
	if again.Name != e.Name || !again.Until.Equal(e.Until) || again.Partner != "HIPMI Balikpapan" || again.PickUp != e.PickUp || !again.Open() {
		t.Errorf("%+v", again)
	}
	if where, err := store.EventOf(t.Context(), e.Opened); err != nil || where != e.ID {
		t.Errorf("its own entry says %q %v", where, err)
	}
	f := form(clock.Now())
	f.Code = strings.ToUpper(e.ID[:3]) + " " + e.ID[3:] // as somebody types it from another laptop
	if _, err := events.Open(t.Context(), storagetest.Supervisor, f); app.CodeOf(err) != app.EventClosedBefore {
		t.Errorf("opened twice on one laptop: %v", err)
	}
}

func TestClosingSaysWhatDiffers(t *testing.T) {
	events, store, clock := world(t)
	e, err := events.Open(t.Context(), storagetest.Supervisor, form(clock.Now()))
	must(t, err)
	by := storagetest.Supervisor
	by.Event = e.ID
	var last app.Registration
	for n := range 3 {
		last, err = store.Capture(t.Context(), by.Author(), "", storagetest.Person(n), journal.RegistrationBody{}, nil)
		must(t, err)
	}
	must(t, store.NoteSlip(t.Context(), last.ID))
	must(t, store.NoteSlip(t.Context(), last.ID)) // printed again: still one person
	must(t, store.SaveDraft(t.Context(), "d1", []byte{1}))
	for name, s := range map[string]event.Sticks{
		"nobody counted": {}, "more back than out": {Known: true, Out: 1, Back: 2}, "less than none": {Known: true, Out: -1}, "a thousand": {Known: true, Out: 1000},
	} {
		if _, err := events.Close(t.Context(), by, e.ID, s, ""); app.CodeOf(err) != app.EventSticks {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := events.Close(t.Context(), by, e.ID, event.Sticks{Known: true, Out: 2, Back: 1}, "  "); app.CodeOf(err) != app.EventExplain {
		t.Errorf("a stick is missing and nobody says why: %v", err)
	}
	p, err := events.Close(t.Context(), by, e.ID, event.Sticks{Known: true, Out: 2, Back: 1}, "Dibawa ke kantor cabang")
	must(t, err)
	keys := map[string]int{}
	for _, d := range event.Differences(p.Tally) {
		keys[d.Key] = d.N
	}
	if keys["event.diff.slips"] != 2 || keys["event.diff.drafts"] != 1 || keys["event.diff.sticks"] != 1 || keys["event.diff.unsent"] == 0 {
		t.Errorf("%v", keys)
	}
	if d := event.Differences(p.Tally)[0]; len(d.Numbers) != 2 {
		t.Errorf("they are not named: %+v", d)
	}
	if _, err := events.Close(t.Context(), by, e.ID, event.Sticks{Known: true}, ""); app.CodeOf(err) != app.EventClosedBefore {
		t.Errorf("closed twice: %v", err)
	}
	must(t, store.DeleteDraft(t.Context(), "d1"))
	later, err := events.Page(t.Context(), e.ID)
	must(t, err)
	if later.Event.Open() || later.Tally.Drafts != 1 || later.Tally.SticksBack != 1 {
		t.Errorf("what was told at the end has changed: %+v", later.Tally)
	}
}

func TestNoDifferencesWhenAllAgrees(t *testing.T) {
	if d := event.Differences(journal.EventClosedBody{Registered: 5, Slips: 5, SticksOut: 2, SticksBack: 2}); len(d) != 0 {
		t.Errorf("%+v", d)
	}
}
