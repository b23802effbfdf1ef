package program

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/xuri/excelize/v2"

	"loket/app"
	"loket/app/roster"
	"loket/app/sponsor"
	"loket/app/words"
	"loket/storage/storagetest"
	"loket/ui/shell"
)

func TestTheRowsOfACodeComeByPages(t *testing.T) {
	x := open(t, twoProgrammes())
	x.list("desa.csv", dirty(1700))
	x.says(t, "NIK", "Nama Lengkap", "640804••••••0001", "Golongan Darah")
	for n, want := range map[int]string{1: "NIK", 3: "Tempat dan tanggal lahir", 6: "(tidak dipakai)"} {
		if got := x.s.view.file.picks[n].Picked().Word; got != want {
			t.Errorf("column %d is taken for %q", n, got)
		}
	}
	x.s.judge()
	x.idle()
	x.says(t, "1.700", "orang di daftar", "Daftarkan 1.140 orang", "Desa tidak dikenal", words.Say(words.ID, "village_unknown"), "1 sampai 200 dari 340")
	if x.d.options[0].AsOf != app.DateOf(now) {
		t.Error(x.d.options[0].AsOf)
	}
	if strings.Contains(x.Texts(), "6408040505800001") {
		t.Error("a whole NIK is shown")
	}
	x.Press(fyne.KeyDown)
	x.says(t, words.Say(words.ID, "nik_length"), "SITI AMINAH 6")
}

func TestAColumnIsCorrectedByKeys(t *testing.T) {
	x := open(t, twoProgrammes())
	x.list("desa.csv", "No;Identitas;Nama Lengkap;Desa;JK\n1;6408040505800001;SITI;Sepaso;P\n")
	x.s.view.file.picks[1].Field.Focus()
	x.Press(fyne.KeyDown)
	x.Type("NIK")
	x.Press(fyne.KeyReturn)
	x.s.judge()
	x.idle()
	if got := x.s.model.Import.Verdict.Result.Rows[0].Person.NIK; got != "6408040505800001" {
		t.Errorf("%q", got)
	}
}

func TestAListWithoutTitlesIsReadAsAPersonSays(t *testing.T) {
	x := open(t, twoProgrammes())
	x.list("desa.csv", "6408040505800001;SITI AMINAH;Sepaso\n6408040505800002;BUDI;Sepaso\n")
	x.says(t, words.Say(words.ID, "roster.no_header"), "Belum ada kolom NIK atau Nama", "SITI AMINAH")
	x.s.judge()
	if len(x.d.options) != 0 {
		t.Fatal("it was judged without a column")
	}
	i := &x.s.model.Import
	for n, f := range []string{"nik", "name", "village"} {
		i.Correct(n, fieldNamed(f))
	}
	x.s.judge()
	x.idle()
	if i.Verdict == nil || len(i.Verdict.Result.Rows) != 2 {
		t.Error("no rows were found", x.s.model.Err)
	}
}

// oleMark begins files of the old Office.
const oleMark = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

func TestWhatIsNoListIsRefusedWithASentence(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		code    app.Code
	}{
		"pdf":      {"%PDF-1.7\n", app.RosterPDF},
		"old":      {oleMark + "W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00", app.RosterOldExcel},
		"locked":   {oleMark + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00", app.RosterLocked},
		"empty":    {"", app.RosterEmpty},
		"damaged":  {"PK\x03\x04rusak", app.RosterDamaged},
		"web page": {"<!DOCTYPE html><html></html>", app.RosterWebPage},
	} {
		t.Run(name, func(t *testing.T) {
			x := open(t, twoProgrammes())
			x.list("daftar.xlsx", c.content)
			x.says(t, words.Error(words.ID, app.Fail(c.code)))
			if x.s.model.Import.Has() {
				t.Error("it was taken as a list")
			}
		})
	}
}

func TestASpellingIsDecidedAndTheListJudgedAgain(t *testing.T) {
	x := open(t, twoProgrammes())
	x.list("desa.csv", dirty(100))
	x.s.judge()
	x.idle()
	x.Tab("Nama desa · 2")
	x.Press(fyne.KeySpace)
	x.says(t, "“Kampung Antah”", "Tidak ada desa dengan nama ini")
	x.Tab("Bukan desa di wilayah ini")
	x.Press(fyne.KeySpace)
	x.says(t, "“Sangata Utr.”", "Sangatta Utara, Sangatta Utara, Kabupaten Kutai Timur", "Periksa lagi dengan keputusan ini")
	x.Tab("Benar, desa ini")
	x.Press(fyne.KeySpace)
	x.Tab("Periksa lagi")
	x.Press(fyne.KeySpace)
	x.idle()
	if got := x.d.options[1].Villages; len(got) != 2 || got["Kampung Antah"] != "" || got["Sangata Utr."] == "" {
		t.Errorf("%v", got)
	}
	if v := x.s.model.Import.Verdict; len(v.Of(app.VillageGuessed).Rows) != 0 {
		t.Error("a settled spelling is still a guess")
	}
	x.says(t, "diputuskan", "bukan desa", "Daftarkan")
}

func TestAnotherVillageIsFoundByTyping(t *testing.T) {
	x := open(t, twoProgrammes())
	x.list("desa.csv", dirty(100))
	x.s.judge()
	x.idle()
	x.s.model.Import.Villages = true
	x.s.show()
	x.s.view.verdict.other.Field.Focus()
	x.Type("sepaso ti")
	x.Press(fyne.KeyReturn)
	x.Until("decided", func() bool { return x.s.model.Import.Decided["Kampung Antah"] != "" })
	if p, _ := x.s.regions.Lookup(x.s.model.Import.Decided["Kampung Antah"]); p.Name != "Sepaso Timur" {
		t.Errorf("%v", p)
	}
}

// judged brings the screen to the verdict of a list.
func judged(t *testing.T) *table {
	t.Helper()
	x := open(t, twoProgrammes())
	x.list("desa.csv", dirty(100))
	x.s.judge()
	x.idle()
	return x
}

func TestNobodyIsRegisteredBeforeSomebodySaysSo(t *testing.T) {
	x := judged(t)
	x.Tab("Daftarkan")
	x.Press(fyne.KeySpace)
	x.says(t, "terdaftar, menunggu persetujuan pusat", "Pemerintah Kabupaten Kutai Timur", "nama desa masih tebakan")
	if x.d.imported != 0 {
		t.Fatal("imported without an answer")
	}
	x.Press(fyne.KeyEscape)
	if x.s.model.Work != Idle || x.d.imported != 0 {
		t.Error("Esc imports")
	}
}

func TestAnImportSaysHonestlyHowItEnded(t *testing.T) {
	for name, c := range map[string]struct {
		outcome sponsor.Outcome
		fail    error
		says    []string
	}{
		"done": {
			outcome: sponsor.Outcome{Version: sponsor.Version{Number: 3, New: 60, Corrected: 4, Unchanged: 2, Left: 5, At: now}},
			says:    []string{"Tersimpan di komputer ini", "66 dari", "belum berarti terkirim", "5 orang dari daftar sebelumnya tidak ada di daftar ini"},
		},
		"same": {
			outcome: sponsor.Outcome{Version: sponsor.Version{Number: 2, Unchanged: 66, At: now}},
			says:    []string{"Tidak ada yang berubah"},
		},
		"stopped": {
			outcome: sponsor.Outcome{Version: sponsor.Version{Number: 3, New: 3}, Stopped: true},
			says:    []string{"Dihentikan, belum selesai", "3 dari", "Lanjutkan"},
		},
		"full": {fail: app.Fail(app.StorageFull), says: []string{words.Error(words.ID, app.Fail(app.StorageFull))}},
	} {
		t.Run(name, func(t *testing.T) {
			x := judged(t)
			x.d.outcome = c.outcome
			if c.fail != nil {
				x.d.fail = c.fail
			}
			x.s.register()
			x.idle()
			x.says(t, c.says...)
		})
	}
}

func TestAnImportGoesOnWhenOneLeaves(t *testing.T) {
	x := judged(t)
	x.d.wait = make(chan struct{})
	x.d.outcome = sponsor.Outcome{Version: sponsor.Version{Number: 3, New: 66, At: now}}
	x.s.register()
	x.says(t, "Mendaftarkan ...", "impor berkas yang sama lagi")
	x.Press(fyne.KeyEscape)
	if x.s.model.Work != Importing || x.s.model.Page != PageVerdict {
		t.Fatal("Esc leaves an import")
	}
	x.Press(fyne.KeyF1)
	close(x.d.wait)
	x.idle()
	if x.Shell.Showing() == shell.Screen(x.s) {
		t.Fatal("it came back by itself")
	}
	x.Press(fyne.KeyF7)
	x.says(t, "Tersimpan di komputer ini")
}

func TestTheRejectsGoBackToTheSender(t *testing.T) {
	x := judged(t)
	x.Tab("Berkas alasan")
	x.Press(fyne.KeySpace)
	x.idle()
	for path, content := range x.d.written {
		if path != "/stik/loket-alasan-20261120-1042.csv" || !strings.Contains(content, "ALASAN DITOLAK") {
			t.Errorf("%s: %.80s", path, content)
		}
	}
	x.says(t, "/stik/loket-alasan-20261120-1042.csv")
}

func TestAnInterruptedImportAsksForItsFile(t *testing.T) {
	d := twoProgrammes()
	d.versions[0].At = time.Time{}
	x := open(t, d)
	x.s.open(kutim.Scope)
	x.Until("read", func() bool { return x.s.model.Chosen.Read })
	x.says(t, "Impor daftar ke-2 belum selesai", "belum selesai")
	x.Picture("unfinished")
	x.d.file, x.d.content = "/stik/desa.csv", []byte(dirty(10))
	x.Tab("Pilih berkas")
	x.Press(fyne.KeySpace)
	x.idle()
	if !x.s.model.Import.Has() || x.s.model.Page != PageFile {
		t.Error("the file was not opened", x.s.model.Err)
	}
}

func TestSheetsAreTurnedAndHiddenOnesAskedAbout(t *testing.T) {
	x := open(t, twoProgrammes())
	x.list("desa.xlsx", workbook(t))
	x.says(t, "Sepaso", "Kolek", "Arsip · tersembunyi", "Lembar tersembunyi: Arsip", "Bukan daftar orang, dilewati: Panitia")
	x.Picture("sheets")
	x.Tab("Kolek")
	x.Press(fyne.KeySpace)
	if x.s.model.Import.Sheet != 1 {
		t.Error("the sheet was not turned")
	}
	x.s.judge()
	x.idle()
	if n := len(x.s.model.Import.Verdict.Result.Rows); n != 4 {
		t.Errorf("%d rows with the hidden sheet left out", n)
	}
	x.says(t, "Lembar")
	x.Press(fyne.KeyEscape)
	x.Tab("Nilai juga")
	x.Press(fyne.KeySpace)
	x.s.judge()
	x.idle()
	if n := len(x.s.model.Import.Verdict.Result.Rows); n != 6 || !x.d.options[1].Hidden {
		t.Errorf("%d rows with the hidden sheet", n)
	}
}

// workbook is a list of two villages, a hidden sheet and one that is none.
func workbook(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	row := func(sheet string, n int, cells ...any) {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", n), &cells); err != nil {
			t.Fatal(err)
		}
	}
	for i, sheet := range []string{"Sepaso", "Kolek", "Arsip", "Panitia"} {
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		if sheet == "Panitia" {
			row(sheet, 1, "Ketua panitia", "Pak Camat")
			continue
		}
		row(sheet, 1, "NIK", "Nama", "Desa", "Pekerjaan")
		row(sheet, 2, fmt.Sprintf("64080405058000%02d", i*2+1), "SITI AMINAH", sheet, "Petani")
		row(sheet, 3, "-", "BUDI", sheet, "Petani")
	}
	if err := errors.Join(f.DeleteSheet("Sheet1"), f.SetSheetVisible("Arsip", false)); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// From the decree to registered people, on a real kiosk; the same file again changes nothing.
func TestAListBecomesRegistrations(t *testing.T) {
	clock := storagetest.NewClock()
	real := sponsor.New(storagetest.Kiosk(t, clock), newDesk().rules, clock, storagetest.AtWork)
	x := open(t, newDesk())
	x.s.uses.By = func() app.Operator { return storagetest.Supervisor }
	x.s.uses.Books = Books{
		All: real.Programmes, One: real.Programme, Open: real.Open, Change: real.Change, Close: real.Close, Budget: real.Budget,
		Versions: real.Versions, Leavers: real.Leavers, Overlaps: real.Overlaps,
	}
	x.s.uses.Lists = Lists{Judge: real.Judge, Import: real.Import, Rows: real.WriteRows}
	x.s.model.Form = formOf(kutim)
	x.s.model.Form.Scope = app.Scope{}
	x.s.model.Page = PageForm
	x.s.show()
	x.s.Save()
	x.Until("opened", func() bool { return x.s.model.Page == PageProgramme })
	for range 2 {
		x.d.content = []byte(dirty(100))
		x.s.toFile()
		x.s.chooseList()
		x.idle()
		x.s.judge()
		x.idle()
		x.s.register()
		x.idle()
		if x.s.model.Page != PageDone {
			t.Fatal(x.s.model.Err)
		}
		x.s.open(x.s.model.Chosen.Scope)
		x.Until("read", func() bool { return len(x.s.model.Chosen.Versions) > 0 })
	}
	got, err := real.Programmes(context.Background())
	if err != nil || len(got) != 1 || got[0].Registered != x.s.model.Import.Verdict.Accepted || got[0].Versions != 1 || !x.s.model.Import.Same {
		t.Errorf("%+v %v", got, err)
	}
}

func fieldNamed(key string) roster.Field {
	for _, f := range roster.Fields {
		if f.Key() == "roster.field."+key {
			return f
		}
	}
	return roster.Ignored
}
