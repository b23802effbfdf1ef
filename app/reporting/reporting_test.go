package reporting_test

import (
	"bytes"
	"context"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"loket/app"
	"loket/app/region"
	"loket/app/reporting"
	"loket/app/words"
)

var (
	wita   = time.FixedZone("WITA", 8*3600)
	friday = app.Date{Year: 2026, Month: 11, Day: 20}
	boss   = app.Operator{ID: "dl", Role: app.RoleSupervisor}
)

type clock struct{}

func (clock) Now() time.Time { return time.Date(2026, 11, 20, 16, 0, 0, 0, wita) }

// store answers from cells, and remembers what it was asked.
type store struct {
	cells  []app.Cell
	people []app.Registration
	taken  int // names
	asked  app.Counted
	coarse bool
}

func (s *store) Coarsen(context.Context, func(int, int)) error { s.coarse = true; return nil }

func (s *store) Cells(_ context.Context, of app.Counted) ([]app.Cell, error) {
	s.asked = of
	return s.cells, nil
}

func (s *store) CardCounts(context.Context, app.Counted) (app.CardCount, error) {
	return app.CardCount{Confirmed: 3, Handed: 2}, nil
}
func (s *store) EventsHeld(context.Context) ([]string, error) { return []string{"bazar"}, nil }
func (s *store) Light(context.Context) (int, int, error)      { return 5, 1, nil }

func (s *store) Programmes(context.Context) ([]app.SponsorProgramme, error) {
	return []app.SponsorProgramme{{Scope: app.Scope{7}, Name: "Pekerja rentan 2026"}}, nil
}

func (s *store) Exported(_ context.Context, _ app.Author, _ app.Scope, people int) error {
	s.taken += people
	return nil
}

func (s *store) Among(context.Context, app.Counted) iter.Seq2[app.Registration, error] {
	return func(yield func(app.Registration, error) bool) {
		for _, r := range s.people {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func reports(s *store, closed error) *reporting.Reporting {
	return reporting.New(s, clock{}, region.Load, func() reporting.Policy {
		return reporting.Policy{Place: "Kantor Cabang Balikpapan", Closed: closed, Event: func(string) string { return "Bazar UMKM Manggar" }}
	})
}

func cell(hour int, state app.RegistrationState, village string, n int) app.Cell {
	return app.Cell{Hour: hour, State: state, Operator: "dl", Village: village, Payer: app.PayerSelf, Scope: app.ScopeSelfPayers, Count: n}
}

func busy() *store {
	return &store{cells: []app.Cell{
		cell(9, app.Captured, "64.71.01.1001", 4), cell(9, app.Accepted, "64.71.01.1002", 1),
		cell(18, app.Rejected, "64.71.02.1001", 2), cell(18, app.Captured, "", 3),
	}}
}

func count(t *testing.T, s *store, q reporting.Question) reporting.Report {
	t.Helper()
	r, err := reports(s, nil).Count(t.Context(), boss, q, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestADayIsCountedInEveryDirection(t *testing.T) {
	s := busy()
	r := count(t, s, reporting.Question{From: friday, Until: friday})
	if !s.coarse || !s.asked.From.Equal(time.Date(2026, 11, 20, 0, 0, 0, 0, wita)) || !s.asked.Until.Equal(time.Date(2026, 11, 21, 0, 0, 0, 0, wita)) {
		t.Error("asked for", s.asked)
	}
	if r.Registered != 10 || r.Waiting != 6 || r.Cards.Handed != 2 {
		t.Errorf("%+v", r)
	}
	if n := len(r.Bars); n != 11 || r.Bars[1].Count != 5 || r.Bars[10].Key != "18" || r.Bars[10].Count != 5 || r.Bars[2].Count != 0 {
		t.Error("hours", r.Bars)
	}
	if d := r.Districts; len(d) != 3 || d[0].Name != "Balikpapan Selatan" && d[0].Count != 5 || d[2].Key != "" || d[2].Count != 3 {
		t.Error("districts: the largest first, what is not known last", d)
	}
	for name, lines := range map[string][]reporting.Line{
		"bars": r.Bars, "states": r.States, "districts": r.Districts, "villages": r.Villages, "payers": r.Payers, "scopes": r.Scopes, "operators": r.Operators,
	} {
		sum := 0
		for _, l := range lines {
			sum += l.Count
		}
		if sum != r.Registered {
			t.Errorf("%s add up to %d of %d", name, sum, r.Registered)
		}
	}
}

func TestProgrammesAreCalledByTheirName(t *testing.T) {
	s := busy()
	s.cells[0].Scope, s.cells[1].Scope = app.Scope{7}, app.Scope{8}
	r := count(t, s, reporting.Question{From: friday, Until: friday})
	lines := reporting.Tell(words.ID, r, reporting.Names{}).Section("scopes").Lines
	words := []string{lines[0].Word, lines[1].Word, lines[2].Word}
	if !slices.Equal(words, []string{"Tanpa program sponsor", "Pekerja rentan 2026", "Program 0800000000000000"}) {
		t.Error(words)
	}
	choices, err := reports(s, nil).Programmes(t.Context(), boss)
	if err != nil || len(choices) != 1 || choices[0].Key != "0700000000000000" {
		t.Error(choices, err)
	}
	if _, err := reports(s, nil).Programmes(t.Context(), app.Operator{ID: "rl", Role: app.RoleVolunteer}); app.CodeOf(err) != app.AccessNotInRole {
		t.Error(err)
	}
}

func TestLongRangesAreCountedByDayAndByMonth(t *testing.T) {
	s := &store{cells: []app.Cell{cell(0, app.Captured, "", 1), cell(47, app.Captured, "", 2)}}
	r := count(t, s, reporting.Question{From: app.Date{Year: 2026, Month: 10, Day: 30}, Until: app.Date{Year: 2026, Month: 11, Day: 2}})
	if len(r.Bars) != 4 || r.Bars[0].Count != 1 || r.Bars[1].Count != 2 || r.Bars[3].Key != "2026-11-02" {
		t.Error(r.Bars)
	}
	r = count(t, s, reporting.Question{From: app.Date{Year: 2026, Month: 1, Day: 31}, Until: friday})
	if len(r.Bars) != 11 || r.Bars[0] != (reporting.Line{Key: "2026-01", Count: 1}) || r.Bars[1].Count != 2 {
		t.Error(r.Bars)
	}
}

func TestWhoMayNotGetsNothing(t *testing.T) {
	q := reporting.Question{From: friday, Until: friday}
	closed := app.Fail(app.AccessRestricted)
	for _, c := range []struct {
		role   app.Role
		closed error
		code   app.Code
		names  app.Code
	}{
		{app.RoleSupervisor, nil, "", ""},
		{app.RoleOfficer, nil, "", app.AccessNotInRole},
		{app.RoleDistribution, nil, "", app.AccessNotInRole},
		{app.RoleVolunteer, nil, app.AccessNotInRole, app.AccessNotInRole},
		{"", nil, app.AccessNotInRole, app.AccessNotInRole},
		{app.RoleSupervisor, closed, app.AccessRestricted, app.AccessRestricted},
	} {
		s := busy()
		s.people = []app.Registration{{ID: app.EntryID{Seq: 1}}}
		r, by := reports(s, c.closed), app.Operator{ID: "dl", Role: c.role}
		_, err := r.Count(t.Context(), by, q, nil)
		_, events := r.Events(t.Context(), by)
		_, names := r.Named(t.Context(), by, q, nil)
		if app.CodeOf(err) != c.code || app.CodeOf(events) != c.code || app.CodeOf(names) != c.names {
			t.Errorf("%s: %v, %v, %v", c.role, err, events, names)
		}
	}
}

func TestImpossibleDaysAreRefused(t *testing.T) {
	for _, c := range []struct {
		from, until app.Date
		code        app.Code
	}{
		{app.Date{}, friday, app.ReportDates},
		{app.Date{Year: 2026, Month: 2, Day: 30}, friday, app.ReportDates},
		{friday, friday.AddDays(-1), app.ReportDatesTurned},
		{app.Date{Year: 1990, Month: 1, Day: 1}, friday, app.ReportTooLong},
	} {
		if _, err := reports(busy(), nil).Count(t.Context(), boss, reporting.Question{From: c.from, Until: c.until}, nil); app.CodeOf(err) != c.code {
			t.Errorf("%s to %s: %v", c.from, c.until, err)
		}
	}
}

func TestAReportIsToldInBothLanguages(t *testing.T) {
	r := count(t, busy(), reporting.Question{From: friday, Until: friday, Event: "bazar"})
	for _, lang := range words.Langs {
		told := reporting.Tell(lang, r, reporting.Names{Event: "Bazar UMKM Manggar"})
		if !strings.Contains(told.About, "Bazar UMKM Manggar") || told.Chart.Total() != 10 {
			t.Error(told.About)
		}
		for _, s := range append(told.Sections, told.Chart) {
			for _, row := range s.Lines {
				if strings.HasPrefix(row.Word, "[") || row.Word == "" {
					t.Errorf("%s %s: %q has no word", lang, s.Key, row.Key)
				}
			}
		}
	}
}

// Whatever names begin with, a workbook shows them and runs nothing.
func TestAWorkbookHoldsTextsAndNoFormulas(t *testing.T) {
	s := busy()
	s.cells[0].Operator = `=HYPERLINK("https://contoh.id")`
	r := count(t, s, reporting.Question{From: friday, Until: friday, Event: "+bazar"})
	r.Villages[0].Name, r.Districts[0].Name = "@SUM(A1)", "-1+1"
	content, err := reporting.Workbook(reporting.Tell(words.ID, r, reporting.Names{Event: "=1+1"}))
	if err != nil {
		t.Fatal(err)
	}
	checkTexts(t, content, `=HYPERLINK("https://contoh.id")`, "@SUM(A1)", "-1+1")
}

func TestNamesStandInTheirOwnListAndNowhereElse(t *testing.T) {
	s := busy()
	person := app.Registration{ID: app.EntryID{Seq: 7}, State: app.Captured, Number: app.ProvisionalNumber{Chain: app.Chain{Kiosk: 417, Incarnation: 1}, Counter: 7}}
	person.Record.Person = app.Person{Name: "=SITI AMINAH", NIK: "6471014510900003", MotherName: "HALIMAH"}
	person.Record.Reach.Phone = "+6281255660001"
	s.people = []app.Registration{person}
	q := reporting.Question{From: friday, Until: friday}
	list, err := reports(s, nil).Named(t.Context(), boss, q, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.taken != 1 {
		t.Error("nobody wrote down that names were taken out")
	}
	cells := checkTexts(t, list, "=SITI AMINAH", "PS 00417-01-000007")
	for _, secret := range []string{"6471014510900003", "HALIMAH", "81255660001"} {
		if strings.Contains(strings.Join(cells, "\n"), secret) {
			t.Errorf("%s stands in the list of names", secret)
		}
	}
	s.people = nil
	if _, err := reports(s, nil).Named(t.Context(), boss, q, nil); app.CodeOf(err) != app.ReportNobody {
		t.Error(err)
	}
}

// checkTexts reads a workbook back: no cell is a formula, and the texts stand there as they are.
func checkTexts(t *testing.T, content []byte, want ...string) (all []string) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for y, row := range rows {
			for x, text := range row {
				at, err := excelize.CoordinatesToCellName(x+1, y+1)
				if err != nil {
					t.Fatal(err)
				}
				if formula, err := f.GetCellFormula(sheet, at); formula != "" || err != nil {
					t.Errorf("%s!%s is a formula: %s %v", sheet, at, formula, err)
				}
				all = append(all, text)
			}
		}
	}
	for _, w := range want {
		if !slices.Contains(all, w) {
			t.Errorf("%q is not in the workbook", w)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return all
}
