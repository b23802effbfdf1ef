package drawing

// Step is one piece of a path: Move and Close, Line to P[0:2], or Curve (cubic) over P[0:2] and
// P[2:4] to P[4:6].
type Step struct {
	Kind StepKind
	P    [6]float64
}

// StepKind says what a step does.
type StepKind uint8

// The kinds of step.
const (
	MoveTo StepKind = iota
	LineTo
	CurveTo
	ClosePath
)

// Points is the number of coordinates that a step uses.
func (k StepKind) Points() int {
	switch k {
	case MoveTo, LineTo:
		return 2
	case CurveTo:
		return 6
	}
	return 0
}

// kappa makes four cubic curves a circle to within 0.03%.
const kappa = 0.5523

// Steps is the rectangle as a path, clockwise.
func (r Rect) Steps() []Step {
	x, y, w, h := r.X, r.Y, r.W, r.H
	q := min(r.Radius, w/2, h/2)
	if q <= 0 {
		return []Step{move(x, y), line(x+w, y), line(x+w, y+h), line(x, y+h), {Kind: ClosePath}}
	}
	c := q * (1 - kappa)
	return []Step{
		move(x+q, y), line(x+w-q, y), curve(x+w-c, y, x+w, y+c, x+w, y+q),
		line(x+w, y+h-q), curve(x+w, y+h-c, x+w-c, y+h, x+w-q, y+h),
		line(x+q, y+h), curve(x+c, y+h, x, y+h-c, x, y+h-q),
		line(x, y+q), curve(x, y+c, x+c, y, x+q, y),
		{Kind: ClosePath},
	}
}

// Steps is the frame as a path with a hole: the outer rectangle clockwise, the inner one against
// the clock.
func (f Frame) Steps() []Step {
	s := f.Stroke
	outer := Rect{X: f.X, Y: f.Y, W: f.W, H: f.H, Radius: f.Radius}
	inner := Rect{X: f.X + s, Y: f.Y + s, W: f.W - 2*s, H: f.H - 2*s, Radius: max(0, f.Radius-s)}
	return append(outer.Steps(), reverse(inner.Steps())...)
}

// reverse turns a closed path of one part round.
func reverse(steps []Step) []Step {
	last := len(steps) - 2 // without the closing step
	out := []Step{move(end(steps[last]))}
	for i := last; i > 0; i-- {
		x, y := end(steps[i-1])
		if p := steps[i].P; steps[i].Kind == CurveTo {
			out = append(out, curve(p[2], p[3], p[0], p[1], x, y))
		} else {
			out = append(out, line(x, y))
		}
	}
	return append(out, Step{Kind: ClosePath})
}

func end(s Step) (x, y float64) {
	n := s.Kind.Points()
	return s.P[n-2], s.P[n-1]
}

func move(x, y float64) Step { return Step{Kind: MoveTo, P: [6]float64{x, y}} }
func line(x, y float64) Step { return Step{Kind: LineTo, P: [6]float64{x, y}} }

func curve(a, b, c, d, x, y float64) Step {
	return Step{Kind: CurveTo, P: [6]float64{a, b, c, d, x, y}}
}
