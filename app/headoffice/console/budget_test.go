package console

import (
	"testing"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/scheme"
)

func programmeOf(payer app.PayerKind, people, months, target int, budget int64) books.Programme {
	return books.Programme{
		Terms:  journal.ProgrammeBody{Payer: string(payer), Programmes: uint8(app.WorkAccident | app.Death), First: 202612, Months: months, Target: target, Budget: budget},
		People: books.People{Registered: people, Accepted: people},
	}
}

// The sums of the two regencies that are known, to be followed with a pencil.
func TestABudgetIsArithmetic(t *testing.T) {
	b := budgetOf(scheme.Embedded(), programmeOf(app.PayerRegency, 10_000, 12, 10_000, 1_900_000_000))
	if len(b.Lines) != 1 || b.Lines[0].Rate != 16_800 || b.Total != 2_016_000_000 || b.Left != -116_000_000 || b.Short != 116_000_000 || b.Months != 113_095 || b.YearLong != 9_424 || b.Span() != "11,3" {
		t.Errorf("Balikpapan: %+v", b)
	}
	if b = budgetOf(scheme.Embedded(), programmeOf(app.PayerRegency, 98_000, 12, 150_000, 30_240_000_000)); b.Total != 19_756_800_000 || b.Target != 30_240_000_000 || b.Short != 0 {
		t.Errorf("Kutai Timur: %+v", b)
	}
}

func TestARateThatChangesIsShown(t *testing.T) {
	b := budgetOf(scheme.Embedded(), programmeOf(app.PayerCompany, 4, 12, 0, 1_000_000))
	if len(b.Lines) != 2 || b.Lines[0].Months != 1 || b.Lines[0].Rate != 8_400 || b.Lines[0].Percent != 50 || b.Lines[1].Months != 11 || b.Lines[1].Total != 4*11*16_800 ||
		b.Total != 772_800 || b.Whole != 5 || b.Months != 0 {
		t.Errorf("%+v", b)
	}
}

func TestWhatCannotBePricedSaysWhy(t *testing.T) {
	p := programmeOf(app.PayerRegency, 1, 12, 0, 0)
	p.Terms.Programmes = uint8(app.OldAge)
	if b := budgetOf(scheme.Embedded(), p); app.CodeOf(b.Why) != app.ProgrammesIncomplete || b.Lines != nil {
		t.Errorf("%+v", b)
	}
}

func TestBarsAndParts(t *testing.T) {
	for name, c := range map[string]struct {
		people books.People
		target int
		want   bar
	}{
		"nobody":              {books.People{}, 0, bar{Percent: -1}},
		"nobody of a target":  {books.People{}, 10, bar{}},
		"half of the target":  {books.People{Registered: 6, Accepted: 5}, 10, bar{Good: 500, Rest: 100, Percent: 50}},
		"more than the goal":  {books.People{Registered: 20, Accepted: 15}, 10, bar{Good: 750, Rest: 250, Mark: 500, Percent: 150}},
		"without a target":    {books.People{Registered: 4, Accepted: 1}, 0, bar{Good: 250, Rest: 750, Percent: 25}},
		"everybody, no doubt": {books.People{Registered: 3, Accepted: 3}, 3, bar{Good: 1000, Percent: 100}},
	} {
		if got := barOf(c.people, c.target); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestNumbersAsPeopleTypeThem(t *testing.T) {
	for text, want := range map[string]int{"": 0, "48.000": 48_000, "48,000": 48_000, " 600 000 ": 600_000, "7": 7, "-5": -1, "many": -1, "9999999999999": -1, "١٢": -1} {
		n, ok := intOf(text)
		if !ok {
			n = -1
		}
		if n != want {
			t.Errorf("%q is %d, want %d", text, n, want)
		}
	}
}
