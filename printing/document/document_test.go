package document_test

import (
	"math"
	"strings"
	"testing"

	"loket/app"
	"loket/app/words"
	"loket/printing/document"
	"loket/printing/drawing"
)

// textOf is everything that a drawing says, in order.
func textOf(d drawing.Drawing) string {
	var b strings.Builder
	for _, op := range d.Ops {
		if t, ok := op.(drawing.Text); ok {
			b.WriteString(t.Content + "\n")
		}
	}
	return b.String()
}

func TestCardIsNeverAheadOfTheLedger(t *testing.T) {
	card := sampleCards()["long"]
	front := textOf(document.MemberCard(card)[0])
	if !strings.Contains(front, "terdaftar, menunggu persetujuan per 02-11-2026") {
		t.Errorf("a card that waits does not say so:\n%s", front)
	}
	card.Accepted = day(2026, 11, 3)
	front = textOf(document.MemberCard(card)[0])
	if !strings.Contains(front, "diterima pusat 03-11-2026") || strings.Contains(front, "menunggu") {
		t.Errorf("an accepted card says:\n%s", front)
	}
	if strings.Contains(strings.ToLower(front), "aktif") {
		t.Errorf("a face never says active:\n%s", front)
	}
}

func TestCardShowsWhatTheFaceMustShow(t *testing.T) {
	sides := document.MemberCard(sampleCards()["plain"])
	for _, want := range []string{
		"Kartu Kepesertaan", "Jaminan Sosial Ketenagakerjaan", "YOHANES NGAU AJANG", "261 3306 8531", "Desa Bumi Rapak, Kec. Kaubun",
		"JKK Kecelakaan Kerja", "JKM Kematian", "KT-0098412", "kartu ke-1", "RM", "KARTU.CONTOH.ID",
	} {
		if !strings.Contains(textOf(sides[0]), want) {
			t.Errorf("the face lacks %q", want)
		}
	}
	for _, want := range []string{"175", "2 × 24 jam", "Kartu ini gratis. Tidak boleh ada pungutan.", "Iuran dibayar: APBD Kutai Timur 2026"} {
		if !strings.Contains(textOf(sides[1]), want) {
			t.Errorf("the back lacks %q", want)
		}
	}
}

// withWidest adds a card whose every field is as long and wide as it can come.
func withWidest(cards map[string]document.Card) map[string]document.Card {
	wide := cards["long"]
	wide.Name = "WWWWWWWWWWWWWWWWWWWWWWWWW MMMMMMMMMMMMMMMMMMMMMMMMMM"
	wide.Village, wide.Payer = strings.Repeat("Mawar ", 9), strings.Repeat("Maju Makmur ", 11)
	wide.Serial, wide.Generation = 9_999_999, 12
	cards["wide"] = wide
	return cards
}

// All text of all samples, in both languages and with the widest names, stays 3 mm inside the
// edge and out of the code's white.
func TestCardTextStaysInItsPlace(t *testing.T) {
	for name, card := range withWidest(sampleCards()) {
		for _, card.Lang = range words.Langs {
			for _, side := range document.MemberCard(card) {
				white := codeWhite(side)
				for _, op := range side.Ops {
					text, ok := op.(drawing.Text)
					if !ok || text.Angle != 0 {
						continue
					}
					checkInside(t, name, side, text, white)
				}
			}
		}
	}
}

// Nothing is written over something else, in any sample and language.
func TestTextsDoNotTouch(t *testing.T) {
	var all []drawing.Drawing
	for _, card := range withWidest(sampleCards()) {
		for _, card.Practice = range []bool{false, true} {
			for _, card.Lang = range words.Langs {
				all = append(all, document.MemberCard(card)...)
			}
		}
	}
	for _, slip := range sampleSlips() {
		for _, slip.Media = range []document.Media{document.Roll80, document.A6} {
			for _, slip.Lang = range words.Langs {
				all = append(all, document.RegistrationSlip(slip))
			}
		}
	}
	for _, d := range all {
		texts := upright(d)
		for i, a := range texts {
			for _, b := range texts[i+1:] {
				if overlap(a, b) {
					t.Errorf("%s: %q touches %q", d.Name, a.Content, b.Content)
				}
			}
		}
	}
}

func upright(d drawing.Drawing) []drawing.Text {
	var all []drawing.Text
	for _, op := range d.Ops {
		if t, ok := op.(drawing.Text); ok && t.Angle == 0 {
			t.Content = strings.TrimSpace(t.Content)
			all = append(all, t)
		}
	}
	return all
}

// overlap compares the boxes from capital height to a little below the baseline.
func overlap(a, b drawing.Text) bool {
	box := func(t drawing.Text) (x0, y0, x1, y1 float64) {
		em := t.Style.Size * drawing.PointMM
		return t.Start(), t.Y - 0.73*em, t.Start() + t.Style.Width(t.Content), t.Y + 0.18*em
	}
	ax, ay, ax1, ay1 := box(a)
	bx, by, bx1, by1 := box(b)
	return ax < bx1-0.1 && bx < ax1-0.1 && ay < by1 && by < ay1
}

// codeWhite is the code with its quiet zone: x from, y from, x to, y to.
func codeWhite(d drawing.Drawing) [4]float64 {
	for _, op := range d.Ops {
		if q, ok := op.(drawing.QR); ok {
			quiet := drawing.QuietModules * q.Module
			return [4]float64{q.X - quiet, q.Y - quiet, q.X + q.Side() + quiet, q.Y + q.Side() + quiet}
		}
	}
	return [4]float64{}
}

func checkInside(t *testing.T, name string, side drawing.Drawing, text drawing.Text, white [4]float64) {
	t.Helper()
	const margin, capital = 3, 0.73
	left, right := text.Start(), text.Start()+text.Style.Width(text.Content)
	top := text.Y - capital*text.Style.Size*drawing.PointMM
	if left < margin || right > side.Width-margin || text.Y > side.Height-margin {
		t.Errorf("%s %s: %q reaches into the edge (%.1f to %.1f, y %.1f)", name, side.Name, text.Content, left, right, text.Y)
	}
	if right > white[0] && left < white[2] && text.Y > white[1] && top < white[3] {
		t.Errorf("%s %s: %q reaches into the code's white", name, side.Name, text.Content)
	}
}

func TestCodeModulesAreWholeDots(t *testing.T) {
	card := sampleCards()["plain"]
	for card.Version = 10; card.Version <= 12; card.Version++ {
		front := document.MemberCard(card)[0]
		for _, op := range front.Ops {
			q, ok := op.(drawing.QR)
			if !ok {
				continue
			}
			for _, length := range []float64{q.X, q.Y, q.Module} {
				dots := length * drawing.DotsPerInch / 25.4
				if math.Abs(dots-math.Round(dots)) > 1e-6 {
					t.Errorf("version %d: %.4f mm are %.3f dots", card.Version, length, dots)
				}
			}
			if all := float64(q.Modules()+2*drawing.QuietModules) * q.Module; q.Module < drawing.Dots(4) || all < 22 || all > 25 {
				t.Errorf("version %d: %.2f mm with its white", card.Version, all)
			}
		}
	}
}

func TestPracticeShowsOnEverySide(t *testing.T) {
	for _, side := range document.MemberCard(sampleCards()["practice"]) {
		if strings.Count(textOf(side), "LATIHAN") < 2 {
			t.Errorf("%s does not say that it is practice", side.Name)
		}
	}
	for _, media := range []document.Media{document.Roll80, document.A6} {
		slip := sampleSlips()["sponsored"]
		slip.Media = media
		if !strings.Contains(textOf(document.RegistrationSlip(slip)), "LATIHAN") {
			t.Errorf("the slip on %s does not say that it is practice", media)
		}
	}
}

func TestCardReportsWhatTheFontLacks(t *testing.T) {
	card := sampleCards()["plain"]
	card.Name = "SITI 😀 漢"
	front := document.MemberCard(card)[0]
	if string(front.Missing) != "😀漢" {
		t.Errorf("reported %q", string(front.Missing))
	}
	if !strings.Contains(textOf(front), "SITI □ □") {
		t.Errorf("the face says %q", textOf(front))
	}
}

func TestNothingTypedIsDropped(t *testing.T) {
	card, slip := sampleCards()["plain"], sampleSlips()["plain"]
	card.Name, slip.Name = "SITI ** AMINAH", "Siti ** Aminah"
	if face := textOf(document.MemberCard(card)[0]); !strings.Contains(face, "SITI * * AMINAH") {
		t.Errorf("the face says\n%s", face)
	}
	if text := textOf(document.RegistrationSlip(slip)); !strings.Contains(text, "Siti * * Aminah") {
		t.Errorf("the slip says\n%s", text)
	}
}

func TestSlipSaysWhenNothingIsToBePaid(t *testing.T) {
	for name, want := range map[string]string{
		"plain":     "Belum perlu membayar.|Kode iuran dikirim ke HP Anda atau ditanyakan di kantor cabang.|Jangan membayar kepada petugas.|Desember 2026|Rp8.400|Rp67.200|keringanan 50% JKK+JKM|04-12-2026",
		"full":      "Rp168.000|November 2027",
		"sponsored": "APBD Kutai Timur 2026|Jangan membayar kepada petugas.|Anda tidak membayar iuran",
	} {
		slip := sampleSlips()[name]
		for _, slip.Media = range []document.Media{document.Roll80, document.A6} {
			text := strings.Join(strings.Fields(textOf(document.RegistrationSlip(slip))), " ")
			for part := range strings.SplitSeq(want, "|") {
				if !strings.Contains(text, part) {
					t.Errorf("%s on %s lacks %q", name, slip.Media, part)
				}
			}
			if !strings.Contains(text, "menunggu persetujuan") || !strings.Contains(text, "PS 00417-01-000123") {
				t.Errorf("%s on %s lacks state or number", name, slip.Media)
			}
		}
	}
}

func TestSlipFitsItsPaper(t *testing.T) {
	slips := sampleSlips()
	crowded := slips["full"]
	crowded.Place = "Balai Pertemuan Umum Desa Persiapan Sumber Makmur Sejahtera, Jalan Poros Kaubun Kilometer 12"
	crowded.Made += " · kegiatan Pasar Murah Kecamatan Kaubun"
	slips["crowded"] = crowded
	for name, slip := range slips {
		for _, slip.Media = range []document.Media{document.Roll80, document.A6} {
			for _, slip.Lang = range words.Langs {
				d := document.RegistrationSlip(slip)
				for _, op := range d.Ops {
					text, ok := op.(drawing.Text)
					if ok && text.Angle == 0 && (text.Y > d.Height-3 || text.Start() < 4 || text.Start()+text.Style.Width(text.Content) > d.Width-4) {
						t.Errorf("%s on %s in %s: %q leaves the paper", name, slip.Media, slip.Lang, text.Content)
					}
				}
			}
		}
	}
}

func TestThermalSlipIsBlackOnly(t *testing.T) {
	slip := sampleSlips()["sponsored"]
	for _, op := range document.RegistrationSlip(slip).Ops {
		switch op := op.(type) {
		case drawing.Text:
			if op.Style.Colour != drawing.Black {
				t.Errorf("%q is coloured", op.Content)
			}
		case drawing.Rect:
			t.Errorf("a filled plate on thermal paper: %+v", op)
		}
	}
}

func TestCardWithoutAnyFieldStillDraws(t *testing.T) {
	if sides := document.MemberCard(document.Card{}); len(sides) != 2 {
		t.Error("no card")
	}
	if d := document.RegistrationSlip(document.Slip{Programmes: app.OldAge}); d.Height <= 0 {
		t.Error("no slip")
	}
}
