package console

import (
	"cmp"
	"maps"
	"slices"

	"loket/app"
	"loket/app/office/books"
)

// codeRow is how often a code was given, against the most frequent.
type codeRow struct {
	Code app.Code
	N    int
	Bar  bar
}

// warnings are the codes that reject nobody.
var warnings = map[app.Code]bool{
	app.NIKBirthDateDiffers: true, app.NIKSexDiffers: true, app.BirthDateFromNIK: true, app.NIKRegionOld: true,
	app.PhoneShared: true, app.PhoneInvalid: true, app.VillageGuessed: true, app.OtherPayer: true,
}

// codeRows parts what rejects from what only warns, the most frequent first.
func codeRows(counts []books.CodeCount) (reject, warn []codeRow) {
	most := 0
	for _, c := range counts {
		most = max(most, c.N)
	}
	for _, c := range counts {
		row := codeRow{c.Code, c.N, bar{Good: c.N * thousand / most}}
		if warnings[c.Code] {
			warn = append(warn, row)
		} else {
			reject = append(reject, row)
		}
	}
	return reject, warn
}

// codesOf orders counts as the books do.
func countsOf(codes map[app.Code]int) []books.CodeCount {
	var all []books.CodeCount
	for _, code := range slices.SortedFunc(maps.Keys(codes), func(a, b app.Code) int { return cmp.Or(cmp.Compare(codes[b], codes[a]), cmp.Compare(a, b)) }) {
		all = append(all, books.CodeCount{Code: code, N: codes[code]})
	}
	return all
}
