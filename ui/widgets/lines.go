package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"loket/ui/theme"
)

// lineList draws only the rows that are in sight. It keeps the keyboard of a table.
type lineList struct {
	widget.List
	table *Table
}

func newLineList(t *Table) *lineList {
	l := &lineList{table: t}
	l.Length = func() int { return len(t.lines) }
	l.CreateItem = func() fyne.CanvasObject { return newTableLine(t) }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) { o.(*tableLine).show(t.lines[i]) }
	l.HideSeparators = true
	l.ExtendBaseWidget(l)
	return l
}

// TypedKey moves, opens, or hands on.
func (l *lineList) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyDown:
		l.table.move(1)
	case fyne.KeyUp:
		l.table.move(-1)
	case fyne.KeyPageDown:
		l.table.move(10)
	case fyne.KeyPageUp:
		l.table.move(-10)
	case fyne.KeyReturn, fyne.KeyEnter:
		if !l.table.window.Key(ev) {
			l.table.open()
		}
	case fyne.KeySpace:
		l.table.open()
	default:
		l.table.window.Key(ev)
	}
}

// TypedRune hands characters on: a scanner may be typing.
func (l *lineList) TypedRune(r rune) { l.table.window.Rune(r) }

// TypedShortcut hands chords on.
func (l *lineList) TypedShortcut(s fyne.Shortcut) { l.table.window.Shortcut(s) }

// FocusGained marks the first row, so that the eye finds the keyboard.
func (l *lineList) FocusGained() {
	if l.table.selected == "" {
		l.table.move(1)
	}
}

// FocusLost changes nothing.
func (l *lineList) FocusLost() {}

// tableLine is one drawn row; the list uses it again for others.
type tableLine struct {
	widget.BaseWidget
	table *Table
	key   string
	root  *fyne.Container
}

func newTableLine(t *Table) *tableLine {
	r := &tableLine{table: t, root: container.NewStack()}
	r.ExtendBaseWidget(r)
	r.show(Line{})
	return r
}

func (r *tableLine) show(l Line) {
	r.key = l.Key
	var parts []fyne.CanvasObject
	for i := range r.table.heads {
		c := Cell{}
		if i < len(l.Cells) {
			c = l.Cells[i]
		}
		parts = append(parts, r.table.cell(i, c))
	}
	row := Pad(16, 0, container.New(cells{r.table.heads}, parts...))
	line := container.NewBorder(nil, Rule(), nil, nil, row)
	r.root.Objects = []fyne.CanvasObject{
		container.New(reachUp{}, stripe(l.Key != "" && l.Key == r.table.selected)),
		Sized(0, theme.Size(theme.Row)-theme.Size(fynetheme.SizeNamePadding), line),
	}
	r.root.Refresh()
}

// Tapped selects the row, or opens it the second time.
func (r *tableLine) Tapped(*fyne.PointEvent) { r.table.choose(r.key) }

// CreateRenderer is the toolkit's way to ask for what to draw.
func (r *tableLine) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.root) }

// reachUp draws into the gap that the toolkit's list leaves above each row.
type reachUp struct{}

func (reachUp) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }
func (reachUp) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	up := theme.Size(fynetheme.SizeNamePadding)
	objects[0].Move(fyne.NewPos(0, -up))
	objects[0].Resize(fyne.NewSize(size.Width, size.Height+up))
}
