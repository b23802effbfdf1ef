package kiosk_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"loket/app"
	"loket/app/vault"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

// Whoever takes the disk, or the folder, reads no name. Number and address of participants are
// sealed by the same means; the registration's own test looks for them.
func TestTheDiskShowsNobody(t *testing.T) {
	dir := t.TempDir()
	s := storagetest.Open(t, dir, storagetest.NewClock())
	key, keys, first := storagetest.Founding(t)
	if err := s.Begin(t.Context(), storagetest.Chain, key, keys, first); err != nil {
		t.Fatal(err)
	}
	picture := bytes.Repeat([]byte("NIK 6471014510900003 DEWI LESTARI "), 100)
	if _, err := s.PutBlob(t.Context(), "photo", picture); err != nil {
		t.Fatal(err)
	}
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		b, err := os.ReadFile(path)
		for _, secret := range []string{"DEWI", "LESTARI", "6471014510900003", string(keys.Device.Seed()), string(keys.Opening)} {
			if bytes.Contains(b, []byte(secret)) {
				t.Errorf("%s holds %q", d.Name(), secret)
			}
		}
		return err
	})
	if err != nil || files < 3 {
		t.Errorf("looked at %d files, %v", files, err)
	}
}

func TestAnAttachmentIsKeptSealed(t *testing.T) {
	s := storagetest.Kiosk(t, storagetest.NewClock())
	e, err := s.PutBlob(t.Context(), "signature", []byte("a signature"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutBlob(t.Context(), "signature", []byte("a signature")); err != nil {
		t.Error("the same bytes again:", err)
	}
	plain, err := s.Blob(t.Context(), e.Hash)
	if err != nil || string(plain) != "a signature" || e.Size != 11 {
		t.Errorf("%q, %v", plain, err)
	}
	if _, err := s.Blob(t.Context(), [32]byte{1}); app.CodeOf(err) != app.StorageBlob {
		t.Errorf("one that is not here: %v", err)
	}
	files, err := filepath.Glob(filepath.Join(s.Dir(), "blobs", "*", "*"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)-1] ^= 1
	if err := os.WriteFile(files[0], b, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Blob(t.Context(), e.Hash); app.CodeOf(err) != app.StorageBlob {
		t.Errorf("a changed one: %v", err)
	}
	s.Lock()
	if _, err := s.Blob(t.Context(), e.Hash); app.CodeOf(err) != app.VaultLocked {
		t.Errorf("with the vault locked: %v", err)
	}
}

const victim = "LOKET_TEST_VICTIM"

// TestVictim is the program that is killed: it saves and tells each save that was reported done.
func TestVictim(t *testing.T) {
	dir := os.Getenv(victim)
	if dir == "" {
		t.Skip("runs as a child of TestNothingReportedSavedIsLost")
	}
	s, err := kiosk.Open(t.Context(), dir, app.SystemClock{})
	if err != nil {
		t.Fatal(err)
	}
	_, m := founded(t, s)
	for i := 0; ; i++ {
		m.Operator.ID = fmt.Sprintf("v%d-%d", os.Getpid(), i)
		m.Slot.Operator = m.Operator.ID
		if err := s.AddMember(t.Context(), app.Author{}, m); err != nil {
			t.Fatal(err)
		}
		seq, _ := s.Head()
		fmt.Println("saved", seq)
	}
}

// founded begins the kiosk, or signs in to it where it has begun, and gives a member to add.
func founded(t *testing.T, s *kiosk.Store) (*vault.Key, vault.Member) {
	t.Helper()
	key, keys, first := storagetest.Founding(t)
	if s.Chain() == (app.Chain{}) {
		if err := s.Begin(t.Context(), storagetest.Chain, key, keys, first); err != nil {
			t.Fatal(err)
		}
		return key, first
	}
	m, err := s.Member(t.Context(), storagetest.Supervisor.ID)
	if err != nil {
		t.Fatal(err)
	}
	c, err := m.Slot.Open(vault.Opener{PIN: storagetest.PIN, Machine: storagetest.Machine})
	if err != nil {
		t.Fatal(err)
	}
	s.Unlock(c.Key)
	return c.Key, first
}

// A program that is killed in the middle of saving loses nothing that it reported, and leaves a
// journal whose chain checks.
func TestNothingReportedSavedIsLost(t *testing.T) {
	dir := t.TempDir()
	for round := range 4 {
		last := killAfter(t, dir, 3+7*round)
		s, err := kiosk.Open(t.Context(), dir, app.SystemClock{})
		if err != nil {
			t.Fatal(err)
		}
		device, err := s.Device(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.CheckChain(t.Context(), device, nil); err != nil {
			t.Error(err)
		}
		founded(t, s)
		if seq, _ := s.Head(); seq < last {
			t.Errorf("round %d: entry %d was reported saved, the journal ends at %d", round, last, seq)
		}
		if _, err := s.Part(t.Context(), last); err != nil {
			t.Errorf("round %d: the part of entry %d: %v", round, last, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// killAfter starts the victim, kills it after so many saves and gives the last number it told.
func killAfter(t *testing.T, dir string, saves int) (last uint64) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestVictim$") //nolint:gosec // ourselves
	cmd.Env = append(os.Environ(), victim+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		number, ok := strings.CutPrefix(lines.Text(), "saved ")
		if !ok {
			t.Fatal(lines.Text())
		}
		if last, err = strconv.ParseUint(number, 10, 64); err != nil {
			t.Fatal(err)
		}
		if saves--; saves == 0 {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err == nil || last == 0 {
		t.Fatal("the victim was not killed at work")
	}
	return last
}
