package program

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/sponsor"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

func TestWithoutProgrammesItSaysWhatOneIs(t *testing.T) {
	x := open(t, newDesk())
	x.says(t, "Belum ada program sponsor", "siapa yang membayar iuran", "Program baru")
	x.Fits("the empty list")
}

func TestTheListTellsHowProgrammesStand(t *testing.T) {
	x := open(t, twoProgrammes())
	x.says(t, "Pekerja rentan Kutai Timur 2027", "Pemerintah Kabupaten Kutai Timur", "SK 460/K.112/2026, 15-01-2026",
		"Des 2026 – Nov 2027 · 12 bulan", "61.250 dari 98.000 orang terdaftar (62%)",
		"Untuk yang terdaftar Rp12.348.000.000 dari anggaran Rp30.240.000.000 (40%)",
		"37 orang tidak ada di daftar terbaru", "12 orang juga dibayar program lain", "SERTAKAN pedagang pasar")
}

func TestClosedProgrammesAreShownWhenAskedFor(t *testing.T) {
	d := twoProgrammes()
	d.all[1].Closed = true
	x := open(t, d)
	if strings.Contains(x.Texts(), "SERTAKAN") {
		t.Error("a closed programme stands among the others")
	}
	x.Tab("Tampilkan 1 yang ditutup")
	x.Press(fyne.KeySpace)
	x.says(t, "SERTAKAN pedagang pasar", "ditutup")
}

func TestTroubleIsSaidInWords(t *testing.T) {
	d := newDesk()
	d.fail = app.Fail(app.NotAllowed)
	x := open(t, d)
	x.says(t, words.Error(words.ID, d.fail))
}

// fill fills the form by keys alone, as a supervisor with a decree would.
func (x *table) fill(t *testing.T) {
	t.Helper()
	x.Type("Pekerja rentan Kutim 2027")
	x.Press(fyne.KeyTab)
	x.Type("kabupaten")
	x.Press(fyne.KeyReturn)
	x.Type("Kabupaten Kutai Timur")
	x.Press(fyne.KeyReturn)
	x.Type("460/K.112/2026")
	x.Press(fyne.KeyReturn)
	x.Type("15/1/2026")
	x.Press(fyne.KeyReturn)
	x.Type("19756800000")
	x.Press(fyne.KeyReturn)
	x.Type("98000")
	x.Press(fyne.KeyReturn)
	x.Type("kutai tim")
	x.Press(fyne.KeyReturn)
	x.Press(fyne.KeySpace) // JKK + JKM
	x.s.view.form.picks[InFirst].Field.Focus()
}

func TestAProgrammeIsOpenedByKeys(t *testing.T) {
	x := open(t, newDesk())
	x.Tab("Program baru")
	x.Press(fyne.KeyReturn)
	x.s.view.form.fields[InName].Focus()
	x.fill(t)
	x.Type("jan")
	x.Press(fyne.KeyReturn)
	x.Type("12")
	x.says(t, "98.000 orang × 12 bulan × Rp16.800", "Pas", "± Rp19,756 miliar")
	x.Press(fyne.KeyReturn)
	x.Type("tanda")
	x.Press(fyne.KeyReturn)
	x.s.Save()
	x.Until("opened", func() bool { return x.s.model.Page == PageProgramme && x.s.model.Work == Idle })
	got := x.d.all[0].Programme
	want := sponsor.Programme{
		Scope: got.Scope, Name: "Pekerja rentan Kutim 2027", Payer: app.PayerRegency, PayerName: "Kabupaten Kutai Timur", Decree: "460/K.112/2026",
		DecreeDay: app.Date{Year: 2026, Month: 1, Day: 15}, Programmes: app.WorkAccident | app.Death, First: app.Month{Year: 2027, Month: 1}, Months: 12,
		Target: 98_000, Budget: 19_756_800_000, Level: 2, Region: "64.08",
	}
	if got != want {
		t.Errorf("%+v", got)
	}
	x.Until("read", func() bool { return x.s.model.Chosen.Read })
	x.says(t, "Pekerja rentan Kutim 2027", "Belum ada daftar")
}

func TestNothingThatWeighsIsChosenBeforehand(t *testing.T) {
	x := open(t, newDesk())
	x.s.fresh()
	f := x.s.view.form
	for in, p := range f.picks {
		if p.Picked() != (widgets.Option{}) {
			t.Errorf("%s: %v", in, p.Picked())
		}
	}
	if f.choice[InProgrammes].Value() != "" {
		t.Error("the cover is chosen")
	}
}

func TestWhatIsMissingIsSaidAtItsField(t *testing.T) {
	x := open(t, newDesk())
	x.s.fresh()
	x.s.Save()
	if x.s.model.Work != Idle || len(x.d.all) != 0 {
		t.Fatal("an empty programme was saved")
	}
	for in, field := range x.s.view.form.fields {
		if state, note := field.Note(); (state == widgets.Bad) == may[in] {
			t.Errorf("%s: %q", in, note)
		}
	}
}

func TestEscKeepsWhatWasTyped(t *testing.T) {
	x := open(t, newDesk())
	x.s.fresh()
	x.Type("Bazar")
	x.Press(fyne.KeyEscape)
	x.says(t, "Belum ada program sponsor")
	x.s.fresh()
	if got := x.s.view.form.fields[InName].Text(); got != "Bazar" {
		t.Errorf("%q", got)
	}
	x.s.discard()
	x.s.fresh()
	if got := x.s.view.form.fields[InName].Text(); got != "" {
		t.Errorf("%q is still there", got)
	}
}

func TestAChangeThatIsRefusedStaysInTheForm(t *testing.T) {
	x := open(t, twoProgrammes())
	x.s.open(kutim.Scope)
	x.s.change()
	x.d.fail = app.Fail(app.SponsorFixed)
	x.s.Save()
	x.idle()
	x.says(t, words.Error(words.ID, x.d.fail))
	if x.s.model.Page != PageForm || x.s.view.form.fields[InDecree].Text() != kutim.Decree {
		t.Error("the form is gone")
	}
}

func TestATreasurerCanFollowTheBudget(t *testing.T) {
	x := open(t, twoProgrammes())
	x.s.open(kutim.Scope)
	x.s.toBudget()
	x.says(t, "98.000 orang × 12 bulan × Rp16.800 = Rp19.756.800.000", "Rp30.240.000.000", "Sisa anggaran", "Rp10.483.200.000", "Cukup",
		"150.000", "orang selama setahun", "1.800.000")
	x.Fits("the budget")
	x.Type("150.001")
	x.says(t, "150.001 orang × 12 bulan × Rp16.800 = Rp30.240.201.600", "Kurang", "-Rp201.600")
	x.Tab("Terdaftar: 61.250")
	x.Press(fyne.KeySpace)
	x.says(t, "61.250 orang × 12 bulan × Rp16.800 = Rp12.348.000.000")
}

func TestMonthsAtTwoRatesAreTwoLines(t *testing.T) {
	x := open(t, twoProgrammes())
	x.s.open(donors.Scope)
	x.s.toBudget()
	x.says(t, "120 orang × 1 bulan × Rp8.400", "keringanan 50% JKK dan JKM", "120 orang × 5 bulan × Rp16.800", "Rp11.088.000", "Kurang")
}

func TestThePayersFileIsWrittenAfterAWarning(t *testing.T) {
	x := open(t, twoProgrammes())
	x.s.open(kutim.Scope)
	x.idle()
	x.Tab("Berkas untuk penanggung")
	x.Press(fyne.KeySpace)
	x.says(t, "Berkas ini berisi data pribadi")
	if len(x.d.written) != 0 {
		t.Fatal("written without an answer")
	}
	x.s.writeRows()
	x.idle()
	if _, ok := x.d.written["/stik/loket-baris-20261120-1042.jsonl"]; !ok {
		t.Error(x.d.written)
	}
}

func TestClosingAsksFirst(t *testing.T) {
	x := open(t, twoProgrammes())
	x.s.open(kutim.Scope)
	x.Tab("Tutup program")
	x.Press(fyne.KeySpace)
	x.says(t, "Tutup Pekerja rentan Kutai Timur 2027?", "61.250 orang yang terdaftar tetap terdaftar")
	if x.d.all[0].Closed {
		t.Fatal("closed without an answer")
	}
	x.s.shut()
	x.Until("closed", func() bool { return x.s.model.Work == Idle && x.s.model.Chosen.Closed })
	if x.s.Primary().Word != "" {
		t.Error("a closed programme takes lists")
	}
}

func TestARefusalStaysInSight(t *testing.T) {
	x := open(t, twoProgrammes())
	x.s.open(kutim.Scope)
	x.Until("read", func() bool { return x.s.model.Chosen.Read })
	x.d.refuse = app.Fail(app.NotAllowed)
	x.s.shut()
	x.idle()
	x.d.all = x.d.all[:1]
	x.s.load()
	x.Until("read again", func() bool { return len(x.s.model.All) == 1 })
	x.says(t, words.Error(words.ID, x.d.refuse))
}

func TestLeaversAndOverlapsAreNamed(t *testing.T) {
	x := open(t, twoProgrammes())
	x.s.open(kutim.Scope)
	x.Until("read", func() bool { return x.s.model.Chosen.Leavers != nil })
	x.Tab("Tidak ada lagi · 2")
	x.Press(fyne.KeySpace)
	x.says(t, "YOHANES NGAU AJANG")
	x.Tab("Dibayar ganda · 1")
	x.Press(fyne.KeySpace)
	x.says(t, "KRISTINA USAT", "SERTAKAN pedagang pasar", "Des 2026 – Mei 2027")
	x.Fits("a programme")
}

func TestLongNamesAndLargeTextFit(t *testing.T) {
	d := twoProgrammes()
	long := strings.Repeat("Perlindungan pekerja rentan ", 8)
	d.all[0].Name, d.all[0].PayerName, d.all[0].Release = long, long, long
	for _, look := range []theme.Look{{}, {Scale: 150}, {Touch: true}} {
		x := opened(t, d, 1024, 600, words.EN, look)
		x.s.open(kutim.Scope)
		x.Settle()
		if least := x.Win.Content().MinSize(); least.Width > 1024 {
			t.Errorf("%v: %v wide", look, least.Width)
		}
		x.Picture(fmt.Sprintf("long-%d-%v", look.Scale, look.Touch))
	}
}
