package laporan

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"loket/app"
	"loket/app/reporting"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// view is the picture of the model. What can have the keyboard is made once; the rest is drawn again
// whenever something was counted.
type view struct {
	s           *Screen
	period      *widgets.Choice
	from, until *widgets.Field
	days        *fyne.Container // of a range
	picks       *fyne.Container // event and programme
	picked      []reporting.Line
	report      *fyne.Container
}

func newView(s *Screen) *view {
	v := &view{s: s, picks: container.NewStack(), report: container.NewStack()}
	var periods []widgets.Option
	for _, p := range Periods {
		periods = append(periods, widgets.Option{Value: string(p), Word: v.say("ui.reports.period." + string(p))})
	}
	v.period = widgets.NewChoice(s.window, v.say("ui.reports.period"), periods...)
	v.period.OnChosen = func(p string) {
		s.choose(func(m *Model) { m.Period = Period(p) })
		if Period(p) == Range {
			v.from.Focus()
		}
	}
	v.from = v.day("ui.reports.from", &s.model.From)
	v.until = v.day("ui.reports.until", &s.model.Until)
	count := widgets.NewButton(s.window, widgets.Secondary, v.say("ui.reports.count"), s.News)
	v.days = widgets.Row(10, widgets.Sized(150*theme.Scale(), 0, v.from), widgets.Sized(150*theme.Scale(), 0, v.until),
		widgets.Column(0, widgets.NewText(widgets.LabelStyle, ""), count))
	return v
}

func (v *view) say(key string, pairs ...any) string { return v.s.window.Say(key, pairs...) }

func (v *view) day(label string, into *string) *widgets.Field {
	f := widgets.NewField(v.s.window, v.say(label)).Placeholder(v.say("ui.reports.day.hint")).OnEnter(v.s.News)
	f.SetText(*into)
	f.OnChanged = func(text string) { *into = text }
	return f
}

func (v *view) focus() { v.period.Focus() }

func (v *view) render(m Model) fyne.CanvasObject {
	v.update(m)
	ask := widgets.Panel("", widgets.Split(1.5, v.period, v.picks), v.days)
	return widgets.Column(theme.Size(theme.Gutter), ask, v.report)
}

// update draws what has changed, and leaves the keyboard where it is.
func (v *view) update(m Model) {
	v.period.SetValue(string(m.Period))
	v.days.Hidden = m.Period != Range
	v.days.Refresh()
	if choices := slices.Concat(m.Events, []reporting.Line{{}}, m.Programmes); v.picked == nil || !slices.Equal(choices, v.picked) {
		v.picked = choices
		v.drawPicks(m)
	}
	v.report.Objects = []fyne.CanvasObject{v.answer(m)}
	v.report.Refresh()
}

// drawPicks offers events and programmes, where there are any.
func (v *view) drawPicks(m Model) {
	row := widgets.Beside(12)
	if len(m.Events) > 0 {
		row.Add(v.pick("ui.reports.event", m.Events, m.Event, func(key string) { v.s.choose(func(m *Model) { m.Event = key }) }))
	}
	if len(m.Programmes) > 0 {
		row.Add(v.pick("ui.reports.programme", m.Programmes, m.Scope, func(key string) { v.s.choose(func(m *Model) { m.Scope = key }) }))
	}
	v.picks.Objects = []fyne.CanvasObject{row}
	v.picks.Hidden = len(row.Objects) == 0
	v.picks.Refresh()
}

func (v *view) pick(label string, lines []reporting.Line, chosen string, then func(key string)) fyne.CanvasObject {
	all := widgets.Option{Word: v.say("ui.reports.all")}
	options := []widgets.Option{all}
	at := all
	for _, l := range lines {
		o := widgets.Option{Value: l.Key, Word: l.Name}
		options = append(options, o)
		if l.Key == chosen {
			at = o
		}
	}
	p := widgets.NewSelect(v.s.window, v.say(label), options...)
	p.Set(at)
	p.OnPicked = func(o widgets.Option) { then(o.Value) }
	return p
}

// answer is the report, or why there is none.
func (v *view) answer(m Model) fyne.CanvasObject {
	switch {
	case m.Err != nil:
		return widgets.StatePanel(widgets.Bad, "", widgets.NewNote(widgets.Bad, words.Error(v.s.window.Lang(), m.Err)))
	case !m.Known:
		return widgets.Panel("", widgets.NewPara(widgets.Quiet, v.say("ui.reports.reading")))
	}
	told := reporting.Tell(v.s.window.Lang(), m.Report, m.Names())
	gutter := theme.Size(theme.Gutter)
	head := widgets.Column(2, widgets.NewPara(widgets.LargeStyle, told.Title), widgets.NewPara(widgets.Quiet, told.About))
	parts := []fyne.CanvasObject{widgets.Panel("", head, v.figures(told))}
	if m.Report.Registered == 0 {
		parts = append(parts, widgets.Hint("report", v.say("ui.reports.none"), v.say("ui.reports.none.more")))
	} else {
		parts = append(parts, widgets.Split(1.25, v.chart(m, told), v.ranking(told.Section("districts"))), v.tables(told))
	}
	return widgets.Column(gutter, append(parts, widgets.NewPara(widgets.SmallStyle, told.Note+" "+told.Made))...)
}

func (v *view) figures(told reporting.Told) fyne.CanvasObject {
	var figures []fyne.CanvasObject
	for _, f := range told.Figures {
		figures = append(figures, widgets.Column(2, widgets.NewText(widgets.NumberFace, number(f.Value)), widgets.NewPara(widgets.Quiet, f.Word)))
	}
	return widgets.Grid(12, 110, figures...)
}

// chart is how the time went, and under it how far those who registered have come.
func (v *view) chart(m Model, told reporting.Told) fyne.CanvasObject {
	now := v.s.uses.Clock.Now()
	var bars []widgets.Bar
	for _, r := range told.Chart.Lines {
		bars = append(bars, widgets.Bar{Word: r.Word, Value: r.Count, Growing: m.Growing(now, r.Key)})
	}
	return widgets.Column(theme.Size(theme.Gutter),
		widgets.Panel(told.Chart.Title, widgets.Timeline(bars)),
		v.states(told.Section("states")))
}

// stateColours tell states apart; the words and numbers stand beside them.
var stateColours = map[app.RegistrationState]fyne.ThemeColorName{
	app.Captured: theme.Accent, app.NeedsReview: theme.Amber, app.Accepted: theme.Green,
	app.Duplicate: theme.TealSoft, app.Rejected: theme.Red, app.Withdrawn: theme.Muted,
}

func (v *view) states(s reporting.Section) fyne.CanvasObject {
	var parts []widgets.Part
	legend := widgets.Flow(18)
	for _, r := range s.Lines {
		colour := stateColours[app.RegistrationState(r.Key)]
		parts = append(parts, widgets.Part{Value: r.Count, Colour: colour})
		legend.Add(widgets.Legend(colour, r.Word+": "+number(r.Count)))
	}
	return widgets.Panel(s.Title, widgets.Proportion(parts...), legend)
}

// tables are the other ways to count the same people.
func (v *view) tables(told reporting.Told) fyne.CanvasObject {
	var panels []fyne.CanvasObject
	for _, key := range []string{"payers", "scopes", "operators"} {
		panels = append(panels, v.ranking(told.Section(key)))
	}
	return widgets.Split(1.25, v.ranking(told.Section("villages")), widgets.Column(theme.Size(theme.Gutter), panels...))
}

// mostLines keeps a panel readable; the files have all of them.
const mostLines = 10

func (v *view) ranking(s reporting.Section) fyne.CanvasObject {
	var lines []widgets.Ranked
	for _, r := range s.Lines[:min(len(s.Lines), mostLines)] {
		lines = append(lines, widgets.Ranked{Word: r.Word, Count: r.Count, Share: strconv.Itoa(int(r.Percent+0.5)) + "%"})
	}
	parts := []fyne.CanvasObject{widgets.Ranking(lines)}
	if more := len(s.Lines) - mostLines; more > 0 {
		parts = append(parts, widgets.NewPara(widgets.SmallStyle, v.say("ui.reports.more", "n", more)))
	}
	return widgets.Panel(s.Title, parts...)
}

func number(n int) string { return app.GroupThousands(strconv.Itoa(n)) }
