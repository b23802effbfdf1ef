package document_test

import (
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"loket/printing/document"
	"loket/printing/drawing"
	"loket/printing/raster"
)

var update = flag.Bool("update", false, "write the golden images anew; then look at them")

// The documents look as they did when somebody last looked at them.
func TestDocumentsLookAsAgreed(t *testing.T) {
	for name, card := range sampleCards() {
		for _, side := range document.MemberCard(card) {
			compare(t, name+"-"+side.Name, side)
		}
	}
	for name, slip := range sampleSlips() {
		for _, media := range []document.Media{document.Roll80, document.A6} {
			slip.Media = media
			d := document.RegistrationSlip(slip)
			compare(t, name+"-"+d.Name, d)
		}
	}
}

func compare(t *testing.T, name string, d drawing.Drawing) {
	t.Helper()
	got, err := raster.Render(d, raster.Options{DPI: 96})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", name+".png")
	if *update {
		write(t, path, got)
		return
	}
	want := read(t, path)
	if want.Bounds() != got.Bounds() {
		t.Fatalf("%s: size %v, agreed %v", name, got.Bounds(), want.Bounds())
	}
	if n := differing(got, want); n > got.Bounds().Dx()*got.Bounds().Dy()/2000 {
		seen := filepath.Join(t.ArtifactDir(), name+".png")
		write(t, seen, got)
		t.Errorf("%s: %d pixels differ; see %s, and -update when it should be so", name, n, seen)
	}
}

// differing counts pixels whose colour is clearly another one; smoothing may differ a little
// between processors.
func differing(a, b image.Image) int {
	n := 0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			r, g, bl, _ := a.At(x, y).RGBA()
			r2, g2, b2, _ := b.At(x, y).RGBA()
			const far = 24 << 8
			if apart(r, r2) > far || apart(g, g2) > far || apart(bl, b2) > far {
				n++
			}
		}
	}
	return n
}

func apart(a, b uint32) uint32 { return max(a, b) - min(a, b) }

func write(t *testing.T, path string, img image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
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

func read(t *testing.T, path string) image.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return img
}
