package document_test

import (
	"testing"

	"loket/printing/document"
	"loket/printing/drawing"
)

func sampleLeaflet() document.Leaflet {
	box := document.LeafletTopic{
		Icon: "pict-helmet", Title: "Kecelakaan kerja (JKK)", Lead: "Kalau celaka karena bekerja, Anda dirawat.",
		Points: []document.LeafletPoint{{"pict-care", "Berobat sampai sembuh, menurut kebutuhan medis."}, {"pict-money", "Pengganti upah."}},
		Dated:  [][2]string{{"Pengganti upah", "100% selama 12 bulan, lalu 50%"}},
	}
	steps := box
	steps.Steps, steps.Dated = true, nil
	return document.Leaflet{
		Practice: true, Title: "Manfaat", Call: "175", Caveat: "Sesuai ketentuan, bila status aktif saat kejadian.",
		Topics: []document.LeafletTopic{box, steps, box}, Where: "Rumah sakit mitra", Hospitals: []string{"RS Contoh", "RSUD Contoh"}, Confirm: "Pastikan dulu.",
		App: "Pindai kode.", Link: drawing.QR{Text: "https://contoh.id/", Version: 3, Module: drawing.Dots(8)}, Foot: "Berlaku per 20-11-2026.",
	}
}

func TestLeafletLooksAsAgreed(t *testing.T) {
	compare(t, "leaflet", document.BenefitLeaflet(sampleLeaflet()))
}

// Whatever is told, nothing runs out of the page.
func TestLeafletStaysOnItsPage(t *testing.T) {
	d := document.BenefitLeaflet(sampleLeaflet())
	for _, op := range d.Ops {
		if text, ok := op.(drawing.Text); ok && text.Angle == 0 && (text.Start() < 0 || text.Start()+text.Style.Width(text.Content) > d.Width || text.Y > d.Height) {
			t.Errorf("%q runs out of the page", text.Content)
		}
	}
}
