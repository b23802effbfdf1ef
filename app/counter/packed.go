package counter

import (
	"strings"
	"time"

	"loket/app"
)

// packed is everybody of an index in columns: numbers as decimal digits in 64 bits, words by their
// place in a dictionary. A person takes about 100 bytes, and looking at everybody is a walk along
// columns that a processor does in milliseconds, so that nothing need be sorted or rebuilt.
type packed struct {
	id       []uint64 // kiosk, incarnation, seq; greater is newer
	nik      []uint64 // digits from the left
	member   []uint64 // digits from the left
	phone    []uint64 // digits from the left, without the country's
	number   []uint64 // digits from the right
	born     []uint32
	village  []uint32 // in villages
	standing []uint8  // in standings
	text     []span   // in words

	words     []uint32 // of each person: folded name, name, mother's name
	folded    dictionary
	shown     dictionary
	villages  dictionary
	standings []standing
	places    places
}

// span is where somebody's words stand, and how many are of what.
type span struct {
	from                 uint32
	folded, name, mother uint8
}

func (s span) len() int { return int(s.folded) + int(s.name) + int(s.mother) }

type standing struct {
	state app.RegistrationState
	cover app.Cover
}

// dictionary gives words numbers in the order in which they come.
type dictionary struct {
	number map[string]uint32
	all    []string
}

func (d *dictionary) of(word string) uint32 {
	if n, known := d.number[word]; known {
		return n
	}
	if d.number == nil {
		d.number = map[string]uint32{}
	}
	n := uint32(len(d.all))
	word = strings.Clone(word) // not the whole name that it was cut from
	d.number[word] = n
	d.all = append(d.all, word)
	return n
}

// put writes somebody's row, in the old place where the id is known.
func (p *packed) put(r app.Registration, folded string) {
	id := packID(r.ID)
	i, known := p.places.of(id, p.id)
	if !known {
		i = p.grow(id)
	}
	person := r.Record.Person
	p.nik[i] = fromLeft(person.NIK)
	p.member[i] = fromLeft(string(r.Member))
	p.phone[i] = fromLeft(strings.TrimPrefix(r.Record.Reach.Phone, "+62"))
	p.number[i] = fromRight(r.Number.Digits())
	p.born[i] = packDate(person.BirthDate)
	p.village[i] = p.villages.of(r.Record.Address.Village)
	p.standing[i] = p.standingOf(standing{r.State, r.Cover})
	p.putText(i, strings.Fields(folded), strings.Fields(person.Name), strings.Fields(person.MotherName))
}

func (p *packed) grow(id uint64) uint32 {
	i := uint32(len(p.id))
	p.id = append(p.id, id)
	p.places.add(p.id)
	p.nik, p.member, p.phone, p.number = append(p.nik, 0), append(p.member, 0), append(p.phone, 0), append(p.number, 0)
	p.born, p.village, p.standing, p.text = append(p.born, 0), append(p.village, 0), append(p.standing, 0), append(p.text, span{})
	return i
}

// mostWords is how many words of a name are kept; nobody has more.
const mostWords = 255

// putText writes somebody's words where the old ones stood, or at the end when they are more.
func (p *packed) putText(i uint32, folded, name, mother []string) {
	folded, name, mother = folded[:min(len(folded), mostWords)], name[:min(len(name), mostWords)], mother[:min(len(mother), mostWords)]
	s := span{p.text[i].from, uint8(len(folded)), uint8(len(name)), uint8(len(mother))}
	if s.len() > p.text[i].len() {
		s.from = uint32(len(p.words))
		p.words = append(p.words, make([]uint32, s.len())...)
	}
	p.text[i] = s
	room := p.words[s.from:][:0:s.len()]
	for _, w := range folded {
		room = append(room, p.folded.of(w))
	}
	for _, w := range name {
		room = append(room, p.shown.of(w))
	}
	for _, w := range mother {
		room = append(room, p.shown.of(w))
	}
}

func (p *packed) standingOf(s standing) uint8 {
	for i, have := range p.standings {
		if have == s {
			return uint8(i)
		}
	}
	p.standings = append(p.standings, s)
	return uint8(len(p.standings) - 1)
}

// foldedWords are the numbers of somebody's folded words.
func (p *packed) foldedWords(i int) []uint32 {
	s := p.text[i]
	return p.words[s.from : s.from+uint32(s.folded)]
}

// spell puts words together again.
func (p *packed) spell(numbers []uint32) string {
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = p.shown.all[n]
	}
	return strings.Join(words, " ")
}

func (p *packed) person(i int) app.Person {
	s := p.text[i]
	words := p.words[s.from+uint32(s.folded):]
	return app.Person{
		NIK: digitsLeft(p.nik[i]), BirthDate: unpackDate(p.born[i]),
		Name: p.spell(words[:s.name]), MotherName: p.spell(words[s.name:][:s.mother]),
	}
}

func (p *packed) hit(i int) Hit {
	person, st := p.person(i), p.standings[p.standing[i]]
	return Hit{
		ID: unpackID(p.id[i]), Number: unpackNumber(p.number[i]), Member: app.MemberNumber(digitsLeft(p.member[i])),
		State: st.state, Cover: st.cover, Name: person.Name, NIK: person.NIK, Born: person.BirthDate,
		Village: p.villages.all[p.village[i]],
	}
}

// packID has 17 bits of the kiosk, 7 of the incarnation and 40 of the seq.
func packID(id app.EntryID) uint64 {
	return uint64(id.Kiosk)<<47 | uint64(id.Incarnation)<<40 | id.Seq&(1<<40-1)
}

func unpackID(v uint64) app.EntryID {
	chain := app.Chain{Kiosk: app.Kiosk(v >> 47), Incarnation: app.Incarnation(v >> 40 & 0x7f)}
	return app.EntryID{Chain: chain, Seq: v & (1<<40 - 1)}
}

func packDate(d app.Date) uint32 { return uint32(d.Year)<<9 | uint32(d.Month)<<5 | uint32(d.Day) }

func unpackDate(v uint32) app.Date {
	return app.Date{Year: int(v >> 9), Month: time.Month(v >> 5 & 0xf), Day: int(v & 0x1f)}
}

// none is a number that somebody does not have. No digit is fifteen.
const none = ^uint64(0)

// fromLeft packs up to 16 digits, four bits each, from the left; the rest is filled with fifteens. So
// the beginning of a number is compared with one mask.
func fromLeft(digits string) uint64 {
	if !onlyDigits(digits) || len(digits) > 16 {
		return none
	}
	v := none
	for i := range len(digits) {
		shift := 60 - 4*i
		v = v&^(0xf<<shift) | uint64(digits[i]-'0')<<shift
	}
	return v
}

func digitsLeft(v uint64) string {
	var b [16]byte
	for i := range b {
		d := byte(v >> (60 - 4*i) & 0xf)
		if d > 9 {
			return string(b[:i])
		}
		b[i] = '0' + d
	}
	return string(b[:])
}

// fromRight packs up to 16 digits so that the end of a number is compared with one mask.
func fromRight(digits string) uint64 {
	if !onlyDigits(digits) || len(digits) > 16 {
		return none
	}
	v := uint64(0)
	for i := range len(digits) {
		v = v<<4 | uint64(digits[i]-'0')
	}
	return v
}

// decimal reads some of the digits of a number that was packed from the right.
func decimal(v uint64, from, count int) (n uint64) {
	for i := range count {
		n = 10*n + v>>(4*(from-i))&0xf
	}
	return n
}

// unpackNumber reads 13 digits: five of the kiosk, two of its life, six of the counter.
func unpackNumber(v uint64) app.ProvisionalNumber {
	chain := app.Chain{Kiosk: app.Kiosk(decimal(v, 12, 5)), Incarnation: app.Incarnation(decimal(v, 7, 2))}
	return app.ProvisionalNumber{Chain: chain, Counter: uint32(decimal(v, 5, 6))}
}
