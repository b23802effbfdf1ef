package picture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"testing"

	"loket/app"
)

// scene is a picture with a red left upper corner and some detail, as a camera would give.
func scene(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	r := rand.New(rand.NewPCG(1, 2))
	for y := range h {
		for x := range w {
			c := color.RGBA{uint8(40 + x*120/w), uint8(80 + y*120/h), uint8(90 + r.IntN(24)), 255}
			if x < w/4 && y < h/4 {
				c = color.RGBA{220, 20, 20, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withEXIF puts an orientation and a secret beside a JPEG, as a phone does.
func withEXIF(content []byte, orientation uint16, order binary.AppendByteOrder) []byte {
	tiff := []byte("II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		tiff = []byte("MM\x00*")
	}
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(tiff, tagOrientation)
	tiff = order.AppendUint16(tiff, 3)
	tiff = order.AppendUint32(tiff, 1)
	tiff = order.AppendUint16(tiff, orientation)
	tiff = append(tiff, 0, 0)
	tiff = append(tiff, "GPS -1.2654 116.8312"...)
	body := append([]byte("Exif\x00\x00"), tiff...)
	segment := binary.BigEndian.AppendUint16([]byte{0xFF, 0xE1}, uint16(len(body)+2))
	return append(append(append([]byte{}, content[:2]...), append(segment, body...)...), content[2:]...)
}

func decoded(t testing.TB, content []byte) image.Image {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestPicturesBecomeSmall(t *testing.T) {
	large := scene(1640, 1230)
	for name, c := range map[string]struct {
		content []byte
		look    Look
		long    int
	}{
		"a photo":         {jpegOf(t, large), Colour, 1280},
		"a scan":          {pngOf(t, scene(700, 1300)), Colour, 1280},
		"a thumbprint":    {jpegOf(t, large), Grey, 800},
		"a small picture": {pngOf(t, scene(300, 200)), Colour, 300},
		"one pixel":       {pngOf(t, scene(1, 1)), Colour, 1},
		"a thin line":     {pngOf(t, scene(5000, 1)), Colour, 1280},
	} {
		out, err := Small(c.content, c.look)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		b := decoded(t, out).Bounds()
		if len(out) > aim || max(b.Dx(), b.Dy()) > c.long {
			t.Errorf("%s: %d bytes, %v", name, len(out), b)
		}
		if again, err := Small(out, c.look); err != nil || len(again) > aim {
			t.Errorf("%s: what is small is made small again: %d bytes, %v", name, len(again), err)
		}
	}
}

func TestEvenNoiseStaysNearTheAim(t *testing.T) {
	noise := image.NewRGBA(image.Rect(0, 0, 700, 500))
	r := rand.New(rand.NewPCG(3, 4))
	for i := range noise.Pix {
		noise.Pix[i] = uint8(r.Uint32())
	}
	out, err := Small(jpegOf(t, noise), Colour)
	if err != nil || len(out) > 3*aim {
		t.Errorf("%d bytes, %v", len(out), err)
	}
}

func TestAPictureStandsUpright(t *testing.T) {
	// Where the red corner of a stored picture lies once it stands as the camera saw it.
	corners := map[uint16][2]bool{ // right, lower
		1: {false, false}, 2: {true, false}, 3: {true, true}, 4: {false, true},
		5: {false, false}, 6: {true, false}, 7: {true, true}, 8: {false, true},
		0: {false, false}, 9: {false, false},
	}
	plain := jpegOf(t, scene(200, 100))
	for orientation, want := range corners {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			content := withEXIF(plain, orientation, order)
			out, err := Small(content, Colour)
			if err != nil {
				t.Fatal(err)
			}
			img := decoded(t, out)
			b := img.Bounds()
			if wide := b.Dx() > b.Dy(); wide != (orientation < 5 || orientation > 8) {
				t.Errorf("%d: %v", orientation, b)
			}
			x, y := b.Dx()/10, b.Dy()/10
			if want[0] {
				x = b.Dx() - 1 - x
			}
			if want[1] {
				y = b.Dy() - 1 - y
			}
			if r, g, _, _ := img.At(x, y).RGBA(); r < 2*g {
				t.Errorf("%d: the red corner is not at %v", orientation, want)
			}
			if bytes.Contains(out, []byte("Exif")) || bytes.Contains(out, []byte("GPS")) {
				t.Error("what the camera wrote is still there")
			}
		}
	}
}

// head is a PNG that says how large it is and has no pixels.
func head(w, h uint32, depth byte) []byte {
	b := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR")
	b = binary.BigEndian.AppendUint32(b, w)
	b = binary.BigEndian.AppendUint32(b, h)
	b = append(b, depth, 6, 0, 0, 0)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[12:]))
}

// frame is the head of a JPEG of 64 megapixels; marker is what follows the first 0xFF.
func frame(marker ...byte) []byte {
	b := append([]byte{0xFF, 0xD8, 0xFF}, marker...)
	return append(b, 0, 17, 8, 8000>>8, 8000&0xFF, 8000>>8, 8000&0xFF, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 0xFF, 0xDA, 0, 2)
}

func TestWhatIsRefused(t *testing.T) {
	plain := jpegOf(t, scene(40, 20))
	for name, c := range map[string]struct {
		content []byte
		want    app.Code
	}{
		"nothing":              {nil, app.PictureNone},
		"a text":               {[]byte("%PDF-1.7 not a picture"), app.PictureNone},
		"a picture cut short":  {plain[:len(plain)/3], app.PictureNone},
		"a phone's own format": {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), app.PicturePhone},
		"100 megapixels":       {head(10_000, 10_000, 8), app.PictureTooLarge},
		"more than a number":   {head(1<<31-1, 1<<31-1, 8), app.PictureNone},
		"too deep for memory":  {head(8200, 8200, 16), app.PictureTooLarge},
		"a bomb in waves":      {frame(0xC2), app.PictureTooLarge},
		"a bomb out of order":  {frame(0xFF, 0xC2), app.PictureTooLarge},
		"a bomb behind rubble": {frame(0x00, 0x01, 0xFF, 0xC2), app.PictureTooLarge},
		"no height":            {head(100, 0, 8), app.PictureNone},
		"17 MB":                {make([]byte, MostBytes+1), app.PictureTooBig},
	} {
		out, err := Small(c.content, Colour)
		if app.CodeOf(err) != c.want || out != nil {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func FuzzSmall(f *testing.F) {
	plain := jpegOf(f, scene(24, 16))
	f.Add(plain)
	f.Add(withEXIF(plain, 6, binary.LittleEndian))
	f.Add(withEXIF(plain, 6, binary.BigEndian)[:40])
	f.Add(pngOf(f, scene(9, 7)))
	f.Add(head(10, 10, 8))
	f.Fuzz(func(t *testing.T, content []byte) {
		out, err := Small(content, Colour)
		switch {
		case err == nil && len(out) == 0:
			t.Error("nothing, and no reason")
		case err != nil && app.CodeOf(err) == app.Internal:
			t.Error(err)
		}
	})
}

func BenchmarkSmall(b *testing.B) {
	content := jpegOf(b, scene(4000, 3000))
	for b.Loop() {
		if _, err := Small(content, Colour); err != nil {
			b.Fatal(err)
		}
	}
}
