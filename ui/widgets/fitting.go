package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"loket/ui/theme"
)

// Fitting is a picture with two arrangements: one where there is room, another where there is
// little. It is built again when the room changes, so what it shows must stand in a model.
type Fitting struct {
	widget.BaseWidget
	build func(wide bool) fyne.CanvasObject
	wide  bool
	root  *fyne.Container
}

// NewFitting arranges by the width from which columns stand beside each other.
func NewFitting(build func(wide bool) fyne.CanvasObject) *Fitting {
	f := &Fitting{build: build, wide: true, root: container.NewStack()}
	f.ExtendBaseWidget(f)
	f.root.Objects = []fyne.CanvasObject{build(true)}
	return f
}

// Resize chooses the arrangement.
func (f *Fitting) Resize(size fyne.Size) {
	if wide := size.Width >= columnsWide*theme.Scale(); wide != f.wide {
		f.wide = wide
		f.root.Objects = []fyne.CanvasObject{f.build(wide)}
		f.root.Refresh()
	}
	f.BaseWidget.Resize(size)
}

// MinSize is narrow, because it can be rearranged; it is as high as it must be.
func (f *Fitting) MinSize() fyne.Size { return fyne.NewSize(300, f.root.MinSize().Height) }

// CreateRenderer is the toolkit's way to ask for what to draw.
func (f *Fitting) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.root) }
