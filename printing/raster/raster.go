// Package raster renders a drawing as a picture: previews on screens and the golden images of
// tests.
package raster

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	xdraw "golang.org/x/image/draw"

	"loket/printing/drawing"
)

// Options of a picture.
type Options struct {
	DPI   float64 // 0 means 150
	Bleed bool    // show what is cut off
	Round bool    // cut to the drawing's corners; outside is transparent
}

// Render draws on white. A QR text or barcode that cannot be encoded is an error.
func Render(d drawing.Drawing, o Options) (*image.RGBA, error) {
	if o.DPI == 0 {
		o.DPI = 150
	}
	bleed := 0.0
	if o.Bleed {
		bleed = d.Bleed
	}
	scale := o.DPI / 25.4
	size := image.Rect(0, 0, pixels((d.Width+2*bleed)*scale), pixels((d.Height+2*bleed)*scale))
	c := canvas{img: image.NewRGBA(size), scale: scale, x: bleed, y: bleed}
	draw.Draw(c.img, size, image.White, image.Point{}, draw.Src)
	for _, op := range d.Ops {
		if err := c.add(op); err != nil {
			return nil, err
		}
	}
	if o.Round && d.Corner > 0 {
		c.round(d)
	}
	return c.img, nil
}

func pixels(v float64) int { return int(math.Round(v)) }

// canvas turns millimetres from the drawing's corner into pixels.
type canvas struct {
	img   *image.RGBA
	scale float64
	x, y  float64
}

func (c canvas) add(op drawing.Op) error {
	switch op := op.(type) {
	case drawing.Text:
		c.text(op)
	case drawing.Rect:
		c.fill(op.Steps(), op.Fill, c.place)
	case drawing.Frame:
		c.fill(op.Steps(), op.Colour, c.place)
	case drawing.Path:
		c.fill(op.Steps, op.Fill, c.place)
	case drawing.Line:
		c.line(op)
	case drawing.Picture:
		xdraw.CatmullRom.Scale(c.img, c.rect(op.X, op.Y, op.W, op.H), op.Image, op.Image.Bounds(), draw.Over, nil)
	case drawing.QR:
		return c.qr(op)
	case drawing.Barcode:
		return c.barcode(op)
	}
	return nil
}

func (c canvas) place(x, y float64) (px, py float64) { return (c.x + x) * c.scale, (c.y + y) * c.scale }

// rect is an area whose edges fall on whole pixels, so that codes stay crisp and without gaps.
func (c canvas) rect(x, y, w, h float64) image.Rectangle {
	x0, y0 := c.place(x, y)
	x1, y1 := c.place(x+w, y+h)
	return image.Rect(pixels(x0), pixels(y0), pixels(x1), pixels(y1))
}

func (c canvas) line(l drawing.Line) {
	dx, dy := l.X2-l.X1, l.Y2-l.Y1
	length := math.Hypot(dx, dy)
	if length == 0 {
		return
	}
	nx, ny := -dy/length*l.Stroke/2, dx/length*l.Stroke/2
	c.fill([]drawing.Step{
		{Kind: drawing.MoveTo, P: [6]float64{l.X1 + nx, l.Y1 + ny}},
		{Kind: drawing.LineTo, P: [6]float64{l.X2 + nx, l.Y2 + ny}},
		{Kind: drawing.LineTo, P: [6]float64{l.X2 - nx, l.Y2 - ny}},
		{Kind: drawing.LineTo, P: [6]float64{l.X1 - nx, l.Y1 - ny}},
		{Kind: drawing.ClosePath},
	}, l.Colour, c.place)
}

func (c canvas) qr(q drawing.QR) error {
	m, err := q.Matrix()
	if err != nil {
		return err
	}
	for _, b := range drawing.Blocks(m) {
		c.black(q.X+float64(b.Min.X)*q.Module, q.Y+float64(b.Min.Y)*q.Module, float64(b.Dx())*q.Module, float64(b.Dy())*q.Module)
	}
	return nil
}

func (c canvas) barcode(b drawing.Barcode) error {
	widths, err := b.Bars()
	if err != nil {
		return err
	}
	at := 0
	for i, w := range widths {
		if i%2 == 0 {
			c.black(b.X+float64(at)*b.Module, b.Y, float64(w)*b.Module, b.Height)
		}
		at += w
	}
	return nil
}

func (c canvas) black(x, y, w, h float64) {
	draw.Draw(c.img, c.rect(x, y, w, h), image.Black, image.Point{}, draw.Src)
}

func rgba(c drawing.Colour) color.RGBA {
	r, g, b := c.RGB()
	return color.RGBA{r, g, b, 255}
}
