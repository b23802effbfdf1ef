package access_test

import (
	"testing"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/card"
	"loket/app/journal"
	"loket/app/vault"
	"loket/storage/storagetest"
)

const officerPIN = "736402"

// officer adds one who works here.
func officer(t *testing.T, d *access.Door, by access.Session, name string) app.Operator {
	t.Helper()
	o, err := d.AddOperator(t.Context(), by, access.Newcomer{Name: name, PIN: officerPIN, Role: app.RoleOfficer, Agency: app.AgencyInsurer})
	must(t, err)
	return o
}

func TestRemovingSomebodyChangesTheKeys(t *testing.T) {
	d, store, _, s := door(t)
	leaves, stays := officer(t, d, s, "Wahyu Anggara"), officer(t, d, s, "Sri Rejeki")
	record := storagetest.Person(1)
	r, err := store.Capture(t.Context(), s.Author(), "", record, journal.RegistrationBody{}, nil)
	must(t, err)
	picture, err := store.PutBlob(t.Context(), "photo", []byte("a picture"))
	must(t, err)
	before := s.Keys

	must(t, d.RemoveOperator(t.Context(), s, leaves.ID))
	s, err = d.Renew(t.Context(), s)
	must(t, err)
	if s.Keys.Device.Equal(before.Device) || s.Keys.Issuing.Equal(before.Issuing) {
		t.Error("the device or issuing key is still the old one")
	}
	if len(s.Keys.Former) != 1 || !s.Keys.Former[0].Device.Equal(before.Device) {
		t.Errorf("keys before: %d", len(s.Keys.Former))
	}
	check := func(when string) {
		t.Helper()
		again, err := store.Registration(t.Context(), r.ID)
		must(t, err)
		if again.Record.Person.NIK != record.Person.NIK {
			t.Errorf("%s the record reads %q", when, again.Record.Person.NIK)
		}
		same, err := store.SameNIK(t.Context(), record.Person.NIK)
		must(t, err)
		if len(same) != 1 {
			t.Errorf("%s the NIK finds %d", when, len(same))
		}
		plain, err := store.Blob(t.Context(), picture.Hash)
		if err != nil || string(plain) != "a picture" {
			t.Errorf("%s the picture reads %q, %v", when, plain, err)
		}
	}
	check("at once")

	must(t, d.SignOut(t.Context(), s))
	_, err = d.SignIn(t.Context(), leaves.ID, officerPIN)
	wantCode(t, "who left", err, app.AccessUnknown)
	for range 2 { // with the renewal, then with the slot that it was put into
		again, err := d.SignIn(t.Context(), stays.ID, officerPIN)
		must(t, err)
		check("for who stays")
		left, err := store.Reseal(t.Context(), 100)
		if err != nil || left {
			t.Errorf("pieces left: %v %v", left, err)
		}
		left, err = store.MoveBlobs(t.Context(), 10)
		if err != nil || left {
			t.Errorf("pictures left: %v %v", left, err)
		}
		check("after the pictures were moved")
		must(t, d.SignOut(t.Context(), again))
	}
	must(t, store.CheckChain(t.Context(), vault.Public(before.Device), nil))
}

func TestNobodyLeftNothingChanges(t *testing.T) {
	d, store, _, s := door(t)
	seq, _ := store.Head()
	again, err := d.Renew(t.Context(), s)
	must(t, err)
	if now, _ := store.Head(); now != seq || !again.Keys.Device.Equal(s.Keys.Device) {
		t.Error("keys changed although nobody left")
	}
}

func TestTwoLeaveOneAfterTheOther(t *testing.T) {
	d, store, _, s := door(t)
	for _, name := range []string{"Wahyu Anggara", "Sri Rejeki"} {
		o := officer(t, d, s, name)
		must(t, d.RemoveOperator(t.Context(), s, o.ID))
		var err error
		s, err = d.Renew(t.Context(), s)
		must(t, err)
		_, err = store.MoveBlobs(t.Context(), 10)
		must(t, err)
	}
	if len(s.Keys.Former) != 2 {
		t.Errorf("device keys before: %d", len(s.Keys.Former))
	}
	must(t, d.SignOut(t.Context(), s))
	_, err := d.SignIn(t.Context(), s.Operator.ID, pin)
	must(t, err)
}

func TestAForgottenPIN(t *testing.T) {
	d, _, _, s := door(t)
	o := officer(t, d, s, "Wahyu Anggara")
	_, err := d.RestoreOperator(t.Context(), s, s.Operator.ID, "73640212")
	wantCode(t, "one's own", err, app.AccessOwnPIN)
	_, err = d.RestoreOperator(t.Context(), s, "none", officerPIN)
	wantCode(t, "nobody's", err, app.AccessUnknown)
	_, err = d.RestoreOperator(t.Context(), s, o.ID, "123456")
	wantCode(t, "a common PIN", err, app.VaultPINCommon)
	again, err := d.RestoreOperator(t.Context(), s, o.ID, "519273")
	must(t, err)
	must(t, d.SignOut(t.Context(), s))
	_, err = d.SignIn(t.Context(), o.ID, officerPIN)
	wantCode(t, "the old place", err, app.AccessUnknown)
	back, err := d.SignIn(t.Context(), again.ID, "519273")
	must(t, err)
	if back.Operator.Name != "Wahyu Anggara" || back.Operator.Role != app.RoleOfficer {
		t.Errorf("came back as %+v", back.Operator)
	}
	_, err = d.RestoreOperator(t.Context(), back, s.Operator.ID, "73640212")
	wantCode(t, "by an officer", err, app.AccessNotInRole)
}

// Who leaves loses the slot at once; the keys change as often as head office allows, and follow when it
// does.
func TestTheRateOfKeyChangesIsKept(t *testing.T) {
	d, store, clock, s := door(t)
	for n := range card.KeyChangesAMonth + 1 {
		leaves := officer(t, d, s, "Wahyu Anggara")
		must(t, d.RemoveOperator(t.Context(), s, leaves.ID))
		var err error
		s, err = d.Renew(t.Context(), s)
		must(t, err)
		_, err = d.SignIn(t.Context(), leaves.ID, officerPIN)
		wantCode(t, "who left", err, app.AccessUnknown)
		clock.Add(time.Hour)
		until, err := d.KeysWait(t.Context())
		must(t, err)
		due, err := store.RekeyDue(t.Context())
		must(t, err)
		if last := n == card.KeyChangesAMonth; due != last || until.IsZero() == last {
			t.Errorf("change %d: due %v, waits until %v", n+1, due, until)
		}
	}
	until, err := d.KeysWait(t.Context())
	must(t, err)
	clock.Add(until.Sub(clock.Now()))
	before := s.Keys
	s, err = d.Renew(t.Context(), s)
	must(t, err)
	if s.Keys.Device.Equal(before.Device) {
		t.Error("the keys did not follow")
	}
}
