package roster

import (
	"slices"
	"strings"

	"loket/app/identity"
)

// layout is where the fields stand in a sheet, by field; -1 for nowhere.
type layout [fieldCount]int

func layoutOf(columns []Column) *layout {
	var l layout
	for f := range l {
		l[f] = -1
	}
	for i, c := range columns {
		if c.Field != Ignored && c.Field < fieldCount && l[c.Field] < 0 {
			l[c.Field] = i
		}
	}
	return &l
}

// get is the cell of a field; an empty one where the sheet has no such column.
func (l *layout) get(cells []cell, f Field) cell {
	i := l[f]
	if i < 0 || i >= len(cells) || cells[i].kind == wrong {
		return cell{}
	}
	return cells[i]
}

// size counts the fields that the sheet has.
func (l *layout) size() int {
	n := 0
	for _, i := range l {
		if i >= 0 {
			n++
		}
	}
	return n
}

// isPerson says whether a row below the header is about a person, and not an empty numbered line,
// the numbers of the columns, a total, or a date and signatures. closed says that a total or a
// signature stood above: then only a number makes a person.
func (l *layout) isPerson(cells []cell, closed bool) bool {
	nik, name := l.get(cells, NIK).text, l.get(cells, Name).text
	if digits(nik) >= 10 && !strings.HasPrefix(strings.ToLower(tidy(nik)), "nip") {
		return true
	}
	known := l.filled(cells)
	if known < 2 || counting(cells) {
		return false
	}
	if digits(l.get(cells, Number).text) == 0 && (closed || closing(cells, known < 4) || known < min(4, l.size()-1)) {
		return false
	}
	return filledText(nik) || filledText(name) || known-l.printed(cells) >= 2
}

// filled counts the cells of known columns that hold something.
func (l *layout) filled(cells []cell) int {
	n := 0
	for _, i := range l {
		if i >= 0 && i < len(cells) && filledText(cells[i].text) {
			n++
		}
	}
	return n
}

// printed counts what a form has in its empty lines too: the number and the place.
func (l *layout) printed(cells []cell) int {
	n := 0
	for _, f := range []Field{Number, Village, District} {
		if filledText(l.get(cells, f).text) {
			n++
		}
	}
	return n
}

func filledText(s string) bool { return strings.TrimSpace(s) != "" }

// counting says that the row only numbers the columns: 1, 2, 3 ... or (1), (2), (3).
func counting(cells []cell) bool {
	n := 0
	for _, c := range cells {
		s := strings.Trim(c.text, "() .")
		if s == "" {
			continue
		}
		if len(s) > 2 || strings.Trim(s, "0123456789") != "" {
			return false
		}
		n++
	}
	return n >= 3
}

// closingWords begin what stands below the last row of a list.
var closingWords = strings.Fields("jumlah jml total subtotal grand sub mengetahui menyetujui mengesahkan kepala lurah camat bupati walikota sekretaris ketua nip ttd tertanda dibuat disetujui diketahui petugas operator")

// closing says that a row belongs to a total or to the signatures: by its first cell, or by any.
func closing(cells []cell, anywhere bool) bool {
	for _, c := range cells {
		if !filledText(c.text) {
			continue
		}
		word, _, _ := strings.Cut(identity.Plain(c.text), " ")
		if slices.Contains(closingWords, word) {
			return true
		}
		if !anywhere {
			return false
		}
	}
	return false
}

// heading gives the text of a row with one cell that names a village for the rows below it.
func heading(cells []cell) (string, bool) {
	found := ""
	for _, c := range cells {
		if !filledText(c.text) {
			continue
		}
		if found != "" || c.kind != text {
			return "", false
		}
		found = c.text
	}
	word, rest, _ := strings.Cut(identity.Plain(found), " ")
	return found, rest != "" && slices.Contains([]string{"desa", "kelurahan", "kel", "ds"}, word)
}
