package storagetest_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/event"
	"loket/app/vault"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

const volunteerPIN = "493817"

// TestAKillWhileJoiningLeavesAPassOrAVolunteer kills programs at any moment of the joining.
func TestAKillWhileJoiningLeavesAPassOrAVolunteer(t *testing.T) {
	for i := range 8 {
		dir := t.TempDir()
		pass := prepared(t, dir)
		killedWhileJoining(t, dir, pass, time.Duration(i)*700*time.Microsecond)
		clock := storagetest.NewClock()
		s := storagetest.Open(t, dir, clock)
		door := access.New(s, storagetest.Machine, storagetest.Cost)
		people, err := door.People(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(people) == 1 {
			_, err = door.Join(t.Context(), pass, "Sri", volunteerPIN)
		} else {
			_, err = door.SignIn(t.Context(), volunteerOf(people), volunteerPIN)
		}
		if err != nil {
			t.Errorf("killed after %d: %d people, %v", i, len(people), err)
		}
		device, err := s.Device(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.CheckChain(t.Context(), device, nil); err != nil {
			t.Error(err)
		}
	}
}

func volunteerOf(people []app.Operator) string {
	for _, p := range people {
		if p.Role == app.RoleVolunteer {
			return p.ID
		}
	}
	return ""
}

// prepared is a folder with an event and a pass to it; the pass is kept beside for the victim.
func prepared(t *testing.T, dir string) (pass string) {
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
	e, err := event.New(s, clock, func() error { return nil }, nil).Open(t.Context(), session.Operator, event.Form{
		Name: "Bazar", Address: "Lapangan", From: clock.Now().Add(-time.Hour), Until: clock.Now().Add(time.Hour), PickUp: "Kelurahan", Tasks: app.EventTasks,
	})
	if err != nil {
		t.Fatal(err)
	}
	if pass, err = door.PreparePass(t.Context(), session, e.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return pass
}

func killedWhileJoining(t *testing.T, dir, pass string, after time.Duration) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	note := filepath.Join(dir, "pass.txt")
	if err := os.WriteFile(note, []byte(pass), 0o600); err != nil {
		t.Fatal(err)
	}
	victim := exec.CommandContext(t.Context(), program, "-test.run=^TestTheVictimJoins$")
	victim.Env = append(os.Environ(), folderToDieIn+"="+dir)
	out, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "joining\n" {
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

// TestTheVictimJoins runs only as the process that is killed.
func TestTheVictimJoins(t *testing.T) {
	dir := os.Getenv(folderToDieIn)
	if dir == "" {
		t.Skip("runs only as the process that is killed")
	}
	pass, err := os.ReadFile(filepath.Join(dir, "pass.txt"))
	if err != nil {
		t.Fatal(err)
	}
	s := storagetest.Open(t, dir, storagetest.NewClock())
	door := access.New(s, storagetest.Machine, vault.Cost{Memory: 8, Time: 1})
	fmt.Println("joining")
	if _, err := door.Join(t.Context(), strings.TrimSpace(string(pass)), "Sri", volunteerPIN); err != nil {
		t.Fatal(err)
	}
	select {} // until somebody kills it
}
