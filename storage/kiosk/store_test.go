package kiosk_test

import (
	"testing"

	"loket/app"
	"loket/storage/storagetest"
)

func TestKioskKeepsItsPromises(t *testing.T) {
	storagetest.RunKiosk(t, func(t *testing.T, dir string, clock app.Clock) storagetest.KioskStore {
		s, err := openKiosk(t, dir, clock)
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}
