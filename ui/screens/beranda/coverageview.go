package beranda

import (
	"strconv"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// drawCover draws what is known of coverage: above what is to be done. That nothing is known stands below
// it, because nobody here can do anything about it.
func (v *view) drawCover(m Model) {
	put(v.cover, v.coverage(m))
	put(v.bare, widgets.Panel(v.say("ui.beranda.cover"), widgets.NewNote(widgets.Plain, v.say("ui.beranda.cover.none"))))
	put(v.far, v.districts(m))
	v.cover.Hidden, v.bare.Hidden = len(m.Regencies) == 0, len(m.Regencies) > 0
	v.far.Hidden = len(m.Districts) == 0
}

// coverage is how far the branch's regencies are covered.
func (v *view) coverage(m Model) fyne.CanvasObject {
	title := v.say("ui.beranda.cover")
	switch len(m.Regencies) {
	case 0:
		return widgets.Gap()
	case 1:
		return v.oneRegency(m.Regencies[0])
	}
	var lines []fyne.CanvasObject
	for _, c := range m.Regencies {
		lines = append(lines, v.coverLine(c))
	}
	lines = append(lines, widgets.NewPara(widgets.SmallStyle, v.counted(m.Regencies[0])))
	return widgets.Panel(title, lines...)
}

func (v *view) oneRegency(c Covered) fyne.CanvasObject {
	title := v.say("ui.beranda.cover.of", "name", c.Name)
	if c.Percent < 0 {
		return widgets.Panel(title, widgets.Figure(grouped(c.People), v.say("ui.beranda.cover.people"), widgets.Plain),
			widgets.NewPara(widgets.SmallStyle, v.say("ui.beranda.cover.none")+" "+v.counted(c)))
	}
	head := widgets.Row(8, widgets.NewText(widgets.NumberFace, whole(c.Percent)), widgets.Stretch(widgets.NewPara(widgets.Quiet, v.aim(c))))
	left := "ui.beranda.cover.left"
	if c.Aimed {
		left = "ui.beranda.cover.left_aim"
	}
	note := v.say("ui.beranda.cover.reached")
	if !c.Aimed || !c.Reached() {
		note = v.say(left, "n", grouped(c.Left))
	}
	return widgets.Panel(title, widgets.Column(8, head, v.coverBar(c), widgets.NewPara(widgets.SmallStyle, note+" · "+v.counted(c))))
}

// aim is the target in words.
func (v *view) aim(c Covered) string {
	switch {
	case c.Aimed:
		return v.say("ui.beranda.cover.of_aim")
	case c.Target < 0:
		return v.say("ui.beranda.cover.none")
	}
	return v.say("ui.beranda.cover.aim", "percent", whole(c.Target))
}

func (v *view) coverBar(c Covered) fyne.CanvasObject {
	target := c.Target
	if target < 0 || c.Aimed {
		target = -100 // no mark
	}
	return widgets.Coverage(min(max(c.Percent, 0), 100), min(target, 100))
}

// counted is by whom, and when.
func (v *view) counted(c Covered) string {
	if !c.AsOf.Known() {
		return v.say("ui.beranda.cover.undated")
	}
	return v.say("ui.beranda.cover.dated", "date", c.AsOf)
}

// coverLine is one region in one line.
func (v *view) coverLine(c Covered) fyne.CanvasObject {
	word := grouped(c.People)
	bar := widgets.Gap()
	if c.Percent >= 0 {
		word, bar = whole(c.Percent), widgets.Column(0, widgets.Gap(), v.coverBar(c), widgets.Gap())
	}
	return widgets.Shares(10, []float32{1.3, 1, 0.4}, widgets.NewPara(widgets.Body, c.Name), bar, widgets.NewText(widgets.Strong.Right(), word))
}

// districts are those with the least cover, where head office has told of districts.
func (v *view) districts(m Model) fyne.CanvasObject {
	var lines []fyne.CanvasObject
	for _, c := range m.Districts[:min(len(m.Districts), mostDistricts)] {
		lines = append(lines, v.coverLine(c))
	}
	parts := []fyne.CanvasObject{widgets.Grid(28, 250, lines...)}
	if more := len(m.Districts) - mostDistricts; more > 0 {
		parts = append(parts, widgets.NewPara(widgets.SmallStyle, v.say("ui.beranda.cover.more", "n", more)))
	}
	return widgets.Panel(v.say("ui.beranda.cover.districts"), parts...)
}

// mostDistricts keeps the first screen readable.
const mostDistricts = 6

func whole(percent float64) string { return strconv.Itoa(int(percent+0.5)) + "%" }

func grouped(n int) string { return app.GroupThousands(strconv.Itoa(n)) }

// room is how the day goes and how far the districts are, at the left; coverage and what is to be done
// at the right.
func (v *view) room() fyne.CanvasObject {
	gutter := theme.Size(theme.Gutter)
	left := widgets.Column(gutter, widgets.Stretch(v.today), v.far)
	right := widgets.Column(gutter, v.cover, widgets.Stretch(v.todo), v.bare)
	return widgets.Split(1.62, left, right)
}
