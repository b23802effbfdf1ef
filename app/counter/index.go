package counter

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"sync"

	"loket/app"
	"loket/app/identity"
)

// Index finds people by what is personal about them. It is built in memory after sign-in and never
// touches the disk; signing out drops it.
type Index struct {
	mu     sync.RWMutex
	people packed
}

// Hit is one registration in a list of found ones.
type Hit struct {
	ID      app.EntryID
	Number  app.ProvisionalNumber
	Member  app.MemberNumber
	State   app.RegistrationState
	Cover   app.Cover
	Name    string
	NIK     string
	Born    app.Date
	Village string
}

// Likeness is a registration that may be the person who is being typed.
type Likeness struct {
	Hit
	What    identity.Likeness
	Outcome Comparison // "" while nobody has judged it
}

// NewIndex is an empty index.
func NewIndex() *Index { return &Index{} }

// Put adds a registration or replaces what is known of it.
func (x *Index) Put(r app.Registration) {
	folded := identity.FoldName(r.Record.Person.Name)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.people.put(r, folded)
}

// Len is the number of registrations known.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.people.id)
}

// Clear forgets everybody.
func (x *Index) Clear() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.people = packed{}
}

// Alike lists who on this kiosk may be the same person, the surest first. Withdrawn registrations
// count too: who comes back should be found.
func (x *Index) Alike(p app.Person) []Likeness {
	x.mu.RLock()
	defer x.mu.RUnlock()
	born, nik := packDate(p.BirthDate), fromLeft(p.NIK)
	known := p.BirthDate.Known()
	var alike []Likeness
	for i := range x.people.id {
		near := known && x.people.born[i] == born || closeNIK(x.people.nik[i], nik)
		if !near {
			continue
		}
		if what := identity.Compare(p, x.people.person(i)); what.Ask() {
			alike = append(alike, Likeness{Hit: x.people.hit(i), What: what})
		}
	}
	slices.SortFunc(alike, func(a, b Likeness) int {
		return cmp.Or(cmp.Compare(b.weight(), a.weight()), cmp.Compare(packID(b.ID), packID(a.ID)))
	})
	return alike
}

func (l Likeness) weight() int {
	weight := 0
	for i, has := range []bool{l.What.SameMother, l.What.NearName, l.What.SameName, l.What.SameBirthDate, l.What.NearNIK, l.What.SameNIK} {
		if has {
			weight += 1 << i
		}
	}
	return weight
}

// closeNIK is the cheap look before the real comparison: both are whole, and at most two digits differ.
func closeNIK(a, b uint64) bool {
	if a&0xf == 0xf || b&0xf == 0xf {
		return false
	}
	differ := a ^ b
	differ |= differ >> 2
	differ |= differ >> 1
	return bits.OnesCount64(differ&0x1111111111111111) <= 2
}

// Find lists registrations that fit a text: words of a name, a NIK, a KPJ, a provisional number or
// a phone, or the beginning of one. The newest come first. A word that nobody's name begins with may
// have one slip.
func (x *Index) Find(text string, limit int) []Hit {
	words := strings.Fields(identity.FoldName(text))
	if len(words) == 0 || limit <= 0 {
		return nil
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	var fits func(i int) bool
	if digits := digitsOf(text); digits != "" {
		fits = x.people.numbered(digits)
	} else {
		fits = x.people.named(words)
	}
	if fits == nil {
		return nil
	}
	places := x.people.newest(fits, limit)
	hits := make([]Hit, len(places))
	for n, i := range places {
		hits[n] = x.people.hit(i)
	}
	return hits
}

// newest lists the places of who fits, by id, the greatest first.
func (p *packed) newest(fits func(i int) bool, limit int) []int {
	var places []int
	byID := func(i int, id uint64) int { return cmp.Compare(id, p.id[i]) }
	for i := len(p.id) - 1; i >= 0; i-- {
		full := len(places) == limit
		if full && p.id[i] < p.id[places[limit-1]] || !fits(i) {
			continue
		}
		if full {
			places = places[:limit-1]
		}
		at, _ := slices.BinarySearchFunc(places, p.id[i], byID)
		places = slices.Insert(places, at, i)
	}
	return places
}

// mostMarks is how many words of a text count.
const mostMarks = 16

// named fits whose name has a word for each word of a text: one that begins with it. Nil: nobody.
func (p *packed) named(words []string) func(i int) bool {
	words = words[:min(len(words), mostMarks)]
	marks := make([]uint16, len(p.folded.all))
	for bit, word := range words {
		if !p.mark(marks, 1<<bit, func(known string) bool { return strings.HasPrefix(known, word) }) &&
			!p.mark(marks, 1<<bit, slipOf(word)) {
			return nil
		}
	}
	all := uint16(1)<<len(words) - 1
	return func(i int) bool {
		has := uint16(0)
		for _, n := range p.foldedWords(i) {
			has |= marks[n]
		}
		return has == all
	}
}

// mark notes which known words fit, and whether any does.
func (p *packed) mark(marks []uint16, bit uint16, fits func(string) bool) (any bool) {
	for n, known := range p.folded.all {
		if fits(known) {
			marks[n] |= bit
			any = true
		}
	}
	return any
}

// shortest is how long a word must be to be found in spite of a slip.
const shortest = 5

// slipOf fits words that differ by one slip behind the first letter.
func slipOf(word string) func(string) bool {
	return func(known string) bool {
		return len(word) >= shortest && known[0] == word[0] && len(known) <= len(word)+1 && len(known) >= len(word)-1 &&
			identity.Distance(known, word, 1) <= 1
	}
}

// minDigits keeps a single digit from finding everybody.
const minDigits = 3

// numbered fits who has a number that begins, or a provisional one that ends, with these digits.
func (p *packed) numbered(digits string) func(i int) bool {
	if len(digits) < minDigits || len(digits) > 16 {
		return nil
	}
	begin, front := fromLeft(digits), masked(digits)
	end, back := fromRight(digits), none>>(64-4*len(digits))
	local := strings.TrimPrefix(strings.TrimPrefix(digits, "62"), "0")
	phone, ahead := fromLeft(local), masked(local)
	return func(i int) bool {
		return (p.nik[i]^begin)&front == 0 || (p.member[i]^begin)&front == 0 || (p.number[i]^end)&back == 0 ||
			local != "" && (p.phone[i]^phone)&ahead == 0
	}
}

// masked covers as many digits from the left as a text has.
func masked(digits string) uint64 { return ^(none >> (4 * len(digits))) }

// digitsOf is the number in a text that is a number: "PS 00417-01-000123", "0812 5566", "6471...".
func digitsOf(text string) string {
	text = strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(text)), "PS")
	cleaned := identity.CleanDigits(strings.TrimPrefix(strings.TrimSpace(text), "+"))
	if !onlyDigits(cleaned) {
		return ""
	}
	return cleaned
}
