package storagetest_test

import (
	"database/sql"
	"math"
	"path/filepath"
	"testing"

	"loket/app"
	"loket/app/access"
	"loket/app/journal"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

// A change of keys that is cut after any piece goes on where it was: everybody is read and found all the
// while, also who comes in between, and in the end nothing is left under the key before.
func TestAChangeOfKeysGoesOnAfterEachPiece(t *testing.T) {
	dir := t.TempDir()
	ids := crowded(t, dir)[100:] // the others are for doubles
	clock := storagetest.NewClock()
	s, err := kiosk.Open(t.Context(), dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	session := signedIn(t, s)
	picture, err := s.PutBlob(t.Context(), "photo", []byte("a picture"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := access.New(s, storagetest.Machine, storagetest.Cost).Renew(t.Context(), session); err != nil {
		t.Fatal(err)
	}
	pieces, left := 0, true
	for ; left; pieces++ {
		if pieces > 100 {
			t.Fatal("it does not end")
		}
		if err := s.Close(); err != nil { // a cut
			t.Fatal(err)
		}
		if s, err = kiosk.Open(t.Context(), dir, clock); err != nil {
			t.Fatal(err)
		}
		session = signedIn(t, s)
		r, err := s.Capture(t.Context(), session.Author(), "", storagetest.Person(1000+pieces), journal.RegistrationBody{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, r.ID)
		if pieces%2 == 0 {
			readable(t, s, ids)
		}
		if plain, err := s.Blob(t.Context(), picture.Hash); err != nil || string(plain) != "a picture" {
			t.Errorf("after %d pieces the picture reads %q, %v", pieces, plain, err)
		}
		twice(t, s, session, pieces)
		if left, err = s.Reseal(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	}
	if pieces < 8 {
		t.Errorf("only %d pieces", pieces)
	}
	if left, err := s.MoveBlobs(t.Context(), math.MaxInt); left || err != nil {
		t.Errorf("pictures left: %v, %v", left, err)
	}
	readable(t, s, ids)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	nothingBefore(t, dir)
}

// nothingBefore looks for what is still under the first data key.
func nothingBefore(t *testing.T, dir string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "loket.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, query := range []string{
		`SELECT count(*) FROM parts WHERE substr(sealed, 1, 4) = x'00000001'`,
		`SELECT count(*) FROM secrets WHERE substr(sealed, 1, 4) = x'00000001' OR name = 'data key before'`,
		`SELECT count(*) FROM operators WHERE substr(standing, 1, 4) = x'00000001' AND removed IS NULL`,
		`SELECT count(*) FROM registrations WHERE nik_before IS NOT NULL`,
		`SELECT count(*) FROM meta WHERE reseal_step <> -1`,
	} {
		var n int
		if err := db.QueryRowContext(t.Context(), query).Scan(&n); err != nil || n != 0 {
			t.Errorf("%s: %d, %v", query, n, err)
		}
	}
}

// twice registers somebody once more who was registered before the change: both are found, whichever
// piece has come.
func twice(t *testing.T, s *kiosk.Store, session access.Session, n int) {
	t.Helper()
	person := storagetest.Person(n + 1)
	r, err := s.Capture(t.Context(), session.Author(), "", person, journal.RegistrationBody{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	same, err := s.SameNIK(t.Context(), person.Person.NIK)
	if err != nil || len(same) != 2 {
		t.Errorf("after %d pieces somebody who is here twice is found %d times, %v", n, len(same), err)
	}
	doubles, err := s.NotAlone(t.Context(), app.ScopeSelfPayers)
	if err != nil || len(doubles) != n+2 { // the earlier ones stand beside a withdrawn one
		t.Errorf("after %d pieces %d registrations are double, %v", n, len(doubles), err)
	}
	if _, err := s.Withdraw(t.Context(), session.Author(), r.ID, journal.WithdrawnBody{Reason: "asked"}, ""); err != nil {
		t.Fatal(err)
	}
}

func signedIn(t *testing.T, s *kiosk.Store) access.Session {
	t.Helper()
	door := access.New(s, storagetest.Machine, storagetest.Cost)
	all, err := door.People(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	session, err := door.SignIn(t.Context(), all[0].ID, storagetest.PIN)
	if err != nil {
		t.Fatal(err)
	}
	return session
}
