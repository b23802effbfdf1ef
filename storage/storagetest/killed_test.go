package storagetest_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"loket/app"
	"loket/app/counter"
	"loket/app/scheme"
	"loket/app/vault"
	"loket/storage/storagetest"
)

// folderToDieIn names the folder in which a process of this test saves a draft and is killed.
const folderToDieIn = "LOKET_TEST_FOLDER"

// TestADraftSurvivesAKill kills a program that has just saved a draft, without any goodbye.
func TestADraftSurvivesAKill(t *testing.T) {
	dir := t.TempDir()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	victim := exec.CommandContext(t.Context(), program, "-test.run=^TestTheVictim$")
	victim.Env = append(os.Environ(), folderToDieIn+"="+dir)
	out, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || line != "saved\n" {
		t.Fatal(line, err)
	}
	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := victim.Wait(); err == nil {
		t.Fatal("it was to be killed")
	}
	clock := storagetest.NewClock()
	s := storagetest.Open(t, dir, clock)
	m, err := s.Member(t.Context(), storagetest.Supervisor.ID)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := m.Slot.Open(vault.Opener{PIN: storagetest.PIN, Machine: storagetest.Machine})
	if err != nil {
		t.Fatal(err)
	}
	s.Unlock(opened.Key)
	drafts, err := newCounter(s, clock).Drafts(t.Context())
	if err != nil || len(drafts) != 1 || drafts[0].Form.Text(scheme.FieldBirthDate) != "05-10-19" {
		t.Fatalf("%+v %v", drafts, err)
	}
}

// TestTheVictim runs only as the process that is killed.
func TestTheVictim(t *testing.T) {
	dir := os.Getenv(folderToDieIn)
	if dir == "" {
		t.Skip("runs only as the process that is killed")
	}
	clock := storagetest.NewClock()
	s := storagetest.Open(t, dir, clock)
	key, keys, first := storagetest.Founding(t)
	if err := s.Begin(t.Context(), storagetest.Chain, key, keys, first); err != nil {
		t.Fatal(err)
	}
	d := counter.NewDraft(app.SourceWalkIn)
	d.Form.Type(scheme.FieldBirthDate, "05-10-19")
	if err := newCounter(s, clock).SaveDraft(t.Context(), storagetest.Supervisor, d); err != nil {
		t.Fatal(err)
	}
	fmt.Println("saved")
	select {} // until somebody kills it
}
