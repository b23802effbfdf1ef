package program

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"loket/app"
	"loket/app/roster"
)

// Verdict is a judged list, counted so that pages of it can be shown at once. It is made away from
// the window and never changed.
type Verdict struct {
	Result                     *roster.Result
	Accepted, Rejected, Warned int // rows; warned ones among the accepted
	Codes                      []CodeCount
	Spellings                  []Spelling
}

// CodeCount is a code and the rows that it was given to.
type CodeCount struct {
	Code    app.Code
	Rejects bool
	Rows    []int32 // indexes of the result's rows
}

// Spelling is a way in which the list writes a village that is not its name: guessed, or not known.
type Spelling struct {
	Typed   string
	Village string // the code that was taken; "" for none
	Rows    int
}

// Judged counts a result.
func Judged(r *roster.Result) *Verdict {
	v := &Verdict{Result: r}
	at := map[app.Code]int{}
	note := func(code app.Code, rejects bool, row int) {
		i, ok := at[code]
		if !ok {
			i = len(v.Codes)
			at[code] = i
			v.Codes = append(v.Codes, CodeCount{Code: code, Rejects: rejects})
		}
		v.Codes[i].Rows = append(v.Codes[i].Rows, int32(row))
	}
	for i := range r.Rows {
		row := &r.Rows[i]
		switch {
		case !row.Accepted():
			v.Rejected++
		case len(row.Warnings) > 0:
			v.Accepted++
			v.Warned++
		default:
			v.Accepted++
		}
		for _, code := range row.Reasons {
			note(code, true, i)
		}
		for _, code := range row.Warnings {
			note(code, false, i)
		}
	}
	slices.SortStableFunc(v.Codes, func(a, b CodeCount) int {
		return cmp.Or(-compareBool(a.Rejects, b.Rejects), cmp.Compare(len(b.Rows), len(a.Rows)), cmp.Compare(a.Code, b.Code))
	})
	v.Spellings = spellings(r)
	return v
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// spellings are the villages to look at, those on the most rows first.
func spellings(r *roster.Result) []Spelling {
	var all []Spelling
	for _, g := range r.Guesses() {
		all = append(all, Spelling{g.Typed, g.Village, g.Rows})
	}
	unknown := map[string]int{}
	for i := range r.Rows {
		row := &r.Rows[i]
		if row.Village != "" && slices.Contains(row.Reasons, app.VillageUnknown) {
			unknown[row.Village]++
		}
	}
	for typed, rows := range unknown {
		all = append(all, Spelling{Typed: typed, Rows: rows})
	}
	slices.SortFunc(all, func(a, b Spelling) int {
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Typed, b.Typed), cmp.Compare(a.Village, b.Village))
	})
	return all
}

// Settled adds the spellings that somebody has decided on before: they are no guesses any more, and
// stay in sight to be taken back.
func (v *Verdict) Settled(decided map[string]string) *Verdict {
	rows := map[string]int{}
	for i := range v.Result.Rows {
		typed := v.Result.Rows[i].Village
		if _, ok := decided[typed]; ok {
			rows[typed]++
		}
	}
	for _, typed := range slices.Sorted(maps.Keys(rows)) {
		if !slices.ContainsFunc(v.Spellings, func(s Spelling) bool { return s.Typed == typed }) {
			v.Spellings = append(v.Spellings, Spelling{Typed: typed, Village: decided[typed], Rows: rows[typed]})
		}
	}
	return v
}

// Of is the count of a code; nothing when it was not given.
func (v *Verdict) Of(code app.Code) CodeCount {
	for _, c := range v.Codes {
		if c.Code == code {
			return c
		}
	}
	return CodeCount{}
}

// Twice counts the accepted rows whose months another programme pays for too.
func (v *Verdict) Twice() (n int) {
	for _, i := range v.Of(app.OtherPayer).Rows {
		if v.Result.Rows[i].Accepted() {
			n++
		}
	}
	return n
}

// Page is a page of the rows of a code.
func (v *Verdict) Page(code app.Code, first, size int) (rows []roster.Row, total int) {
	all := v.Of(code).Rows
	for _, i := range all[min(first, len(all)):min(first+size, len(all))] {
		rows = append(rows, v.Result.Rows[i])
	}
	return rows, len(all)
}

// Masked hides the middle of a NIK: enough is left to find the row in the list.
func Masked(nik string) string {
	const head, tail = 6, 4
	if len(nik) <= head+tail {
		return strings.Repeat("•", len(nik))
	}
	return nik[:head] + strings.Repeat("•", min(len(nik), 24)-head-tail) + nik[len(nik)-tail:]
}

// MaskedCell hides long numbers in a cell of a preview.
func MaskedCell(text string) string {
	digits := 0
	for _, r := range text {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	if digits < 12 {
		return text
	}
	return Masked(text)
}
