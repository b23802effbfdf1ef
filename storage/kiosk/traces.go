package kiosk

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"loket/app"
	"loket/app/sealed"
	"loket/storage/witness"
)

// traces are what lies beside the database and tells of it.
type traces struct {
	words   []witness.Word               // of this folder or this journal
	mark    *restoredMark                // the folder was restored
	batches map[app.Chain][]uint64       // sealed batches in the outbox
	fetched sealed.Place                 // frames up to here were fetched
	frames  map[app.Chain][]sealed.Place // frames that wait in the inbox
	office  app.Chain                    // which life the carrier speaks for; zero: none
	some    bool                         // a kiosk has worked in this folder
}

// readTraces looks at everything but the database.
func readTraces(dir string, at *witness.Place) (t traces, err error) {
	if t.mark, err = markOf(dir); err != nil {
		return t, err
	}
	if at != nil {
		if t.words, err = at.Words(); err != nil {
			return t, err
		}
	}
	t.batches = sealedIn(filepath.Join(dir, "outbox"))
	t.frames = laidOut(filepath.Join(dir, "inbox"), ".frame", sealed.Place.Compare, func(name string) (sealed.Place, bool) {
		p, ok := sealed.ParsePlace(name)
		return p, ok && p.Number > 0
	})
	if b, err := os.ReadFile(filepath.Join(dir, "inbox", "cursor")); err == nil {
		if p, ok := sealed.ParsePlace(strings.TrimSpace(string(b))); ok {
			t.fetched = p
		}
	}
	t.office = officeChain(dir)
	t.some = t.mark != nil || len(t.batches) > 0 || len(t.frames) > 0 || t.fetched.Number > 0 || t.office != (app.Chain{}) || anyOf(dir,
		witness.Name, "carrier/transport.key", "carrier/enrol-request", "carrier/enrol-answer", "blobs/*", "outbox/att/*.att", "loket.db-wal", "loket.db.before-*")
	return t, nil
}

// sealedIn lists the sealed batches in an outbox, rising.
func sealedIn(outbox string) map[app.Chain][]uint64 {
	return laidOut(outbox, ".batch", cmp.Compare[uint64], func(name string) (uint64, bool) {
		n, err := strconv.ParseUint(name, 10, 64)
		return n, err == nil && n > 0
	})
}

func anyOf(dir string, patterns ...string) bool {
	for _, p := range patterns {
		if found, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(p))); err == nil && len(found) > 0 {
			return true
		}
	}
	return false
}

// laidOut lists the files "00417-01-000007.batch" of a folder by their life, rising.
func laidOut[T any](dir, suffix string, compare func(a, b T) int, parse func(name string) (T, bool)) map[app.Chain][]T {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	all := map[app.Chain][]T{}
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), suffix)
		if !ok || !e.Type().IsRegular() || len(name) < 10 || name[8] != '-' {
			continue
		}
		what, fine := parse(name[9:])
		if chain, ok := chainOf(name[:8]); ok && fine {
			all[chain] = append(all[chain], what)
		}
	}
	for _, found := range all {
		slices.SortFunc(found, compare)
	}
	return all
}

// chainOf reads "00417-01".
func chainOf(text string) (app.Chain, bool) {
	var kiosk, life int
	if n, err := fmt.Sscanf(text, "%5d-%2d", &kiosk, &life); err != nil || n != 2 || kiosk < 1 || life < 1 {
		return app.Chain{}, false
	}
	c := app.Chain{Kiosk: app.Kiosk(kiosk), Incarnation: app.Incarnation(life)}
	return c, c.String() == text
}

func officeChain(dir string) app.Chain {
	var o struct {
		Kiosk uint32 `json:"kiosk"`
		Life  uint8  `json:"incarnation"`
	}
	b, err := os.ReadFile(filepath.Join(dir, "carrier", "office.json"))
	if err != nil || json.Unmarshal(b, &o) != nil {
		return app.Chain{}
	}
	return app.Chain{Kiosk: app.Kiosk(o.Kiosk), Incarnation: app.Incarnation(o.Life)}
}

// life is the newest life of which the traces tell; zero where they name none.
func (t traces) life() app.Chain {
	life := t.office
	later := func(c app.Chain) {
		if c.Incarnation > life.Incarnation || life.Kiosk == 0 {
			life = c
		}
	}
	for _, w := range t.words {
		later(w.Chain())
	}
	for c := range t.batches {
		later(c)
	}
	for c := range t.frames {
		later(c)
	}
	if t.mark != nil && t.mark.From.Kiosk != 0 {
		later(t.mark.From.Chain())
	}
	return life
}

// unknown are the sealed batches of a life that come after the newest one that its database knows.
func (t traces) unknown(life app.Chain, newest uint64) []uint64 {
	numbers := t.batches[life]
	for i, n := range numbers {
		if n > newest {
			return numbers[i:]
		}
	}
	return nil
}
