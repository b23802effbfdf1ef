package storagetest_test

import (
	"testing"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/reporting"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

var _ reporting.Store = (*kiosk.Store)(nil)

// day is everything of the clock's day.
func day(c *storagetest.Clock) app.Counted {
	now := c.Now()
	from := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	return app.Counted{From: from, Until: from.AddDate(0, 0, 1)}
}

func coarsen(t *testing.T, s *kiosk.Store) (told [][2]int) {
	t.Helper()
	err := s.Coarsen(t.Context(), func(done, of int) { told = append(told, [2]int{done, of}) })
	if err != nil {
		t.Fatal(err)
	}
	return told
}

func cells(t *testing.T, s *kiosk.Store, of app.Counted) []app.Cell {
	t.Helper()
	found, err := s.Cells(t.Context(), of)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestRegistrationsAreCountedByWhatMayStandOpen(t *testing.T) {
	clock := storagetest.NewClock()
	s := storagetest.Kiosk(t, clock)
	elsewhere := storagetest.Person(2)
	elsewhere.Address.Village, elsewhere.Plan.Payer = "64.71.02.1001", app.PayerCompany
	storagetest.Register(t, s, storagetest.Person(1))
	storagetest.Register(t, s, elsewhere)
	clock.Add(2 * time.Hour)
	storagetest.Register(t, s, storagetest.Person(3))
	at := storagetest.Supervisor.Author()
	at.Event = "bazar-manggar"
	if _, err := s.Capture(t.Context(), at, "", storagetest.Person(4), journal.RegistrationBody{Rules: "2026.1"}, nil); err != nil {
		t.Fatal(err)
	}
	if told := coarsen(t, s); told != nil {
		t.Error("what was kept at the registration was read again", told)
	}
	found := cells(t, s, day(clock))
	if len(found) != 3 || found[0].Hour != 14 || found[2].Hour != 16 || found[2].Count != 2 {
		t.Errorf("%+v", found)
	}
	if c := found[1]; c.Village != "64.71.02.1001" || c.Payer != app.PayerCompany || c.State != app.Captured || c.Operator != "dl" || c.Scope != app.ScopeSelfPayers {
		t.Errorf("%+v", c)
	}
	narrow := day(clock)
	narrow.Event = "bazar-manggar"
	if found := cells(t, s, narrow); len(found) != 1 || found[0].Count != 1 {
		t.Errorf("of the event %+v", found)
	}
	narrow.Event, narrow.Scope = "", &app.Scope{9}
	if found := cells(t, s, narrow); len(found) != 0 {
		t.Errorf("of a programme without anybody %+v", found)
	}
	if events, err := s.EventsHeld(t.Context()); err != nil || len(events) != 1 || events[0] != "bazar-manggar" {
		t.Error(events, err)
	}
	clock.Add(24 * time.Hour)
	if found := cells(t, s, day(clock)); len(found) != 0 {
		t.Errorf("of another day %+v", found)
	}
}

// move corrects where somebody lives.
func move(t *testing.T, s *kiosk.Store, id app.EntryID, village string) {
	t.Helper()
	r, err := s.Registration(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	r.Record.Address.Village = village
	_, err = s.Amend(t.Context(), storagetest.Supervisor.Author(), journal.Amendment{
		Registration: id, Revision: r.Revision, Kind: journal.RegistrationCorrected, Record: r.Record, Body: journal.AmendedBody{Fields: []string{"village"}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestACorrectedRecordIsCountedAsItIsNow(t *testing.T) {
	clock := storagetest.NewClock()
	s := storagetest.Kiosk(t, clock)
	storagetest.Register(t, s, storagetest.Person(1))
	r := storagetest.Register(t, s, storagetest.Person(2))
	move(t, s, r.ID, "64.71.03.1001")
	if told := coarsen(t, s); len(told) != 1 || told[0] != [2]int{1, 1} {
		t.Error("told", told)
	}
	if told := coarsen(t, s); told != nil {
		t.Error("what is done was done again", told)
	}
	if found := cells(t, s, day(clock)); len(found) != 2 || found[1].Village != "64.71.03.1001" {
		t.Errorf("%+v", found)
	}
}

// Without the data key nothing is learnt, and nothing wrong is kept: counting goes on after sign-in.
func TestALockedKioskLearnsNothing(t *testing.T) {
	clock := storagetest.NewClock()
	s := storagetest.Kiosk(t, clock)
	r := storagetest.Register(t, s, storagetest.Person(1))
	move(t, s, r.ID, "64.71.03.1001")
	s.Lock()
	if err := s.Coarsen(t.Context(), func(int, int) {}); app.CodeOf(err) != app.VaultLocked {
		t.Error(err)
	}
	if found := cells(t, s, day(clock)); len(found) != 1 || found[0].Village != r.Record.Address.Village {
		t.Errorf("%+v", found)
	}
}

func TestThoseWhoAreCountedCanBeListed(t *testing.T) {
	clock := storagetest.NewClock()
	s := storagetest.Kiosk(t, clock)
	for n := range 3 {
		storagetest.Register(t, s, storagetest.Person(n+1))
	}
	coarsen(t, s)
	n := 0
	for r, err := range s.Among(t.Context(), day(clock)) {
		if n++; err != nil || r.Record.Person.NIK != storagetest.Person(n).Person.NIK {
			t.Error(r.ID, err)
		}
	}
	if n != 3 {
		t.Error(n)
	}
}

func TestTakingNamesOutIsWrittenDown(t *testing.T) {
	s := storagetest.Kiosk(t, storagetest.NewClock())
	before, _ := s.Head()
	if err := s.Exported(t.Context(), storagetest.Supervisor.Author(), app.ScopeDevice, 12); err != nil {
		t.Fatal(err)
	}
	if after, _ := s.Head(); after != before+1 {
		t.Errorf("%d entries after %d", after, before)
	}
}
