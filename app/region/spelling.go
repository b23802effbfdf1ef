package region

import (
	"slices"
	"strings"
	"unicode"

	"loket/app/identity"
)

// spelling is a name as the search sees it.
type spelling struct {
	plain string // words in lower case, kind words out: "sangatta utara"
	key   string // abbreviations written out, doubled letters single, no spaces: "sangatautara"
	turns string // the words that tell neighbouring villages apart: "utara"
}

// spelled is a village with its spelling.
type spelled struct {
	entry
	spelling
}

// kindWords stand before names and say only what the place is.
var kindWords = strings.Fields("desa ds dsa kelurahan kel lurah provinsi prov kabupaten kab kota kecamatan kec")

// fullWords are the abbreviations that lists use, written out.
var fullWords = map[string]string{
	"utr": "utara", "ut": "utara", "sel": "selatan", "slt": "selatan", "sltn": "selatan",
	"tim": "timur", "tmr": "timur", "brt": "barat", "bar": "barat", "tgh": "tengah", "teng": "tengah",
	"hilir": "ilir", "hlr": "ilir", "hulu": "ulu", "hl": "ulu", "dlm": "dalam", "br": "baru", "bru": "baru",
	"tj": "tanjung", "tg": "tanjung", "tjg": "tanjung", "tanj": "tanjung", "tlk": "teluk", "tl": "teluk",
	"ma": "muara", "mr": "muara", "mra": "muara", "gn": "gunung", "gng": "gunung", "gg": "gunung",
	"sei": "sungai", "sg": "sungai", "sgt": "sangatta", "sgta": "sangatta", "bt": "batu", "bkt": "bukit",
	"lg": "long", "lng": "long", "bpn": "balikpapan", "bppn": "balikpapan", "smd": "samarinda", "pl": "pulau",
	"kp": "kampung", "kmp": "kampung", "kpg": "kampung",
	"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10",
}

// turning words must agree before a name may be guessed: Sepaso Timur is not Sepaso Barat.
var turning = strings.Fields("utara selatan timur barat tengah ulu ilir dalam luar atas bawah baru lama raya kota induk 1 2 3 4 5 6 7 8 9 10")

// oldLetters are spellings that sound the same.
var oldLetters = strings.NewReplacer("oe", "u", "dj", "j", "tj", "c", "q", "k", "v", "p", "f", "p", "kh", "k", "bh", "b", "dh", "d")

func spell(name string) spelling {
	words := strings.Fields(identity.Plain(name))
	for len(words) > 1 && slices.Contains(kindWords, words[0]) {
		words = words[1:]
	}
	s := spelling{plain: strings.Join(words, " ")}
	var key, turns []string
	for _, w := range words {
		if full, ok := fullWords[w]; ok {
			w = full
		}
		key = append(key, w)
		if slices.Contains(turning, w) {
			turns = append(turns, w)
		}
	}
	s.key, s.turns = single(oldLetters.Replace(strings.Join(key, ""))), strings.Join(turns, " ")
	return s
}

// single writes doubled letters once: Sangatta, Sangata.
func single(s string) string {
	var b strings.Builder
	var last rune
	for _, r := range s {
		if r != last || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// distance tells how far a text is from a name: 0 the same words, 1 the same but for spelling,
// 2 and 3 one or two slips of the pen. Otherwise ok is false.
func (s spelling) distance(name spelling) (int, bool) {
	switch {
	case s.plain == name.plain:
		return 0, true
	case s.key == name.key:
		return 1, true
	case s.turns != name.turns:
		return 0, false
	}
	limit := 0
	switch n := min(len(s.key), len(name.key)); {
	case n >= 9:
		limit = 2
	case n >= 5:
		limit = 1
	}
	d := identity.Distance(s.key, name.key, limit)
	return 1 + d, d <= limit && limit > 0
}

// villages gives the villages of a regency with their spellings, made once.
func (t *Table) villages(regency string) []spelled {
	if known, ok := t.folded.Load(regency); ok {
		return known.([]spelled)
	}
	var all []spelled
	for _, e := range t.within(regency, 3) {
		all = append(all, spelled{e, spell(e.name)})
	}
	if all != nil {
		t.folded.Store(regency, all)
	}
	return all
}
