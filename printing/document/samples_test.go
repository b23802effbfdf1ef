package document_test

import (
	"strings"
	"time"

	"loket/app"
	"loket/printing/document"
)

// address and digits make a QR text as long as a real one.
func qrText(digits int) string {
	return "HTTPS://KARTU.CONTOH.ID/K#" + strings.Repeat("73109345826019274", 30)[:digits]
}

func day(y int, m time.Month, d int) app.Date { return app.Date{Year: y, Month: m, Day: d} }

// sampleCards are invented people, from the plain to the extreme.
func sampleCards() map[string]document.Card {
	plain := document.Card{
		Name: "YOHANES NGAU AJANG", Member: "26133068531", Village: "Desa Bumi Rapak", District: "Kaubun",
		Programmes: app.WorkAccident | app.Death, Serial: 98412, Generation: 1, Code: "RM",
		Registered: day(2026, 11, 2), Accepted: day(2026, 11, 3),
		Payer: "APBD Kutai Timur 2026 · SK 460/123/2026", Text: qrText(391), Version: 10,
	}
	long := plain
	long.Name = "MUHAMMAD ABDURRAHMAN WIRANATAKUSUMAH PUTRA WIJAYANTO"
	long.Village, long.District = "Kelurahan Sumber Sari Makmur Sejahtera Abadi", "Kongbeng Batu Ampar"
	long.Programmes, long.Accepted = app.WorkAccident|app.Death|app.OldAge, app.Date{}
	long.Payer = "Anggaran Pendapatan dan Belanja Daerah Kabupaten Kutai Timur Tahun Anggaran 2026 · SK 460/123/2026"
	long.Text, long.Version = qrText(430), 12
	practice := plain
	practice.Name, practice.Village, practice.District = "SUPARMI", "Desa Sangkulirang", ""
	practice.Practice, practice.Accepted, practice.Payer, practice.Version = true, app.Date{}, "", 11
	return map[string]document.Card{"plain": plain, "long": long, "practice": practice}
}

func sampleMonths(n, cheap int) []document.SlipMonth {
	var months []document.SlipMonth
	first := app.Month{Year: 2026, Month: 12}
	for i := range n {
		m := document.SlipMonth{Month: first.Add(i), Amount: 16800}
		if i < cheap {
			m.Amount, m.Relief = 8400, "keringanan 50% JKK+JKM"
		}
		months = append(months, m)
	}
	return months
}

func sampleSlips() map[string]document.Slip {
	plain := document.Slip{
		Number:   app.ProvisionalNumber{Chain: app.Chain{Kiosk: 417, Incarnation: 1}, Counter: 123},
		ScanText: "1004170100012345", Name: "Yohanes Ngau Ajang", Programmes: app.WorkAccident | app.Death,
		Months: sampleMonths(6, 4), Place: "Kantor Kecamatan Kaubun", From: day(2026, 12, 4),
		Made: "20-11-2026 10:15 WITA · Kantor Cabang Balikpapan · loket 00417",
	}
	full := plain
	full.Name = "Muhammad Abdurrahman Wiranatakusumah Putra Wijayanto"
	full.Programmes, full.Months = app.WorkAccident|app.Death|app.OldAge, sampleMonths(12, 4)
	sponsored := plain
	sponsored.Practice, sponsored.Payer, sponsored.Place = true, "APBD Kutai Timur 2026", ""
	return map[string]document.Slip{"plain": plain, "full": full, "sponsored": sponsored}
}
