package counter

import (
	"cmp"
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
	people []indexed
	at     map[app.EntryID]int
	born   map[app.Date][]int
}

// indexed is what the index keeps of a registration, ready for comparing.
type indexed struct {
	hit    Hit
	person app.Person
	folded string // name, as matching sees it
	phone  string // digits
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
func NewIndex() *Index {
	return &Index{at: map[app.EntryID]int{}, born: map[app.Date][]int{}}
}

// Put adds a registration or replaces what is known of it.
func (x *Index) Put(r app.Registration) {
	p := r.Record.Person
	entry := indexed{
		hit: Hit{
			ID: r.ID, Number: r.Number, Member: r.Member, State: r.State, Cover: r.Cover,
			Name: p.Name, NIK: p.NIK, Born: p.BirthDate, Village: r.Record.Address.Village,
		},
		person: p, folded: identity.FoldName(p.Name), phone: strings.TrimPrefix(r.Record.Reach.Phone, "+62"),
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if i, known := x.at[r.ID]; known {
		x.people[i] = entry
		if !slices.Contains(x.born[p.BirthDate], i) {
			x.born[p.BirthDate] = append(x.born[p.BirthDate], i)
		}
		return
	}
	i := len(x.people)
	x.people = append(x.people, entry)
	x.at[r.ID] = i
	x.born[p.BirthDate] = append(x.born[p.BirthDate], i)
}

// Len is the number of registrations known.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.people)
}

// Clear forgets everybody.
func (x *Index) Clear() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.people, x.at, x.born = nil, map[app.EntryID]int{}, map[app.Date][]int{}
}

// Alike lists who on this kiosk may be the same person, the surest first. Withdrawn registrations
// count too: who comes back should be found.
func (x *Index) Alike(p app.Person) []Likeness {
	x.mu.RLock()
	defer x.mu.RUnlock()
	candidates := map[int]bool{}
	if p.BirthDate.Known() {
		for _, i := range x.born[p.BirthDate] {
			candidates[i] = true
		}
	}
	for i := range x.people {
		if closeNIK(x.people[i].person.NIK, p.NIK) {
			candidates[i] = true
		}
	}
	var alike []Likeness
	for i := range candidates {
		if what := identity.Compare(p, x.people[i].person); what.Ask() {
			alike = append(alike, Likeness{Hit: x.people[i].hit, What: what})
		}
	}
	slices.SortFunc(alike, func(a, b Likeness) int {
		return cmp.Or(cmp.Compare(b.weight(), a.weight()), cmp.Compare(b.ID.Seq, a.ID.Seq))
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

// closeNIK is the cheap look before the real comparison: at most two places differ.
func closeNIK(a, b string) bool {
	if len(a) != 16 || len(b) != 16 {
		return false
	}
	differ := 0
	for i := range 16 {
		if a[i] != b[i] {
			if differ++; differ > 2 {
				return false
			}
		}
	}
	return true
}

// Find lists registrations that fit a text: words of a name, a NIK, a KPJ, a provisional number or
// a phone, or the beginning of one. The newest come first.
func (x *Index) Find(text string, limit int) []Hit {
	words := strings.Fields(identity.FoldName(text))
	digits := digitsOf(text)
	if len(words) == 0 {
		return nil
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	var hits []Hit
	for i := len(x.people) - 1; i >= 0 && len(hits) < limit; i-- {
		if p := &x.people[i]; p.hasNumber(digits) || digits == "" && p.hasWords(words) {
			hits = append(hits, p.hit)
		}
	}
	return hits
}

// hasWords says whether each word begins a word of the name.
func (p *indexed) hasWords(words []string) bool {
	for _, word := range words {
		if !strings.HasPrefix(p.folded, word) && !strings.Contains(p.folded, " "+word) {
			return false
		}
	}
	return true
}

// minDigits keeps a single digit from finding everybody.
const minDigits = 3

func (p *indexed) hasNumber(digits string) bool {
	if len(digits) < minDigits {
		return false
	}
	phone := strings.TrimPrefix(strings.TrimPrefix(digits, "62"), "0")
	return strings.HasPrefix(p.hit.NIK, digits) ||
		strings.HasPrefix(string(p.hit.Member), digits) ||
		strings.HasSuffix(p.hit.Number.Digits(), digits) ||
		phone != "" && strings.HasPrefix(p.phone, phone)
}

// digitsOf is the number in a text that is a number: "PS 00417-01-000123", "0812 5566", "6471...".
func digitsOf(text string) string {
	text = strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(text)), "PS")
	cleaned := identity.CleanDigits(strings.TrimPrefix(strings.TrimSpace(text), "+"))
	if !onlyDigits(cleaned) {
		return ""
	}
	return cleaned
}
