package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Column stands objects below each other at full width. Text that wraps gets the height that it
// needs at that width; Stretch and Gap take what is left.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(column{gap}, objects...)
}

// Row stands objects beside each other, centred, each as wide as it must be; Stretch and Gap
// take what is left.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(row{gap: gap}, objects...)
}

// Beside stands objects beside each other at equal widths and full height.
func Beside(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(beside{gap: gap}, objects...)
}

// Shares stands objects beside each other at full height, at widths in proportion.
func Shares(gap float32, shares []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(beside{gap, shares}, objects...)
}

// Flow stands objects beside each other and goes on in the next line when there is no room.
func Flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gap: gap}, objects...)
}

// Stretch makes an object take the room that is left in a Column or Row.
func Stretch(o fyne.CanvasObject) *fyne.Container { return container.New(stretch{}, o) }

// Gap is room that is left over.
func Gap() fyne.CanvasObject { return Stretch(canvas.NewRectangle(color.Transparent)) }

// Pad keeps room around an object.
func Pad(x, y float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(y, y, x, x), o)
}

// Sized gives an object a least size.
func Sized(w, h float32, o fyne.CanvasObject) *fyne.Container {
	room := canvas.NewRectangle(color.Transparent)
	room.SetMinSize(fyne.NewSize(w, h))
	return container.NewStack(room, o)
}

type stretch struct{}

func (stretch) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}

func (stretch) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func stretches(o fyne.CanvasObject) bool {
	c, ok := o.(*fyne.Container)
	if !ok {
		return false
	}
	_, ok = c.Layout.(stretch)
	return ok
}

func shown(objects []fyne.CanvasObject) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, o := range objects {
		if o.Visible() {
			out = append(out, o)
		}
	}
	return out
}

// heightAt lays an object out at a width and tells the height that it then needs.
func heightAt(o fyne.CanvasObject, width float32) float32 {
	o.Resize(fyne.NewSize(width, max(o.Size().Height, o.MinSize().Height)))
	return o.MinSize().Height
}

type column struct{ gap float32 }

func (l column) MinSize(objects []fyne.CanvasObject) (min fyne.Size) {
	for i, o := range shown(objects) {
		m := o.MinSize()
		min.Width = max(min.Width, m.Width)
		min.Height += m.Height
		if i > 0 {
			min.Height += l.gap
		}
	}
	return min
}

func (l column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	visible := shown(objects)
	heights := make([]float32, len(visible))
	used, elastic := l.gap*float32(max(len(visible)-1, 0)), 0
	for i, o := range visible {
		heights[i] = heightAt(o, size.Width)
		used += heights[i]
		if stretches(o) {
			elastic++
		}
	}
	y := float32(0)
	for i, o := range visible {
		h := heights[i]
		if stretches(o) {
			h += max(size.Height-used, 0) / float32(elastic)
		}
		o.Resize(fyne.NewSize(size.Width, h))
		o.Move(fyne.NewPos(0, y))
		y += h + l.gap
	}
}

type row struct {
	gap float32
	top bool // instead of the middle
}

func (l row) MinSize(objects []fyne.CanvasObject) (min fyne.Size) {
	for i, o := range shown(objects) {
		m := o.MinSize()
		min.Height = max(min.Height, m.Height)
		min.Width += m.Width
		if i > 0 {
			min.Width += l.gap
		}
	}
	return min
}

func (l row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	visible := shown(objects)
	used, elastic := l.gap*float32(max(len(visible)-1, 0)), 0
	for _, o := range visible {
		used += o.MinSize().Width
		if stretches(o) {
			elastic++
		}
	}
	x := float32(0)
	for _, o := range visible {
		w := o.MinSize().Width
		if stretches(o) {
			w += max(size.Width-used, 0) / float32(elastic)
		}
		h := min(heightAt(o, w), max(size.Height, 0))
		o.Resize(fyne.NewSize(w, h))
		y := (size.Height - h) / 2
		if l.top {
			y = 0
		}
		o.Move(fyne.NewPos(x, y))
		x += w + l.gap
	}
}
