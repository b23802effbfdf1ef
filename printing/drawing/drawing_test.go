package drawing_test

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"

	"loket/app"
	"loket/printing/drawing"
)

func TestWrapKeepsAllWordsWithinTheWidth(t *testing.T) {
	style := drawing.Style{Size: 10}
	for _, text := range []string{
		"satu", "satu dua tiga empat lima enam tujuh delapan", strings.Repeat("W", 60), "a " + strings.Repeat("panjang", 9) + " b",
		"sebelum **tebal sekali** sesudah", "**175**, atau", "",
	} {
		all := ""
		for _, line := range drawing.Wrap(text, style, 30) {
			if w := line.Width(style); w > 30.01 {
				t.Errorf("%q: line %q is %.1f mm wide", text, line, w)
			}
			all += line.String()
		}
		want := strings.NewReplacer(" ", "", "**", "").Replace(text)
		if got := strings.ReplaceAll(all, " ", ""); got != want {
			t.Errorf("%q became %q", text, all)
		}
	}
}

func TestWrapHoldsTogetherWhatANoBreakSpaceJoins(t *testing.T) {
	style := drawing.Style{Size: 10}
	for _, line := range drawing.Wrap("laporkan paling lambat dalam 2\u00a0×\u00a024\u00a0jam", style, style.Width("laporkan paling lambat dalam 2 × 2")) {
		if s := line.String(); strings.Contains(s, "2") && !strings.Contains(s, "jam") {
			t.Errorf("broken: %q", s)
		}
	}
}

func TestWrapMarksBoldText(t *testing.T) {
	lines := drawing.Wrap("telepon **175** atau", drawing.Style{Size: 10}, 200)
	if len(lines) != 1 || len(lines[0]) != 3 || !lines[0][1].Bold || lines[0][1].Text != "175 " && lines[0][1].Text != "175" {
		t.Errorf("%+v", lines)
	}
}

func TestCleanReplacesVisiblyAndReports(t *testing.T) {
	for text, want := range map[string]struct{ clean, missing string }{
		"Siti Nur'aini": {"Siti Nur'aini", ""},
		"Dèwi Çelik Ñ":  {"Dèwi Çelik Ñ", ""},
		"a\nb\tc\x00":   {"a b c ", ""},
		"😀😀 漢":          {"□□ □", "😀漢"},
		"salah \xff":    {"salah \uFFFD", ""},
	} {
		clean, missing := drawing.Clean(drawing.Regular, text)
		if want.missing == "" && strings.ContainsRune(clean, drawing.Replacement) {
			want.clean, want.missing = clean, string(missing)
			if text != "salah \xff" {
				t.Errorf("%q lost %q", text, string(missing))
			}
		}
		if clean != want.clean || string(missing) != want.missing {
			t.Errorf("%q: %q, missing %q", text, clean, string(missing))
		}
	}
}

func TestEveryWeightDrawsTheReplacement(t *testing.T) {
	for _, f := range drawing.Fonts {
		for _, r := range string(drawing.Replacement) + "AZaz09.,·×–é" {
			if !f.Has(r) || f.Advance(r) <= 0 || len(f.Outline(r)) < 3 {
				t.Errorf("weight %d cannot draw %q", f, r)
			}
		}
	}
}

func TestFitGetsSmallerButNotTooSmall(t *testing.T) {
	style := drawing.Style{Size: 12}
	text := strings.Repeat("NAMA ", 6)
	if got := style.Fit(text, 40, 5); got.Width(text) > 40 {
		t.Errorf("still %.1f mm wide at %.2f", got.Width(text), got.Size)
	}
	if got := style.Fit(text, 1, 5); got.Size < 5 {
		t.Errorf("below the smallest size: %.2f", got.Size)
	}
}

// A real card's text is an upper-case address and about 430 digits: it must fit version 12.
func TestCodeHoldsACardsText(t *testing.T) {
	for version, digits := range map[int]int{10: 430, 11: 520, 12: 610} {
		text := "HTTPS://KARTU.CONTOH.ID/K#" + strings.Repeat("73109345826019274", 40)[:digits]
		q := drawing.QR{Text: text, Version: version}
		m, err := q.Matrix()
		if err != nil {
			t.Errorf("%d digits do not fit version %d: %v", digits, version, err)
			continue
		}
		if len(m) != q.Modules() || len(m) != 17+4*version {
			t.Errorf("version %d has %d modules", version, len(m))
		}
		if got := decode(t, picture(m), qrcode.NewQRCodeReader()); got != text {
			t.Errorf("version %d reads as %.40q", version, got)
		}
	}
}

func TestCodeThatDoesNotFitIsAnError(t *testing.T) {
	for _, q := range []drawing.QR{
		{Text: strings.Repeat("1", 900), Version: 10}, {Text: "A", Version: 0}, {Text: "A", Version: 41}, {Text: "", Version: 10},
	} {
		if _, err := q.Matrix(); app.CodeOf(err) != app.PrintTextTooLong {
			t.Errorf("version %d with %d characters: %v", q.Version, len(q.Text), err)
		}
	}
}

func TestBlocksCoverExactlyTheBlackModules(t *testing.T) {
	m, err := drawing.QR{Text: "HTTPS://KARTU.CONTOH.ID/K#0123456789", Version: 10}.Matrix()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, b := range drawing.Blocks(m) {
		for y := b.Min.Y; y < b.Max.Y; y++ {
			for x := b.Min.X; x < b.Max.X; x++ {
				if !m[y][x] {
					t.Fatalf("white module %d,%d in a block", x, y)
				}
				seen++
			}
		}
	}
	black := 0
	for _, row := range m {
		for _, b := range row {
			if b {
				black++
			}
		}
	}
	if seen != black || black == 0 {
		t.Errorf("%d of %d black modules", seen, black)
	}
}

// Another decoder reads all pairs of digits, even and odd lengths.
func TestBarcodeIsReadByAnotherDecoder(t *testing.T) {
	numbers := []string{"1004170100012345", "00", "9", "123", "012345678901234567890123"}
	for i := range 100 {
		numbers = append(numbers, string([]byte{'4', '2', byte('0' + i/10), byte('0' + i%10)}))
	}
	for _, digits := range numbers {
		widths, err := drawing.Barcode{Digits: digits}.Bars()
		if err != nil {
			t.Fatal(err)
		}
		if got := decode(t, bars(widths), oned.NewCode128Reader()); got != digits {
			t.Errorf("%s reads as %s", digits, got)
		}
	}
	for _, wrong := range []string{"", "12A4", "12 34", "١٢"} {
		if _, err := (drawing.Barcode{Digits: wrong}).Bars(); app.CodeOf(err) != app.PrintBarcode {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

func TestSnapGoesToWholeDots(t *testing.T) {
	for _, mm := range []float64{0, 1, 1.5, 59.6, 85.6} {
		dots := drawing.Snap(mm) * drawing.DotsPerInch / 25.4
		if math.Abs(dots-math.Round(dots)) > 1e-9 || math.Abs(drawing.Snap(mm)-mm) > drawing.Dots(1)/2+1e-9 {
			t.Errorf("%.2f mm became %.4f dots", mm, dots)
		}
	}
}

func decode(t *testing.T, img image.Image, reader gozxing.Reader) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	result, err := reader.Decode(bitmap, nil)
	if err != nil {
		return err.Error()
	}
	return result.GetText()
}

func picture(m [][]bool) image.Image {
	const px, quiet = 3, drawing.QuietModules
	img := image.NewGray(image.Rect(0, 0, (len(m)+2*quiet)*px, (len(m)+2*quiet)*px))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	for _, box := range drawing.Blocks(m) {
		draw.Draw(img, image.Rect((box.Min.X+quiet)*px, (box.Min.Y+quiet)*px, (box.Max.X+quiet)*px, (box.Max.Y+quiet)*px), image.Black, image.Point{}, draw.Src)
	}
	return img
}

func bars(widths []int) image.Image {
	const px = 2
	x := drawing.BarcodeQuiet * px
	img := image.NewGray(image.Rect(0, 0, 800, 40))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	for i, w := range widths {
		if i%2 == 0 {
			draw.Draw(img, image.Rect(x, 0, x+w*px, 40), image.NewUniform(color.Black), image.Point{}, draw.Src)
		}
		x += w * px
	}
	return img
}
