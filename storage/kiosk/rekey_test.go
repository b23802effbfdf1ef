package kiosk_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"loket/app"
	"loket/app/vault"
	"loket/storage/storagetest"
)

// Screens keep drafts at every key press, also while the keys change: whatever was kept is sealed under
// the key that is kept.
func TestWhatIsWrittenWhileTheKeysChangeIsRead(t *testing.T) {
	s := storagetest.Open(t, t.TempDir(), storagetest.NewClock())
	key, first := founded(t, s)
	keys, err := s.Secrets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var typing sync.WaitGroup
	for i := range 4 {
		typing.Go(func() {
			for n := range 60 {
				if err := s.SaveDraft(t.Context(), fmt.Sprint(i, "-", n), []byte("typed")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 3 {
		key = key.Next()
		next := vault.Rekeying{Next: key, Keys: vault.Secrets{Device: vault.NewSigner(), Issuing: vault.NewSigner(), Opening: keys.Opening}}
		if err := s.Rekey(t.Context(), first.Operator.Author(), next); err != nil {
			t.Fatal(err)
		}
	}
	typing.Wait()
	encoded, err := vault.EncodeKey(key)
	if err != nil {
		t.Fatal(err)
	}
	s.Lock() // which forgets the keys
	if key, err = vault.DecodeKey(encoded); err != nil {
		t.Fatal(err)
	}
	s.Unlock(key)
	drafts, err := s.Drafts(t.Context())
	if err != nil || len(drafts) != 4*60 {
		t.Errorf("%d drafts, %v", len(drafts), err)
	}
}

// A pass that the disk has spoiled does not keep the keys from being changed.
func TestASpoiledPassIsLeftOut(t *testing.T) {
	s := storagetest.Open(t, t.TempDir(), storagetest.NewClock())
	_, first := founded(t, s)
	by, now := first.Operator.Author(), time.Now()
	e, err := s.OpenEvent(t.Context(), by, app.Event{ID: "abc234", Name: "Bazar", From: now, Until: now.Add(time.Hour), Tasks: app.EventTasks})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 2 {
		p := vault.Pass{ID: vault.PassID{byte(n + 1)}, Event: e.ID, Tasks: app.EventTasks, From: e.From, Until: e.Until, Slot: []byte("slot")}
		if err := s.PutPass(t.Context(), by, p, "LOKETIZIN1", [32]byte{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.SpoilPass(t.Context(), vault.PassID{1}); err != nil {
		t.Fatal(err)
	}
	texts, err := s.UnusedPasses(t.Context())
	if err != nil || len(texts) != 1 || texts[vault.PassID{2}] != "LOKETIZIN1" {
		t.Errorf("%v, %v", texts, err)
	}
}
