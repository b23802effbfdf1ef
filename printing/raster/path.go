package raster

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"

	"loket/printing/drawing"
)

// place turns a point of a path into pixels.
type place func(x, y float64) (px, py float64)

func (c canvas) fill(steps []drawing.Step, colour drawing.Colour, at place) {
	c.fillWith(steps, image.NewUniform(rgba(colour)), at, draw.Over)
}

// fillWith rasterises only the box around the path.
func (c canvas) fillWith(steps []drawing.Step, src image.Image, at place, op draw.Op) {
	box := bounds(steps, at).Intersect(c.img.Bounds())
	if box.Empty() {
		return
	}
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	r.DrawOp = op
	p := func(x, y float64) (float32, float32) {
		px, py := at(x, y)
		return float32(px - float64(box.Min.X)), float32(py - float64(box.Min.Y))
	}
	for _, s := range steps {
		ax, ay := p(s.P[0], s.P[1])
		switch s.Kind {
		case drawing.MoveTo:
			r.MoveTo(ax, ay)
		case drawing.LineTo:
			r.LineTo(ax, ay)
		case drawing.CurveTo:
			bx, by := p(s.P[2], s.P[3])
			ex, ey := p(s.P[4], s.P[5])
			r.CubeTo(ax, ay, bx, by, ex, ey)
		case drawing.ClosePath:
			r.ClosePath()
		}
	}
	r.Draw(c.img, box, src, image.Point{})
}

func bounds(steps []drawing.Step, at place) image.Rectangle {
	minX, minY, maxX, maxY := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, s := range steps {
		for i := 0; i < s.Kind.Points(); i += 2 {
			x, y := at(s.P[i], s.P[i+1])
			minX, minY, maxX, maxY = min(minX, x), min(minY, y), max(maxX, x), max(maxY, y)
		}
	}
	if minX > maxX {
		return image.Rectangle{}
	}
	return image.Rect(int(math.Floor(minX)), int(math.Floor(minY)), int(math.Ceil(maxX)), int(math.Ceil(maxY)))
}

// text places each glyph's outline, turned about the text's own point.
func (c canvas) text(t drawing.Text) {
	em := t.Style.Size * drawing.PointMM
	sin, cos := math.Sincos(-t.Angle * math.Pi / 180)
	along := t.Start() - t.X
	for _, r := range t.Content {
		start := along
		c.fill(t.Style.Font.Outline(r), t.Style.Colour, func(x, y float64) (float64, float64) {
			dx, dy := start+x*em, y*em
			return c.place(t.X+dx*cos-dy*sin, t.Y+dx*sin+dy*cos)
		})
		along += t.Style.Font.Advance(r)*em + t.Style.Spacing
	}
}

// round makes transparent what lies outside the corners.
func (c canvas) round(d drawing.Drawing) {
	whole := canvas{img: image.NewRGBA(c.img.Bounds()), scale: c.scale, x: c.x, y: c.y}
	piece := drawing.Rect{W: d.Width, H: d.Height, Radius: d.Corner}
	whole.fillWith(piece.Steps(), image.NewUniform(color.Opaque), whole.place, draw.Src)
	out := image.NewRGBA(c.img.Bounds())
	draw.DrawMask(out, out.Bounds(), c.img, image.Point{}, whole.img, image.Point{}, draw.Src)
	copy(c.img.Pix, out.Pix)
}
