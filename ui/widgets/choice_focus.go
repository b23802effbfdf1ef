package widgets

// FocusChosen brings the keyboard to the chosen answer, or to the first where none is chosen: a
// screen that was drawn again leaves the keyboard where it was.
func (c *Choice) FocusChosen() {
	for i, o := range c.options {
		if o.Value == c.value && c.value != "" {
			c.desk.Focus(c.keys[i], 0)
			return
		}
	}
	c.Focus()
}
