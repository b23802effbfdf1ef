package widgets

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"loket/app"
	"loket/ui/theme"
)

// Figure is a number to see from afar, with its word below.
func Figure(number, word string, state State) fyne.CanvasObject {
	return Column(2, NewText(NumberFace.In(figureInk(state)), number), NewPara(Quiet, word))
}

// SmallFigure is a number in a row of numbers, centred.
func SmallFigure(number, word string, state State) fyne.CanvasObject {
	style := Style{Size: theme.Title, Colour: figureInk(state), Weight: theme.Bold}
	return Column(2, NewText(style.Centred(), number), NewPara(Quiet.Centred(), word))
}

func figureInk(s State) fyne.ThemeColorName {
	if s == Plain {
		return theme.Ink
	}
	return s.Ink()
}

// Bar is one column of a chart.
type Bar struct {
	Word    string
	Value   int
	Growing bool // not finished yet: drawn paler
}

// Bars is a simple column chart: the value above each column, its word below.
func Bars(bars []Bar) fyne.CanvasObject {
	most := 1
	for _, b := range bars {
		most = max(most, b.Value)
	}
	l := &barsLayout{most: most}
	objects := []fyne.CanvasObject{canvas.NewRectangle(theme.Color(theme.Line))}
	for _, b := range bars {
		colour := theme.Teal
		if b.Growing {
			colour = theme.TealSoft
		}
		col := canvas.NewRectangle(theme.Color(colour))
		col.TopLeftCornerRadius, col.TopRightCornerRadius = 4, 4
		l.values = append(l.values, b.Value)
		number := ""
		if b.Value > 0 {
			number = app.GroupThousands(strconv.Itoa(b.Value))
		}
		objects = append(objects, col,
			NewText(SmallStyle.Centred().In(theme.Ink), number), NewText(SmallStyle.Centred(), b.Word))
	}
	return container.New(l, objects...)
}

type barsLayout struct {
	values []int
	most   int
}

func (l *barsLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	s := theme.Scale()
	return fyne.NewSize(float32(max(len(l.values), 1))*l.least()*s, 120*s)
}

// least is how narrow a bar may stand: many bars have short words, and must not push what stands
// beside them out of a small window.
func (l *barsLayout) least() float32 {
	switch n := len(l.values); {
	case n > 16:
		return 18
	case n > 8:
		return 26
	}
	return 44
}

func (l *barsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	line := theme.Size(theme.Small) * 1.5
	base := size.Height - line - 4
	objects[0].Move(fyne.NewPos(0, base))
	objects[0].Resize(fyne.NewSize(size.Width, 1))
	step := min(size.Width/float32(max(len(l.values), 1)), 96*theme.Scale())
	wide := step * 0.56
	for i, v := range l.values {
		high := (base - line) * float32(v) / float32(l.most)
		x := step*float32(i) + (step-wide)/2
		col, number, word := objects[1+3*i], objects[2+3*i], objects[3+3*i]
		col.Move(fyne.NewPos(x, base-high))
		col.Resize(fyne.NewSize(wide, high))
		number.Move(fyne.NewPos(step*float32(i), base-high-line+2))
		number.Resize(fyne.NewSize(step, line))
		word.Move(fyne.NewPos(step*float32(i), base+5))
		word.Resize(fyne.NewSize(step, line))
	}
}

// Part is a share of a whole in a Proportion.
type Part struct {
	Value  int
	Colour fyne.ThemeColorName
}

// Proportion is one bar made of shares, as of the cards of a village.
func Proportion(parts ...Part) fyne.CanvasObject {
	return newBar(parts, 0, -1)
}

// Coverage is how far something has come, with a mark at the target; both in percent.
func Coverage(percent, target float64) fyne.CanvasObject {
	done := int(percent * 100)
	return newBar([]Part{{done, theme.Green}}, 10000, target/100)
}

func newBar(parts []Part, whole int, mark float64) fyne.CanvasObject {
	sum := 0
	for _, p := range parts {
		sum += p.Value
	}
	l := &proportionLayout{whole: max(whole, sum, 1), mark: mark}
	back := canvas.NewRectangle(theme.Color(theme.GreyTint))
	back.CornerRadius = 7
	objects := []fyne.CanvasObject{back}
	for _, p := range parts {
		l.values = append(l.values, p.Value)
		objects = append(objects, canvas.NewRectangle(theme.Color(p.Colour)))
	}
	return container.New(l, append(objects, canvas.NewRectangle(theme.Color(theme.Ink)))...)
}

type proportionLayout struct {
	values []int
	whole  int
	mark   float64
}

const barHigh, markOver = 14, 4

func (l *proportionLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	if l.mark < 0 {
		return fyne.NewSize(80, barHigh)
	}
	return fyne.NewSize(80, barHigh+2*markOver)
}

func (l *proportionLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := (size.Height - barHigh) / 2
	objects[0].Move(fyne.NewPos(0, y))
	objects[0].Resize(fyne.NewSize(size.Width, barHigh))
	at, x := 0, float32(0)
	for i, v := range l.values {
		at += v
		end := size.Width * float32(at) / float32(l.whole)
		part := objects[1+i].(*canvas.Rectangle)
		part.Move(fyne.NewPos(x, y))
		part.Resize(fyne.NewSize(end-x, barHigh))
		l.round(part, x == 0, end >= size.Width-0.5 || len(l.values) == 1)
		x = end
	}
	line := objects[len(objects)-1]
	line.Hide()
	if l.mark >= 0 {
		line.Show()
		line.Move(fyne.NewPos(size.Width*float32(l.mark)-1, y-markOver))
		line.Resize(fyne.NewSize(2, barHigh+2*markOver))
	}
}

func (l *proportionLayout) round(r *canvas.Rectangle, left, right bool) {
	if left {
		r.TopLeftCornerRadius, r.BottomLeftCornerRadius = 7, 7
	}
	if right {
		r.TopRightCornerRadius, r.BottomRightCornerRadius = 7, 7
	}
}
