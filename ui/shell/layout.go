package shell

import (
	"fyne.io/fyne/v2"

	"loket/ui/theme"
)

// slimBelow is the width, at 100 percent, under which the navigation shows icons and keys only.
const slimBelow = 900

// frame lays out navigation, main, status bar, notes and the floating layer.
type frame struct{ s *Shell }

func (f *frame) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(640, 400) }

func (f *frame) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	nav, main, foot, pad, notes, float := objects[0], objects[1], objects[2], objects[3], objects[4], objects[5]
	side, low := float32(0), float32(0)
	if !f.s.bare() {
		foot.Resize(fyne.NewSize(size.Width, foot.MinSize().Height))
		low = max(foot.MinSize().Height, theme.Size(theme.Status))
	}
	f.fitNav(fyne.NewSize(size.Width, size.Height-low))
	padX, padY := float32(24), float32(20)
	switch {
	case f.s.bare():
		padX, padY = 0, 0
	case !f.s.noSide && f.s.slim:
		side, padX, padY = theme.Size(theme.NavSlim), 16, 12
	case !f.s.noSide:
		side = theme.Size(theme.NavWide)
	}
	if size.Height < 700 {
		padY = min(padY, 12)
	}
	keys := pad.MinSize().Height
	nav.Resize(fyne.NewSize(side, size.Height-low))
	nav.Move(fyne.NewPos(0, 0))
	main.Resize(fyne.NewSize(size.Width-side-2*padX, size.Height-low-keys-2*padY))
	main.Move(fyne.NewPos(side+padX, padY))
	foot.Resize(fyne.NewSize(size.Width, low))
	foot.Move(fyne.NewPos(0, size.Height-low))
	pad.Resize(fyne.NewSize(size.Width-side, keys))
	pad.Move(fyne.NewPos(side, size.Height-low-keys))
	notes.Resize(fyne.NewSize(size.Width-side, size.Height-low-keys))
	notes.Move(fyne.NewPos(side, 0))
	float.Resize(size)
	float.Move(fyne.NewPos(0, 0))
}

// navSpare is the room around the items of the navigation.
const navSpare = 30

// fitNav draws the navigation again where the window wants it narrower or lower.
func (f *frame) fitNav(size fyne.Size) {
	slim := size.Width < slimBelow*theme.Scale()
	room := size.Height - f.s.navHead().MinSize().Height - navSpare
	high := room / float32(max(len(f.s.places), 1))
	high = min(max(high, 30*theme.Scale()), theme.Size(theme.NavItem))
	if slim != f.s.slim || high != f.s.itemHigh {
		f.s.slim, f.s.itemHigh = slim, high
		f.s.drawNav()
	}
}

// scrollRoom keeps the scroll bar of the content off its panels.
const scrollRoom = 12

// mainLayout stands title line, banner and content below each other; what is empty takes no room.
type mainLayout struct{}

func (mainLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 200) }

func (mainLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for i, o := range objects {
		if i == len(objects)-1 {
			o.Resize(fyne.NewSize(size.Width+scrollRoom, size.Height-y))
			o.Move(fyne.NewPos(0, y))
			return
		}
		if len(o.(*fyne.Container).Objects) == 0 {
			continue
		}
		for range 2 { // the first tells the width, the second knows the height
			o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
		}
		o.Move(fyne.NewPos(0, y))
		y += o.MinSize().Height + theme.Size(theme.Gutter)
	}
}

// noteLayout stacks toasts and the progress of long tasks at the lower right.
type noteLayout struct{}

func (*noteLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (*noteLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	wide := min(420*theme.Scale(), size.Width-32)
	y := size.Height - 16
	for i := len(objects) - 1; i >= 0; i-- {
		o := objects[i]
		o.Resize(fyne.NewSize(wide, o.MinSize().Height))
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(wide, h))
		y -= h
		o.Move(fyne.NewPos(size.Width-wide-24, y))
		y -= 8
	}
}

// headLayout stands title and actions beside each other, or below each other where there is
// little room. Its height hangs on its width, so it remembers that.
type headLayout struct{ width float32 }

const headGap = 14

// actionsWide is what the actions need in one line.
func actionsWide(actions fyne.CanvasObject) (wide float32) {
	for _, o := range actions.(*fyne.Container).Objects {
		wide += o.MinSize().Width + 10
	}
	return wide
}

func (l *headLayout) beside(objects []fyne.CanvasObject) bool {
	return l.width == 0 || objects[0].MinSize().Width+headGap+actionsWide(objects[1]) <= l.width
}

func (l *headLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	title, actions := objects[0].MinSize(), objects[1].MinSize()
	if l.beside(objects) {
		return fyne.NewSize(title.Width, max(title.Height, actions.Height, theme.Size(theme.Button)))
	}
	return fyne.NewSize(title.Width, title.Height+8+actions.Height)
}

func (l *headLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	title, actions := objects[0], objects[1]
	wide := actionsWide(actions)
	if !l.beside(objects) {
		title.Resize(fyne.NewSize(size.Width, title.MinSize().Height))
		title.Move(fyne.NewPos(0, 0))
		actions.Resize(fyne.NewSize(size.Width, actions.MinSize().Height))
		actions.Move(fyne.NewPos(0, title.MinSize().Height+8))
		return
	}
	title.Resize(fyne.NewSize(size.Width-wide-headGap, title.MinSize().Height))
	high := title.MinSize().Height
	title.Resize(fyne.NewSize(size.Width-wide-headGap, high))
	title.Move(fyne.NewPos(0, (size.Height-high)/2))
	actions.Resize(fyne.NewSize(wide, actions.MinSize().Height))
	actions.Move(fyne.NewPos(size.Width-wide+10, (size.Height-actions.MinSize().Height)/2))
}
