package drawing

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"strconv"

	"loket/app"
	"loket/assets"
)

// Sign draws one of our own icons into a square: strokes in ink, what is filled in tint. It knows what
// our icons are made of, path, rect, circle and ellipse, and is no reader of SVG at large.
func Sign(name string, x, y, side float64, ink, tint Colour) ([]Op, error) {
	file, err := fs.ReadFile(assets.Icons, "icons/"+name+".svg")
	if err != nil {
		return nil, app.Wrap("drawing.Sign", app.NotFound, err)
	}
	s := sign{x: x, y: y}
	decoder := xml.NewDecoder(bytes.NewReader(file))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, app.Wrap("drawing.Sign", app.PrintDocument, err)
		}
		if e, ok := token.(xml.StartElement); ok {
			if err := s.element(e, side); err != nil {
				return nil, app.Wrap("drawing.Sign", app.PrintDocument, err)
			}
		}
	}
	var ops []Op
	if s.filled != nil {
		ops = append(ops, Path{Steps: s.filled, Fill: tint})
	}
	return append(ops, Path{Steps: s.stroked, Fill: ink}), nil
}

// sign gathers the shapes of an icon. Strokes become one shape of small pieces that all run clockwise,
// so that they melt together.
type sign struct {
	x, y, scale, stroke float64
	filled, stroked     []Step
}

func (s *sign) element(e xml.StartElement, side float64) error {
	var wrong error
	number := func(name string) float64 {
		text := attribute(e, name)
		if text == "" {
			return 0
		}
		v, err := strconv.ParseFloat(text, 64)
		wrong = errors.Join(wrong, err)
		return v
	}
	var lines []outline
	switch e.Name.Local {
	case "svg":
		s.scale, s.stroke = side/number("width"), number("stroke-width")
	case "rect":
		r := Rect{X: number("x"), Y: number("y"), W: number("width"), H: number("height"), Radius: number("rx")}
		lines = flatten(r.Steps())
	case "circle":
		lines = flatten(oval(number("cx"), number("cy"), number("r"), number("r")))
	case "ellipse":
		lines = flatten(oval(number("cx"), number("cy"), number("rx"), number("ry")))
	case "path":
		steps, err := pathSteps(attribute(e, "d"))
		if err != nil {
			return err
		}
		lines = flatten(steps)
	}
	for _, l := range lines {
		if attribute(e, "fill-opacity") != "" {
			s.filled = append(s.filled, s.polygon(l.points)...)
		}
		s.strokes(l)
	}
	return wrong
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func oval(cx, cy, rx, ry float64) []Step {
	k, h := rx*kappa, ry*kappa
	return []Step{
		move(cx-rx, cy), curve(cx-rx, cy-h, cx-k, cy-ry, cx, cy-ry), curve(cx+k, cy-ry, cx+rx, cy-h, cx+rx, cy),
		curve(cx+rx, cy+h, cx+k, cy+ry, cx, cy+ry), curve(cx-k, cy+ry, cx-rx, cy+h, cx-rx, cy),
		{Kind: ClosePath},
	}
}
