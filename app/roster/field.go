package roster

import (
	"slices"
	"strings"

	"loket/app/identity"
)

// Field is what a column holds.
type Field uint8

// The fields. Ignored is a column that is known and not needed, or not known at all.
const (
	Ignored Field = iota
	Number        // the running number
	NIK
	FamilyCard // No. KK
	Name
	Mother
	BirthPlace
	BirthDate
	Birth    // "TTL": place and date in one cell
	BirthDay // the date in three columns
	BirthMonth
	BirthYear
	Sex
	IsMale // a column "L" to be ticked
	IsFemale
	Street
	RTRW
	RT
	RW
	Village
	District
	Phone
	Occupation
	Heir // the family contact
	Note
	fieldCount
)

// fieldKeys name the fields in data and in the keys of words.
var fieldKeys = [fieldCount]string{
	"", "number", "nik", "family_card", "name", "mother", "birth_place", "birth_date", "birth", "birth_day", "birth_month", "birth_year",
	"sex", "is_male", "is_female", "street", "rt_rw", "rt", "rw", "village", "district", "phone", "occupation", "heir", "note",
}

// Key is the key of the field's name in words: "roster.field.nik".
func (f Field) Key() string { return "roster.field." + fieldKeys[min(f, fieldCount-1)] }

// Fields lists the fields in the order in which a screen offers them.
var Fields = []Field{
	Ignored, NIK, Name, BirthDate, Birth, BirthPlace, Sex, Village, District, Street, RTRW, RT, RW, Phone, Occupation,
	Mother, FamilyCard, Heir, Note, Number, BirthDay, BirthMonth, BirthYear, IsMale, IsFemale,
}

// titleWords are words of column titles and the word that stands for their meaning. Other words of
// a title say nothing.
var titleWords = meanings(map[string]string{
	"no":      "no nomor nomer nmr num",
	"nik":     "nik ktp noktp nonik ektp kependudukan",
	"id":      "identitas",
	"kk":      "kk nokk nkk",
	"card":    "kartu",
	"family":  "keluarga",
	"head":    "kepala hubungan status hub shdk",
	"name":    "nama nm name",
	"mother":  "ibu",
	"kin":     "ayah bapak suami istri isteri pasangan orangtua ortu anak wali",
	"heir":    "waris",
	"other":   "bank rekening rek instansi perusahaan kelompok terbit berlaku npwp agama pendidikan umur usia penghasilan jumlah email iuran bpjs kepesertaan kabupaten kab provinsi prov kota pos usul gaji koordinator petugas",
	"file":    "foto scan lampiran fotokopi fc file link",
	"place":   "tempat tmpt tmp tpt tmpat tp",
	"date":    "tanggal tgl tg tggl",
	"born":    "lahir kelahiran lhr born birth",
	"ttl":     "ttl",
	"day":     "hari hr",
	"month":   "bulan bln",
	"year":    "tahun thn th",
	"sex":     "kelamin jk lp gender sex jnskel jenkel",
	"village": "desa kelurahan kel ds lurah desakelurahan kelurahandesa village",
	"hamlet":  "dusun lingkungan alamat jalan domisili rumah address almt",
	"dist":    "kecamatan kec district",
	"phone":   "hp handphone hape telp telepon telpon tlp tlpn wa whatsapp kontak phone ponsel nohp notelp notlp seluler",
	"work":    "pekerjaan profesi pencaharian job occupation pekerja",
	"trade":   "usaha kerja",
	"kind":    "jenis bidang",
	"note":    "keterangan ket catatan note notes",
	"order":   "urut",
	"rt":      "rt",
	"rw":      "rw",
	"l":       "l lk",
	"p":       "p pr",
})

func meanings(table map[string]string) map[string]string {
	words := map[string]string{}
	for meaning, all := range table {
		for _, w := range strings.Fields(all) {
			words[w] = meaning
		}
	}
	return words
}

// longTitle is how many letters a column title has at most; longer cells are sentences.
const longTitle = 80

// FieldOf finds what a column title means, tolerant of spelling and of what else it says.
func FieldOf(title string) Field {
	if len(title) > longTitle {
		return Ignored
	}
	m := meaning{}
	words := strings.Fields(identity.Plain(title))
	if len(words) > 2 && !slices.ContainsFunc(words, func(w string) bool { return len(w) > 1 }) {
		words = []string{strings.Join(words, "")} // N A M A
	}
	for _, w := range words {
		m[meaningOf(w)] = true
	}
	if len(words) == 1 && (m["l"] || m["p"]) {
		return map[bool]Field{true: IsMale, false: IsFemale}[m["l"]]
	}
	for _, rule := range titleRules {
		if rule.fits(m) {
			return rule.field
		}
	}
	return Ignored
}

// meaningOf is the meaning of a word, also with one slip of the pen in a long one.
func meaningOf(word string) string {
	if known, ok := titleWords[word]; ok {
		return known
	}
	if len(word) < 5 {
		return "?"
	}
	best := ""
	for w := range titleWords {
		if len(w) >= 5 && (best == "" || w < best) && identity.Distance(word, w, 1) <= 1 {
			best = w // the first in the alphabet, so that the answer is always the same
		}
	}
	if best == "" {
		return "?"
	}
	return titleWords[best]
}

type meaning map[string]bool

func (m meaning) all(words ...string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !m[w] })
}

func (m meaning) any(words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return m[w] })
}

// titleRule says which words make a title mean a field.
type titleRule struct {
	field Field
	fits  func(m meaning) bool
}

// titleRules are asked in this order; the first that fits decides.
var titleRules = []titleRule{
	{Heir, func(m meaning) bool { return m["heir"] && !m["phone"] && !m["nik"] && !m["head"] }},
	{Ignored, func(m meaning) bool { return m["heir"] }},
	{Mother, func(m meaning) bool { return m["mother"] && !m["nik"] && !m["born"] }},
	{Ignored, func(m meaning) bool { return m.any("kin", "mother") }},
	{Birth, func(m meaning) bool { return m["ttl"] || m.all("place", "date") }},
	{BirthDay, func(m meaning) bool { return m.all("born", "day") && !m.any("month", "year") }},
	{BirthMonth, func(m meaning) bool { return m.all("born", "month") && !m["year"] }},
	{BirthYear, func(m meaning) bool { return m.all("born", "year") && !m["month"] }},
	{BirthPlace, func(m meaning) bool { return m.all("place", "born") || m["born"] && m["village"] }},
	{BirthDate, func(m meaning) bool { return m["born"] || m["date"] && len(m) == 1 }},
	{Ignored, func(m meaning) bool {
		return m["file"] || m["other"] && !m.any("village", "dist", "nik", "work") || m["family"] && m["head"]
	}},
	{FamilyCard, func(m meaning) bool { return m["kk"] && !m["name"] || m.all("card", "family") }},
	{Name, func(m meaning) bool {
		return m["name"] && !m.any("trade", "village", "dist", "kk", "family", "place", "other")
	}},
	{Phone, func(m meaning) bool { return m["phone"] }},
	{Village, func(m meaning) bool { return m["village"] && !m["hamlet"] && !m["head"] }},
	{District, func(m meaning) bool { return m["dist"] && !m["hamlet"] && !m["head"] }},
	{Street, func(m meaning) bool { return m["hamlet"] && !m["place"] }},
	{RTRW, func(m meaning) bool { return m.all("rt", "rw") }},
	{RT, func(m meaning) bool { return m["rt"] }},
	{RW, func(m meaning) bool { return m["rw"] }},
	{NIK, func(m meaning) bool { return m["nik"] && !m.any("date", "head") || m.all("no", "id") }},
	{Sex, func(m meaning) bool { return m["sex"] || m.all("l", "p") || m.all("kind", "l") }},
	{Occupation, func(m meaning) bool {
		return m["work"] && !m.any("no", "place", "date", "name") || m.all("kind", "trade")
	}},
	{Note, func(m meaning) bool { return m["note"] }},
	{Number, func(m meaning) bool { return m["no"] && len(m) == 1 || m["order"] }},
}
