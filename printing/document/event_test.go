package document_test

import (
	"strings"
	"testing"

	"loket/app"
	"loket/printing/document"
)

func samplePass() document.EventPass {
	return document.EventPass{
		Event: "Bazar UMKM Manggar", Place: "Lapangan Manggar, Kelurahan Manggar", Hours: "Sabtu 21-11-2026 · 08.00–16.00 WITA",
		Kiosk: "00417", Tasks: []string{"Daftar orang baru", "Cek kartu", "Serahkan kartu", "Keluarga bertanya"}, Number: 1, Of: 3,
		Text: "LOKETIZIN1" + strings.Repeat("2KCEUSEQ7ZJ4", 25),
	}
}

func sampleEvent() document.EventReport {
	return document.EventReport{
		Event: "Bazar UMKM Manggar", Made: "21-11-2026 16.20 WITA · Kantor Cabang Balikpapan · perangkat 00417",
		Facts: []document.ReportLine{
			{Label: "Tempat", Value: "Lapangan Manggar, Kelurahan Manggar"},
			{Label: "Mitra", Value: "Dinas Koperasi dan UMKM"},
			{Label: "Jam", Value: "Sabtu 21-11-2026 · 08.00–16.00 WITA"},
		},
		Figures: []document.ReportLine{
			{Label: "Pendaftaran", Value: "124"},
			{Label: "Bukti tercetak", Value: "122"},
			{Label: "Kartu diserahkan", Value: "8"},
			{Label: "Relawan", Value: "3 dari 4"},
			{Label: "Flashdisk dibagikan / kembali", Value: "2 / 1"},
		},
		Diffs: []string{
			"2 pendaftaran belum punya bukti tercetak: PS 00417-01-000107, PS 00417-01-000121.",
			"1 flashdisk belum kembali. Catat siapa yang membawanya.",
		},
		Note: "Satu flashdisk dibawa Pak Rahmat ke kantor cabang lewat jalan darat.",
	}
}

func TestThePapersOfAnEventLookAsAgreed(t *testing.T) {
	pass, err := document.Pass(samplePass())
	if err != nil {
		t.Fatal(err)
	}
	compare(t, "event-pass", pass)
	long := samplePass()
	long.Practice, long.Lang = true, "en"
	long.Event = "Sosialisasi Jaminan Sosial Ketenagakerjaan Bagi Pelaku Usaha Mikro Kecamatan Balikpapan Timur"
	long.Place = "Aula Kantor Kecamatan Balikpapan Timur, Jalan Mulawarman RT 12, Kelurahan Manggar"
	if pass, err = document.Pass(long); err != nil {
		t.Fatal(err)
	}
	compare(t, "event-pass-long", pass)
	compare(t, "event-report", document.EventClosing(sampleEvent()))
	good := sampleEvent()
	good.Diffs, good.Note, good.Practice = nil, "", true
	compare(t, "event-report-good", document.EventClosing(good))
}

func TestAPassThatFitsNoCodeIsRefused(t *testing.T) {
	p := samplePass()
	p.Text = strings.Repeat("A", 2000)
	if _, err := document.Pass(p); app.CodeOf(err) != app.PrintTextTooLong {
		t.Errorf("%v", err)
	}
}
