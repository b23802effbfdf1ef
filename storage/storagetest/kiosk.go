// Package storagetest holds the suites that every store must pass, and stores to test with.
package storagetest

import (
	"sync"
	"testing"
	"time"

	"loket/app"
	"loket/app/sealed"
	"loket/app/vault"
	"loket/storage/kiosk"
)

// The kiosk, supervisor and machine of tests. The person is invented.
var (
	Chain      = app.Chain{Kiosk: 417, Incarnation: 1}
	Supervisor = app.Operator{ID: "dl", Name: "DEWI LESTARI", Role: app.RoleSupervisor, Agency: app.AgencyInsurer}
	Machine    = vault.Machine("the secret of a machine in tests")
	Cost       = vault.Cost{Memory: 8, Time: 1} // no protection, and fast
	PIN        = "83640219"
)

// AtWork tells that the supervisor is signed in.
func AtWork() app.Operator { return Supervisor }

// Clock is a clock that stands still until it is told.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// NewClock starts on a Friday afternoon in November 2026, in Balikpapan.
func NewClock() *Clock {
	return &Clock{at: time.Date(2026, 11, 20, 14, 5, 0, 0, time.FixedZone("WITA", 8*3600))}
}

// Now is the clock's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Add moves the clock, also back.
func (c *Clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// Founding is what a kiosk begins with: its data key, its keys, and the supervisor with a slot
// that PIN opens on Machine.
func Founding(t testing.TB) (*vault.Key, vault.Secrets, vault.Member) {
	t.Helper()
	key, signer := vault.NewKey(), vault.NewSigner()
	m := vault.Member{Operator: Supervisor}
	m.Operator.Key = vault.Public(signer)
	var err error
	if m.Label, err = Machine.SealLabel(m.Operator.ID, m.Operator.Name); err != nil {
		t.Fatal(err)
	}
	by := vault.Opener{PIN: PIN, Machine: Machine}
	if m.Slot, err = vault.SealSlot(m.Operator.ID, by, Cost, vault.Contents{Key: key, Signer: signer}); err != nil {
		t.Fatal(err)
	}
	opening, err := sealed.NewOpeningKey()
	if err != nil {
		t.Fatal(err)
	}
	return key, vault.Secrets{Device: vault.NewSigner(), Issuing: vault.NewSigner(), Opening: opening.Bytes()}, m
}

// Kiosk opens a fresh store that has begun, with the vault open. It is closed with the test.
func Kiosk(t testing.TB, clock app.Clock) *kiosk.Store {
	t.Helper()
	s := Open(t, t.TempDir(), clock)
	key, keys, first := Founding(t)
	if err := s.Begin(t.Context(), Chain, key, keys, first); err != nil {
		t.Fatal(err)
	}
	return s
}

// Open opens the store in a folder. It is closed with the test.
func Open(t testing.TB, dir string, clock app.Clock) *kiosk.Store {
	t.Helper()
	s, err := kiosk.Open(t.Context(), dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
