package document_test

import (
	"fmt"
	"strconv"
	"testing"

	"loket/app"
	"loket/printing/document"
	"loket/printing/drawing"
)

func sampleReport(villages int) document.Report {
	r := document.Report{
		Practice: true, Title: "Laporan harian", About: "20-11-2026", Place: "Kantor Cabang Balikpapan", Made: "Dibuat 20-11-2026 16.00 WITA",
		Note: "Angka menurut komputer ini.",
		Figures: []document.ReportRow{
			{Word: "terdaftar", Count: 1241},
			{Word: "kartu sudah dicek", Count: 834},
			{Word: "kartu diserahkan", Count: 731},
			{Word: "catatan hanya di komputer ini, saat ini", Count: 26},
		},
		Chart:  document.ReportTable{Title: "Pendaftaran per jam"},
		States: document.ReportTable{Title: "Status pendaftaran", Rows: []document.ReportRow{{Word: "menunggu persetujuan", Count: 640, State: app.Captured}, {Word: "perlu ditinjau", Count: 21, State: app.NeedsReview}, {Word: "diterima", Count: 580, State: app.Accepted}}},
	}
	for h := range 9 {
		r.Chart.Rows = append(r.Chart.Rows, document.ReportRow{Word: fmt.Sprintf("%02d", 8+h), Count: h * 31})
	}
	table := document.ReportTable{Title: "Per desa atau kelurahan"}
	for v := range villages {
		table.Rows = append(table.Rows, document.ReportRow{Word: "Desa Sumber Sari Makmur nomor " + strconv.Itoa(v+1), Count: 300 - v})
	}
	r.Tables = []document.ReportTable{table, {Title: "Kosong"}}
	return r
}

func TestReportLooksAsAgreed(t *testing.T) {
	compare(t, "report", document.OfficeReport(sampleReport(9))[0])
}

// A long table goes on; nothing stands outside of a page or over its number, and no line is lost.
func TestALongReportTurnsItsPages(t *testing.T) {
	pages := document.OfficeReport(sampleReport(150))
	if len(pages) < 4 {
		t.Fatal(len(pages), "pages")
	}
	seen := map[string]bool{}
	for _, page := range pages {
		for _, op := range page.Ops {
			text, ok := op.(drawing.Text)
			if !ok || text.Angle != 0 {
				continue
			}
			seen[text.Content] = true
			if text.Start() < 0 || text.Start()+text.Style.Width(text.Content) > page.Width || text.Y > 290 {
				t.Errorf("%q runs out of the page", text.Content)
			}
		}
	}
	for v := range 150 {
		if !seen["Desa Sumber Sari Makmur nomor "+strconv.Itoa(v+1)] {
			t.Error("a line is lost:", v+1)
		}
	}
}

const longName = "Perlindungan Pekerja Rentan Nelayan, Petani, Pedagang Kecil dan Penyandang Disabilitas Kabupaten Kutai Timur Tahap Kedua 2027"

// A long name wraps inside its column, and the head and the foot of a page hold it too.
func TestALongNameRunsOverNothing(t *testing.T) {
	r := sampleReport(3)
	r.About = "20-11-2026 · Program: " + longName + " · Kegiatan: " + longName
	r.Tables[0].Rows[1].Word = longName
	page := document.OfficeReport(r)[0]
	var lines []drawing.Text
	for _, op := range page.Ops {
		if text, ok := op.(drawing.Text); ok && text.Angle == 0 {
			lines = append(lines, text)
		}
	}
	for i, a := range lines {
		for _, b := range lines[i+1:] {
			if a.Y != b.Y {
				continue
			}
			if a.Start() < b.Start()+b.Style.Width(b.Content) && b.Start() < a.Start()+a.Style.Width(a.Content) {
				t.Errorf("%q stands over %q", a.Content, b.Content)
			}
		}
		if a.Start()+a.Style.Width(a.Content) > page.Width-10 {
			t.Errorf("%q runs out of the page", a.Content)
		}
	}
}

// What is accepted is green, also where nothing waits.
func TestAcceptedIsGreenAlone(t *testing.T) {
	fills := func(rows ...document.ReportRow) (all []drawing.Colour) {
		r := sampleReport(1)
		r.States.Rows = rows
		for _, op := range document.OfficeReport(r)[0].Ops {
			if bar, ok := op.(drawing.Rect); ok && bar.H == 6 {
				all = append(all, bar.Fill)
			}
		}
		return all
	}
	accepted := document.ReportRow{Word: "diterima", Count: 5, State: app.Accepted}
	both := fills(document.ReportRow{Word: "menunggu persetujuan", Count: 5, State: app.Captured}, accepted)
	if one := fills(accepted); len(one) != 1 || len(both) != 2 || one[0] != both[1] || one[0] == both[0] {
		t.Errorf("alone %v, beside what waits %v", one, both)
	}
}
