package document_test

import (
	"fmt"
	"strconv"
	"testing"

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
		States: document.ReportTable{Title: "Status pendaftaran", Rows: []document.ReportRow{{Word: "menunggu persetujuan", Count: 640}, {Word: "perlu ditinjau", Count: 21}, {Word: "diterima", Count: 580}}},
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
