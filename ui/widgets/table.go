package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"loket/ui/theme"
)

// PageSize is how many rows a table shows at once. Longer lists come page by page, because the
// toolkit gets slow with very long ones.
const PageSize = 200

// Head is a column of a table: its title and its share of the width.
type Head struct {
	Title string
	Share float32
	Right bool   // numbers stand to the right
	Fit   string // a text that must not be cut: "KT-0098412"
	Spare int    // above 0: left out where there is little room, the highest first
}

// Cell is what stands in a row under a head.
type Cell struct {
	Text   string
	State  State
	Pill   bool // the state as a pill
	Strong bool
}

// Line is one row; Key names it in call backs.
type Line struct {
	Key   string
	Cells []Cell
}

// Table shows rows under heads, a page at a time, and lets one be selected and opened.
type Table struct {
	widget.BaseWidget
	OnSelected func(key string)
	OnOpened   func(key string) // Enter, or pressed a second time
	OnPage     func(first int)  // rows from this one on are wanted
	Empty      string           // what an empty table says

	window   Window
	heads    []Head
	lines    []Line
	first    int
	total    int
	selected string
	list     *lineList
	empty    *Text
	pager    *fyne.Container
	root     *fyne.Container
}

// NewTable makes an empty table.
func NewTable(w Window, heads ...Head) *Table {
	t := &Table{window: w, heads: heads, pager: container.NewStack(), empty: NewPara(Quiet.Centred(), "")}
	t.list = newLineList(t)
	body := container.NewStack(t.list, Column(0, Gap(), Pad(24, 0, t.empty), Gap()))
	t.root = Column(0, t.header(), Stretch(body), t.pager)
	t.ExtendBaseWidget(t)
	return t
}

// Fill puts rows in: those from first on, of total.
func (t *Table) Fill(lines []Line, first, total int) {
	t.lines, t.first, t.total = lines, first, total
	t.render()
}

// Select marks a row without a call back; "" marks none.
func (t *Table) Select(key string) {
	t.selected = key
	t.list.Refresh()
	for i, l := range t.lines {
		if l.Key == key {
			t.list.ScrollTo(i)
		}
	}
}

// Selected is the key of the marked row.
func (t *Table) Selected() string { return t.selected }

// Focus brings the keyboard to the rows.
func (t *Table) Focus() { t.window.Focus(t.list, 0) }

func (t *Table) choose(key string) {
	if t.selected == key {
		t.open()
		return
	}
	t.selected = key
	t.list.Refresh()
	if t.OnSelected != nil {
		t.OnSelected(key)
	}
}

func (t *Table) open() {
	if t.selected != "" && t.OnOpened != nil {
		t.OnOpened(t.selected)
	}
}

// move goes up or down by a row.
func (t *Table) move(step int) {
	if len(t.lines) == 0 {
		return
	}
	at := -1
	for i, l := range t.lines {
		if l.Key == t.selected {
			at = i
		}
	}
	at = min(max(at+step, 0), len(t.lines)-1)
	if t.lines[at].Key != t.selected {
		t.choose(t.lines[at].Key)
	}
	t.list.ScrollTo(at)
}

func (t *Table) page(first int) {
	if t.OnPage != nil && first >= 0 && first < t.total {
		t.OnPage(first)
	}
}

func (t *Table) render() {
	t.empty.SetText("")
	if len(t.lines) == 0 {
		t.empty.SetText(t.Empty)
	}
	t.pager.Objects = nil
	if t.total > len(t.lines) {
		t.pager.Add(t.turner())
	}
	t.list.Refresh()
	t.root.Refresh()
}

// turner is the line at the foot that turns pages.
func (t *Table) turner() fyne.CanvasObject {
	back := NewButton(t.window, Link, "", func() { t.page(t.first - PageSize) }).WithIcon("previous")
	next := NewButton(t.window, Link, "", func() { t.page(t.first + PageSize) }).WithIcon("next")
	back.Allow(t.first > 0)
	next.Allow(t.first+len(t.lines) < t.total)
	text := t.window.Say("ui.table.page", "from", t.first+1, "to", t.first+len(t.lines), "total", t.total)
	return Column(0, Rule(), Pad(12, 2, Row(8, NewText(SmallStyle, text), Gap(), back, next)))
}

func (t *Table) header() fyne.CanvasObject {
	var titles []fyne.CanvasObject
	for _, h := range t.heads {
		style := Section
		if h.Right {
			style = style.Right()
		}
		titles = append(titles, NewCut(style, h.Title))
	}
	room := Sized(0, theme.Size(theme.Row), Pad(16, 0, container.New(cells{t.heads}, titles...)))
	return Column(0, room, Rule())
}

// MinSize shows the heads and a few rows; longer tables scroll within.
func (t *Table) MinSize() fyne.Size {
	return fyne.NewSize(200, theme.Size(theme.Row)*4+t.pager.MinSize().Height)
}

// CreateRenderer is the toolkit's way to ask for what to draw.
func (t *Table) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.root) }

// cells stands the cells of a row under their heads, in the middle of the height.
type cells struct{ heads []Head }

const cellGap = 12

func (l cells) MinSize(objects []fyne.CanvasObject) (least fyne.Size) {
	for _, o := range objects {
		least.Height = max(least.Height, o.MinSize().Height)
		least.Width += 40
	}
	return least
}

func (l cells) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	widths, x := l.widths(size.Width), float32(0)
	for i, o := range objects {
		switch {
		case widths[i] == 0 && o.Visible():
			o.Hide()
		case widths[i] > 0 && !o.Visible():
			o.Show()
		}
		if widths[i] == 0 {
			continue
		}
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(widths[i], h))
		o.Move(fyne.NewPos(x, (size.Height-h)/2))
		x += widths[i] + cellGap
	}
}

// shareLeast is what a share of 1 needs, so that names can be told apart.
const shareLeast = 70

// widths shares the room out; a column that must fit a text gets that much first. Where that is not
// enough, spare columns have none: their width is 0.
func (l cells) widths(width float32) []float32 {
	wide := make([]float32, len(l.heads))
	for i, h := range l.heads {
		if h.Fit != "" {
			style := Style{Size: theme.Section, Colour: theme.Ink, Weight: theme.SemiBold}
			wide[i] = max(NewText(style, h.Fit).MinSize().Width, NewText(style, h.Title).MinSize().Width) + 2
		}
	}
	for spare := l.mostSpare(); ; spare-- {
		room, shares := width+cellGap, float32(0)
		for i, h := range l.heads {
			if h.Spare <= spare {
				room -= wide[i] + cellGap
				if h.Fit == "" {
					shares += h.Share
				}
			}
		}
		if spare == 0 || room >= shares*shareLeast*theme.Scale() {
			return l.shared(wide, max(room, 0), shares, spare)
		}
	}
}

func (l cells) mostSpare() (most int) {
	for _, h := range l.heads {
		most = max(most, h.Spare)
	}
	return most
}

func (l cells) shared(wide []float32, room, shares float32, spare int) []float32 {
	for i, h := range l.heads {
		switch {
		case h.Spare > spare:
			wide[i] = 0
		case h.Fit == "":
			wide[i] = room * h.Share / shares
		}
	}
	return wide
}

func (t *Table) cell(i int, c Cell) fyne.CanvasObject {
	if c.Pill && c.Text != "" {
		return narrowPill(c.State, c.Text)
	}
	style := Style{Size: theme.Section, Colour: figureInk(c.State)}
	if c.Strong {
		style.Weight = theme.SemiBold
	}
	if t.heads[i].Right {
		style = style.Right()
	}
	return NewCut(style, c.Text)
}

func stripe(selected bool) *canvas.Rectangle {
	name := theme.Surface
	if selected {
		name = theme.TealTint
	}
	return canvas.NewRectangle(theme.Color(name))
}
