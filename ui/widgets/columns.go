package widgets

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"loket/ui/theme"
)

// columnsWide is the width from which columns stand beside each other, at 100 percent: what a window
// of 1250 pixels leaves beside the navigation, and more than one of 1024 has without. With less they
// become steps; nothing is cut.
const columnsWide = 990

// FormColumn is one column of a form, or one step where there is little room.
type FormColumn struct {
	Title   string
	Objects []fyne.CanvasObject
}

// Columns is a form in columns that becomes steps, one at a time, in small windows or large text.
type Columns struct {
	widget.BaseWidget
	window  Window
	columns []FormColumn
	side    fyne.CanvasObject
	bodies  []*fyne.Container // the content of each column, kept when the picture changes
	at      int
	wide    bool
	root    *fyne.Container
}

// NewColumns makes a form of columns; side (may be nil) stays in sight at the right.
func NewColumns(w Window, side fyne.CanvasObject, columns ...FormColumn) *Columns {
	c := &Columns{window: w, side: side, columns: columns, wide: true, root: container.NewStack()}
	for _, col := range columns {
		c.bodies = append(c.bodies, Column(10, col.Objects...))
	}
	c.ExtendBaseWidget(c)
	c.render()
	return c
}

// Step goes to a column, where they are steps.
func (c *Columns) Step(at int) {
	if at >= 0 && at < len(c.columns) && at != c.at {
		c.at = at
		c.render()
	}
}

// At tells which step is shown.
func (c *Columns) At() int { return c.at }

// Stepping says whether the columns are steps now.
func (c *Columns) Stepping() bool { return !c.wide }

// Resize chooses between columns and steps.
func (c *Columns) Resize(size fyne.Size) {
	wide := size.Width >= columnsWide*theme.Scale()
	if wide != c.wide {
		c.wide = wide
		c.render()
	}
	c.BaseWidget.Resize(size)
}

func (c *Columns) render() {
	if c.wide {
		c.root.Objects = []fyne.CanvasObject{c.beside()}
	} else {
		c.root.Objects = []fyne.CanvasObject{c.stepped()}
	}
	c.root.Refresh()
}

func (c *Columns) beside() fyne.CanvasObject {
	var panels []fyne.CanvasObject
	var shares []float32
	for i, col := range c.columns {
		panels = append(panels, Panel(fmt.Sprintf("%d · %s", i+1, col.Title), c.bodies[i]))
		shares = append(shares, 1.02)
	}
	if c.side != nil {
		panels = append(panels, c.side)
		shares = append(shares, 1)
	}
	return Shares(theme.Size(theme.Gutter), shares, panels...)
}

func (c *Columns) stepped() fyne.CanvasObject {
	var heads []fyne.CanvasObject
	for i, col := range c.columns {
		heads = append(heads, c.stepHead(i, col.Title))
	}
	back := NewButton(c.window, Secondary, c.window.Say("ui.step.back"), func() { c.Step(c.at - 1) }).WithIcon("previous")
	next := NewButton(c.window, Secondary, c.window.Say("ui.step.next"), func() { c.Step(c.at + 1) }).WithIcon("next")
	back.Allow(c.at > 0)
	next.Allow(c.at < len(c.columns)-1)
	panel := Panel("", c.bodies[c.at], Row(8, back, Gap(), next))
	var body fyne.CanvasObject = Column(0, panel)
	if c.side != nil {
		body = Shares(theme.Size(theme.Gutter), []float32{1.7, 1}, body, c.side)
	}
	return Column(theme.Size(theme.Gutter), Flow(6, heads...), body)
}

func (c *Columns) stepHead(i int, title string) fyne.CanvasObject {
	face := Face{Fill: theme.GreyTint, Radius: theme.Size(theme.Chip) / 2, PadX: 14, PadY: 3, Least: fyne.NewSize(0, theme.Size(theme.Chip))}
	style := LabelStyle
	if i == c.at {
		face.Fill = theme.Teal
		style = Style{Size: theme.Label, Colour: theme.OnTeal, Weight: theme.SemiBold}
	}
	return NewPress(c.window, face, NewText(style, fmt.Sprintf("%d · %s", i+1, title)), func() { c.Step(i) })
}

// MinSize is narrow: a form shrinks to steps. It is as high as it must be; the shell scrolls.
func (c *Columns) MinSize() fyne.Size { return fyne.NewSize(300, c.root.MinSize().Height) }

// CreateRenderer is the toolkit's way to ask for what to draw.
func (c *Columns) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.root) }
