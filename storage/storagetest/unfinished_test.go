package storagetest_test

import (
	"testing"

	"loket/app"
	"loket/storage/storagetest"
)

// What a supervisor has not saved yet is kept, replaced and forgotten; nobody else reads it.
func TestUnfinishedProgrammesAreKept(t *testing.T) {
	clock := storagetest.NewClock()
	store := storagetest.Kiosk(t, clock)
	s := newSponsor(store, clock)
	by := storagetest.Supervisor
	for _, text := range []string{"half", "more"} {
		if err := s.Keep(t.Context(), by, "form", []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Keep(t.Context(), by, "villages/0801", []byte("{}")); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Kept(t.Context(), by, "form"); string(got) != "more" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if drafts, err := store.Drafts(t.Context()); len(drafts) != 0 || err != nil {
		t.Error("it stands among unfinished registrations", err)
	}
	officer := app.Operator{ID: "op", Role: app.RoleOfficer}
	if err := s.Keep(t.Context(), officer, "form", nil); app.CodeOf(err) != app.AccessNotInRole {
		t.Error("an officer forgets it:", err)
	}
	if got, err := s.Kept(t.Context(), officer, "form"); got != nil || app.CodeOf(err) != app.AccessNotInRole {
		t.Errorf("an officer reads %q, %v", got, err)
	}
	if err := s.Keep(t.Context(), by, "form", nil); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Kept(t.Context(), by, "form"); got != nil || err != nil {
		t.Errorf("forgotten, and yet %q, %v", got, err)
	}
}
