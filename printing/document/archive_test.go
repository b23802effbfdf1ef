package document_test

import (
	"strings"
	"testing"

	"loket/printing/document"
	"loket/printing/drawing"
)

func sampleSheet() document.ArchiveSheet {
	rows := [][2]string{
		{"Nama sesuai KTP", strings.Repeat("KUSUMADIPUTRA NOTOHADININGRAT ", 4)},
		{"NIK", "6471014510900003"},
		{"Alamat", strings.Repeat("Jl. Jenderal Sudirman Gang Mufakat ", 4)},
		{"Desa/kelurahan", "Manggar, Balikpapan Timur, Kota Balikpapan"},
		{"Pekerjaan", "Pedagang"},
		{"Jam kerja", "________"},
		{"Program", "JKK+JKM"},
	}
	part := document.Declared{Title: "Diri", Rows: rows}
	return document.ArchiveSheet{
		Number: sampleSlips()["plain"].Number, ScanText: "0004170100012345", Name: strings.Repeat("KUSUMADIPUTRA ", 8), Officer: "aaaa",
		Parts: []document.Declared{part, part, part, part}, Notice: document.Told{Text: strings.Repeat("Kami memakai data Anda. ", 12), Version: "notice-2026.1"},
		Consents: []document.Told{{Text: "Bolehkah kami mengirim kabar lewat WhatsApp?", Version: "whatsapp-2026.1", Answer: "yes"}, {Text: "Bolehkah foto ditampilkan?", Version: "1"}},
		Made:     "20-11-2026 10.15 WITA · Kantor Cabang Balikpapan",
	}
}

func texts(d drawing.Drawing) (all []drawing.Text) {
	for _, op := range d.Ops {
		if text, ok := op.(drawing.Text); ok {
			all = append(all, text)
		}
	}
	return all
}

func TestArchiveSheetKeepsRoomToSign(t *testing.T) {
	declaration, label := 0.0, 0.0
	for _, text := range texts(document.Archive(sampleSheet())) {
		switch {
		case strings.HasPrefix(text.Content, "Keterangan di atas"):
			declaration = text.Y
		case text.Content == "Tanda tangan":
			label = text.Y
		}
		if text.Y > 292 {
			t.Errorf("%q stands below the page", text.Content)
		}
	}
	if declaration == 0 || declaration >= label {
		t.Errorf("the declaration at %.0f mm reaches the boxes at %.0f mm", declaration, label)
	}
}

func TestPracticeSheetSaysSo(t *testing.T) {
	for _, practice := range []bool{true, false} {
		s, found := sampleSheet(), false
		s.Practice = practice
		for _, text := range texts(document.Archive(s)) {
			found = found || strings.Contains(text.Content, "LATIHAN")
		}
		if found != practice {
			t.Errorf("practice %v, LATIHAN %v", practice, found)
		}
	}
}
