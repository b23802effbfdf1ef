package years_test

import (
	"testing"

	"loket/app/cmd/years"
)

// The first months, with a changed key, lost cards and a replaced computer in them. Ten years are lived by
// `loketctl simulate years`.
func TestTheFirstMonths(t *testing.T) {
	r, err := years.Run(t.Context(), years.Options{Years: 1, Seed: 3, Weeks: 14, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Faults) > 0 || r.GoodCardsRed+r.BadCardsGreen+r.Lost+r.Doubled != 0 {
		t.Errorf("%+v", r)
	}
	if r.Cards < 250 || r.BadCards < 50 || r.KeyChanges < 3 || r.Lives < 5 {
		t.Errorf("too little was lived through: %+v", r)
	}
	if r.Passed() {
		t.Error("so little says nothing, and passed")
	}
}
