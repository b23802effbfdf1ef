package machine

import (
	"testing"

	"loket/app/vault"
)

func TestATryCostsWhatTheMemoryAllows(t *testing.T) {
	for bytes, want := range map[uint64]vault.Cost{
		0: vault.DefaultCost, 4 << 30: vault.DefaultCost, 7 << 30: vault.LargeCost, 16 << 30: vault.LargeCost,
	} {
		if got := costFor(bytes); got != want {
			t.Errorf("%d bytes: %+v", bytes, got)
		}
	}
	if memory() < 64<<20 {
		t.Errorf("this computer has %d bytes", memory())
	}
}
