package counter

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"loket/app"
	"loket/app/identity"
)

// plainIndex is the index as one would write it first: a list of registrations that is looked through.
type plainIndex map[app.EntryID]app.Registration

func (x plainIndex) find(text string, limit int) (ids []app.EntryID) {
	words, digits := strings.Fields(identity.FoldName(text)), digitsOf(text)
	for id, r := range x {
		if digits != "" && x.numbered(r, digits) || digits == "" && len(words) > 0 && x.named(r, words) {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b app.EntryID) int { return cmp.Compare(packID(b), packID(a)) })
	return ids[:min(limit, len(ids))]
}

func (x plainIndex) numbered(r app.Registration, digits string) bool {
	if len(digits) < minDigits {
		return false
	}
	phone := strings.TrimPrefix(strings.TrimPrefix(digits, "62"), "0")
	return strings.HasPrefix(r.Record.Person.NIK, digits) || strings.HasPrefix(string(r.Member), digits) ||
		strings.HasSuffix(r.Number.Digits(), digits) ||
		phone != "" && strings.HasPrefix(strings.TrimPrefix(r.Record.Reach.Phone, "+62"), phone)
}

func (x plainIndex) named(r app.Registration, words []string) bool {
	for _, word := range words {
		if !begins(r.Record.Person.Name, word) && (x.anybody(word) || !slips(r.Record.Person.Name, word)) {
			return false
		}
	}
	return true
}

func (x plainIndex) anybody(word string) bool {
	for _, r := range x {
		if begins(r.Record.Person.Name, word) {
			return true
		}
	}
	return false
}

func begins(name, word string) bool { return strings.Contains(" "+identity.FoldName(name), " "+word) }

func slips(name, word string) bool {
	return slices.ContainsFunc(strings.Fields(identity.FoldName(name)), func(known string) bool {
		return len(word) >= shortest && known[0] == word[0] && identity.Distance(known, word, 1) <= 1
	})
}

func (x plainIndex) alike(p app.Person) (ids []app.EntryID) {
	for id, r := range x {
		if identity.Compare(p, r.Record.Person).Ask() {
			ids = append(ids, id)
		}
	}
	return ids
}

var (
	anyWord  = rapid.SampledFrom(strings.Fields("SITI AMINAH AMINAN AMI MUHAMMAD MOH. YUSUF YUSUP H. ANDI ANDIKA, S.PD RENÉ"))
	anyDigit = rapid.StringOfN(rapid.RuneFrom([]rune("0164")), 16, 16, 16)
)

func anyName(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(anyWord, 1, 3).Draw(t, "name"), " ")
}

func anyRegistration(t *rapid.T) app.Registration {
	r := somebody(rapid.IntRange(1, 30).Draw(t, "n"), anyName(t), anyDigit.Draw(t, "nik"), "")
	r.ID.Incarnation = rapid.SampledFrom([]app.Incarnation{1, 2}).Draw(t, "life")
	r.Record.Person.MotherName = anyName(t)
	r.Record.Person.BirthDate.Day = rapid.IntRange(1, 2).Draw(t, "day")
	if rapid.Bool().Draw(t, "phone") {
		r.Record.Reach.Phone = "+62" + anyDigit.Draw(t, "phone")[:11]
	}
	if rapid.Bool().Draw(t, "no member") {
		r.Member = ""
	}
	return r
}

func anyQuery(t *rapid.T) string {
	if rapid.Bool().Draw(t, "by number") {
		return anyDigit.Draw(t, "digits")[:rapid.IntRange(0, 16).Draw(t, "how many")]
	}
	name := anyName(t)
	return name[:rapid.IntRange(0, len(name)).Draw(t, "letters")]
}

func TestTheIndexIsAsTheListThatIsLookedThrough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, plain := NewIndex(), plainIndex{}
		for range rapid.IntRange(1, 40).Draw(t, "puts") {
			r := anyRegistration(t)
			x.Put(r)
			plain[r.ID] = r
		}
		if x.Len() != len(plain) {
			t.Fatalf("%d people, want %d", x.Len(), len(plain))
		}
		query, limit := anyQuery(t), rapid.IntRange(1, 10).Draw(t, "limit")
		want, got := plain.find(query, limit), []app.EntryID(nil)
		for _, h := range x.Find(query, limit) {
			got = append(got, h.ID)
			if r := plain[h.ID]; h.Name != r.Record.Person.Name || h.NIK != r.Record.Person.NIK || h.Member != r.Member ||
				h.Number != r.Number || h.Born != r.Record.Person.BirthDate || h.State != r.State {
				t.Fatalf("%+v is not %+v", h, r)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%q: %v, want %v", query, got, want)
		}
		p := anyRegistration(t).Record.Person
		for _, id := range plain.alike(p) {
			alike := x.Alike(p)
			if !slices.ContainsFunc(alike, func(l Likeness) bool { return l.ID == id }) {
				t.Fatalf("%v is alike and not found", id)
			}
		}
		if len(x.Alike(p)) != len(plain.alike(p)) {
			t.Fatal("some are alike to the index alone")
		}
	})
}
