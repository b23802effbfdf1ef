package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"loket/ui/theme"
)

// Room is how much room a screen has, by the width and the size of its text.
type Room int

// The rooms.
const (
	Roomy  Room = iota // columns stand beside each other
	Narrow             // a Split still stands beside each other
	Small              // one thing at a time
)

func roomOf(width float32) Room {
	switch {
	case width >= columnsWide*theme.Scale():
		return Roomy
	case width >= splitWide*theme.Scale():
		return Narrow
	}
	return Small
}

// Fitting is a picture that is arranged by the room that it has. It is built again when the room
// changes, so what it shows must stand in a model.
type Fitting struct {
	widget.BaseWidget
	build func(Room) fyne.CanvasObject
	of    func(width float32) Room
	room  Room
	root  *fyne.Container
}

// NewFitting begins with much room and sees what there is.
func NewFitting(build func(Room) fyne.CanvasObject) *Fitting { return NewFittingBy(roomOf, build) }

// NewFittingBy is a Fitting whose rooms are told by a rule of its own.
func NewFittingBy(of func(width float32) Room, build func(Room) fyne.CanvasObject) *Fitting {
	f := &Fitting{build: build, of: of, root: container.NewStack(build(Roomy))}
	f.ExtendBaseWidget(f)
	return f
}

// Resize chooses the arrangement.
func (f *Fitting) Resize(size fyne.Size) {
	if room := f.of(size.Width); room != f.room && size.Width > 0 {
		f.room = room
		f.root.Objects = []fyne.CanvasObject{f.build(room)}
		f.root.Refresh()
	}
	f.BaseWidget.Resize(size)
}

// MinSize is narrow, because it can be rearranged; it is as high as it must be.
func (f *Fitting) MinSize() fyne.Size { return fyne.NewSize(300, f.root.MinSize().Height) }

// CreateRenderer is the toolkit's way to ask for what to draw.
func (f *Fitting) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.root) }
