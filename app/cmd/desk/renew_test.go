package desk_test

import (
	"path/filepath"
	"testing"

	"loket/app"
	"loket/app/access"
	"loket/app/headoffice"
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

// All PINs are forgotten: head office gives the key back, by two people, and only for this request.
func TestHeadOfficeOpensAKioskWhosePINsAreForgotten(t *testing.T) {
	k := enrolled(t)
	r := k.registered(t)
	k.exchange(t)
	must(t, k.SignOut(t.Context()))
	earlier, err := k.Door.AskRecovery(t.Context())
	must(t, err)
	request, err := k.Door.AskRecovery(t.Context())
	must(t, err)
	if earlier.Code() == request.Code() {
		t.Error("two requests have one code")
	}
	key, err := headoffice.ReadKey(filepath.Join(headOfficeDir, "keys", "recovery.key"))
	must(t, err)
	_, err = headOffice.Office.Recover(t.Context(), request, key, "admin", "admin")
	wantCode(t, err, app.OfficeTwoPeople)
	late, err := headOffice.Office.Recover(t.Context(), earlier, key, "admin", "rina")
	must(t, err)
	answer, err := headOffice.Office.Recover(t.Context(), request, key, "admin", "rina")
	must(t, err)

	_, err = k.Recover(t.Context(), late, "SITI AMINAH", "73640219")
	wantCode(t, err, app.VaultRecoveryAnswer)
	s, err := k.Recover(t.Context(), answer, "SITI AMINAH", "73640219")
	must(t, err)
	if again, err := k.Store.Registration(t.Context(), r.ID); err != nil || again.Record.Person.NIK != r.Record.Person.NIK {
		t.Errorf("the record reads %v", err)
	}
	must(t, k.SignOut(t.Context()))
	_, err = k.Recover(t.Context(), answer, "SITI AMINAH", "73640219")
	wantCode(t, err, app.VaultRecoveryAnswer)
	k.s, err = k.SignIn(t.Context(), s.Operator.ID, "73640219")
	must(t, err)
}

func wantCode(t *testing.T, err error, want app.Code) {
	t.Helper()
	if got := app.CodeOf(err); got != want {
		t.Errorf("%q, want %q (%v)", got, want, err)
	}
}

// After a change of keys head office gives back the key of now.
func TestHeadOfficeOpensAKioskWhoseKeysHaveChanged(t *testing.T) {
	k := enrolled(t)
	r := k.registered(t)
	must(t, k.RemoveOperator(t.Context(), k.s, k.works(t, app.RoleOfficer).ID))
	k.s = k.Session()
	later := k.registered(t)
	k.exchange(t)
	must(t, k.SignOut(t.Context()))
	request, err := k.Door.AskRecovery(t.Context())
	must(t, err)
	key, err := headoffice.ReadKey(filepath.Join(headOfficeDir, "keys", "recovery.key"))
	must(t, err)
	answer, err := headOffice.Office.Recover(t.Context(), request, key, "admin", "rina")
	must(t, err)
	_, err = k.Recover(t.Context(), answer, "SITI AMINAH", "73640219")
	must(t, err)
	for _, was := range []app.Registration{r, later} {
		if now := k.again(t, was.ID); now.Record.Person.NIK != was.Record.Person.NIK {
			t.Errorf("the record reads %+v", now.Record.Person)
		}
	}
}
