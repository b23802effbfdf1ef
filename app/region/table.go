// Package region knows the provinces, regencies and cities, districts and villages of Indonesia by
// their official codes (64.08.04.2001), and finds them by names that people spell in their own way.
package region

import (
	"bytes"
	"compress/gzip"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"loket/app"
	"loket/app/identity"
	"loket/assets"
)

// Kind is what a place is.
type Kind string

// The kinds of places. The screens' words stand under region.<kind>.
const (
	Province  Kind = "province"
	Regency   Kind = "regency"
	City      Kind = "city"
	District  Kind = "district"
	Desa      Kind = "desa"
	Kelurahan Kind = "kelurahan"
)

// Place is one place together with the names of what it lies in.
type Place struct {
	Code    string
	Name    string
	Kind    Kind
	Parents []string // from the nearest outwards: district, regency, province
}

// Label is the place as people write it: "Manggar, Balikpapan Timur, Kota Balikpapan". The
// province is named for a regency only.
func (p Place) Label() string {
	parents := p.Parents
	if len(parents) > 1 {
		parents = parents[:len(parents)-1]
	}
	return strings.Join(append([]string{p.Name}, parents...), ", ")
}

// Table holds all places, in the order of their codes. It is read by many and never changes.
type Table struct {
	places []entry
	folded sync.Map // regency code -> []spelled, made when a search first needs it
}

// entry is a place in the table. number is its code, filled with zeros to ten digits, so that a
// place stands just before what lies in it.
type entry struct {
	number uint64
	level  uint8 // 0 province, 1 regency, 2 district, 3 village
	name   string
}

// Load is the table that ships with the programs, unpacked once.
var Load = sync.OnceValue(func() *Table {
	t, err := Parse(assets.Regions)
	if err != nil {
		// The file is embedded and tested: a broken one cannot reach a user.
		panic(err)
	}
	return t
})

// Digits of a code by level, and what one step in a level is worth in entry.number.
var (
	width = [4]int{2, 2, 2, 4}
	step  = [4]uint64{1e8, 1e6, 1e4, 1}
)

// maxTable bounds what a packed table may unfold to: all of Indonesia needs about 2 MB.
const maxTable = 16 << 20

// Parse unpacks a table: gzip of lines in the order of the codes, one tab for each level below
// the province, the place's own part of the code, a space and its name.
func Parse(packed []byte) (*Table, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, app.Wrap("region.Parse", app.RegionsBroken, err)
	}
	b, err := io.ReadAll(io.LimitReader(z, maxTable+1))
	if err != nil {
		return nil, app.Wrap("region.Parse", app.RegionsBroken, err)
	}
	if len(b) > maxTable {
		return nil, app.Fail(app.RegionsBroken)
	}
	return parseLines(string(b))
}

func parseLines(text string) (*Table, error) {
	t := &Table{places: make([]entry, 0, strings.Count(text, "\n"))}
	var last uint64
	above := -1
	for text != "" {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		e, ok := parseLine(line, last)
		if !ok || int(e.level) > above+1 || e.number <= last {
			return nil, app.Fail(app.RegionsBroken)
		}
		t.places = append(t.places, e)
		last, above = e.number, int(e.level)
	}
	if len(t.places) == 0 {
		return nil, app.Fail(app.RegionsBroken)
	}
	return t, nil
}

// parseLine reads one line; last is the number of the line before, which gives the outer levels.
func parseLine(line string, last uint64) (entry, bool) {
	level := 0
	for level < len(line) && line[level] == '\t' {
		level++
	}
	if level > 3 || len(line) < level+width[level]+2 {
		return entry{}, false
	}
	line = line[level:]
	own, err := strconv.ParseUint(line[:width[level]], 10, 64)
	if err != nil || own == 0 || line[width[level]] != ' ' {
		return entry{}, false
	}
	outer := uint64(0)
	if level > 0 {
		outer = last / step[level-1] * step[level-1]
	}
	return entry{number: outer + own*step[level], level: uint8(level), name: line[width[level]+1:]}, true
}

// parseCode reads "64.08.04.2001" or "6408042001", and the shorter codes.
func parseCode(code string) (number uint64, level int, ok bool) {
	code = identity.CleanDigits(code)
	level = slices.Index([]int{2, 4, 6, 10}, len(code))
	if level < 0 || strings.Trim(code, "0123456789") != "" {
		return 0, 0, false
	}
	n, err := strconv.ParseUint(code, 10, 64)
	return n * step[level], level, err == nil
}

func formatCode(number uint64, level uint8) string {
	s := strconv.FormatUint(number+1e10, 10)[1:]
	switch level {
	case 0:
		return s[:2]
	case 1:
		return s[:2] + "." + s[2:4]
	case 2:
		return s[:2] + "." + s[2:4] + "." + s[4:6]
	}
	return s[:2] + "." + s[2:4] + "." + s[4:6] + "." + s[6:]
}

// at finds the index of a place, or where it would stand.
func (t *Table) at(number uint64) (int, bool) {
	return slices.BinarySearchFunc(t.places, number, func(e entry, n uint64) int {
		switch {
		case e.number < n:
			return -1
		case e.number > n:
			return 1
		}
		return 0
	})
}

// Len is the number of places.
func (t *Table) Len() int { return len(t.places) }
