package desk_test

import (
	"testing"

	"loket/app"
	"loket/app/access"
)

// A colleague leaves, and everything goes on: what was made before and after arrives at head office,
// whichever key signed for it.
func TestTheStoryGoesOnAfterSomebodyLeft(t *testing.T) {
	k := enrolled(t)
	first := k.registered(t).ID
	k.exchange(t)
	o, err := k.Door.AddOperator(t.Context(), k.s, access.Newcomer{Name: "WAHYU ANGGARA", PIN: "736402", Role: app.RoleOfficer, Agency: app.AgencyInsurer})
	must(t, err)
	second := k.registered(t).ID
	must(t, k.RemoveOperator(t.Context(), k.s, o.ID))
	third := k.registered(t).ID
	k.exchange(t)
	state, err := k.Post.State(t.Context())
	must(t, err)
	if state.Entries != 0 {
		t.Errorf("%d entries exist only here", state.Entries)
	}
	for i, id := range []app.EntryID{first, second, third} {
		row, err := headOffice.Store.Registration(t.Context(), id)
		if err != nil || row.State != app.Accepted {
			t.Errorf("registration %d at head office: %q, %v", i+1, row.State, err)
		}
	}
}
