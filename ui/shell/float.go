package shell

import "fyne.io/fyne/v2"

// floatGap is the room around what floats.
const floatGap = 3

// Float shows content below an anchor, or above it where there is more room. What fits neither way is
// made lower: it scrolls by itself. Keys for fingers are never covered, because a press would choose
// instead of typing.
func (s *Shell) Float(anchor, content fyne.CanvasObject) (sink func()) {
	layer := s.parts.float
	if n := len(s.keys.modal); n > 0 {
		layer = s.keys.modal[n-1].float
	}
	driver := s.app.Driver()
	at, origin := driver.AbsolutePositionForObject(anchor), driver.AbsolutePositionForObject(layer)
	wide := anchor.Size().Width
	content.Resize(fyne.NewSize(wide, content.MinSize().Height)) // the first tells the width, the second knows the height
	high := content.MinSize().Height
	above := at.Y - 2*floatGap
	below := s.floor() - at.Y - anchor.Size().Height - 2*floatGap
	y := at.Y + anchor.Size().Height + floatGap
	switch {
	case high <= below:
	case high <= above || above > below:
		high = min(high, above)
		y = at.Y - high - floatGap
	default:
		high = below
	}
	content.Resize(fyne.NewSize(wide, high))
	layer.Add(content)
	content.Move(fyne.NewPos(at.X, y).Subtract(origin))
	layer.Refresh()
	sink = func() {
		layer.Remove(content)
		layer.Refresh()
	}
	s.keys.floats = append(s.keys.floats, sink)
	return sink
}

// floor is how low something may float: to the keys for fingers, or to the edge of the window.
func (s *Shell) floor() float32 {
	if len(s.parts.pad.Objects) > 0 && len(s.keys.modal) == 0 {
		return s.app.Driver().AbsolutePositionForObject(s.parts.pad).Y
	}
	return s.window.Canvas().Size().Height - floatGap
}
