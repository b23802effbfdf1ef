package cari

import (
	"strings"

	"fyne.io/fyne/v2"

	"loket/app/counter"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// view is the picture of the model.
type view struct {
	s       *Screen
	field   *widgets.Field
	table   *widgets.Table
	results *fyne.Container
	ask     func()          // brings the keyboard to what is asked
	onward  *widgets.Button // the way on from "not found"
}

func newView(s *Screen) *view { return &view{s: s} }

func (v *view) say(key string, pairs ...any) string { return v.s.window.Say(key, pairs...) }

var states = map[Tone]widgets.State{Plain: widgets.Plain, Good: widgets.Good, Waiting: widgets.Waiting, Bad: widgets.Bad}

func (v *view) render(m *Model) fyne.CanvasObject {
	if m.Page != nil {
		return v.page(m)
	}
	return v.list(m)
}

// list is the search field and who fits.
func (v *view) list(m *Model) fyne.CanvasObject {
	v.field = widgets.NewField(v.s.window, v.say("ui.cari.what")).Placeholder(v.say("ui.cari.hint"))
	v.field.SetText(m.Query)
	v.field.OnChanged = v.s.find
	v.field.OnEnter(v.s.entered)
	v.table = widgets.NewTable(v.s.window,
		widgets.Head{Title: v.say("field.name"), Share: 2.6},
		widgets.Head{Title: v.say("field.nik"), Fit: "6471 0145 1090 0003", Spare: 1},
		widgets.Head{Title: v.say("field.birth_date"), Fit: "05-10-1990", Spare: 3},
		widgets.Head{Title: v.say("ui.cari.village"), Share: 1.3, Spare: 4},
		widgets.Head{Title: v.say("ui.cari.number"), Fit: "PS 00001-01-000001", Spare: 2},
		widgets.Head{Title: v.say("ui.cari.state"), Share: 2.3})
	v.table.OnOpened = v.s.openKey
	v.table.OnSelected = func(key string) { v.s.model.Selected = key }
	v.results = widgets.Stretch(widgets.Gap())
	v.fill(m)
	return widgets.Column(theme.Size(theme.Gutter), widgets.Panel("", v.field), v.results)
}

// fill shows the answer to what was typed.
func (v *view) fill(m *Model) {
	if v.results == nil || m.Page != nil {
		return
	}
	var shown fyne.CanvasObject
	switch {
	case m.Nobody():
		shown = v.nobody(m)
	case len(m.Hits) == 0:
		shown = widgets.Hint("search", v.say("ui.cari.start"), v.say("ui.cari.start_more"))
	default:
		v.table.Fill(v.lines(m.Hits), 0, len(m.Hits))
		v.table.Select(m.Selected)
		shown = widgets.FlushPanel(v.table)
	}
	v.results.Objects = []fyne.CanvasObject{v.whileLoading(m, shown)}
	v.results.Refresh()
}

// nobody is the answer that must never sound like "no".
func (v *view) nobody(m *Model) fyne.CanvasObject {
	panel := widgets.StatePanel(widgets.Waiting, "",
		widgets.NewPara(widgets.LargeStyle, v.say("ui.cari.nobody")+" "+v.say("ui.cari.not_no")),
		widgets.NewPara(widgets.Body, v.say("ui.cari.try")), v.askFamily(m))
	return widgets.Column(0, panel, widgets.Gap())
}

func (v *view) lines(hits []counter.Hit) (lines []widgets.Line) {
	regions := v.s.uses.Counter.Rules().Regions
	for _, h := range hits {
		tone, key := StateOf(h.State, h.Cover)
		village, _, _ := strings.Cut(regions.Label(h.Village), ",")
		number := h.Member.Grouped()
		if number == "" {
			number = h.Number.String()
		}
		lines = append(lines, widgets.Line{Key: h.ID.String(), Cells: []widgets.Cell{
			{Text: h.Name, Strong: true},
			{Text: fours(h.NIK)},
			{Text: h.Born.String()},
			{Text: village},
			{Text: number},
			{Text: v.say(key), State: states[tone], Pill: true},
		}})
	}
	return lines
}

func (v *view) focus(m *Model) {
	if m.Page == nil && v.field != nil {
		v.field.Focus()
	}
}

// toList brings the keyboard to the rows, or to the way on from "not found".
func (v *view) toList(m *Model) {
	switch {
	case len(m.Hits) > 0:
		v.table.Focus()
	case m.Nobody() && v.onward != nil:
		v.s.window.Focus(v.onward, 0)
	}
}

// fours shows 16 digits in fours.
func fours(nik string) string {
	if len(nik) != 16 {
		return nik
	}
	return nik[:4] + " " + nik[4:8] + " " + nik[8:12] + " " + nik[12:]
}
