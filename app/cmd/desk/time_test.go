package desk_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/carrier"
	"loket/app/journal"
)

// One start with a flat battery in the year 2099 ends no kiosk: it says so, keeps drafts, and one contact
// mends it, whether or not somebody has set the clock right meanwhile.
func TestOneContactMendsAClockThatWasAhead(t *testing.T) {
	const years = 73 * 365 * 24 * time.Hour
	for name, setRight := range map[string]bool{"set right": true, "left as it is": false} {
		k := enrolled(t)
		k.exchange(t)
		k.clock.add(years)
		_, err := k.Door.AddOperator(t.Context(), k.s, access.Newcomer{Name: "RINA ASTUTI", PIN: "736402", Role: app.RoleOfficer, Agency: app.AgencyInsurer})
		must(t, err)
		if setRight {
			k.clock.add(-years)
		}
		must(t, k.SignOut(t.Context()))
		s, err := k.SignIn(t.Context(), k.s.Operator.ID, pin)
		must(t, err)
		if !s.Restricted || setRight != s.MayDraft() {
			t.Errorf("%s: restricted %v, drafts %v", name, s.Restricted, s.MayDraft())
		}
		k.exchange(t)
		state, err := k.Post.State(t.Context())
		must(t, err)
		if s = k.Session(); s.Restricted || state.Ahead != 0 || setRight != (state.Fast == 0) {
			t.Errorf("%s: after a contact restricted %v, ahead %v, the clock fast by %v", name, s.Restricted, state.Ahead, state.Fast)
		}
		known, err := k.Store.KnownTime(t.Context())
		must(t, err)
		if off := known.Sub(officeTime.Now()).Abs(); off > time.Hour {
			t.Errorf("%s: known time is off by %v", name, off)
		}
		if !k.jumped(t) {
			t.Errorf("%s: no entry tells of the jump", name)
		}
	}
}

func (k *kiosk) jumped(t *testing.T) bool {
	t.Helper()
	seq, _ := k.Store.Head()
	entries, err := k.Store.Entries(t.Context(), 1, seq)
	must(t, err)
	for _, e := range entries {
		var body journal.ClockBody
		if e.Kind == journal.ClockJumped && e.Into(&body) == nil && body.Before-body.Now > int64(365*24*time.Hour/time.Millisecond) {
			return true
		}
	}
	return false
}

// An old answer, laid into the inbox once more, moves nothing: authority that ended with the clock stays
// ended.
func TestAnOldTimeIsNotPlayedBack(t *testing.T) {
	k := enrolled(t)
	k.clock.add(7 * time.Hour) // an answer of the enrolment is old by now
	_, err := k.Beat(t.Context(), true)
	must(t, err)
	must(t, carrier.Agent{Dir: k.Dir}.Once(t.Context()))
	file := filepath.Join(k.Dir, "inbox", "time")
	old, err := os.ReadFile(file)
	must(t, err)
	_, err = k.Beat(t.Context(), false)
	must(t, err)
	k.clock.add(40 * 24 * time.Hour)
	_, err = k.Beat(t.Context(), false) // asks anew
	must(t, err)
	before, err := k.Store.KnownTime(t.Context())
	must(t, err)
	must(t, os.WriteFile(file, old, 0o600))
	_, err = k.Beat(t.Context(), false)
	must(t, err)
	known, err := k.Store.KnownTime(t.Context())
	must(t, err)
	if known.Before(before) {
		t.Errorf("known time went back to %v", known)
	}
	if s, err := k.Door.Refresh(t.Context(), k.Session()); err != nil || !s.Restricted {
		t.Errorf("restricted %v, %v", s.Restricted, err)
	}
}
