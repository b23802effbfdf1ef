package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"loket/ui/theme"
)

// offerList is the list under a pick. The keyboard stays in the field.
type offerList struct {
	widget.BaseWidget
	items   []*offer
	hovered bool
	rows    *fyne.Container
	scroll  *container.Scroll // where there is less room than it wants
	root    *fyne.Container
}

func newOfferList(options []Option, at int, pick func(Option)) *offerList {
	l := &offerList{rows: Column(0)}
	for _, o := range options {
		item := newOffer(l, o, pick)
		l.items = append(l.items, item)
		l.rows.Add(item)
	}
	back := canvas.NewRectangle(theme.Color(theme.Surface))
	back.CornerRadius, back.StrokeWidth, back.StrokeColor = theme.Size(theme.Corner), 1, theme.Color(theme.Edge)
	back.Shadow = canvas.Shadow{Color: theme.Color(fynetheme.ColorNameShadow), BlurRadius: 10, Offset: fyne.NewPos(0, 3)}
	l.scroll = container.NewVScroll(l.rows)
	l.root = container.NewStack(back, Pad(offerEdge, offerEdge, l.scroll))
	l.ExtendBaseWidget(l)
	l.mark(at)
	return l
}

// offerEdge is the line around the list.
const offerEdge = 1

// MinSize is the whole list; with less it scrolls.
func (l *offerList) MinSize() fyne.Size {
	return l.rows.MinSize().Add(fyne.NewSquareSize(2 * offerEdge))
}

// move marks an item by the keyboard and brings it in sight.
func (l *offerList) move(at int) {
	l.mark(at)
	item := l.items[at]
	top, room := item.Position().Y, l.scroll.Size().Height
	switch low := top + item.Size().Height; {
	case top < l.scroll.Offset.Y:
		l.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case low > l.scroll.Offset.Y+room:
		l.scroll.ScrollToOffset(fyne.NewPos(0, low-room))
	}
}

func (l *offerList) mark(at int) {
	for i, item := range l.items {
		item.back.FillColor = color.Transparent
		if i == at {
			item.back.FillColor = theme.Color(theme.TealTint)
		}
		item.back.Refresh()
	}
}

// CreateRenderer is the toolkit's way to ask for what to draw.
func (l *offerList) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.root) }

// offer is one line of the list.
type offer struct {
	widget.BaseWidget
	list *offerList
	back *canvas.Rectangle
	root *fyne.Container
	act  func()
}

func newOffer(l *offerList, o Option, pick func(Option)) *offer {
	i := &offer{list: l, back: canvas.NewRectangle(color.Transparent), act: func() { pick(o) }}
	i.back.CornerRadius = theme.Size(theme.Corner)
	words := Column(1, NewPara(Body, o.Word))
	if o.More != "" {
		words.Add(NewPara(SmallStyle, o.More))
	}
	room := canvas.NewRectangle(color.Transparent)
	room.SetMinSize(fyne.NewSize(0, theme.Size(theme.Field)))
	i.root = container.NewStack(room, i.back, Pad(12, 8, words))
	i.ExtendBaseWidget(i)
	return i
}

func (i *offer) Tapped(*fyne.PointEvent) { i.act() }

func (i *offer) MouseIn(*desktop.MouseEvent) {
	i.list.hovered = true
	for at, other := range i.list.items {
		if other == i {
			i.list.mark(at)
		}
	}
}

func (i *offer) MouseMoved(*desktop.MouseEvent) {}
func (i *offer) MouseOut()                      { i.list.hovered = false }

func (i *offer) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(i.root) }

// drop is the small arrow in a pick. It takes no focus, so that Tab goes from field to field.
type drop struct {
	widget.BaseWidget
	act func()
}

func newDrop(act func()) *drop {
	d := &drop{act: act}
	d.ExtendBaseWidget(d)
	return d
}

func (d *drop) Tapped(*fyne.PointEvent) { d.act() }

func (d *drop) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (d *drop) CreateRenderer() fyne.WidgetRenderer {
	icon := container.New(layout.NewCustomPaddedLayout(0, fieldUnder, 9, 9), NewIcon("down", theme.Muted, theme.Size(theme.Small)))
	return widget.NewSimpleRenderer(icon)
}
