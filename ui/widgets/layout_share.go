package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"loket/ui/theme"
)

// beside shares the width: equally, or in proportion.
type beside struct {
	gap    float32
	shares []float32
}

func (l beside) share(i int) float32 {
	if i < len(l.shares) {
		return l.shares[i]
	}
	return 1
}

func (l beside) MinSize(objects []fyne.CanvasObject) (least fyne.Size) {
	visible := shown(objects)
	for _, o := range visible {
		m := o.MinSize()
		least.Height = max(least.Height, m.Height)
		least.Width += m.Width
	}
	least.Width += l.gap * float32(max(len(visible)-1, 0))
	return least
}

func (l beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	visible := shown(objects)
	widths := l.widths(visible, size.Width-l.gap*float32(max(len(visible)-1, 0)))
	x := float32(0)
	for i, o := range visible {
		heightAt(o, widths[i])
		o.Resize(fyne.NewSize(widths[i], size.Height))
		o.Move(fyne.NewPos(x, 0))
		x += widths[i] + l.gap
	}
}

// widths shares the room out. Who needs more than the share gets what is needed, and the others
// share the rest.
func (l beside) widths(objects []fyne.CanvasObject, room float32) []float32 {
	widths := make([]float32, len(objects))
	fixed := make([]bool, len(objects))
	for again := true; again; {
		again = false
		total, rest := float32(0), room
		for i := range objects {
			if fixed[i] {
				rest -= widths[i]
			} else {
				total += l.share(i)
			}
		}
		for i, o := range objects {
			if fixed[i] {
				continue
			}
			widths[i] = rest * l.share(i) / total
			if least := o.MinSize().Width; least > widths[i]+0.01 {
				widths[i], fixed[i], again = least, true, true
			}
		}
	}
	return widths
}

// flow remembers the width that it was laid out at, because its height hangs on it.
type flow struct {
	gap   float32
	width float32
}

func (l *flow) MinSize(objects []fyne.CanvasObject) (least fyne.Size) {
	for _, o := range shown(objects) {
		least.Width = max(least.Width, o.MinSize().Width)
	}
	least.Height = l.place(objects, max(l.width, least.Width), func(fyne.CanvasObject, fyne.Position) {})
	return least
}

func (l *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.place(objects, size.Width, func(o fyne.CanvasObject, at fyne.Position) {
		o.Resize(o.MinSize())
		o.Move(at)
	})
}

// place puts objects line by line, each in the middle of its line, and tells the height.
func (l *flow) place(objects []fyne.CanvasObject, width float32, put func(fyne.CanvasObject, fyne.Position)) float32 {
	y := float32(0)
	rest := shown(objects)
	for len(rest) > 0 {
		n, high := l.line(rest, width)
		x := float32(0)
		for _, o := range rest[:n] {
			m := o.MinSize()
			put(o, fyne.NewPos(x, y+(high-m.Height)/2))
			x += m.Width + l.gap
		}
		rest = rest[n:]
		y += high
		if len(rest) > 0 {
			y += min(l.gap, 6)
		}
	}
	return y
}

// line counts the objects that fit in one line, at least one, and tells its height.
func (l *flow) line(objects []fyne.CanvasObject, width float32) (n int, high float32) {
	x := float32(0)
	for i, o := range objects {
		m := o.MinSize()
		if i > 0 && x+m.Width > width {
			return i, high
		}
		x += m.Width + l.gap
		high = max(high, m.Height)
	}
	return len(objects), high
}

// splitWide is the width from which a Split stands beside each other, at 100 percent.
const splitWide = 700

// Split stands a main part and a narrower side beside each other, or below each other where there
// is little room.
func Split(share float32, main, side fyne.CanvasObject) *fyne.Container {
	return container.New(&split{share: share}, main, side)
}

type split struct {
	share float32 // of the main part, where the side has 1
	width float32
}

func (l *split) under() fyne.Layout {
	if l.width > 0 && l.width < splitWide*theme.Scale() {
		return column{theme.Size(theme.Gutter)}
	}
	return beside{theme.Size(theme.Gutter), []float32{l.share, 1}}
}

func (l *split) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := l.under().MinSize(objects)
	least.Width = max(objects[0].MinSize().Width, objects[1].MinSize().Width)
	return least
}

func (l *split) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.under().Layout(objects, size)
}
