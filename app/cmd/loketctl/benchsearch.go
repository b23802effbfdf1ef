package main

import (
	"context"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"time"

	"loket/app"
	"loket/app/cmd/people"
	"loket/app/counter"
)

// The promises about search as one types.
const (
	searchTarget      = 10.0  // ms a key over 150,000 people
	searchLargeTarget = 30.0  // ms a key over 1,000,000
	indexTarget       = 150.0 // bytes a person
)

// benchSearch types into an index of a regency and into one of a province.
func benchSearch(_ context.Context, b *bench) ([]figure, error) {
	few, many := 150_000, 1_000_000
	if b.quick {
		few, many = 1000, 3000
	}
	before := heap()
	c := throng{people.New(7, app.DateOf(b.now())), rand.New(rand.NewPCG(7, 7)), 0}
	x := counter.NewIndex()
	c.fill(x, few)
	figures := []figure{searchFigure("search", searchTarget, x, c.asked())}
	c.fill(x, many)
	figures = append(figures, searchFigure("search_large", searchLargeTarget, x, c.asked()))
	bytes := float64(heap()-before) / float64(x.Len())
	runtime.KeepAlive(x)
	return append(figures, figureOf("index", "bytes", indexTarget, bytes, map[string]float64{"people": float64(x.Len())})), nil
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// throng is a crowd in which every third person has a word in the name that hardly anybody else has,
// as real lists have.
type throng struct {
	crowd *people.Crowd
	r     *rand.Rand
	last  int
}

func (c *throng) fill(x *counter.Index, until int) {
	for ; x.Len() < until; c.last++ {
		x.Put(c.somebody())
	}
}

func (c *throng) somebody() app.Registration {
	chain := app.Chain{Kiosk: 417, Incarnation: 1}
	r := app.Registration{
		ID: app.EntryID{Chain: chain, Seq: uint64(c.last + 1)}, Number: app.ProvisionalNumber{Chain: chain, Counter: uint32(c.last % 1_000_000)},
		State: app.Captured, Member: app.MemberNumber("26" + digits(c.r, 9)), Record: c.crowd.WalkIn(),
	}
	if c.r.IntN(3) == 0 {
		r.Record.Person.Name += " " + c.rare()
	}
	return r
}

func digits(r *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = '0' + byte(r.IntN(10))
	}
	return string(b)
}

var syllables = strings.Fields("BA BI BU CA CI DA DE DI DU FA FI GA GU HA HE HI IN JA JU KA KI KU LA LE LI LU MA ME MI MU NA NI NU PA PI PU RA RE RI RU SA SE SI SU TA TI TU UM WA WI YA YU ZA ZI ZU")

func (c *throng) rare() string {
	var name strings.Builder
	for range 3 {
		name.WriteString(syllables[c.r.IntN(len(syllables))])
	}
	return name.String()
}

// asked is what people type: names, NIKs, KPJs, phones and slips of the finger, key after key.
func (c *throng) asked() (keys []string) {
	texts := []string{"muhamad yusuf", "siti am", "a", "zizuya", "bambamg", "tidak ada orang begini", "PS 00417-01-000123"}
	for range 8 {
		r := c.somebody()
		texts = append(texts, strings.ToLower(r.Record.Person.Name), r.Record.Person.NIK, string(r.Member), "0"+r.Record.Reach.Phone[3:])
	}
	for _, text := range texts {
		for n := range len(text) {
			keys = append(keys, text[:n+1])
		}
	}
	return keys
}

// searchFigure is the key that takes longest, each by the median of some runs.
func searchFigure(name string, target float64, x *counter.Index, keys []string) figure {
	var all []float64
	for _, key := range keys {
		var runs []float64
		for range 5 {
			runs = append(runs, millis(func() { x.Find(key, 50) }))
		}
		all = append(all, median(runs))
	}
	worst := slices.Max(all)
	alike := millis(func() {
		x.Alike(app.Person{NIK: "6471014510900003", Name: "SITI AMINAH", BirthDate: app.Date{Year: 1990, Month: 10, Day: 5}})
	})
	return figureOf(name, "ms", target, worst, map[string]float64{"middle_ms": median(all), "keys": float64(len(keys)), "people": float64(x.Len()), "alike_ms": alike})
}

// millis is how long something takes that cannot fail.
func millis(do func()) float64 {
	start := time.Now()
	do()
	return time.Since(start).Seconds() * 1000
}
