package raster_test

import (
	"image"
	"image/color"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"

	"loket/app"
	"loket/printing/drawing"
	"loket/printing/raster"
)

func render(t *testing.T, d drawing.Drawing, o raster.Options) *image.RGBA {
	t.Helper()
	img, err := raster.Render(d, o)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestOperationsLandWhereTheyBelong(t *testing.T) {
	red := image.NewRGBA(image.Rect(0, 0, 2, 2))
	for i := range 4 {
		red.SetRGBA(i%2, i/2, color.RGBA{255, 0, 0, 255})
	}
	d := drawing.Drawing{Width: 50, Height: 50}
	d.Add(
		drawing.Rect{X: 10, Y: 10, W: 10, H: 10, Fill: 0x0F4C5C},
		drawing.Frame{X: 30, Y: 10, W: 10, H: 10, Stroke: 2, Colour: 0x1F7A4D},
		drawing.Line{X1: 10, Y1: 30, X2: 20, Y2: 30, Stroke: 2, Colour: 0xB4690E},
		drawing.Picture{X: 30, Y: 30, W: 10, H: 10, Image: red},
	)
	img := render(t, d, raster.Options{DPI: 25.4})
	for at, want := range map[image.Point]color.RGBA{
		{15, 15}: {0x0F, 0x4C, 0x5C, 255}, {5, 5}: {255, 255, 255, 255},
		{31, 15}: {0x1F, 0x7A, 0x4D, 255}, {35, 15}: {255, 255, 255, 255},
		{15, 30}: {0xB4, 0x69, 0x0E, 255}, {35, 35}: {255, 0, 0, 255},
	} {
		if got := img.RGBAAt(at.X, at.Y); got != want {
			t.Errorf("at %v: %v, want %v", at, got, want)
		}
	}
}

// ink is the box around everything that is not white.
func ink(img *image.RGBA) image.Rectangle {
	var box image.Rectangle
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if img.RGBAAt(x, y).G < 200 {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return box
}

func TestTextIsAlignedAndTurned(t *testing.T) {
	style := drawing.Style{Size: 20}
	text := func(align drawing.Align, angle float64) image.Rectangle {
		d := drawing.Drawing{Width: 100, Height: 100}
		d.Add(drawing.Text{X: 50, Y: 50, Angle: angle, Style: style.To(align), Content: "HHHHH"})
		return ink(render(t, d, raster.Options{DPI: 254}))
	}
	width := style.Width("HHHHH")
	if b := text(drawing.Left, 0); b.Min.X < 500 || b.Max.Y != 500 || b.Max.X > 500+int(10*width) {
		t.Errorf("left: %v", b)
	}
	if b := text(drawing.Right, 0); b.Max.X > 500 || b.Min.X < 490-int(10*width) {
		t.Errorf("right: %v", b)
	}
	if b := text(drawing.Centre, 0); b.Min.X+b.Max.X < 990 || b.Min.X+b.Max.X > 1010 {
		t.Errorf("centre: %v", b)
	}
	if b := text(drawing.Left, 90); b.Dy() < b.Dx() || b.Max.Y > 500 {
		t.Errorf("turned against the clock it goes up: %v", b)
	}
}

func TestCodesAreReadFromThePicture(t *testing.T) {
	d := drawing.Drawing{Width: 60, Height: 60}
	d.Add(drawing.QR{X: 5, Y: 5, Module: drawing.Dots(4), Text: "HTTPS://KARTU.CONTOH.ID/K#0123456789", Version: 10})
	bars := drawing.Drawing{Width: 60, Height: 20}
	bars.Add(drawing.Barcode{X: 5, Y: 2, Height: 12, Module: 0.375, Digits: "1004170100012345"})
	for _, dpi := range []float64{150, 203, 300} { // 203: thermal printers; 300: card printers
		if got := read(t, render(t, d, raster.Options{DPI: dpi}), qrcode.NewQRCodeReader()); got != "HTTPS://KARTU.CONTOH.ID/K#0123456789" {
			t.Errorf("%v dpi: %s", dpi, got)
		}
		if got := read(t, render(t, bars, raster.Options{DPI: dpi}), oned.NewCode128Reader()); dpi > 150 && got != "1004170100012345" {
			t.Errorf("%v dpi: %s", dpi, got)
		}
	}
}

func read(t *testing.T, img image.Image, reader gozxing.Reader) string {
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

func TestRoundCornersAreTransparentAndBleedShows(t *testing.T) {
	d := drawing.Drawing{Width: 85.6, Height: 53.98, Corner: 3.18, Bleed: 1.5}
	d.Add(drawing.Rect{X: -1.5, Y: -1.5, W: 88.6, H: 56.98, Fill: 0x0F4C5C})
	img := render(t, d, raster.Options{Round: true})
	if img.RGBAAt(0, 0).A != 0 || img.RGBAAt(40, 40).A != 255 {
		t.Error("corners are not cut")
	}
	if whole := render(t, d, raster.Options{Bleed: true}); whole.Bounds().Dx() <= img.Bounds().Dx() || whole.RGBAAt(0, 0).G != 0x4C {
		t.Error("the bleed does not show")
	}
}

func TestWrongCodesAreErrors(t *testing.T) {
	for code, op := range map[app.Code]drawing.Op{
		app.PrintTextTooLong: drawing.QR{Text: "1", Version: 99}, app.PrintBarcode: drawing.Barcode{Digits: "x"},
	} {
		if _, err := raster.Render(drawing.Drawing{Width: 9, Height: 9, Ops: []drawing.Op{op}}, raster.Options{}); app.CodeOf(err) != code {
			t.Errorf("want %s, got %v", code, err)
		}
	}
}
