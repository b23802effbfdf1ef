package desk_test

import (
	"testing"

	"loket/app"
	"loket/app/access"
)

// Somebody leaves after the kiosk has gone on, twice: the former life is read with the next data key, while
// it is open and after the next sign-in.
func TestAFormerLifeIsReadAfterTheKeysChanged(t *testing.T) {
	k, _, unsealed := leftWithASealedBatch(t)
	k.nextLife(t)
	readable := func(when string) {
		t.Helper()
		for _, r := range count(t, k.Store) {
			if r.ID == unsealed.ID && r.Record.Person == unsealed.Record.Person {
				return
			}
		}
		t.Errorf("%s: %s cannot be read", when, unsealed.Number)
	}
	readable("before")
	for _, name := range []string{"WAHYU ANGGARA", "RINA MARLINA"} {
		o, err := k.Door.AddOperator(t.Context(), k.s, access.Newcomer{Name: name, PIN: "736402", Role: app.RoleOfficer, Agency: app.AgencyInsurer})
		must(t, err)
		was, err := k.Store.DataKey(t.Context())
		must(t, err)
		must(t, k.RemoveOperator(t.Context(), k.Session(), o.ID))
		is, err := k.Store.DataKey(t.Context())
		if err != nil || is == was {
			t.Fatalf("the keys did not change: %d, %d, %v", was, is, err)
		}
		readable("after " + name)
		_, err = k.Beat(t.Context(), true)
		must(t, err)
	}
	dir := k.shut(t)
	k.reopen(t, dir)
	k.signIn(t)
	readable("after the next sign-in")
	if _, err := k.Beat(t.Context(), true); err != nil {
		t.Error(err)
	}
}
