package identity

import (
	"slices"
	"strings"
)

// CleanName is a name as the record keeps it: without control characters, spaces folded, upper
// case as on the e-KTP. Titles stay; a single word is a name. A filler becomes "".
func CleanName(s string) string {
	if Filler(s) {
		return ""
	}
	return strings.ToUpper(strings.Trim(CleanSpaces(s), "' \""))
}

// Titles that stand before and behind a name, without dots. "St." before a name is short for Siti
// in Sulawesi, so "st" is a title only behind it.
var (
	titlesBefore = strings.Fields("h hj haji hajjah hajah kh kyai kiai ust ustad ustadz ustaz ustadzah dr drs dra drg drh ir prof tn ny nn sdr sdri bpk bapak ibu alm almh almarhum almarhumah")
	titlesBehind = strings.Fields("alm almh spd spdi spdsd se sei sh shi st stp skom ssos sag ssi sip skm skep sfarm sp spt shut spi stp sstp sst ssn ss sik sked spsi sthi amd amdkeb amdkep ama amak amk mpd mpdi msi mm mmt mh mhum mt msc mkes mkom mag map mba mse phd dr ners apt lc bsc cht dipl str strkeb")
)

// sameWord are short and old forms of the names that many people share.
var sameWord = map[string]string{
	"muh": "muhammad", "moh": "muhammad", "mohd": "muhammad", "mhd": "muhammad", "muhd": "muhammad", "muhamad": "muhammad",
	"mohamad": "muhammad", "mohammad": "muhammad", "mohamed": "muhammad", "muhammed": "muhammad",
	"mochamad": "muhammad", "mochammad": "muhammad", "muchamad": "muhammad", "muchammad": "muhammad", "moch": "muhammad", "much": "muhammad",
	"achmad": "ahmad", "akhmad": "ahmad", "abd": "abdul", "abdoel": "abdul",
	"st": "siti", "sitti": "siti", "sti": "siti",
}

// oldSpelling turns the spelling before 1972 into today's.
var oldSpelling = strings.NewReplacer("oe", "u", "dj", "j", "tj", "c", "sj", "sy", "nj", "ny")

// FoldName is a name as matching sees it: titles out, marks and case gone, short and old forms of
// common names made one. It never empties a name: "H." alone stays "h".
func FoldName(s string) string {
	words := withoutTitles(s)
	for i, w := range words {
		if same, ok := sameWord[w]; ok {
			w = same
		}
		words[i] = oldSpelling.Replace(w)
	}
	return strings.Join(words, " ")
}

func withoutTitles(s string) []string {
	words := nameWords(s)
	for len(words) > 1 && slices.Contains(titlesBefore, words[0]) {
		words = words[1:]
	}
	for len(words) > 1 {
		last := words[len(words)-1]
		if slices.Contains(titlesBehind, last) {
			words = words[:len(words)-1]
			continue
		}
		// "S. Pd" with a space in it
		if len(words) > 2 && slices.Contains(titlesBehind, words[len(words)-2]+last) {
			words = words[:len(words)-2]
			continue
		}
		break
	}
	return words
}

// nameWords parts a name at spaces and commas. Dots inside a word belong to it, so that "S.Pd"
// becomes "spd"; a dot that ends an abbreviation before a longer word parts ("H.Andi").
func nameWords(s string) []string {
	var words []string
	for _, field := range strings.FieldsFunc(CleanSpaces(s), func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '/' }) {
		joined := strings.ReplaceAll(Plain(field), " ", "")
		if slices.Contains(titlesBehind, joined) {
			words = append(words, joined)
			continue
		}
		words = append(words, strings.Fields(Plain(field))...)
	}
	return words
}
