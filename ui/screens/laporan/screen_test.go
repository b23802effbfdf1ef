package laporan

import (
	"context"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/reporting"
	"loket/app/words"
	"loket/ui/shell"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
)

var (
	wita     = time.FixedZone("WITA", 8*3600)
	friday   = app.Date{Year: 2026, Month: 11, Day: 20}
	disabled = app.Scope{7}
)

type clock time.Time

func (c clock) Now() time.Time { return time.Time(c) }

// desk answers with an invented report, and remembers what it was asked.
type desk struct {
	role   app.Role
	asked  []reporting.Question
	saved  []string
	named  int
	report reporting.Report
	fail   error
}

func busy() *desk {
	lines := func(pairs ...any) (out []reporting.Line) {
		for i := 0; i < len(pairs); i += 3 {
			out = append(out, reporting.Line{Key: pairs[i].(string), Name: pairs[i+1].(string), Count: pairs[i+2].(int)})
		}
		return out
	}
	d := &desk{role: app.RoleSupervisor}
	d.report = reporting.Report{
		Place: "Kantor Cabang Balikpapan", Made: time.Date(2026, 11, 20, 15, 40, 0, 0, wita),
		Registered: 1241, Cards: app.CardCount{Confirmed: 834, Handed: 731}, Waiting: 26,
		Bars:      lines("08", "", 121, "09", "", 214, "10", "", 187, "11", "", 160, "12", "", 40, "13", "", 175, "14", "", 230, "15", "", 114, "16", "", 0),
		States:    lines("captured", "", 640, "needs_review", "", 21, "accepted", "", 560, "duplicate", "", 9, "rejected", "", 11),
		Districts: lines("64.71.01", "Balikpapan Timur", 510, "64.71.02", "Balikpapan Barat", 301, "64.71.03", "Balikpapan Utara", 214, "64.71.04", "Balikpapan Tengah", 120, "64.71.05", "Balikpapan Selatan", 71, "", "", 25),
		Villages: lines("64.71.01.1001", "Manggar, Balikpapan Timur", 240, "64.71.01.1002", "Manggar Baru, Balikpapan Timur", 180, "64.71.01.1003", "Lamaru, Balikpapan Timur", 90,
			"64.71.02.1001", "Baru Ilir, Balikpapan Barat", 88, "64.71.02.1002", "Margo Mulyo, Balikpapan Barat", 80, "a", "Marga Sari, Balikpapan Barat", 70, "b", "Gunung Samarinda Baru, Balikpapan Utara", 66,
			"c", "Muara Rapak, Balikpapan Utara", 50, "d", "Batu Ampar, Balikpapan Utara", 44, "e", "Karang Joang, Balikpapan Utara", 40, "f", "Graha Indah, Balikpapan Utara", 30),
		Payers:    lines("self", "", 800, "apbd_regency", "", 400, "company", "", 41),
		Scopes:    lines("0000000000000001", "", 841, hex.EncodeToString(disabled[:]), "Pekerja penyandang disabilitas 2026", 400),
		Operators: lines("dl", "dl", 640, "rh", "rh", 601),
	}
	return d
}

func (d *desk) uses() Uses {
	return Uses{
		Clock: clock(time.Date(2026, 11, 20, 15, 40, 0, 0, wita)),
		By:    func() app.Operator { return app.Operator{ID: "dl", Role: d.role} },
		Count: func(_ context.Context, _ app.Operator, q reporting.Question, _ func(int, int)) (reporting.Report, error) {
			d.asked = append(d.asked, q)
			r := d.report
			r.Question, r.ByHour = q, q.Days() == 1
			return r, d.fail
		},
		Events: func(context.Context, app.Operator) ([]reporting.Line, error) {
			return []reporting.Line{{Key: "bazar-manggar", Name: "Bazar UMKM Manggar"}}, nil
		},
		Programmes: func(context.Context, app.Operator) ([]reporting.Line, error) {
			return []reporting.Line{{Key: hex.EncodeToString(disabled[:]), Name: "Pekerja penyandang disabilitas 2026"}}, nil
		},
		Operators: func(context.Context) (map[string]string, error) {
			return map[string]string{"dl": "Dewi Lestari", "rh": "Rahmat Hidayat"}, nil
		},
		PDF:  d.write("pdf"),
		XLSX: d.write("xlsx"),
		Named: func(context.Context, app.Operator, reporting.Question, func(int)) ([]byte, error) {
			d.named++
			return []byte("x"), nil
		},
		KeepNames: func(_ context.Context, dir string, _ reporting.Report, _ []byte) (string, error) {
			return dir + "/daftar-nama.xlsx", nil
		},
		ChooseFolder: func(done func(string, error)) { done("/stik", nil) },
	}
}

func (d *desk) write(kind string) func(context.Context, string, reporting.Report, reporting.Names) (string, error) {
	return func(_ context.Context, dir string, r reporting.Report, _ reporting.Names) (string, error) {
		file := dir + "/laporan-" + r.From.ISO() + "." + kind
		d.saved = append(d.saved, file)
		return file, d.fail
	}
}

func open(t *testing.T, d *desk, wide, high float32, lang words.Lang, look theme.Look) (*shelltest.Bench, *Screen) {
	t.Helper()
	b := shelltest.New(t, wide, high, lang, look)
	s := New(b.Shell, nil, d.uses())
	b.OwnAll(s.looks, s.works)
	b.Shell.SignIn(shell.Session{Home: "reports", Places: []shell.Place{{Name: "reports", Icon: "report", Word: "ui.nav.reports", Screen: s}}})
	b.Until("counted", func() bool { return (s.model.Known || s.model.Err != nil) && s.model.Operators != nil })
	return b, s
}

func TestTodayIsCountedAtOnce(t *testing.T) {
	d := busy()
	b, _ := open(t, d, 1366, 768, words.ID, theme.Look{})
	if len(d.asked) != 1 || d.asked[0].From != friday || d.asked[0].Until != friday {
		t.Fatal(d.asked)
	}
	text := b.Texts()
	for _, want := range []string{"1.241", "Laporan harian", "Balikpapan Timur", "menunggu persetujuan: 640", "Dewi Lestari", "dan 1 lainnya", "Terdaftar belum berarti diterima"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not to be read", want)
		}
	}
}

func TestPeriodsAreWhatTheySay(t *testing.T) {
	day := func(n int) app.Date { return app.Date{Year: 2026, Month: 11, Day: n} }
	for _, c := range []struct {
		model       Model
		today       app.Date
		from, until app.Date
		code        app.Code
	}{
		{Model{Period: Today}, friday, friday, friday, ""},
		{Model{Period: Yesterday}, day(1), app.Date{Year: 2026, Month: 10, Day: 31}, app.Date{Year: 2026, Month: 10, Day: 31}, ""},
		{Model{Period: Week}, friday, day(16), friday, ""},
		{Model{Period: Week}, day(16), day(16), day(16), ""}, // Monday
		{Model{Period: Week}, day(22), day(16), day(22), ""}, // Sunday
		{Model{Period: Month}, friday, day(1), friday, ""},
		{Model{Period: Range, From: "2-11-2026", Until: "20112026"}, friday, day(2), friday, ""},
		{Model{Period: Range, From: "31-11-2026", Until: "20-11-2026"}, friday, app.Date{}, friday, app.ReportDates},
		{Model{Period: Range, From: "kemarin", Until: ""}, friday, app.Date{}, app.Date{}, app.ReportDates},
	} {
		q, err := c.model.Question(c.today)
		if app.CodeOf(err) != c.code || c.code == "" && (q.From != c.from || q.Until != c.until) {
			t.Errorf("%s on %s: %s to %s, %v", c.model.Period, c.today, q.From, q.Until, err)
		}
	}
}

func TestAllIsReachedByKeys(t *testing.T) {
	d := busy()
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	b.PressAll(fyne.KeyRight, fyne.KeySpace)
	b.Until("yesterday", func() bool { return len(d.asked) == 2 && d.asked[1].From == friday.AddDays(-1) })
	s.choose(func(m *Model) { m.Period = Range })
	s.view.from.Focus()
	b.Type("01112026")
	b.Press(fyne.KeyTab)
	b.Press(fyne.KeyReturn)
	s.view.until.Focus()
	b.Type("20112026")
	b.Press(fyne.KeyReturn)
	b.Until("range", func() bool { return len(d.asked) > 2 && d.asked[len(d.asked)-1].Days() == 20 })
	b.Tab("Simpan PDF")
	b.Tab("Simpan XLSX")
}

func TestAnEventAndAProgrammeNarrowTheReport(t *testing.T) {
	d := busy()
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.choose(func(m *Model) { m.Event = "bazar-manggar" })
	b.Until("event", func() bool { return len(d.asked) == 2 && s.model.Report.Event != "" })
	if text := b.Texts(); d.asked[1].Event != "bazar-manggar" || !strings.Contains(text, "Laporan kegiatan") || !strings.Contains(text, "Bazar UMKM Manggar") {
		t.Error(text)
	}
	s.choose(func(m *Model) { m.Scope = hex.EncodeToString(disabled[:]) })
	b.Until("programme", func() bool { return len(d.asked) == 3 && s.model.Report.Scope != nil })
	if *d.asked[2].Scope != disabled || !strings.Contains(b.Texts(), "Laporan program") {
		t.Error(d.asked[2])
	}
}

func TestFilesAreWrittenAndAFailureIsSaid(t *testing.T) {
	d := busy()
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.Primary().Act()
	b.Until("written", func() bool { return !s.model.Busy })
	if len(d.saved) != 1 || !strings.Contains(b.Texts(), "/stik/laporan-2026-11-20.pdf") {
		t.Error(d.saved)
	}
	d.fail = app.Fail(app.PrintDiskFull)
	s.Actions()[0].Act()
	b.Until("failed", func() bool { return !s.model.Busy })
	if !strings.Contains(b.Texts(), words.Error(words.ID, d.fail)) {
		t.Error("the failure is not said")
	}
}

func TestNamesLeaveOnlyAfterAWarningAndForASupervisor(t *testing.T) {
	d := busy()
	d.role = app.RoleOfficer
	_, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	if len(s.Actions()) != 1 {
		t.Error("an officer is offered the list of names")
	}
	d.role = app.RoleSupervisor
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.Actions()[1].Act()
	if d.named != 0 || !strings.Contains(b.Texts(), words.Say(words.ID, "ui.reports.named.warn")) {
		t.Fatal("there is no warning")
	}
	s.saveNames()
	b.Until("written", func() bool { return !s.model.Busy })
	if d.named != 1 || !strings.Contains(b.Texts(), "daftar-nama.xlsx") {
		t.Error(b.Texts())
	}
}

func TestNobodyIsNoError(t *testing.T) {
	d := busy()
	d.report = reporting.Report{}
	b, _ := open(t, d, 1366, 768, words.ID, theme.Look{})
	if !strings.Contains(b.Texts(), words.Say(words.ID, "ui.reports.none")) {
		t.Error(b.Texts())
	}
	d.fail = app.Fail(app.NotAllowed)
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	if !strings.Contains(b.Texts(), words.Error(words.ID, d.fail)) || !s.Primary().Off {
		t.Error(b.Texts())
	}
}

func TestPictures(t *testing.T) {
	month := func() *desk {
		d := busy()
		d.report.Bars = nil
		for i := range 20 {
			d.report.Bars = append(d.report.Bars, reporting.Line{Key: app.Date{Year: 2026, Month: 11, Day: i + 1}.ISO(), Count: (i*7919)%140 + 3})
		}
		return d
	}
	for _, lang := range words.Langs {
		for _, size := range []fyne.Size{{Width: 1366, Height: 768}, {Width: 1024, Height: 600}} {
			name := "laporan-" + string(lang) + "-" + map[float32]string{1366: "1366", 1024: "1024"}[size.Width]
			b, _ := open(t, busy(), size.Width, size.Height, lang, theme.Look{})
			b.Picture(name)
			b, _ = open(t, busy(), size.Width, 1400, lang, theme.Look{})
			b.Picture(name + "-whole")
			b, s := open(t, month(), size.Width, size.Height, lang, theme.Look{})
			s.choose(func(m *Model) { m.Period, m.From, m.Until = Range, "01-11-2026", "20-11-2026" })
			b.Until("range", func() bool { return !s.model.Report.ByHour })
			b.Picture(name + "-range")
		}
	}
	for _, size := range []fyne.Size{{Width: 1366, Height: 768}, {Width: 1024, Height: 600}} {
		b, _ := open(t, busy(), size.Width, size.Height, words.ID, theme.Look{Scale: 150, Mode: theme.Dark})
		b.Picture("laporan-150-" + map[float32]string{1366: "1366", 1024: "1024"}[size.Width])
		b, _ = open(t, busy(), size.Width, 2400, words.ID, theme.Look{Scale: 150})
		b.Picture("laporan-150-whole-" + map[float32]string{1366: "1366", 1024: "1024"}[size.Width])
	}
	d := busy()
	d.report = reporting.Report{}
	b, _ := open(t, d, 1024, 600, words.ID, theme.Look{})
	b.Picture("laporan-empty")
}
