package pdf

import (
	"bytes"
	"image/png"
	"strconv"

	"github.com/jung-kurt/gofpdf"

	"loket/app"
	"loket/printing/drawing"
)

// content writes the operations of one page. Shapes become page content directly, in points from
// the bottom left corner; text and pictures go through gofpdf, which must know of them.
type content struct {
	*document
	x, y   float64 // where the drawing's corner stands on the page, in mm
	height float64
	buf    []byte // page content not yet given to gofpdf
}

const pointsPerMM = 72 / 25.4

func (c *content) add(op drawing.Op, codes *codes) error {
	switch op := op.(type) {
	case drawing.Text:
		c.text(op)
	case drawing.Rect:
		c.shape(op.Steps(), op.Fill)
	case drawing.Frame:
		c.shape(op.Steps(), op.Colour)
	case drawing.Path:
		c.shape(op.Steps, op.Fill)
	case drawing.Line:
		c.line(op)
	case drawing.Picture:
		return c.picture(op)
	case drawing.QR:
		return c.qr(op, codes)
	case drawing.Barcode:
		return c.barcode(op)
	}
	return nil
}

// text writes one line. Fonts, sizes and spacing are told to the page only when they change.
func (c *content) text(t drawing.Text) {
	c.flush()
	s := t.Style
	if s.Font != c.font.Font || s.Size != c.font.Size {
		c.SetFont(family, styles[s.Font], s.Size)
	}
	if s.Spacing != c.font.Spacing {
		c.num(s.Spacing * pointsPerMM).str("Tc").flush()
	}
	r, g, b := s.Colour.RGB()
	c.SetTextColor(int(r), int(g), int(b))
	if t.Angle != 0 {
		c.TransformBegin()
		c.TransformRotate(t.Angle, c.x+t.X, c.y+t.Y)
		defer c.TransformEnd()
	}
	c.Text(c.x+t.Start(), c.y+t.Y, t.Content)
	c.font = s
}

// shape fills a path.
func (c *content) shape(steps []drawing.Step, fill drawing.Colour) {
	c.colour(fill).str("rg")
	for _, s := range steps {
		for i := 0; i < s.Kind.Points(); i += 2 {
			c.point(s.P[i], s.P[i+1])
		}
		c.str([]string{"m", "l", "c", "h"}[s.Kind])
	}
	c.str("f")
}

func (c *content) line(l drawing.Line) {
	c.colour(l.Colour).str("RG").num(l.Stroke * pointsPerMM).str("w")
	c.point(l.X1, l.Y1).str("m").point(l.X2, l.Y2).str("l S")
}

// qr fills all modules as one path in pure black, in a coordinate system of whole modules.
func (c *content) qr(q drawing.QR, codes *codes) error {
	blocks, err := codes.blocks(q)
	if err != nil {
		return err
	}
	c.modules(q.X, q.Y, q.Module, q.Module)
	for _, b := range blocks {
		c.int(b.Min.X).int(b.Min.Y).int(b.Dx()).int(b.Dy()).str("re")
	}
	c.str("f Q")
	return nil
}

func (c *content) barcode(b drawing.Barcode) error {
	widths, err := b.Bars()
	if err != nil {
		return err
	}
	c.modules(b.X, b.Y, b.Module, b.Height)
	at := 0
	for i, w := range widths {
		if i%2 == 0 {
			c.int(at).str("0").int(w).str("1 re")
		}
		at += w
	}
	c.str("f Q")
	return nil
}

// modules begins black shapes in units of w by h mm, counted right and down from x, y.
func (c *content) modules(x, y, w, h float64) {
	c.str("q 0 g").num(w*pointsPerMM).str("0 0").num(-h*pointsPerMM).point(x, y).str("cm")
}

func (c *content) picture(p drawing.Picture) error {
	c.flush()
	var file bytes.Buffer
	if err := png.Encode(&file, p.Image); err != nil {
		return app.Wrap("pdf.picture", app.PrintDocument, err)
	}
	c.pictures++
	name, kind := "picture"+strconv.Itoa(c.pictures), gofpdf.ImageOptions{ImageType: "PNG"}
	c.RegisterImageOptionsReader(name, kind, &file)
	c.ImageOptions(name, c.x+p.X, c.y+p.Y, p.W, p.H, false, kind, 0, "")
	return nil
}

func (c *content) point(x, y float64) *content {
	return c.num((c.x + x) * pointsPerMM).num((c.height - c.y - y) * pointsPerMM)
}

func (c *content) colour(colour drawing.Colour) *content {
	r, g, b := colour.RGB()
	return c.num(float64(r) / 255).num(float64(g) / 255).num(float64(b) / 255)
}

// num writes a number to a thousandth of a point, without needless zeros.
func (c *content) num(v float64) *content {
	c.buf = strconv.AppendFloat(c.buf, v, 'f', 3, 64)
	c.buf = bytes.TrimRight(c.buf, "0")
	c.buf = append(bytes.TrimSuffix(c.buf, []byte(".")), ' ')
	return c
}

func (c *content) int(v int) *content {
	c.buf = append(strconv.AppendInt(c.buf, int64(v), 10), ' ')
	return c
}

func (c *content) str(s string) *content {
	c.buf = append(append(c.buf, s...), '\n')
	return c
}

func (c *content) flush() {
	if len(c.buf) > 0 {
		c.RawWriteStr(string(c.buf))
		c.buf = c.buf[:0]
	}
}
