package desk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/reporting"
)

type still struct{}

func (still) Now() time.Time {
	return time.Date(2026, 11, 20, 16, 0, 0, 0, time.FixedZone("WITA", 8*3600))
}

func sampleReport() reporting.Report {
	friday := app.Date{Year: 2026, Month: 11, Day: 20}
	return reporting.Report{
		Question: reporting.Question{From: friday, Until: friday, Event: "../bazar Siti Aminah"}, ByHour: true, Made: still{}.Now(),
		Registered: 2, Bars: []reporting.Line{{Key: "09", Count: 2}}, States: []reporting.Line{{Key: "captured", Count: 2}},
		Operators: []reporting.Line{{Key: "dl", Name: "dl", Count: 2}},
	}
}

// reportPaper is that of a desk with a supervisor at work.
func reportPaper() *Paper {
	by := app.Operator{ID: "dl", Role: app.RoleSupervisor}
	return &Paper{desk: &Desk{Clock: still{}, session: access.Session{Operator: by}}}
}

func TestReportsBecomeFilesOfTheirOwner(t *testing.T) {
	p := reportPaper()
	dir := filepath.Join(t.TempDir(), "new")
	names := reporting.Names{Operators: map[string]string{"dl": "DEWI LESTARI"}}
	for write, head := range map[string]string{"pdf": "%PDF-", "xlsx": "PK"} {
		make := p.ReportPDF
		if write == "xlsx" {
			make = p.ReportXLSX
		}
		file, err := make(t.Context(), dir, sampleReport(), names)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Dir(file) != dir || filepath.Base(file) != "laporan-2026-11-20-kegiatan-pukul-1600."+write {
			t.Error(file)
		}
		content, err := os.ReadFile(file)
		if err != nil || !strings.HasPrefix(string(content), head) {
			t.Errorf("%s begins with %.8q: %v", write, content, err)
		}
	}
}

func TestAFolderThatCannotBeWrittenIsSaid(t *testing.T) {
	p := reportPaper()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := p.ReportPDF(t.Context(), filepath.Join(file, "below"), sampleReport(), reporting.Names{})
	if app.CodeOf(err) != app.PrintFolderMissing {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(file, "below")); err == nil || errors.Is(err, fs.ErrPermission) {
		t.Error("something was left behind")
	}
}
