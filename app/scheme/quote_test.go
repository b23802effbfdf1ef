package scheme_test

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"

	"loket/app"
	"loket/app/scheme"
)

func rows(t *testing.T, file string) [][]string {
	t.Helper()
	f, err := os.Open("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(f).ReadAll()
	if err != nil || len(all) < 2 {
		t.Fatal(file, err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return all[1:]
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// The worked examples of the scheme, month by month.
func TestWorkedExamples(t *testing.T) {
	rules := scheme.Embedded()
	for _, row := range rows(t, "worked-examples.csv") {
		registered, _ := app.ParseDate(row[1])
		first, _ := app.ParseMonth(row[2])
		programmes, ok := scheme.ParseProgrammes(row[7])
		if !ok {
			t.Fatal(row)
		}
		if rules.FirstMonth(registered) != first {
			t.Errorf("%s: cover begins in %s", row[0], rules.FirstMonth(registered))
		}
		q, err := scheme.Quote(rules, scheme.Request{
			Income: app.Rupiah(number(t, row[4])), Sector: app.Sector(row[5]), Payer: app.PayerKind(row[6]),
			Programmes: programmes, FirstMonth: first, Months: number(t, row[3]),
		})
		if err != nil {
			t.Errorf("%s: %v", row[0], err)
			continue
		}
		var months []string
		for i, l := range q.Lines {
			months = append(months, strconv.Itoa(int(l.Total)))
			if l.Month != first.Add(i) || l.Total != l.JKK+l.JKM+l.JHT {
				t.Errorf("%s: line %+v", row[0], l)
			}
		}
		if int(q.Total) != number(t, row[8]) || strings.Join(months, ";") != row[9] {
			t.Errorf("%s: %d by %v", row[0], q.Total, months)
		}
	}
}

// Every row of the table holds from its lower bound on, to the rupiah.
func TestIncomeBase(t *testing.T) {
	ask := func(income int) scheme.Quotation {
		q, err := scheme.Quote(scheme.Embedded(), scheme.Request{
			Income: app.Rupiah(income), Sector: app.SectorOther, Payer: app.PayerRegency,
			Programmes: app.WorkAccident | app.Death | app.OldAge, FirstMonth: app.Month{Year: 2026, Month: 12}, Months: 1,
		})
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	table := rows(t, "bpu-income-base.csv")
	if len(table) != 33 {
		t.Fatalf("%d rows", len(table))
	}
	last := ""
	for _, row := range table {
		q := ask(number(t, row[0]))
		l := q.Lines[0]
		got := []app.Rupiah{q.Base, l.JKK, l.JKM, l.JHT}
		for i, want := range row[1:] {
			if int(got[i]) != number(t, want) {
				t.Errorf("from %s: %v, want %v", row[0], got, row[1:])
				break
			}
		}
		if last != "" && int(ask(number(t, row[0])-1).Base) != number(t, last) {
			t.Errorf("one rupiah below %s belongs to the row before", row[0])
		}
		last = row[1]
	}
}

// Who gets half off, and when.
func TestRelief(t *testing.T) {
	for _, c := range []struct {
		sector app.Sector
		payer  app.PayerKind
		month  string
		want   app.Rupiah
	}{
		{app.SectorTransport, app.PayerSelf, "2025-12", 16800},
		{app.SectorTransport, app.PayerSelf, "2026-01", 8400},
		{app.SectorTransport, app.PayerSelf, "2027-03", 8400},
		{app.SectorTransport, app.PayerSelf, "2027-04", 16800},
		{app.SectorOther, app.PayerSelf, "2026-03", 16800},
		{app.SectorOther, app.PayerSelf, "2026-04", 8400},
		{app.SectorOther, app.PayerSelf, "2026-12", 8400},
		{app.SectorOther, app.PayerSelf, "2027-01", 16800},
		{app.SectorOther, app.PayerCompany, "2026-12", 8400},
		{app.SectorOther, app.PayerDonor, "2026-12", 8400},
		{app.SectorOther, app.PayerInstitution, "2026-12", 8400},
		{app.SectorOther, app.PayerAPBN, "2026-12", 16800},
		{app.SectorOther, app.PayerProvince, "2026-12", 16800},
		{app.SectorOther, app.PayerRegency, "2026-12", 16800},
		{app.SectorTransport, app.PayerVillage, "2026-12", 16800},
	} {
		month, _ := app.ParseMonth(c.month)
		got, err := scheme.Rate(scheme.Embedded(), c.payer, c.sector, app.WorkAccident|app.Death, month)
		if err != nil || got != c.want {
			t.Errorf("%s %s %s: %v %v", c.sector, c.payer, c.month, got, err)
		}
	}
}

func TestQuoteRefuses(t *testing.T) {
	good := scheme.Request{Sector: app.SectorOther, Payer: app.PayerSelf, Programmes: app.WorkAccident | app.Death, FirstMonth: app.Month{Year: 2026, Month: 12}, Months: 1}
	for code, spoil := range map[app.Code]func(*scheme.Request){
		app.IncomeNegative:       func(q *scheme.Request) { q.Income = -1 },
		app.SectorUnknown:        func(q *scheme.Request) { q.Sector = "space" },
		app.PayerUnknown:         func(q *scheme.Request) { q.Payer = "" },
		app.ProgrammesIncomplete: func(q *scheme.Request) { q.Programmes = app.WorkAccident | app.OldAge },
		app.ProgrammesUnknown:    func(q *scheme.Request) { q.Programmes |= 8 },
		app.MonthsImpossible:     func(q *scheme.Request) { q.Months = scheme.MostMonths + 1 },
		app.FirstMonthMissing:    func(q *scheme.Request) { q.FirstMonth = app.Month{} },
	} {
		q := good
		spoil(&q)
		if _, err := scheme.Quote(scheme.Embedded(), q); app.CodeOf(err) != code {
			t.Errorf("%s: %v", code, err)
		}
	}
	if _, err := scheme.Quote(scheme.Embedded(), good); err != nil {
		t.Error(err)
	}
}

func TestParseProgrammes(t *testing.T) {
	for text, want := range map[string]string{"JKK+JKM": "JKK+JKM", "jht, jkm jkk": "JKK+JKM+JHT", "JKK": "JKK"} {
		if got, ok := scheme.ParseProgrammes(text); !ok || got.String() != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	for _, text := range []string{"", "+", "JKK+JP", "JKKJKM"} {
		if _, ok := scheme.ParseProgrammes(text); ok {
			t.Errorf("%q is read", text)
		}
	}
}
