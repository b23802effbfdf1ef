package daftar

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// noticeTiles are the parts of the notice, in type as big as the window has room for.
type noticeTiles struct {
	widget.BaseWidget
	parts []words.NoticePart
	big   bool
	root  *fyne.Container
}

func newNoticeTiles(parts []words.NoticePart) *noticeTiles {
	t := &noticeTiles{parts: parts, root: container.NewStack()}
	t.ExtendBaseWidget(t)
	t.render()
	return t
}

// bigWide is the width from which the biggest type fits, at 100 percent.
const bigWide = 1200

// Resize chooses the size of the type.
func (t *noticeTiles) Resize(size fyne.Size) {
	if big := size.Width >= bigWide*theme.Scale(); big != t.big {
		t.big = big
		t.render()
	}
	t.BaseWidget.Resize(size)
}

func (t *noticeTiles) render() {
	var tiles []fyne.CanvasObject
	for _, part := range t.parts {
		tiles = append(tiles, t.tile(part))
	}
	t.root.Objects = []fyne.CanvasObject{widgets.Pad(4, 4, widgets.Grid(theme.Size(theme.Gutter), 290, tiles...))}
	t.root.Refresh()
}

func (t *noticeTiles) tile(part words.NoticePart) fyne.CanvasObject {
	ink, state := theme.Teal, widgets.Plain
	if part.Sign == "nocash" {
		ink, state = theme.Amber, widgets.Waiting
	}
	side, head, text := float32(72), theme.Large, theme.Large
	if t.big {
		side, head, text = 112, theme.Number, theme.Title
	}
	icon := widgets.Row(0, widgets.NewIcon("notice_"+part.Sign, ink, side*theme.Scale()), widgets.Gap())
	return widgets.StatePanel(state, "", widgets.Stretch(widgets.Column(8, icon,
		widgets.NewPara(widgets.Style{Size: head, Colour: theme.Ink, Weight: theme.Bold}, part.Head),
		widgets.NewPara(widgets.Style{Size: text, Colour: theme.Ink}, part.Text))))
}

// CreateRenderer is the toolkit's way to ask for what to draw.
func (t *noticeTiles) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.root) }
