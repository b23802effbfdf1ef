package widgets

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"loket/app"
	"loket/ui/theme"
)

// Timeline is a column chart of hours, days or months that fits any width: where columns stand close,
// only some bear their word, and only the highest its number.
func Timeline(bars []Bar) fyne.CanvasObject {
	l := &timelineLayout{bars: bars}
	objects := []fyne.CanvasObject{canvas.NewRectangle(theme.Color(theme.Line))}
	for i, b := range bars {
		l.most = max(l.most, b.Value)
		if b.Value > bars[l.top].Value {
			l.top = i
		}
		colour := theme.Teal
		if b.Growing {
			colour = theme.TealSoft
		}
		number := ""
		if b.Value > 0 {
			number = app.GroupThousands(strconv.Itoa(b.Value))
		}
		objects = append(objects, canvas.NewRectangle(theme.Color(colour)),
			NewText(SmallStyle.Centred().In(theme.Ink), number), NewText(SmallStyle.Centred(), b.Word))
	}
	return container.New(l, objects...)
}

type timelineLayout struct {
	bars      []Bar
	most, top int
}

func (l *timelineLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	s := theme.Scale()
	return fyne.NewSize(240*s, 150*s)
}

func (l *timelineLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	line := theme.Size(theme.Small) * 1.5
	base := size.Height - line - 4
	objects[0].Move(fyne.NewPos(0, base))
	objects[0].Resize(fyne.NewSize(size.Width, 1))
	step := min(size.Width/float32(max(len(l.bars), 1)), 72*theme.Scale())
	every := l.every(objects, step)
	for i, b := range l.bars {
		high := (base - line) * float32(b.Value) / float32(max(l.most, 1))
		x := step * float32(i)
		column, number, word := objects[1+3*i], objects[2+3*i], objects[3+3*i]
		column.Move(fyne.NewPos(x+step*0.18, base-high))
		column.Resize(fyne.NewSize(step*0.64, high))
		centre(number, x+step/2, base-high-line+2, line, size.Width)
		centre(word, x+step/2, base+5, line, size.Width)
		show(number, i == l.top || number.MinSize().Width < step)
		show(word, i%every == 0)
	}
}

// every is which columns bear their word, so that words do not touch.
func (l *timelineLayout) every(objects []fyne.CanvasObject, step float32) int {
	widest := float32(1)
	for i := range l.bars {
		widest = max(widest, objects[3+3*i].MinSize().Width+8)
	}
	return max(int(widest/max(step, 1)+0.99), 1)
}

// centre stands a text about a point, within the width.
func centre(o fyne.CanvasObject, x, y, high, width float32) {
	wide := o.MinSize().Width
	o.Resize(fyne.NewSize(wide, high))
	o.Move(fyne.NewPos(max(0, min(x-wide/2, width-wide)), y))
}

func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// Ranked is one line of a Ranking.
type Ranked struct {
	Word  string
	Count int
	Share string // "42%"
}

// Ranking is lines with bars, the word at the left, the number at the right.
func Ranking(lines []Ranked) fyne.CanvasObject {
	most := 1
	for _, r := range lines {
		most = max(most, r.Count)
	}
	column := Column(8)
	for _, r := range lines {
		bar := newBar([]Part{{r.Count, theme.Teal}}, most, -1)
		count := Row(8, Gap(), NewText(Strong, app.GroupThousands(strconv.Itoa(r.Count))),
			Sized(38*theme.Scale(), 0, NewText(SmallStyle.Right(), r.Share)))
		column.Add(Shares(12, []float32{1.35, 1, 0.62}, NewPara(Body, r.Word), Column(0, Gap(), bar, Gap()), count))
	}
	return column
}

// Legend says what a colour of a Proportion means, in words.
func Legend(colour fyne.ThemeColorName, word string) fyne.CanvasObject {
	dot := canvas.NewRectangle(theme.Color(colour))
	dot.CornerRadius = 3
	dot.SetMinSize(fyne.NewSquareSize(12 * theme.Scale()))
	return Row(8, dot, NewText(Body, word))
}
