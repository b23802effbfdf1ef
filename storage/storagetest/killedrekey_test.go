package storagetest_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/journal"
	"loket/app/vault"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

const (
	people  = 260 // whose records are sealed anew
	leaving = "493827"
)

// TestAKillWhileTheKeysChangeLeavesOldOrNew kills programs at any moment of the change of keys. The PIN
// opens the kiosk, everybody is read, and the change is made or still due.
func TestAKillWhileTheKeysChangeLeavesOldOrNew(t *testing.T) {
	changed := map[bool]int{}
	origin := t.TempDir()
	ids := crowded(t, origin)
	for i := range 8 {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(origin)); err != nil {
			t.Fatal(err)
		}
		killedWhileChanging(t, dir, time.Duration(i*i)*5*time.Millisecond)
		s := storagetest.Open(t, dir, storagetest.NewClock())
		door := access.New(s, storagetest.Machine, storagetest.Cost)
		all, err := door.People(t.Context())
		if err != nil || len(all) != 1 {
			t.Fatal(all, err)
		}
		session, err := door.SignIn(t.Context(), all[0].ID, storagetest.PIN)
		if err != nil {
			t.Fatal(err)
		}
		due, err := s.RekeyDue(t.Context())
		if err != nil || due != (len(session.Keys.Former) == 0) {
			t.Errorf("due %v with %d keys before, %v", due, len(session.Keys.Former), err)
		}
		changed[!due]++
		readable(t, s, ids)
		if session, err = door.Renew(t.Context(), session); err != nil || len(session.Keys.Former) != 1 {
			t.Errorf("changed to its end: %d, %v", len(session.Keys.Former), err)
		}
		readable(t, s, ids)
	}
	t.Log("changed:", changed)
}

func readable(t *testing.T, s *kiosk.Store, ids []app.EntryID) {
	t.Helper()
	for n, id := range ids {
		r, err := s.Registration(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if same, err := s.SameNIK(t.Context(), r.Record.Person.NIK); err != nil || len(same) != 1 || same[0] != id {
			t.Fatalf("person %d is found as %v, %v", n, same, err)
		}
	}
	device, err := s.Device(t.Context())
	if err == nil {
		err = s.CheckChain(t.Context(), device, nil)
	}
	if err != nil {
		t.Error(err)
	}
}

// crowded is a folder with many people and an operator who is to leave.
func crowded(t *testing.T, dir string) (ids []app.EntryID) {
	t.Helper()
	clock := storagetest.NewClock()
	s, err := kiosk.Open(t.Context(), dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	door := access.New(s, storagetest.Machine, storagetest.Cost)
	session, err := door.FirstStart(t.Context(), access.First{Chain: storagetest.Chain, Until: clock.Now().Add(72 * time.Hour), Name: "Dewi", PIN: storagetest.PIN})
	if err != nil {
		t.Fatal(err)
	}
	for n := range people {
		r, err := s.Capture(t.Context(), session.Author(), "", storagetest.Person(n+1), journal.RegistrationBody{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, r.ID)
	}
	o, err := door.AddOperator(t.Context(), session, access.Newcomer{Name: "Wahyu", PIN: leaving, Role: app.RoleOfficer, Agency: app.AgencyInsurer})
	if err == nil {
		err = door.RemoveOperator(t.Context(), session, o.ID)
	}
	if err == nil {
		err = s.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func killedWhileChanging(t *testing.T, dir string, after time.Duration) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	victim := exec.CommandContext(t.Context(), program, "-test.run=^TestTheVictimChangesKeys$")
	victim.Env = append(os.Environ(), folderToDieIn+"="+dir)
	out, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "changing\n" {
		t.Fatal(line, err)
	}
	time.Sleep(after) // the moment of the kill is what varies
	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := victim.Wait(); err == nil {
		t.Fatal("it was to be killed")
	}
}

// TestTheVictimChangesKeys runs only as the process that is killed.
func TestTheVictimChangesKeys(t *testing.T) {
	dir := os.Getenv(folderToDieIn)
	if dir == "" {
		t.Skip("runs only as the process that is killed")
	}
	s := storagetest.Open(t, dir, storagetest.NewClock())
	door := access.New(s, storagetest.Machine, vault.Cost{Memory: 8, Time: 1})
	all, err := door.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	session, err := door.SignIn(t.Context(), all[0].ID, storagetest.PIN)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("changing")
	if _, err := door.Renew(t.Context(), session); err != nil {
		t.Fatal(err)
	}
	select {} // until somebody kills it
}
