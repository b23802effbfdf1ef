package desk

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"loket/app/benefit"
	"loket/printing/drawing"
	"loket/printing/raster"
)

// The real texts fit one page, with room at its foot.
func TestTheLeafletIsOnePage(t *testing.T) {
	page, err := (&Paper{desk: &Desk{}}).leaflet(benefit.Embedded(), benefit.Hospitals())
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Missing) > 0 {
		t.Errorf("the font cannot draw %q", string(page.Missing))
	}
	for _, op := range page.Ops {
		if text, ok := op.(drawing.Text); ok && text.Y > page.Height-6 {
			t.Errorf("%q stands too low: %.0f mm", text.Content, text.Y)
		}
	}
	if dir := os.Getenv("LOKET_SHOTS"); dir != "" {
		img, err := raster.Render(page, raster.Options{DPI: 110})
		if err != nil {
			t.Fatal(err)
		}
		f, err := os.Create(filepath.Join(dir, "leaflet.png"))
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(f, img); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// Somebody else's decoder reads the link from the screen's picture.
func TestTheLinkIsReadFromItsPicture(t *testing.T) {
	link := benefit.Embedded().JMO.Link
	img, err := (&Paper{}).LinkPicture(link)
	if err != nil {
		t.Fatal(err)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	read, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil || read.GetText() != link {
		t.Error(read, err)
	}
}
