// Package picture makes small pictures of what cameras and scanners give: a JPEG of about 40 kB that
// passes a thin line, the right way up, and with nothing of what the camera wrote beside it (place,
// time, device). What is no picture, or would need too much memory to open, is refused before it is
// opened.
package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // PNG is read
	"math"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // and WebP

	"loket/app"
)

// Limits of what is taken in.
const (
	MostBytes  = 16 << 20
	MostPixels = 65_000_000 // larger than most phones make; 100 megapixels are refused
	mostMemory = 512 << 20  // to open one
)

// Look is how much of a picture matters.
type Look int

// The looks.
const (
	Colour Look = iota // a person, an e-KTP, a sheet of paper
	Grey               // ink: a thumbprint
)

// aim is how many bytes a picture should have, Most how many head office takes. The last try is taken
// whatever it has: at its size and quality no picture, not even noise, comes near Most.
const (
	aim  = 40_000
	Most = 60 << 10
)

// tries are longer sides and qualities, the best first.
var (
	sides     = map[Look][]int{Colour: {1280, 1120, 960, 800, 640, 480, 320}, Grey: {800, 640, 480, 320}}
	qualities = []int{75, 60, 48, 38}
)

// Small makes a small picture of the bytes of a JPEG, PNG or WebP file. It fails with picture.none,
// picture.phone, picture.too_big or picture.too_large.
func Small(content []byte, look Look) ([]byte, error) {
	orientation, err := examine(content)
	if err != nil {
		return nil, err
	}
	img, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil, &app.Error{Code: app.PictureNone, Op: "picture.Small", Err: err}
	}
	var out []byte
	base := turned(boxed(img, sides[look][0]), orientation)
	for _, side := range sides[look] {
		fit := scaled(base, side, look)
		for _, quality := range qualities {
			if out, err = encode(fit, quality); err != nil || len(out) <= aim {
				return out, err
			}
		}
	}
	return out, nil
}

// Drawn is a signature as it is kept: as it was drawn, which is small already, else made small.
func Drawn(content []byte) ([]byte, error) {
	if len(content) <= Most {
		return content, nil
	}
	return Small(content, Grey)
}

// examine refuses what must not be opened, and tells how the picture has to be turned.
func examine(content []byte) (orientation int, err error) {
	if len(content) > MostBytes {
		return 0, app.Fail(app.PictureTooBig, "most", MostBytes>>20)
	}
	if fromPhone(content) {
		return 0, app.Fail(app.PicturePhone)
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || config.Width <= 0 || config.Height <= 0 {
		return 0, &app.Error{Code: app.PictureNone, Op: "picture.examine", Err: err}
	}
	pixels := int64(config.Width) * int64(config.Height)
	orientation, memory := upright, pixels*memoryOf(config.ColorModel)
	if format == "jpeg" {
		var progressive bool
		if orientation, progressive = segments(content); progressive {
			memory += 4 * memory // the whole of it is collected before the first pixel is known
		}
	}
	if pixels > MostPixels || memory > mostMemory {
		return 0, app.Fail(app.PictureTooLarge, "most", MostPixels/1_000_000, "is", pixels/1_000_000)
	}
	return orientation, nil
}

// memoryOf is how many bytes a pixel takes once it is open.
func memoryOf(model color.Model) int64 {
	switch model {
	case color.GrayModel:
		return 1
	case color.YCbCrModel:
		return 3
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	return 4
}

// boxed brings a large picture near to a size by averaging whole boxes of pixels: in one pass, and with
// little memory beside the picture itself.
func boxed(img image.Image, side int) image.Image {
	b := img.Bounds()
	n := max(b.Dx(), b.Dy()) / side
	if n < 2 {
		return img
	}
	mean := averageOf(img)
	out := image.NewRGBA(image.Rect(0, 0, max(b.Dx()/n, 1), max(b.Dy()/n, 1)))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			out.SetRGBA(x, y, mean(b.Intersect(image.Rect(0, 0, n, n).Add(b.Min).Add(image.Pt(x*n, y*n)))))
		}
	}
	return out
}

// averageOf gives the mean colour of a box: of JPEGs, which are most and the largest, by their planes.
func averageOf(img image.Image) func(box image.Rectangle) color.RGBA {
	switch img := img.(type) {
	case *image.YCbCr:
		return func(box image.Rectangle) color.RGBA { return averagePlanes(img, box) }
	case image.RGBA64Image:
		return func(box image.Rectangle) color.RGBA { return average(img.RGBA64At, box) }
	}
	return func(box image.Rectangle) color.RGBA {
		return average(func(x, y int) color.RGBA64 { return color.RGBA64Model.Convert(img.At(x, y)).(color.RGBA64) }, box)
	}
}

func averagePlanes(img *image.YCbCr, box image.Rectangle) color.RGBA {
	var luma, cb, cr, n int
	for y := box.Min.Y; y < box.Max.Y; y++ {
		at := img.YOffset(box.Min.X, y)
		for _, v := range img.Y[at : at+box.Dx()] {
			luma += int(v)
		}
		for x := box.Min.X; x < box.Max.X; x++ {
			c := img.COffset(x, y)
			cb, cr, n = cb+int(img.Cb[c]), cr+int(img.Cr[c]), n+1
		}
	}
	n = max(n, 1)
	r, g, b := color.YCbCrToRGB(uint8(luma/n), uint8(cb/n), uint8(cr/n))
	return color.RGBA{r, g, b, 255}
}

func average(at func(x, y int) color.RGBA64, box image.Rectangle) color.RGBA {
	var r, g, b, a, n uint64
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			c := at(x, y)
			r, g, b, a, n = r+uint64(c.R), g+uint64(c.G), b+uint64(c.B), a+uint64(c.A), n+1
		}
	}
	n = max(n, 1)
	return color.RGBA{uint8(r / n >> 8), uint8(g / n >> 8), uint8(b / n >> 8), uint8(a / n >> 8)}
}

// scaled is a picture on white whose longer side is at most so long.
func scaled(img image.Image, side int, look Look) image.Image {
	b := img.Bounds()
	factor := min(1, float64(side)/float64(max(b.Dx(), b.Dy())))
	to := image.Rect(0, 0, part(b.Dx(), factor), part(b.Dy(), factor))
	var out draw.Image = image.NewRGBA(to)
	if look == Grey {
		out = image.NewGray(to)
	}
	draw.Draw(out, to, image.White, image.Point{}, draw.Src)
	draw.BiLinear.Scale(out, to, img, b, draw.Over, nil)
	return out
}

func part(n int, factor float64) int { return max(int(math.Round(float64(n)*factor)), 1) }

func encode(img image.Image, quality int) ([]byte, error) {
	var out bytes.Buffer
	err := jpeg.Encode(&out, img, &jpeg.Options{Quality: quality})
	return out.Bytes(), app.Wrap("picture.encode", app.Internal, err)
}
