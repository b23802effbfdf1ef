package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Reveal brings an object of a column into sight: its step, and the place that is scrolled to.
func (c *Columns) Reveal(o fyne.CanvasObject) {
	for i, body := range c.bodies {
		at, ok := placeIn(body, o)
		if !ok {
			continue
		}
		if !c.wide {
			c.Step(i)
		}
		if s := scrollIn(c.root); s != nil {
			start, _ := placeIn(s.Content, body)
			reveal(s, start.Y+at.Y, o.Size().Height)
		}
		return
	}
}

// reveal scrolls no further than it must.
func reveal(s *container.Scroll, y, high float32) {
	const air = 12
	top, bottom := s.Offset.Y, s.Offset.Y+s.Size().Height
	switch {
	case y-air < top:
		s.ScrollToOffset(fyne.NewPos(0, max(y-air, 0)))
	case y+high+air > bottom:
		s.ScrollToOffset(fyne.NewPos(0, y+high+air-s.Size().Height))
	}
}

// placeIn is where an object stands within a container, however deep.
func placeIn(in, wanted fyne.CanvasObject) (fyne.Position, bool) {
	if in == wanted {
		return fyne.Position{}, true
	}
	c, ok := in.(*fyne.Container)
	if !ok {
		return fyne.Position{}, false
	}
	for _, o := range c.Objects {
		if at, ok := placeIn(o, wanted); ok {
			return at.Add(o.Position()), true
		}
	}
	return fyne.Position{}, false
}

func scrollIn(o fyne.CanvasObject) *container.Scroll {
	switch o := o.(type) {
	case *container.Scroll:
		return o
	case *fyne.Container:
		for _, inner := range o.Objects {
			if s := scrollIn(inner); s != nil {
				return s
			}
		}
	}
	return nil
}
