package storagetest_test

import (
	"testing"
	"time"

	"loket/app"
	"loket/storage/storagetest"
)

// A kiosk outside the window of its issuing key says so before a card is made, and uses no number for it.
func TestOutsideItsWindowAKioskMakesNoCard(t *testing.T) {
	d := newDesk(t)
	d.lend(t)
	r := storagetest.Register(t, d.store, storagetest.Person(1))
	d.policy.IssueUntil = d.clock.Now().Add(time.Hour)
	if err := d.May(r); err != nil {
		t.Errorf("an hour before: %v", err)
	}
	d.clock.Add(time.Hour)
	before, err := d.Remaining(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.May(r); app.CodeOf(err) != app.CardWindowOver {
		t.Errorf("asked before: %v", err)
	}
	if _, err := d.Issue(t.Context(), storagetest.Supervisor, r.ID); app.CodeOf(err) != app.CardWindowOver {
		t.Errorf("asked to make one: %v", err)
	}
	if after, err := d.Remaining(t.Context()); err != nil || after.Serials != before.Serials {
		t.Errorf("a serial was used: %+v %+v %v", before, after, err)
	}
	d.policy.IssueUntil = d.policy.IssueUntil.AddDate(1, 0, 0) // with fresh authority
	if _, err := d.Issue(t.Context(), storagetest.Supervisor, r.ID); err != nil {
		t.Error(err)
	}
}
