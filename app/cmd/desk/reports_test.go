package desk_test

import (
	"os"
	"strings"
	"testing"

	"loket/app"
	"loket/app/reporting"
)

// A real kiosk counts what was done at it, and its files tell nobody's name.
func TestAKioskReportsItsDay(t *testing.T) {
	k := begun(t, t.TempDir())
	r := k.registered(t)
	k.registered(t)
	today := app.DateOf(k.clock.Now())
	q := reporting.Question{From: today, Until: today}
	report, err := k.Reports.Count(t.Context(), k.s.Operator, q, nil)
	must(t, err)
	if report.Registered != 2 || report.Waiting == 0 || len(report.Villages) == 0 || report.Villages[0].Name == "" || report.Payers[0].Key == "" {
		t.Errorf("%+v", report)
	}
	file, err := k.Paper.ReportPDF(t.Context(), t.TempDir(), report, reporting.Names{Operators: map[string]string{k.s.Operator.ID: "DEWI LESTARI"}})
	must(t, err)
	if strings.Contains(file, r.Record.Person.Name) {
		t.Error(file)
	}
	before := k.seq()
	list, err := k.Reports.Named(t.Context(), k.s.Operator, q, nil)
	must(t, err)
	if k.seq() != before+1 {
		t.Error("taking names out is not in the journal")
	}
	kept, err := k.Paper.KeepNames(t.Context(), t.TempDir(), report, list)
	must(t, err)
	stat, err := os.Stat(kept)
	must(t, err)
	if stat.Mode().Perm()&0o077 != 0 {
		t.Error("others may read the names:", stat.Mode())
	}
	// What is entered so reaches head office, and does not hold up the rest.
	k.exchange(t)
}

func TestNobodyReportsWhoHasSignedOut(t *testing.T) {
	k := begun(t, t.TempDir())
	k.registered(t)
	today := app.DateOf(k.clock.Now())
	must(t, k.SignOut(t.Context()))
	if _, err := k.Reports.Count(t.Context(), k.Session().Operator, reporting.Question{From: today, Until: today}, nil); app.CodeOf(err) != app.AccessSignedOut {
		t.Error(err)
	}
}
