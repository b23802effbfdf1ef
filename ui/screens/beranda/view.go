package beranda

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"loket/app"
	"loket/app/access"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// view is the picture of the model. Its parts are drawn one by one, so that new figures do not take
// the keyboard away from a button.
type view struct {
	s           *Screen
	tiles       []Tile // as drawn
	keys        []*widgets.Press
	top         *fyne.Container // the big buttons
	today, todo *fyne.Container
	cover, far  *fyne.Container // coverage of the regencies, and of their districts
	bare        *fyne.Container // that it is not known
}

func newView(s *Screen) *view {
	return &view{
		s: s, top: container.NewStack(), today: container.NewStack(), todo: container.NewStack(),
		cover: container.NewStack(), far: container.NewStack(), bare: container.NewStack(),
	}
}

func (v *view) say(key string, pairs ...any) string { return v.s.window.Say(key, pairs...) }

func (v *view) render(m Model) fyne.CanvasObject {
	v.update(m)
	gutter := theme.Size(theme.Gutter)
	var below fyne.CanvasObject = v.todo
	if m.Allowed[access.Figures] {
		below = v.room()
	}
	return widgets.Column(gutter, v.top, widgets.Stretch(below))
}

// update draws what has changed.
func (v *view) update(m Model) {
	if tiles := m.Tiles(); v.keys == nil || !slices.Equal(tiles, v.tiles) {
		v.drawTiles(tiles)
	}
	if m.Allowed[access.Figures] {
		put(v.today, v.day(m))
		v.drawCover(m)
	}
	put(v.todo, v.waiting(m))
}

func put(into *fyne.Container, o fyne.CanvasObject) {
	into.Objects = []fyne.CanvasObject{o}
	into.Refresh()
}

func (v *view) focus() {
	if len(v.keys) > 0 {
		v.s.window.Focus(v.keys[0], 0)
	}
}

// tileLeast is the width under which the big buttons stand two and two.
const tileLeast = 165

// drawTiles draws the big buttons. Where only their words changed, the buttons stay: one of them has
// the keyboard.
func (v *view) drawTiles(tiles []Tile) {
	same := slices.EqualFunc(tiles, v.tiles, func(a, b Tile) bool { return a.Place == b.Place })
	if v.keys != nil && same {
		for i, t := range tiles {
			v.keys[i].Like(v.tile(t, i == 0))
		}
		v.tiles = tiles
		return
	}
	v.tiles, v.keys = tiles, nil
	cells := []fyne.CanvasObject{}
	for i, t := range tiles {
		key := v.tile(t, i == 0)
		v.keys, cells = append(v.keys, key), append(cells, key)
	}
	put(v.top, widgets.Grid(theme.Size(theme.Gutter), tileLeast, cells...))
}

func (v *view) tile(t Tile, primary bool) *widgets.Press {
	return widgets.NewTile(v.s.window, widgets.Tile{
		Icon: t.Icon, Word: v.say(t.Word), More: v.say(t.More, "n", app.GroupThousands(strconv.Itoa(t.Count))), Primary: primary,
		Act: func() { v.s.window.Open(t.Place) },
	})
}

// day is how the day goes: figures, and the registrations hour by hour.
func (v *view) day(m Model) fyne.CanvasObject {
	d := m.Facts.Day
	review := widgets.Plain
	if d.ToReview > 0 {
		review = widgets.Waiting
	}
	figures := widgets.Grid(12, 84,
		v.figure(m, d.Registered, "ui.beranda.registered", widgets.Plain),
		v.figure(m, d.Confirmed, "ui.beranda.confirmed", widgets.Plain),
		v.figure(m, d.Handed, "ui.beranda.handed", widgets.Plain),
		v.figure(m, d.ToReview, "ui.beranda.review", review))
	parts := []fyne.CanvasObject{figures}
	switch {
	case !m.Known:
	case m.Fresh():
		parts = append(parts, widgets.Stretch(v.morning(m)))
	default:
		parts = append(parts, widgets.Stretch(v.hours(m)))
	}
	return widgets.Panel(v.say("ui.beranda.today"), widgets.Stretch(widgets.Column(18, parts...)))
}

func (v *view) figure(m Model, n int, word string, state widgets.State) fyne.CanvasObject {
	number := "–"
	if m.Known {
		number = app.GroupThousands(strconv.Itoa(n))
	}
	return widgets.Figure(number, v.say(word), state)
}

func (v *view) hours(m Model) fyne.CanvasObject {
	var bars []widgets.Bar
	for _, h := range m.Hours() {
		if h.Now {
			h.Word = v.say("ui.beranda.now")
		}
		bars = append(bars, widgets.Bar{Word: h.Word, Value: h.Count, Growing: h.Now})
	}
	return widgets.Column(6,
		widgets.NewText(widgets.LabelStyle, v.say("ui.beranda.hours")),
		widgets.Stretch(container.New(chartRoom{}, widgets.Bars(bars))))
}

// morning greets on a day on which nothing has happened yet.
func (v *view) morning(m Model) fyne.CanvasObject {
	hello := v.say("ui.beranda.fresh", "name", firstName(m.Name))
	more := "ui.beranda.fresh.more"
	if !m.Allowed[access.Register] {
		more = "ui.beranda.fresh.handover"
	}
	return widgets.Column(6, widgets.Gap(),
		widgets.NewPara(widgets.LargeStyle.Centred(), hello),
		widgets.NewPara(widgets.Quiet.Centred(), v.say(more)),
		widgets.Gap())
}

func firstName(name string) string {
	if fields := strings.Fields(name); len(fields) > 0 {
		return fields[0]
	}
	return name
}

// waiting is what waits for somebody, each with the way there.
func (v *view) waiting(m Model) fyne.CanvasObject {
	var lines []fyne.CanvasObject
	lang := v.s.window.Lang()
	if m.Err != nil {
		lines = append(lines, widgets.NewNote(widgets.Bad, words.Error(lang, m.Err)))
	}
	if m.Refusal != nil {
		lines = append(lines, widgets.NewNote(widgets.Bad, words.Error(lang, m.Refusal)))
	}
	todos := m.Todos()
	for _, t := range todos {
		lines = append(lines, v.line(t))
	}
	if m.Known && len(lines) == 0 {
		lines = append(lines, v.nothing())
	}
	return widgets.Panel(v.say("ui.beranda.do"), widgets.Column(0, lines...))
}

func (v *view) nothing() fyne.CanvasObject {
	icon := widgets.NewIcon(widgets.Good.Icon(), theme.Green, theme.Size(theme.Icon))
	text := widgets.NewPara(widgets.Body.In(theme.Green), v.say("ui.beranda.do.nothing"))
	return widgets.Column(0, widgets.Rule(), widgets.Pad(0, 12, widgets.Row(9, icon, widgets.Stretch(text))))
}

var weights = map[Weight]widgets.State{Note: widgets.Plain, Look: widgets.Waiting, Urgent: widgets.Bad}

func (v *view) line(t Todo) fyne.CanvasObject {
	text := v.say(t.Word, "n", app.GroupThousands(strconv.Itoa(t.Count)))
	state, icon := weights[t.Weight], "info"
	if state != widgets.Plain {
		icon = state.Icon()
	}
	line := widgets.Row(9,
		widgets.NewIcon(icon, state.Ink(), theme.Size(theme.Icon)-2),
		widgets.Stretch(widgets.NewPara(widgets.Body, text)),
		widgets.NewButton(v.s.window, widgets.Link, v.say("ui.open"), func() { v.s.window.Open(t.Place) }))
	return widgets.Column(0, widgets.Rule(), widgets.Sized(0, theme.Size(theme.Row)-1, widgets.Pad(0, 4, line)))
}

// chartRoom keeps bars from growing taller than reads well beside their width.
type chartRoom struct{}

func (chartRoom) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (chartRoom) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	high := max(size.Width*0.38, objects[0].MinSize().Height)
	objects[0].Resize(fyne.NewSize(size.Width, min(size.Height, high)))
	objects[0].Move(fyne.NewPos(0, 0))
}
