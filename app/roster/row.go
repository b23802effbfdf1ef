package roster

import (
	"context"
	"slices"

	"loket/app"
	"loket/app/region"
	"loket/app/scheme"
)

// Options say by what a list is judged. Only Region and AsOf must be given.
type Options struct {
	Region     string                // code of the regency, district or village that the list is about
	AsOf       app.Date              // the judging date
	Rules      *scheme.Rules         // nil: those that ship with the program
	Regions    *region.Table         // nil: the one that ships with the program
	Villages   map[string]string     // what a person decided: the list's spelling -> village code, "" for no village
	Hidden     bool                  // judge hidden sheets too
	Known      func(nik string) bool // the programme has this person; nil: nobody
	OtherPayer func(nik string) bool // another programme pays for the same months; nil: none
	Progress   func(rows int)        // called now and then; nil: nobody looks
}

// Row is one person of a list, cleaned, with its verdict. What the list does not say is empty.
type Row struct {
	Sheet      string // "" in a text file
	Line       int    // row of the sheet or line of the text file, headers counted, from 1
	Person     app.Person
	Address    app.Address
	Village    string // as the list has it; its code is Address.Village
	District   string // as the list has it
	Phone      string // E.164
	Occupation string // as the list has it
	Heir       string // the family contact, as the list has it
	Note       string
	Reasons    []app.Code // why the row is rejected; none: accepted
	Warnings   []app.Code
}

// Accepted says whether the person can be registered.
func (r Row) Accepted() bool { return len(r.Reasons) == 0 }

// Result is a judged list, in the order of the file.
type Result struct {
	AsOf    app.Date
	Rows    []Row
	Sheets  []string // all of the file, in its order
	Hidden  []string // sheets that were left out because they are hidden
	Unknown []string // sheets that were left out because they are no list
}

// Accepted counts the rows that can be registered.
func (r *Result) Accepted() int {
	n := 0
	for _, row := range r.Rows {
		if row.Accepted() {
			n++
		}
	}
	return n
}

// Codes counts every code that was given.
func (r *Result) Codes() map[app.Code]int {
	n := map[app.Code]int{}
	for _, row := range r.Rows {
		for _, c := range row.Reasons {
			n[c]++
		}
		for _, c := range row.Warnings {
			n[c]++
		}
	}
	return n
}

// Guess is a spelling of a village that was matched only by tolerance, for a person to confirm.
type Guess struct {
	Typed   string
	Village string // the code that was taken
	Rows    int
}

// Guesses lists the guessed villages in the order of the file.
func (r *Result) Guesses() []Guess {
	var all []Guess
	known := map[[2]string]int{}
	for _, row := range r.Rows {
		if !slices.Contains(row.Warnings, app.VillageGuessed) {
			continue
		}
		key := [2]string{row.Village, row.Address.Village}
		i, ok := known[key]
		if !ok {
			i = len(all)
			known[key] = i
			all = append(all, Guess{Typed: row.Village, Village: row.Address.Village})
		}
		all[i].Rows++
	}
	return all
}

// Judge reads all rows of a list and gives each its codes. It stops with the context's error. The
// same list, options and day always give the same verdicts.
func Judge(ctx context.Context, b *Book, o Options) (*Result, error) {
	j, err := newJudge(o)
	if err != nil {
		return nil, err
	}
	j.expect(b.source.size())
	j.result.AsOf = o.AsOf
	numbered := slices.ContainsFunc(b.Sheets, func(s Sheet) bool { return s.Has(NIK) })
	for i := range b.Sheets {
		j.result.Sheets = append(j.result.Sheets, b.Sheets[i].Name)
		if !j.takes(b.Sheets[i], numbered) {
			continue
		}
		if err := j.sheet(ctx, b, i); err != nil {
			return nil, err
		}
	}
	if len(j.result.Rows) == 0 {
		return nil, app.Fail(app.RosterNoRows)
	}
	j.sharedPhones()
	if o.Progress != nil {
		o.Progress(len(j.result.Rows))
	}
	return &j.result, nil
}
