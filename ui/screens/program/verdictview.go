package program

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"loket/app"
	"loket/app/roster"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// verdictView shows how the rows were judged: by code, and the villages that were guessed.
type verdictView struct {
	s     *Screen
	room  widgets.Room
	codes *widgets.Table
	rows  *widgets.Table // of the chosen code
	spell *widgets.Table
	side  *fyne.Container
	other *widgets.Pick // another village for a spelling
}

func newVerdictView(s *Screen, room widgets.Room) *verdictView {
	return &verdictView{s: s, room: room, side: container.NewStack()}
}

func (v *verdictView) say(key string, pairs ...any) string { return v.s.window.Say(key, pairs...) }

func (v *verdictView) in() *Import { return &v.s.model.Import }

func (v *verdictView) render() fyne.CanvasObject {
	i := v.in()
	gap := float32(10)
	parts := []fyne.CanvasObject{v.figures()}
	if i.Rejects != "" {
		parts = append(parts, widgets.Banner(v.s.window, widgets.Good, v.say("ui.program.rejects.done", "file", i.Rejects)))
	}
	left := widgets.Column(gap)
	if len(i.Verdict.Spellings) > 0 {
		at := 0
		if i.Villages {
			at = 1
		}
		left.Add(v.s.view.tabs(at, []string{
			v.say("ui.program.by_code") + " · " + number(len(i.Verdict.Codes)),
			v.say("ui.program.by_village") + " · " + number(i.Undecided()),
		}, func(at int) { i.Villages = at == 1; v.s.show() }))
	}
	if i.Villages {
		left.Add(widgets.Stretch(widgets.FlushPanel(v.spellings())))
		v.showSpelling()
	} else {
		left.Add(widgets.Stretch(widgets.FlushPanel(v.codeTable())))
		v.showCode()
	}
	return widgets.Column(gap, append(parts, widgets.Stretch(widgets.Split(1, left, v.side)))...)
}

// figures are the counts, to see from afar.
func (v *verdictView) figures() fyne.CanvasObject {
	j := v.in().Verdict
	total := len(j.Result.Rows)
	if v.room == widgets.Small {
		return widgets.Flow(8, widgets.Pill(widgets.Good, number(j.Accepted)+" "+v.say("ui.program.accepted")),
			widgets.Pill(widgets.Waiting, number(j.Warned)+" "+v.say("ui.program.warned")),
			widgets.Pill(widgets.Bad, number(j.Rejected)+" "+v.say("ui.program.rejected")))
	}
	bar := widgets.Proportion(
		widgets.Part{Value: j.Accepted - j.Warned, Colour: theme.Green}, widgets.Part{Value: j.Warned, Colour: theme.Accent},
		widgets.Part{Value: j.Rejected, Colour: theme.Red})
	return widgets.Panel("", widgets.Shares(14, nil,
		widgets.SmallFigure(number(total), v.say("ui.program.rows_found"), widgets.Plain),
		widgets.SmallFigure(number(j.Accepted), v.say("ui.program.accepted"), widgets.Good),
		widgets.SmallFigure(number(j.Warned), v.say("ui.program.warned"), widgets.Waiting),
		widgets.SmallFigure(number(j.Rejected), v.say("ui.program.rejected"), widgets.Bad)), bar)
}

func (v *verdictView) codeTable() *widgets.Table {
	i := v.in()
	v.codes = widgets.NewTable(v.s.window,
		widgets.Head{Title: v.say("ui.program.col.count"), Fit: "150.000", Right: true},
		widgets.Head{Title: v.say("ui.program.col.code"), Share: 1.7},
		widgets.Head{Title: v.say("ui.program.col.verdict"), Share: 1, Spare: 1})
	v.codes.Empty = v.say("ui.program.no_codes")
	var lines []widgets.Line
	for _, c := range i.Verdict.Codes {
		verdict := widgets.Cell{Text: v.say("ui.program.pill.warn"), State: widgets.Waiting, Pill: true}
		if c.Rejects {
			verdict = widgets.Cell{Text: v.say("ui.program.pill.reject"), State: widgets.Bad, Pill: true}
		}
		lines = append(lines, widgets.Line{Key: string(c.Code), Cells: []widgets.Cell{
			{Text: number(len(c.Rows))}, {Text: v.say("ui.program.code." + string(c.Code)), Strong: true}, verdict,
		}})
	}
	v.codes.Fill(lines, 0, len(lines))
	v.codes.OnSelected = func(key string) {
		i.Code, i.First = app.Code(key), 0
		v.showCode()
	}
	v.codes.OnOpened = func(string) { v.rows.Focus() }
	v.codes.Select(string(i.Code))
	v.s.view.first = v.codes.Focus
	return v.codes
}

// showCode shows the rows of the chosen code, a page of them.
func (v *verdictView) showCode() {
	i := v.in()
	if i.Code == "" {
		v.put(widgets.Hint("check", v.say("ui.program.all_good"), v.say("ui.program.all_good.more")))
		return
	}
	rows, total := i.Verdict.Page(i.Code, i.First, widgets.PageSize)
	v.rows = widgets.NewTable(v.s.window, v.rowHeads()...)
	var lines []widgets.Line
	for _, r := range rows {
		lines = append(lines, v.row(r))
	}
	v.rows.Fill(lines, i.First, total)
	v.rows.OnPage = func(first int) {
		i.First = first
		v.showCode()
		v.rows.Focus()
	}
	head := widgets.Pad(16, 12, widgets.NewPara(widgets.Body, v.say(string(i.Code))))
	v.put(widgets.FlushPanel(widgets.Column(0, head, widgets.Rule(), widgets.Stretch(v.rows))))
}

func (v *verdictView) put(o fyne.CanvasObject) {
	v.side.Objects = []fyne.CanvasObject{o}
	v.side.Refresh()
}

func (v *verdictView) rowHeads() []widgets.Head {
	heads := []widgets.Head{
		{Title: v.say("ui.program.col.line"), Fit: "150.000", Right: true},
		{Title: v.say("ui.program.col.name"), Share: 1.4},
		{Title: "NIK", Fit: "640808••••••00088"},
	}
	if len(v.in().List.Book.Sheets) > 1 {
		heads = append(heads, widgets.Head{Title: v.say("ui.program.col.sheet"), Share: 0.8, Spare: 1})
	}
	return heads
}

func (v *verdictView) row(r roster.Row) widgets.Line {
	name := r.Person.Name
	if name == "" {
		name = "–"
	}
	return widgets.Line{Key: r.Sheet + "\x00" + strconv.Itoa(r.Line), Cells: []widgets.Cell{
		{Text: number(r.Line)}, {Text: shortened(name, 80), Strong: true}, {Text: Masked(r.Person.NIK)}, {Text: r.Sheet},
	}}
}
