package identity

import (
	"strconv"
	"strings"

	"loket/app"
)

// Likeness is what two people's records have in common. A person decides what it means: twins have
// neighbouring NIKs, and one person can hold two e-KTPs.
type Likeness struct {
	SameNIK       bool
	NearNIK       bool // one digit differs, two neighbours are swapped, or the numbers follow each other
	SameName      bool // after folding
	NearName      bool // a slip of one or two letters
	SameBirthDate bool
	SameMother    bool
}

// Ask says whether a person should be asked if the two are one. One digit alone is too little:
// in a district many NIKs differ by a single digit of the birth date.
func (l Likeness) Ask() bool {
	name := l.SameName || l.NearName
	return l.SameNIK ||
		l.SameName && l.SameBirthDate ||
		l.NearNIK && name ||
		l.SameBirthDate && l.SameMother && (l.NearNIK || l.NearName)
}

// Compare says what two people have in common. What is missing on a side is never in common.
func Compare(a, b app.Person) Likeness {
	nameA, nameB := FoldName(a.Name), FoldName(b.Name)
	motherA, motherB := FoldName(a.MotherName), FoldName(b.MotherName)
	nikA, nikB := CleanDigits(a.NIK), CleanDigits(b.NIK)
	return Likeness{
		SameNIK:       nikA != "" && nikA == nikB,
		NearNIK:       nearNIK(nikA, nikB),
		SameName:      nameA != "" && nameA == nameB,
		NearName:      nearName(nameA, nameB),
		SameBirthDate: a.BirthDate.Known() && a.BirthDate == b.BirthDate,
		SameMother:    motherA != "" && motherA == motherB,
	}
}

func nearNIK(a, b string) bool {
	if !digits(a, 16) || !digits(b, 16) || a == b {
		return false
	}
	first := 0
	for a[first] == b[first] {
		first++
	}
	if a[first+1:] == b[first+1:] || followEachOther(a, b) {
		return true
	}
	return first < 15 && a[first] == b[first+1] && a[first+1] == b[first] && a[first+2:] == b[first+2:]
}

// followEachOther says whether two people of one district, birth date and sex have neighbouring serials,
// as twins have: 0009 and 0010 differ in two digits.
func followEachOther(a, b string) bool {
	if a[:12] != b[:12] {
		return false
	}
	m, errM := strconv.Atoi(a[12:])
	n, errN := strconv.Atoi(b[12:])
	return errM == nil && errN == nil && (m-n == 1 || n-m == 1)
}

// nearName allows one slip in a short name and two in a long one; very short names must be equal.
func nearName(a, b string) bool {
	a, b = strings.ReplaceAll(a, " ", ""), strings.ReplaceAll(b, " ", "")
	limit := min(2, min(len(a), len(b))/5)
	return limit > 0 && a != b && Distance(a, b, limit) <= limit
}
