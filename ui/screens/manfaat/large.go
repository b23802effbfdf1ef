package manfaat

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"loket/app/benefit"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// Large is a page in the whole window, in type to be read across the counter. It turns like a book,
// by the arrows or the large buttons. What is often asked, and amounts, stay with the officer.
type Large struct {
	of                   *Screen
	back, previous, next *widgets.Button
}

// Key is none: it stands over the screen.
func (l *Large) Key() fyne.KeyName { return "" }

// Title is in the language of now.
func (l *Large) Title() string { return l.of.Title() }

// Bare asks for the whole window.
func (l *Large) Bare() bool { return true }

// Enter brings the keyboard to the way on.
func (l *Large) Enter() { l.focus(l.next) }

func (l *Large) focus(b *widgets.Button) {
	if b.Disabled() {
		b = l.back
	}
	l.of.window.Focus(b, 0)
}

// PressKey turns the pages, for a keyboard or a presenter's remote.
func (l *Large) PressKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyPageDown:
		l.turn(1)
	case fyne.KeyPageUp:
		l.turn(-1)
	default:
		return false
	}
	return true
}

// pages are those that make sense to read from afar.
func (l *Large) pages() int { return len(l.of.model.Pages()) }

func (l *Large) turn(step int) {
	if !l.of.model.Turn(l.of.model.At + step) {
		return
	}
	l.of.window.Renew()
	if step < 0 {
		l.focus(l.previous)
		return
	}
	l.focus(l.next)
}

// View is the page, as large as the window.
func (l *Large) View() fyne.CanvasObject {
	s := l.of
	say := s.window.Say
	l.back = widgets.NewButton(s.window, widgets.Secondary, say("ui.benefits.turn_back"), func() {
		s.window.Key(&fyne.KeyEvent{Name: fyne.KeyEscape})
	}).WithIcon("back").Large()
	l.previous = widgets.NewButton(s.window, widgets.Secondary, say("ui.step.back"), func() { l.turn(-1) }).WithIcon("previous").Large()
	l.next = widgets.NewButton(s.window, widgets.Primary, say("ui.step.next"), func() { l.turn(1) }).WithIcon("next").Large()
	l.previous.Allow(s.model.At > 0)
	l.next.Allow(s.model.At < l.pages()-1)
	place := widgets.NewText(widgets.Quiet, number(s.model.At+1)+" / "+number(l.pages()))
	foot := widgets.Row(10, l.back, widgets.Gap(), place, l.previous, l.next)
	ground := canvas.NewRectangle(theme.Color(theme.Surface))
	page := widgets.NewFittingBy(roomOf, l.page) // scrolls only where text is large and the window small
	return container.NewStack(ground, widgets.Pad(28, 18, widgets.Column(12, widgets.Stretch(container.NewVScroll(page)), foot)))
}

// vast is room enough to read from two metres.
const vast widgets.Room = -1

func roomOf(width float32) widgets.Room {
	switch wide := width / theme.Scale(); {
	case wide >= 1200:
		return vast
	case wide >= 900:
		return widgets.Roomy
	}
	return widgets.Small
}

// face is how large things are in a room.
type face struct {
	sign, icon, least float32
	title, lead, text widgets.Style
}

func faceOf(room widgets.Room) face {
	strong := func(size fyne.ThemeSizeName) widgets.Style {
		return widgets.Style{Size: size, Colour: theme.Ink, Weight: theme.SemiBold}
	}
	plain := func(size fyne.ThemeSizeName) widgets.Style { return widgets.Style{Size: size, Colour: theme.Ink} }
	switch room {
	case vast:
		return face{150, 128, 250, widgets.HugeStyle.In(theme.TealText), plain(theme.Number), strong(theme.Number)}
	case widgets.Roomy:
		return face{104, 92, 220, widgets.HugeStyle.In(theme.TealText), plain(theme.Large), strong(theme.Title)}
	default:
		return face{56, 56, 180, widgets.NumberFace.In(theme.TealText), plain(theme.Large), strong(theme.Large)}
	}
}

// page is the page in sight, in large type, in the middle of the height.
func (l *Large) page(room widgets.Room) fyne.CanvasObject {
	s, f := l.of, faceOf(room)
	v := &view{s: s, room: room}
	switch s.model.Page() {
	case PageHospitals:
		return widgets.Column(20, widgets.Gap(), widgets.NewPara(f.title, v.say("ui.benefits.hospitals.title")), l.names(f),
			careful(f, v.say("ui.benefits.confirm", "call", s.model.Guide.Call)), widgets.Gap())
	case PageJMO:
		words := widgets.Column(20, widgets.Gap(), widgets.NewPara(f.title, s.model.Guide.JMO.Name),
			widgets.NewPara(f.lead, v.say("ui.benefits.jmo.lead")),
			widgets.NewPara(f.lead, v.say("ui.benefits.jmo.1", "name", s.model.Guide.JMO.Name, "maker", s.model.Guide.JMO.Maker)), widgets.Gap())
		return widgets.Split(1.2, words, widgets.Column(0, widgets.Gap(), v.code(360), widgets.Gap()))
	}
	t, _ := s.model.Topic()
	return l.topic(v, f, t)
}

// careful is a sentence that must not be overlooked from afar.
func careful(f face, text string) fyne.CanvasObject {
	icon := widgets.NewIcon("info", theme.Amber, theme.Size(f.lead.Size)*1.3)
	return widgets.Row(10, icon, widgets.Stretch(widgets.NewPara(f.lead.In(theme.Amber), text)))
}

func (l *Large) topic(v *view, f face, t benefit.Topic) fyne.CanvasObject {
	head := widgets.Row(24, widgets.NewIcon(t.Icon, theme.TealText, f.sign*theme.Scale()), widgets.Stretch(widgets.Column(6,
		widgets.NewPara(f.title, v.in(t.Title)), widgets.NewPara(f.lead, v.in(t.Lead)))))
	points := v.points(t, pointFace{icon: f.icon, least: f.least, style: f.text})
	return widgets.Column(24, widgets.Gap(), head, points, careful(f, v.in(v.s.model.Guide.Caveat)), widgets.Gap())
}

func (l *Large) names(f face) fyne.CanvasObject {
	var names []fyne.CanvasObject
	for _, h := range l.of.model.Hospitals() {
		names = append(names, plate(widgets.Row(14, widgets.NewIcon("pict-hospital", theme.TealText, 48*theme.Scale()),
			widgets.Stretch(widgets.NewPara(f.text, h.Name)))))
	}
	return widgets.Grid(14, 360, names...)
}
