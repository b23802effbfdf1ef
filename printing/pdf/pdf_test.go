package pdf_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"loket/app"
	"loket/printing/document"
	"loket/printing/drawing"
	"loket/printing/pdf"
)

var fixed = pdf.Options{Title: "KT-0098412", Created: time.Date(2026, 11, 20, 2, 15, 0, 0, time.UTC)}

// digits gives numbers that compress as badly as signatures do.
func digits(seed, n int) string {
	var b strings.Builder
	state := uint64(seed)*2862933555777941757 + 3037000493
	for range n {
		state = state*6364136223846793005 + 1442695040888963407
		b.WriteByte('0' + byte(state>>33%10))
	}
	return b.String()
}

// cards are n cards of invented people, both sides, with codes of a real length.
func cards(n, digitCount, version int) []drawing.Drawing {
	var pages []drawing.Drawing
	for i := range n {
		pages = append(pages, document.MemberCard(document.Card{
			Name: fmt.Sprintf("YOHANES NGAU AJANG %d", i), Member: app.MemberNumber(digits(i, 11)),
			Village: "Desa Bumi Rapak", District: "Kaubun", Programmes: app.WorkAccident | app.Death,
			Serial: app.Serial(98412 + i), Generation: 1, Code: "RM",
			Registered: app.Date{Year: 2026, Month: 11, Day: 20}, Payer: "APBD Kutai Timur 2026 · SK 460/123/2026",
			Text: "HTTPS://KARTU.CONTOH.ID/K#" + digits(i, digitCount), Version: version,
		})...)
	}
	return pages
}

func render(t testing.TB, pages []drawing.Drawing, o pdf.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := pdf.Write(&b, pages, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSameInputMakesTheSameFile(t *testing.T) {
	pages := cards(5, 391, 10)
	first := render(t, pages, fixed)
	for range 3 {
		if !bytes.Equal(first, render(t, pages, fixed)) {
			t.Fatal("the same cards made another file")
		}
	}
	if !bytes.HasPrefix(first, []byte("%PDF-1.")) || !bytes.Contains(first, []byte("/Count 10")) {
		t.Error("not a file of ten pages")
	}
}

func TestFilesAreMadeSideBySide(t *testing.T) {
	want := render(t, cards(3, 391, 10), fixed)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			var b bytes.Buffer
			if err := pdf.Write(&b, cards(3, 391, 10), fixed); err != nil || !bytes.Equal(b.Bytes(), want) {
				t.Errorf("a file made beside others differs (error %v)", err)
			}
		})
	}
	all.Wait()
}

// A card costs at most 5.2 kB for both sides; the fonts come once a file.
func TestCardsAreSmall(t *testing.T) {
	one, many := len(render(t, cards(1, 391, 10), fixed)), len(render(t, cards(51, 391, 10), fixed))
	each := (many - one) / 50
	t.Logf("fonts and frame %d bytes, each card %d bytes", one-each, each)
	if each > 5200 {
		t.Errorf("a card takes %d bytes", each)
	}
	if one > 60_000 {
		t.Errorf("a file of one card takes %d bytes", one)
	}
}

func TestWrongInputIsAnErrorAndNeverAPanic(t *testing.T) {
	side := func(ops ...drawing.Op) []drawing.Drawing {
		return []drawing.Drawing{{Width: 50, Height: 50, Ops: ops}}
	}
	for name, c := range map[string]struct {
		pages []drawing.Drawing
		code  app.Code
	}{
		"nothing":              {nil, app.PrintNothing},
		"too many":             {make([]drawing.Drawing, pdf.MaxPages+1), app.PrintTooManyPages},
		"code too long":        {side(drawing.QR{Text: strings.Repeat("9", 900), Version: 10, Module: 1}), app.PrintTextTooLong},
		"barcode with letters": {side(drawing.Barcode{Digits: "AB", Module: 1, Height: 5}), app.PrintBarcode},
		"unchecked emoji":      {side(drawing.Text{Content: "😀", Style: drawing.Style{Size: 10}}), app.PrintDocument},
		"picture without one":  {side(drawing.Picture{W: 10, H: 10}), app.PrintDocument},
	} {
		err := pdf.Write(io.Discard, c.pages, fixed)
		if app.CodeOf(err) != c.code {
			t.Errorf("%s: want %s, got %v", name, c.code, err)
		}
		if err != nil && strings.Contains(err.Error(), "😀") {
			t.Errorf("%s: the error quotes what was to be printed", name)
		}
	}
}

func TestAFailedWriteIsReported(t *testing.T) {
	full := errors.New("no room")
	if err := pdf.Write(brokenWriter{full}, cards(1, 391, 10), fixed); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
}

type brokenWriter struct{ err error }

func (w brokenWriter) Write([]byte) (int, error) { return 0, w.err }

func TestBleedEnlargesThePage(t *testing.T) {
	o := fixed
	o.Bleed = true
	file := render(t, cards(1, 391, 10), o)
	if !bytes.Contains(file, []byte("/MediaBox [0 0 251.29 161.65]")) || !bytes.Contains(file, []byte("/TrimBox [4.32 ")) {
		t.Error("the page lacks its bleed or trim box")
	}
}

func TestEveryOperationIsRendered(t *testing.T) {
	d := drawing.Drawing{Width: 60, Height: 60}
	d.Add(
		drawing.Line{X1: 1, Y1: 1, X2: 9, Y2: 9, Stroke: 0.2},
		drawing.Rect{X: 1, Y: 1, W: 5, H: 5, Radius: 1, Fill: 0x0F4C5C},
		drawing.Frame{X: 1, Y: 10, W: 5, H: 5, Stroke: 0.3},
		drawing.Path{Steps: drawing.Rect{X: 1, Y: 20, W: 5, H: 5}.Steps()},
		drawing.Picture{X: 20, Y: 1, W: 9, H: 9, Image: image.NewGray(image.Rect(0, 0, 4, 4))},
		drawing.Picture{X: 30, Y: 1, W: 9, H: 9, Image: image.NewNRGBA(image.Rect(0, 0, 4, 4))},
		drawing.Barcode{X: 1, Y: 30, Height: 8, Module: 0.25, Digits: "123456"},
		drawing.QR{X: 20, Y: 20, Module: 0.3, Text: "123", Version: 10},
		drawing.Text{X: 30, Y: 50, Angle: 20, Style: drawing.Style{Size: 10, Align: drawing.Centre, Spacing: 0.4}, Content: "LATIHAN"},
	)
	render(t, []drawing.Drawing{d, {Width: 20, Height: 300}}, fixed)
}

// 500 cards, both sides. Run with -cpu 1,2 to see what the second core brings.
func BenchmarkCards500(b *testing.B) {
	pages := cards(500, 391, 10)
	b.ReportAllocs()
	for b.Loop() {
		if err := pdf.Write(io.Discard, pages, fixed); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N)/500, "ms/card")
}

// One card alone: what somebody at the counter waits for.
func BenchmarkCard1(b *testing.B) {
	pages := cards(1, 430, 11)
	for b.Loop() {
		if err := pdf.Write(io.Discard, pages, fixed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCompose500(b *testing.B) {
	for b.Loop() {
		cards(500, 391, 10)
	}
}
