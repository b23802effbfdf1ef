package widgets

import "fyne.io/fyne/v2"

// Reveal goes to the step that an object stands in; the window scrolls to what has the keyboard.
func (c *Columns) Reveal(o fyne.CanvasObject) {
	if c.wide {
		return
	}
	for i, body := range c.bodies {
		if holds(body, o) {
			c.Step(i)
			return
		}
	}
}

func holds(in, wanted fyne.CanvasObject) bool {
	if in == wanted {
		return true
	}
	c, ok := in.(*fyne.Container)
	if !ok {
		return false
	}
	for _, o := range c.Objects {
		if holds(o, wanted) {
			return true
		}
	}
	return false
}
