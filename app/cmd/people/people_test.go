package people_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"loket/app"
	"loket/app/cmd/people"
	"loket/app/counter"
	"loket/app/region"
	"loket/app/scheme"
)

var now = time.Date(2026, 11, 20, 14, 5, 0, 0, time.FixedZone("WITA", 8*3600))

// Every invented person can be registered, and hardly any two are alike.
func TestACrowdCanBeRegistered(t *testing.T) {
	crowd, again := people.New(1, app.DateOf(now)), people.New(1, app.DateOf(now))
	rules := counter.Rules{Scheme: scheme.Embedded(), Regions: region.Load()}
	names, phones := map[string]bool{}, map[string]bool{}
	const n = 500
	for range n {
		rec := crowd.WalkIn()
		i := counter.Inspect(people.Form(rec), rules, now)
		if err := i.Refusal(); err != nil {
			t.Fatalf("%v: %v, missing %v, %v", rec, err, i.Missing, i.Problems)
		}
		if d := cmp.Diff(again.WalkIn(), rec); d != "" {
			t.Fatal("the same seed gives others:", d)
		}
		names[rec.Person.Name], phones[rec.Reach.Phone] = true, true
	}
	if len(names) < n*9/10 || len(phones) < n*9/10 {
		t.Errorf("of %d people %d names and %d phones", n, len(names), len(phones))
	}
}
