package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"loket/ui/theme"
)

// Grid stands objects in rows of equal cells: as many beside each other as there is room for at a
// least width (at 100 percent), and no row emptier than it must be.
func Grid(gap, least float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&grid{gap: gap, least: least}, objects...)
}

// grid remembers the width that it was laid out at, because its height hangs on it.
type grid struct{ gap, least, width float32 }

// across counts the cells of a row: four become two and two, never three and one.
func (l *grid) across(n int) int {
	if n == 0 {
		return 1
	}
	if l.width == 0 {
		return n
	}
	fit := max(int((l.width+l.gap)/(l.least*theme.Scale()+l.gap)), 1)
	rows := (n + fit - 1) / fit
	return (n + rows - 1) / rows
}

func (l *grid) MinSize(objects []fyne.CanvasObject) (least fyne.Size) {
	visible := shown(objects)
	across := l.across(len(visible))
	for i, o := range visible {
		m := o.MinSize()
		least.Width = max(least.Width, m.Width)
		if i%across == 0 {
			least.Height += rowHigh(visible, i, across)
			if i > 0 {
				least.Height += l.gap
			}
		}
	}
	return least
}

func (l *grid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	visible := shown(objects)
	across := l.across(len(visible))
	wide := (size.Width - l.gap*float32(across-1)) / float32(across)
	for _, o := range visible {
		heightAt(o, wide)
	}
	y, high := float32(0), float32(0)
	for i, o := range visible {
		if i%across == 0 {
			if i > 0 {
				y += high + l.gap
			}
			high = rowHigh(visible, i, across)
		}
		o.Resize(fyne.NewSize(wide, high))
		o.Move(fyne.NewPos(float32(i%across)*(wide+l.gap), y))
	}
}

func rowHigh(objects []fyne.CanvasObject, from, across int) (high float32) {
	for _, o := range objects[from:min(from+across, len(objects))] {
		high = max(high, o.MinSize().Height)
	}
	return high
}
