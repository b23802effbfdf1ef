package console

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/region"
	"loket/app/words"
)

// termTexts are a programme's terms as people read them: what, and how much.
func termTexts(lang words.Lang, b journal.ProgrammeBody) [][2]string {
	first := app.Month{Year: int(b.First / 100), Month: time.Month(b.First % 100)}
	day, _ := app.ParseDate(b.DecreeDay)
	place := b.Region
	if p, ok := region.Load().Lookup(b.Region); ok {
		place = p.Label()
	}
	texts := [][2]string{
		{"name", b.Name},
		{"payer", words.Say(lang, "payer."+b.Payer) + of(b.PayerName)},
		{"decree", b.Decree + of(day.String())},
		{"programmes", app.Programmes(b.Programmes).String()},
		{"months", words.Say(lang, "console.programme.span", "n", b.Months, "from", monthText(lang, first), "to", monthText(lang, first.Add(b.Months-1)))},
		{"target", people(lang, b.Target)},
		{"budget", rupiah(b.Budget)},
		{"level", level(lang, b.Level)},
		{"region", place},
		{"release", b.Release},
	}
	for i := range texts {
		texts[i][0] = words.Say(lang, "console.programme."+texts[i][0])
	}
	return texts
}

// of puts a second text behind the first, where there is one.
func of(s string) string {
	if s == "" {
		return ""
	}
	return " · " + s
}

func rupiah(n int64) string {
	if n == 0 {
		return ""
	}
	return app.Rupiah(n).String()
}

func people(lang words.Lang, n int) string {
	if n == 0 {
		return ""
	}
	return words.Say(lang, "console.programme.people", "n", app.GroupThousands(strconv.Itoa(n)))
}

func level(lang words.Lang, n int) string {
	if n == 0 {
		return ""
	}
	return words.Say(lang, "console.programme.level."+strconv.Itoa(n))
}

// monthText is "Des 2026".
func monthText(lang words.Lang, m app.Month) string {
	return words.Say(lang, "console.month."+strconv.Itoa(int(m.Month))) + " " + strconv.Itoa(m.Year)
}

// changeRow is what one entry changed of the terms.
type changeRow struct {
	books.Change
	What []string
}

func changeRows(lang words.Lang, changes []books.Change) []changeRow {
	var rows []changeRow
	var before journal.ProgrammeBody
	for _, c := range changes {
		row := changeRow{Change: c}
		if c.Kind == journal.ProgrammeChanged {
			row.What = differences(lang, before, c.Terms)
		}
		if c.Kind != journal.ProgrammeClosed {
			before = c.Terms
		}
		rows = append(rows, row)
	}
	slices.Reverse(rows)
	return rows
}

// differences are sentences of what terms say now and said before.
func differences(lang words.Lang, a, b journal.ProgrammeBody) (what []string) {
	was, is := termTexts(lang, a), termTexts(lang, b)
	for i := range is {
		if was[i][1] != is[i][1] {
			what = append(what, strings.TrimSpace(is[i][0]+": "+dash(was[i][1])+" → "+dash(is[i][1])))
		}
	}
	return what
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
