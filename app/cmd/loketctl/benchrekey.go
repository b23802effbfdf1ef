package main

import (
	"context"
	"errors"
	"math"
	"sync"

	"loket/app"
	"loket/app/access"
	"loket/app/cmd/people"
	"loket/app/counter"
)

// The promise about a change of keys: whoever saves meanwhile waits no longer.
const rekeyTarget = 300.0 // ms

// benchRekey changes the keys of a kiosk that holds a regency's list, while somebody types.
func benchRekey(ctx context.Context, b *bench) ([]figure, error) {
	s, err := b.at(ctx)
	if err != nil {
		return nil, err
	}
	if b.listed == 0 {
		n := 150_000
		if b.quick {
			n = 1500
		}
		if _, err := b.taken(ctx, asText(people.New(3, app.DateOf(b.now())).Rows(n, listRegion))); err != nil {
			return nil, err
		}
	}
	leaves, err := s.desk.Door.AddOperator(ctx, s.desk.Session(), access.Newcomer{Name: "WAHYU ANGGARA", PIN: "736402", Role: app.RoleOfficer, Agency: app.AgencyInsurer})
	if err != nil {
		return nil, err
	}
	longest, begun, took, err := s.changeKeys(ctx, leaves.ID)
	detail := map[string]float64{"people": float64(b.listed), "begun_ms": begun, "pieces_s": (took - begun) / 1000}
	return []figure{figureOf("rekey", "ms", rekeyTarget, longest, detail)}, err
}

// changeKeys removes somebody and goes on until the last piece; it says in ms how long the longest save of
// a draft took meanwhile, how long until the new keys held, and all of it.
func (s *stall) changeKeys(ctx context.Context, operator string) (longest, begun, took float64, err error) {
	during, stop := context.WithCancel(ctx)
	var typing sync.WaitGroup
	var typed error
	typing.Go(func() {
		for typed == nil && during.Err() == nil {
			var save float64
			save, typed = timed(func() error {
				d := counter.NewDraft(app.SourceWalkIn)
				d.ID = "bench" // always the same one
				return s.desk.Counter.SaveDraft(ctx, s.session.Operator, d)
			})
			longest = max(longest, save)
		}
	})
	took, err = timed(func() error {
		var err error
		if begun, err = timed(func() error { return s.desk.RemoveOperator(ctx, s.desk.Session(), operator) }); err != nil {
			return err
		}
		_, err = s.desk.Store.Reseal(ctx, math.MaxInt)
		return err
	})
	stop()
	typing.Wait()
	return longest, begun, took, errors.Join(err, typed)
}
