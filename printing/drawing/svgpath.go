package drawing

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

var errPath = errors.New("a path that our icons do not use")

// pathReader follows the "d" of an icon's path: M L H V C S A Z, small letters relative.
type pathReader struct {
	rest    string
	steps   []Step
	x, y    float64
	x0, y0  float64 // where the part began
	command byte
	wrong   error
}

// pathSteps reads a path.
func pathSteps(d string) ([]Step, error) {
	r := pathReader{rest: d}
	for r.wrong == nil {
		r.rest = strings.TrimLeft(r.rest, " ,\n\t")
		if r.rest == "" {
			return r.steps, nil
		}
		if c := r.rest[0]; c >= 'A' && c <= 'z' {
			r.command, r.rest = c, r.rest[1:]
		} else if r.command == 0 || r.command|0x20 == 'z' {
			return nil, errPath
		}
		r.step()
	}
	return nil, r.wrong
}

func (r *pathReader) step() {
	relative := r.command >= 'a'
	fromX, fromY := 0.0, 0.0
	if relative {
		fromX, fromY = r.x, r.y
	}
	if len(r.steps) == 0 && r.command|0x20 != 'm' {
		r.wrong = errPath
		return
	}
	switch r.command | 0x20 {
	case 'm':
		r.x, r.y = fromX+r.number(), fromY+r.number()
		r.x0, r.y0 = r.x, r.y
		r.steps = append(r.steps, move(r.x, r.y))
		r.command-- // from M to L, m to l: more pairs are lines
	case 'l':
		r.to(fromX+r.number(), fromY+r.number())
	case 'h':
		r.to(fromX+r.number(), r.y)
	case 'v':
		r.to(r.x, fromY+r.number())
	case 'c':
		r.bend(fromX+r.number(), fromY+r.number(), fromX, fromY)
	case 's':
		r.bend(r.mirrored(fromX, fromY))
	case 'a':
		rx, ry := r.number(), r.number()
		r.number() // our ellipses are not turned
		large, sweep := r.number() != 0, r.number() != 0
		r.arc(rx, ry, large, sweep, fromX+r.number(), fromY+r.number())
	case 'z':
		r.x, r.y = r.x0, r.y0
		r.steps = append(r.steps, Step{Kind: ClosePath})
	default:
		r.wrong = errPath
	}
}

// bend reads the rest of a curve that begins towards a and b.
func (r *pathReader) bend(a, b, fromX, fromY float64) {
	c, d := fromX+r.number(), fromY+r.number()
	r.x, r.y = fromX+r.number(), fromY+r.number()
	r.steps = append(r.steps, curve(a, b, c, d, r.x, r.y))
}

// mirrored is where a curve begins that goes on smoothly from the one before.
func (r *pathReader) mirrored(fromX, fromY float64) (a, b, x, y float64) {
	last := r.steps[len(r.steps)-1]
	if last.Kind != CurveTo {
		return r.x, r.y, fromX, fromY
	}
	return 2*r.x - last.P[2], 2*r.y - last.P[3], fromX, fromY
}

func (r *pathReader) to(x, y float64) {
	r.x, r.y = x, y
	r.steps = append(r.steps, line(x, y))
}

// number reads the next one: "12", "-.5", "2.500".
func (r *pathReader) number() float64 {
	r.rest = strings.TrimLeft(r.rest, " ,\n\t")
	n := 0
	for dot := false; n < len(r.rest); n++ {
		c := r.rest[n]
		if c == '.' && !dot {
			dot = true
			continue
		}
		if (c < '0' || c > '9') && (c != '-' || n > 0) {
			break
		}
	}
	v, err := strconv.ParseFloat(r.rest[:n], 64)
	if err != nil {
		r.wrong = errPath
	}
	r.rest = r.rest[n:]
	return v
}

// arc goes along an ellipse, in straight pieces: from the ends to the middle as SVG 1.1, appendix F.6.5.
func (r *pathReader) arc(rx, ry float64, large, sweep bool, x, y float64) {
	if rx <= 0 || ry <= 0 {
		r.to(x, y)
		return
	}
	// in a circle of radius 1
	ax, ay, bx, by := r.x/rx, r.y/ry, x/rx, y/ry
	dx, dy := (bx-ax)/2, (by-ay)/2
	half := math.Hypot(dx, dy)
	if half == 0 {
		return
	}
	grow := max(half, 1) // too small a radius grows
	away := math.Sqrt(max(grow*grow-half*half, 0)) / half
	if large == sweep {
		away = -away
	}
	cx, cy := (ax+bx)/2-dy*away, (ay+by)/2+dx*away
	from, turn := math.Atan2(ay-cy, ax-cx), 0.0
	turn = math.Atan2(by-cy, bx-cx) - from
	switch {
	case sweep && turn < 0:
		turn += 2 * math.Pi
	case !sweep && turn > 0:
		turn -= 2 * math.Pi
	}
	n := max(int(math.Abs(turn)*pieces/2), 4)
	for i := 1; i < n; i++ {
		sin, cos := math.Sincos(from + turn*float64(i)/float64(n))
		r.to((cx+grow*cos)*rx, (cy+grow*sin)*ry)
	}
	r.to(x, y)
}
