// Package drawing composes a printed side once, as operations in millimetres from its top left
// corner. The surfaces (printing/pdf, printing/raster, a printer) only render the operations, so
// that preview, file and paper agree.
package drawing

import "image"

// Drawing is one side of a card or one page. Operations are rendered in order, later ones on top.
type Drawing struct {
	Name          string  // what it is, such as "card.front"; never personal data
	Width, Height float64 // of the finished piece, after cutting
	Bleed         float64 // how far colour runs over each edge, for surfaces that want it
	Corner        float64 // radius to which the piece is cut; previews show it
	Ops           []Op
	Missing       []rune // characters that the font cannot draw; a visible mark stands in their place
}

// Op is one operation: Text, Line, Rect, Frame, Path, Picture, QR or Barcode.
type Op interface{ op() }

// Text is one line of text. X is its left end, middle or right end, as Style.Align says; Y is the
// baseline. Angle turns it about that point, in degrees against the clock.
type Text struct {
	X, Y    float64
	Angle   float64
	Style   Style
	Content string
}

// Line is a straight stroke.
type Line struct {
	X1, Y1, X2, Y2 float64
	Stroke         float64
	Colour         Colour
}

// Rect is a filled rectangle with round corners of Radius.
type Rect struct {
	X, Y, W, H, Radius float64
	Fill               Colour
}

// Frame is the outline of a rectangle; its stroke lies inside the rectangle.
type Frame struct {
	X, Y, W, H, Radius float64
	Stroke             float64
	Colour             Colour
}

// Path is a filled shape (non-zero winding).
type Path struct {
	Steps []Step
	Fill  Colour
}

// Picture is an image stretched into a rectangle.
type Picture struct {
	X, Y, W, H float64
	Image      image.Image
}

func (Text) op()    {}
func (Line) op()    {}
func (Rect) op()    {}
func (Frame) op()   {}
func (Path) op()    {}
func (Picture) op() {}
func (QR) op()      {}
func (Barcode) op() {}

// Add puts operations on top of the drawing.
func (d *Drawing) Add(ops ...Op) { d.Ops = append(d.Ops, ops...) }

// Colour is 0xRRGGBB.
type Colour uint32

// The two colours that need no name in a design.
const (
	Black Colour = 0x000000
	White Colour = 0xFFFFFF
)

// RGB gives the three parts.
func (c Colour) RGB() (r, g, b uint8) { return uint8(c >> 16), uint8(c >> 8), uint8(c) }

// DotsPerInch is the resolution of card printers. Codes are laid out on its grid, so that their
// modules are whole dots.
const DotsPerInch = 300

// Dots is the length of n dots of a card printer, in mm.
func Dots(n int) float64 { return float64(n) * 25.4 / DotsPerInch }

// Snap moves a length to the nearest whole dot.
func Snap(mm float64) float64 { return Dots(int(mm*DotsPerInch/25.4 + 0.5)) }
