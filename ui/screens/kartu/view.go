package kartu

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/issuing"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// view is the picture of the model, and the widgets that the keyboard goes to.
type view struct {
	s      *Screen
	room   widgets.Room
	table  *widgets.Table
	reason *widgets.Choice
}

func newView(s *Screen) *view { return &view{s: s} }

func (v *view) say(key string, pairs ...any) string { return v.s.window.Say(key, pairs...) }

// render arranges the list beside the card; with little room one of them alone.
func (v *view) render(room widgets.Room) fyne.CanvasObject {
	m := &v.s.model
	v.room = room
	switch {
	case room == widgets.Small && (m.Moment != nil || m.Selected != 0):
		return v.side()
	case room == widgets.Roomy:
		return widgets.Pad(0, 1, widgets.Split(1.4, v.lists(), v.side()))
	}
	return widgets.Pad(0, 1, widgets.Split(1.1, v.lists(), v.side()))
}

// lists is the left part: which list, its rows, and what there is to print with.
func (v *view) lists() fyne.CanvasObject {
	m := &v.s.model
	parts := []fyne.CanvasObject{v.tabs(), widgets.Stretch(widgets.FlushPanel(v.rows()))}
	if m.Err != nil {
		parts = append([]fyne.CanvasObject{widgets.Banner(v.s.window, widgets.Bad, words.Error(v.s.window.Lang(), m.Err))}, parts...)
	}
	if m.Counted {
		parts = append(parts, v.supplies())
	}
	return widgets.Column(10, parts...)
}

func (v *view) tabs() fyne.CanvasObject {
	high, air := theme.Size(theme.Button), float32(14)
	if v.room != widgets.Roomy {
		high, air = theme.Size(theme.Field), 9
	}
	var tabs []fyne.CanvasObject
	for _, state := range Tabs {
		face := widgets.Face{Fill: theme.GreyTint, Radius: high / 2, PadX: air, PadY: 3, Least: fyne.NewSize(0, high)}
		style := widgets.Style{Size: theme.Label, Colour: theme.Ink}
		if state == v.s.model.Tab {
			face.Fill, style.Colour, style.Weight = theme.Teal, theme.OnTeal, theme.SemiBold
		}
		word := v.say("ui.cards.tab."+string(state)) + " · " + strconv.Itoa(len(v.s.model.Lists[state]))
		tabs = append(tabs, widgets.NewPress(v.s.window, face, widgets.NewText(style, word), func() {
			v.s.stopFading()
			v.s.model.Turn(state)
			v.s.show()
			v.s.preview()
		}))
	}
	return widgets.Flow(8, tabs...)
}

var pillOf = map[app.CardState]widgets.State{
	app.CardQueued: widgets.Plain, app.CardSent: widgets.Waiting, app.CardConfirmed: widgets.Good,
}

func (v *view) rows() *widgets.Table {
	m := &v.s.model
	heads := []widgets.Head{
		{Title: v.say("ui.cards.col.name"), Share: 1.35},
		{Title: v.say("ui.cards.col.serial"), Fit: "KT-0098412"},
		{Title: v.say("ui.cards.col.state"), Share: 1},
		{Title: v.say("ui.cards.col.since"), Fit: "20-11-2026"},
	}
	if v.room != widgets.Roomy {
		heads = heads[:3]
	}
	v.table = widgets.NewTable(v.s.window, heads...)
	v.table.Empty = v.say("ui.cards.empty." + string(m.Tab))
	if m.Lists == nil {
		v.table.Empty = ""
	}
	rows := m.Rows()
	var lines []widgets.Line
	for _, l := range rows[min(m.First, len(rows)):min(m.First+widgets.PageSize, len(rows))] {
		lines = append(lines, v.line(l))
	}
	v.table.Fill(lines, m.First, len(rows))
	v.table.OnSelected = func(key string) { v.s.choose(serialOf(key)) }
	v.table.OnOpened = func(string) { v.s.enlarge() }
	v.table.OnPage = func(first int) {
		m.First = first
		m.Unselect()
		v.s.show()
	}
	if m.Selected != 0 {
		v.table.Select(m.Selected.String())
	}
	return v.table
}

func (v *view) line(l issuing.Listed) widgets.Line {
	return widgets.Line{Key: l.Card.Serial.String(), Cells: []widgets.Cell{
		{Text: l.Registration.Record.Person.Name, Strong: l.Card.Serial == v.s.model.Selected},
		{Text: l.Card.Serial.String()},
		{Text: v.say("ui.cards.pill." + string(l.Card.State)), State: pillOf[l.Card.State], Pill: true},
		{Text: widgets.When(l.Card.ChangedAt, v.s.clock.Now())},
	}}
}

func serialOf(key string) app.Serial {
	var n uint32
	if _, err := fmt.Sscanf(key, "KT-%d", &n); err != nil {
		return 0
	}
	return app.Serial(n)
}

// supplies is what there is to print with: the printer, and the numbers in hand.
func (v *view) supplies() fyne.CanvasObject {
	m := &v.s.model
	now := v.s.clock.Now()
	printer := v.say(m.Printer.Key)
	if m.Printer.Where != "" {
		printer += " " + m.Printer.Where
	}
	size := theme.Size(theme.Icon)
	lines := []fyne.CanvasObject{
		widgets.Row(10, widgets.NewIcon("printer", theme.Muted, size), widgets.Stretch(widgets.NewCut(widgets.LabelStyle, printer))),
	}
	if m.Stock.Serials == 0 || m.Stock.Members == 0 {
		lines = append(lines, widgets.NewNote(widgets.Waiting, v.say(string(app.CardLeaseEmpty))))
	} else {
		stock := v.say("ui.cards.stock", "cards", number(m.Stock.Serials), "members", number(m.Stock.Members),
			"until", app.DateOf(earlier(m.Stock).In(now.Location())))
		ink := theme.Muted
		if m.Low(now) {
			ink, stock = theme.Amber, stock+" "+v.say("ui.cards.stock.low")
		}
		lines = append(lines, widgets.Row(10, widgets.NewIcon("card", ink, size), widgets.Stretch(widgets.NewPara(widgets.LabelStyle.In(ink), stock))))
	}
	return widgets.Pad(4, 0, widgets.Column(6, lines...))
}

func number(n int) string { return app.GroupThousands(strconv.Itoa(n)) }

// focus puts the keyboard where the next key belongs.
func (v *view) focus() {
	switch {
	case v.reason != nil:
		v.reason.Focus()
	case v.table != nil && len(v.s.model.Rows()) > 0 && v.s.model.Selected != 0:
		v.table.Focus()
	}
}
