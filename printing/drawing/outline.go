package drawing

import "math"

// outline is one part of a path as straight pieces.
type outline struct {
	points [][2]float64
	closed bool
}

// pieces is how many straight pieces a curve becomes: invisible at the size of a sign.
const pieces = 10

// flatten makes straight pieces of a path.
func flatten(steps []Step) (lines []outline) {
	for _, s := range steps {
		last := len(lines) - 1
		switch s.Kind {
		case MoveTo:
			lines = append(lines, outline{points: [][2]float64{{s.P[0], s.P[1]}}})
		case LineTo:
			lines[last].points = append(lines[last].points, [2]float64{s.P[0], s.P[1]})
		case CurveTo:
			points := lines[last].points
			a := points[len(points)-1]
			for i := 1; i <= pieces; i++ {
				t := float64(i) / pieces
				u := 1 - t
				at := func(k int) float64 {
					return u*u*u*a[k] + 3*u*u*t*s.P[k] + 3*u*t*t*s.P[k+2] + t*t*t*s.P[k+4]
				}
				points = append(points, [2]float64{at(0), at(1)})
			}
			lines[last].points = points
		case ClosePath:
			lines[last].closed = true
		}
	}
	return lines
}

// polygon is a closed shape in millimetres, clockwise.
func (s *sign) polygon(points [][2]float64) []Step {
	area := 0.0
	for i, p := range points {
		q := points[(i+1)%len(points)]
		area += p[0]*q[1] - q[0]*p[1]
	}
	steps := make([]Step, 0, len(points)+1)
	for i := range points {
		p := points[i]
		if area < 0 {
			p = points[len(points)-1-i]
		}
		x, y := s.x+p[0]*s.scale, s.y+p[1]*s.scale
		if i == 0 {
			steps = append(steps, move(x, y))
		} else {
			steps = append(steps, line(x, y))
		}
	}
	return append(steps, Step{Kind: ClosePath})
}

// strokes draws along an outline with a round pen.
func (s *sign) strokes(l outline) {
	points := l.points
	if l.closed {
		points = append(points[:len(points):len(points)], points[0])
	}
	for i, p := range points {
		s.stroked = append(s.stroked, s.polygon(s.dot(p))...)
		if i == 0 {
			continue
		}
		q := points[i-1]
		dx, dy := p[0]-q[0], p[1]-q[1]
		length := math.Hypot(dx, dy)
		if length == 0 {
			continue
		}
		nx, ny := -dy/length*s.stroke/2, dx/length*s.stroke/2
		s.stroked = append(s.stroked, s.polygon([][2]float64{
			{q[0] + nx, q[1] + ny}, {p[0] + nx, p[1] + ny}, {p[0] - nx, p[1] - ny}, {q[0] - nx, q[1] - ny},
		})...)
	}
}

// dot is the pen's tip.
func (s *sign) dot(p [2]float64) [][2]float64 {
	const corners = 12
	points := make([][2]float64, corners)
	for i := range points {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
		points[i] = [2]float64{p[0] + cos*s.stroke/2, p[1] + sin*s.stroke/2}
	}
	return points
}
