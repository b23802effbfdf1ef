package manfaat

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"loket/app/benefit"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// view is the picture of the model, and the keys that lead to its pages.
type view struct {
	s      *Screen
	room   widgets.Room
	keys   []*widgets.Press
	search *widgets.Field
}

func (v *view) say(key string, pairs ...any) string { return v.s.window.Say(key, pairs...) }

func (v *view) in(t benefit.Text) string { return t.In(v.s.window.Lang()) }

// render stands the pages at the left of the one in sight, or above it where there is little room.
func (v *view) render(room widgets.Room) fyne.CanvasObject {
	v.room = room
	gutter := theme.Size(theme.Gutter)
	page := v.page()
	if v.s.model.Err != nil {
		page = widgets.Column(gutter, widgets.Banner(v.s.window, widgets.Bad, words.Error(v.s.window.Lang(), v.s.model.Err)), page)
	}
	if room == widgets.Small {
		return widgets.Column(gutter, v.tabs(), page)
	}
	return widgets.Shares(gutter, []float32{1, 3.4}, widgets.Column(0, v.list()), page)
}

// list is the pages below each other, each with its sign.
func (v *view) list() fyne.CanvasObject {
	v.keys = nil
	rows := widgets.Column(2)
	for i, key := range v.s.model.Pages() {
		icon, word := v.name(key)
		face := widgets.Face{Left: true, PadX: 10, PadY: 4, Radius: 7, Least: fyne.NewSize(0, max(44, theme.Size(theme.NavItem)))}
		style := widgets.Body
		if i == v.s.model.At {
			face.Fill, style = theme.TealTint, widgets.Strong.In(theme.TealText)
		}
		row := widgets.Row(10, widgets.NewIcon(icon, style.Colour, 24*theme.Scale()), widgets.Stretch(widgets.NewPara(style, word)))
		press := widgets.NewPress(v.s.window, face, row, func() { v.s.turn(i) })
		v.keys = append(v.keys, press)
		rows.Add(press)
	}
	return widgets.Panel("", rows)
}

// tabs is the pages beside each other.
func (v *view) tabs() fyne.CanvasObject {
	v.keys = nil
	tabs := widgets.Flow(6)
	high := theme.Size(theme.Field)
	for i, key := range v.s.model.Pages() {
		_, word := v.name(key)
		face := widgets.Face{Fill: theme.GreyTint, Radius: high / 2, PadX: 12, PadY: 3, Least: fyne.NewSize(0, high)}
		style := widgets.Style{Size: theme.Label, Colour: theme.Ink}
		if i == v.s.model.At {
			face.Fill, style.Colour, style.Weight = theme.Teal, theme.OnTeal, theme.SemiBold
		}
		press := widgets.NewPress(v.s.window, face, widgets.NewText(style, word), func() { v.s.turn(i) })
		v.keys = append(v.keys, press)
		tabs.Add(press)
	}
	return tabs
}

// name is the sign and the short word of a page.
func (v *view) name(key string) (icon, word string) {
	switch key {
	case PageHospitals:
		return "pict-hospital", v.say("ui.benefits.hospitals")
	case PageJMO:
		return "pict-phone", v.say("ui.benefits.jmo")
	}
	t, _ := v.s.model.Guide.Topic(key)
	return t.Icon, v.in(t.Short)
}

func (v *view) page() fyne.CanvasObject {
	switch v.s.model.Page() {
	case PageHospitals:
		return v.hospitals()
	case PageJMO:
		return v.jmo()
	}
	t, _ := v.s.model.Topic()
	return v.topic(t)
}

// topic is what is told, and below it what is dated and what is often asked.
func (v *view) topic(t benefit.Topic) fyne.CanvasObject {
	head := widgets.Row(18, widgets.NewIcon(t.Icon, theme.TealText, 64*theme.Scale()), widgets.Stretch(widgets.Column(4,
		widgets.NewPara(widgets.TitleStyle, v.in(t.Title)), widgets.NewPara(widgets.Quiet, v.in(t.Lead)))))
	parts := []fyne.CanvasObject{widgets.Panel("", head, v.points(t, pointStyle))}
	switch {
	case len(t.Dated) > 0 && len(t.Asked) > 0:
		parts = append(parts, widgets.Split(1.5, v.dated(t), v.asked(t)))
	case len(t.Dated) > 0:
		parts = append(parts, v.dated(t))
	case len(t.Asked) > 0:
		parts = append(parts, v.asked(t), v.caveat())
	default:
		parts = append(parts, v.caveat())
	}
	return widgets.Column(theme.Size(theme.Gutter), parts...)
}

// pointFace is how large points are set.
type pointFace struct {
	icon, least float32
	style       widgets.Style
}

var pointStyle = pointFace{icon: 52, least: 148, style: widgets.Style{Size: theme.Text, Colour: theme.Ink, Weight: theme.SemiBold}}

// points stand beside each other, each under its sign; steps have a number.
func (v *view) points(t benefit.Topic, f pointFace) fyne.CanvasObject {
	var tiles []fyne.CanvasObject
	for i, p := range t.Points {
		sign := []fyne.CanvasObject{widgets.NewIcon(p.Icon, theme.TealText, f.icon*theme.Scale())}
		if t.Steps {
			sign = append([]fyne.CanvasObject{widgets.NewText(widgets.NumberFace.In(theme.Amber), number(i+1))}, sign...)
		}
		tiles = append(tiles, plate(widgets.Column(12, widgets.Row(12, sign...), widgets.NewPara(f.style, v.in(p.Text)))))
	}
	return widgets.Grid(12, f.least, tiles...)
}

// plate is a tinted ground without a border: what stands on it is to be read, not pressed.
func plate(o fyne.CanvasObject) fyne.CanvasObject {
	ground := canvas.NewRectangle(theme.Color(theme.TealTint))
	ground.CornerRadius = theme.Size(theme.Radius)
	return container.NewStack(ground, widgets.Pad(theme.Size(theme.CardPad), theme.Size(theme.CardPad), o))
}

// dated is amounts and terms, with their day and the caveat. They never stand without it.
func (v *view) dated(t benefit.Topic) fyne.CanvasObject {
	lines := []fyne.CanvasObject{}
	for _, d := range t.Dated {
		lines = append(lines, widgets.Shares(12, []float32{1, 1.9},
			widgets.NewPara(widgets.Quiet, v.in(d.What)), widgets.NewPara(widgets.Body, v.in(d.Value))))
	}
	lines = append(lines, widgets.NewNote(widgets.Waiting, v.in(v.s.model.Guide.Caveat)),
		widgets.NewPara(widgets.SmallStyle, v.in(v.s.model.Guide.Source)))
	return widgets.Panel(v.say("ui.benefits.dated", "date", v.s.model.Guide.AsOf), lines...)
}

// asked is for the officer.
func (v *view) asked(t benefit.Topic) fyne.CanvasObject {
	var lines []fyne.CanvasObject
	for _, a := range t.Asked {
		lines = append(lines, widgets.Column(2, widgets.NewPara(widgets.Strong, v.in(a.Question)), widgets.NewPara(widgets.Body, v.in(a.Answer))))
	}
	return widgets.Panel(v.say("ui.benefits.asked"), lines...)
}

func (v *view) caveat() fyne.CanvasObject {
	return widgets.Panel("", widgets.NewNote(widgets.Waiting, v.in(v.s.model.Guide.Caveat)),
		widgets.NewPara(widgets.SmallStyle, v.in(v.s.model.Guide.Source)))
}

// focus brings the keyboard to the page in sight.
func (v *view) focus() {
	if at := v.s.model.At; at < len(v.keys) {
		v.s.window.Focus(v.keys[at], 0)
	}
}
