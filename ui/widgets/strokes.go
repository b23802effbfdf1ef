package widgets

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"golang.org/x/image/vector"
)

// point is a place in a drawing, in shares of its width and height.
type point struct{ x, y float32 }

// drawStrokes draws lines into a mask of a size, with the pen's width in pixels.
func drawStrokes(strokes [][]point, w, h int, pen float32) *image.Alpha {
	mask := image.NewAlpha(image.Rect(0, 0, w, h))
	z := vector.NewRasterizer(w, h)
	z.DrawOp = draw.Src
	for _, s := range strokes {
		for i, p := range s {
			x, y := p.x*float32(w), p.y*float32(h)
			addDot(z, x, y, pen/2)
			if i > 0 {
				addSegment(z, s[i-1].x*float32(w), s[i-1].y*float32(h), x, y, pen/2)
			}
		}
	}
	z.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
	return mask
}

// addDot rounds the ends and joints. It turns the same way as addSegment, so that they add up.
func addDot(z *vector.Rasterizer, x, y, r float32) {
	const corners = 12
	for i := range corners {
		a := 2 * math.Pi * float64(i) / corners
		px, py := x+r*float32(math.Cos(a)), y+r*float32(math.Sin(a))
		if i == 0 {
			z.MoveTo(px, py)
		} else {
			z.LineTo(px, py)
		}
	}
	z.ClosePath()
}

func addSegment(z *vector.Rasterizer, ax, ay, bx, by, r float32) {
	dx, dy := bx-ax, by-ay
	length := float32(math.Hypot(float64(dx), float64(dy)))
	if length < 0.01 {
		return
	}
	nx, ny := -dy/length*r, dx/length*r
	z.MoveTo(ax-nx, ay-ny)
	z.LineTo(bx-nx, by-ny)
	z.LineTo(bx+nx, by+ny)
	z.LineTo(ax+nx, ay+ny)
	z.ClosePath()
}

// inks are the four greys that a signature is kept in: two bits a pixel keep it small.
var inks = color.Palette{color.Gray{255}, color.Gray{170}, color.Gray{85}, color.Gray{0}}

func paletted(mask *image.Alpha) *image.Paletted {
	img := image.NewPaletted(mask.Bounds(), inks)
	for i, a := range mask.Pix {
		img.Pix[i] = uint8((int(a) + 42) / 85)
	}
	return img
}

func encodePNG(img image.Image) ([]byte, error) {
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	if err := enc.Encode(&b, img); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
