package kegiatan

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"loket/app"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// view is the picture of the model, and the widgets that the keyboard goes to.
type view struct {
	s      *Screen
	table  *widgets.Table
	side   *fyne.Container
	tally  *fyne.Container
	room   fyne.CanvasObject // that the figures share with what people count
	count  *widgets.Field
	fields map[string]interface{ Focus() }
}

func newView(s *Screen) *view { return &view{s: s, fields: map[string]interface{ Focus() }{}} }

func (v *view) say(key string, pairs ...any) string { return v.s.window.Say(key, pairs...) }

func (v *view) problem(err error) string { return words.Error(v.s.window.Lang(), err) }

func (v *view) render(m Model) fyne.CanvasObject {
	switch m.Stage {
	case Opening:
		return v.form(m)
	case Closing:
		return v.closing(m)
	}
	v.side = container.NewStack()
	v.update(m)
	if m.Known && len(m.Events) == 0 {
		return v.empty(m)
	}
	return widgets.Pad(0, 1, widgets.Split(0.82, v.list(m), v.side))
}

// update draws what was read anew, without taking the keyboard from what is typed.
func (v *view) update(m Model) {
	switch m.Stage {
	case Opening:
		return
	case Closing:
		put(v.tally, v.figures(m))
		v.room.Refresh() // the figures may be higher now
		return
	}
	put(v.side, v.page(m))
	if v.table != nil {
		v.table.Select(m.Chosen)
	}
}

func put(into *fyne.Container, o fyne.CanvasObject) {
	if into != nil {
		into.Objects = []fyne.CanvasObject{o}
		into.Refresh()
	}
}

func (v *view) focus(m Model) {
	switch {
	case m.Wrong != "" && v.fields[m.Wrong] != nil:
		v.fields[m.Wrong].Focus()
	case m.Stage == Opening:
		v.fields["name"].Focus()
	case m.Stage == Closing:
		v.fields["sticks"].Focus()
	case v.table != nil:
		v.table.Focus()
	}
}

func (v *view) empty(m Model) fyne.CanvasObject {
	more := "ui.event.none.more"
	if !v.s.uses.Lead() {
		more = "ui.event.none.ask"
	}
	parts := []fyne.CanvasObject{
		widgets.Gap(), container.NewCenter(widgets.NewIcon("calendar", theme.Muted, 40*theme.Scale())),
		widgets.NewPara(widgets.LargeStyle.Centred(), v.say("ui.event.none")),
		widgets.NewPara(widgets.Quiet.Centred(), v.say(more)), widgets.Gap(),
	}
	if m.Err != nil {
		parts = append(parts, widgets.NewNote(widgets.Bad, v.problem(m.Err)))
	}
	return widgets.Pad(0, 1, widgets.Panel("", widgets.Stretch(widgets.Column(10, parts...))))
}

// pillRoom is as wide as the mark and the edges of a pill.
const pillRoom = " 0000"

// longestPhase is the widest word of the column of states.
func (v *view) longestPhase() (longest string) {
	for phase := range phaseState {
		if word := v.say("ui.event.phase." + phase); len(word) > len(longest) {
			longest = word
		}
	}
	return longest
}

var phaseState = map[string]widgets.State{"running": widgets.Good, "coming": widgets.Known, "over": widgets.Waiting, "closed": widgets.Plain}

func (v *view) list(m Model) fyne.CanvasObject {
	v.table = widgets.NewTable(v.s.window,
		widgets.Head{Title: v.say("ui.event.col.name"), Share: 1.4},
		widgets.Head{Title: v.say("ui.event.col.day"), Fit: "20-11-2026", Spare: 1},
		widgets.Head{Title: v.say("ui.event.col.state"), Fit: v.longestPhase() + pillRoom})
	v.table.OnSelected = v.s.choose
	v.listed(m)
	return widgets.FlushPanel(v.table)
}

// listed fills the list of events.
func (v *view) listed(m Model) {
	if v.table == nil {
		return
	}
	now := v.s.uses.Clock.Now()
	var lines []widgets.Line
	for _, e := range m.Events {
		phase := Phase(e, now)
		lines = append(lines, widgets.Line{Key: e.ID, Cells: []widgets.Cell{
			{Text: e.Name, Strong: true},
			{Text: app.DateOf(e.From.In(now.Location())).String()},
			{Text: v.say("ui.event.phase." + phase), State: phaseState[phase], Pill: true},
		}})
	}
	v.table.Fill(lines, 0, len(lines))
	v.table.Select(m.Chosen)
}

// page is the chosen event: what it is, its passes, and what can be done.
func (v *view) page(m Model) fyne.CanvasObject {
	e := m.Page.Event
	if e.ID == "" {
		return widgets.Panel("", widgets.NewPara(widgets.Quiet, ""))
	}
	parts := []fyne.CanvasObject{widgets.Panel("", append([]fyne.CanvasObject{widgets.NewPara(widgets.LargeStyle, e.Name)}, v.facts(m)...)...)}
	if e.Open() && v.s.uses.Lead() {
		parts = append(parts, v.passes(m))
	}
	return widgets.Column(theme.Size(theme.Gutter), append(parts, v.standing(m))...)
}

func (v *view) facts(m Model) []fyne.CanvasObject {
	e := m.Page.Event
	place := e.Address
	if name := v.s.uses.Places.Name(e.Village); name != "" {
		if place != "" {
			place += ", "
		}
		place += name
	}
	tasks := ""
	for i, t := range e.Tasks {
		if i > 0 {
			tasks += ", "
		}
		tasks += v.say("task." + string(t))
	}
	return []fyne.CanvasObject{
		v.fact("event.fact.place", place), v.fact("event.fact.partner", v.partner(e.Partner)), v.fact("event.fact.hours", v.hours(e)),
		v.fact("event.fact.pickup", e.PickUp), v.fact("event.fact.tasks", tasks), v.fact("event.fact.code", e.ID),
	}
}

func (v *view) fact(key, value string) fyne.CanvasObject {
	if value == "" {
		value = "–"
	}
	return widgets.Shares(10, []float32{1, 2.4}, widgets.NewPara(widgets.LabelStyle, v.say(key)), widgets.NewPara(widgets.Body, value))
}

func (v *view) partner(partner string) string {
	if key := "partner." + partner; words.Has(key) {
		return v.say(key)
	}
	return partner
}

func (v *view) hours(e app.Event) string {
	zone := v.s.uses.Clock.Now().Location()
	from, until := e.From.In(zone), e.Until.In(zone)
	if app.DateOf(from) == app.DateOf(until) {
		return fmt.Sprintf("%s · %s–%s %s", app.DateOf(from), from.Format("15.04"), until.Format("15.04"), widgets.Zone(until))
	}
	return from.Format("02-01-2006 15.04") + " – " + until.Format("02-01-2006 15.04 ") + widgets.Zone(until)
}

// passes are those prepared on this laptop: how many were used, and how to make more.
func (v *view) passes(m Model) fyne.CanvasObject {
	used := 0
	for _, p := range m.Page.Passes {
		if p.Used() {
			used++
		}
	}
	words := v.say("ui.event.passes.none")
	if n := len(m.Page.Passes); n > 0 {
		words = v.say("ui.event.passes.count", "n", n, "used", used, "free", m.Unused())
	}
	if Phase(m.Page.Event, v.s.uses.Clock.Now()) == "over" {
		words = v.say("ui.event.passes.over", "n", len(m.Page.Passes), "used", used)
		return widgets.Panel(v.say("ui.event.passes"), widgets.NewPara(widgets.Body, words))
	}
	keys := []fyne.CanvasObject{}
	if m.Unused() > 0 {
		keys = append(keys, widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.event.passes.print"), v.s.print).WithIcon("printer"))
		if v.s.uses.Paper.ChooseFolder != nil {
			keys = append(keys, widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.event.passes.save"), v.s.save).WithIcon("file"))
		}
	}
	parts := []fyne.CanvasObject{widgets.NewPara(widgets.Body, words), v.preparing(m)}
	if len(keys) > 0 {
		parts = append(parts, widgets.Flow(8, keys...))
	}
	return widgets.Panel(v.say("ui.event.passes"), parts...)
}

// preparing keeps its field from one drawing to the next, because somebody may be typing.
func (v *view) preparing(m Model) fyne.CanvasObject {
	if v.count == nil {
		v.count = widgets.NewField(v.s.window, v.say("ui.event.passes.how_many")).Digits().OnEnter(v.s.prepare)
		v.count.OnChanged = func(text string) {
			v.s.model.Count = text
			v.count.Say(widgets.Plain, "")
		}
		v.fields["count"] = v.count
	}
	v.count.SetText(m.Count)
	if m.Wrong == "count" && m.Err != nil {
		v.count.Say(widgets.Bad, v.problem(m.Err))
	}
	prepare := widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.event.passes.prepare"), v.s.prepare).WithIcon("add")
	prepare.Allow(!m.Busy)
	return widgets.Shares(10, []float32{1, 1.2}, v.count, widgets.Column(4, widgets.NewText(widgets.LabelStyle, ""), widgets.Row(0, prepare)))
}

// standing is how the event goes or ended, with the way to its end.
func (v *view) standing(m Model) fyne.CanvasObject {
	t := m.Page.Tally
	n := func(i int) string { return app.GroupThousands(strconv.Itoa(i)) }
	figures := widgets.Grid(10, 84,
		widgets.SmallFigure(n(t.Registered), v.say("event.figure.registered"), widgets.Plain),
		widgets.SmallFigure(n(t.Slips), v.say("event.figure.slips"), widgets.Plain),
		widgets.SmallFigure(n(t.Handed), v.say("event.figure.handed"), widgets.Plain))
	parts := []fyne.CanvasObject{figures}
	if m.Err != nil && m.Wrong == "" {
		parts = append(parts, widgets.NewNote(widgets.Bad, v.problem(m.Err)))
	}
	title := "ui.event.now"
	if m.Page.Event.Open() {
		here := "ui.event.attend"
		if v.s.uses.At() == m.Chosen {
			here = "ui.event.attend.no"
		}
		keys := []fyne.CanvasObject{widgets.NewButton(v.s.window, widgets.Secondary, v.say(here), v.s.attend).WithIcon("place")}
		if v.s.uses.Lead() {
			keys = append(keys, widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.event.close"), v.s.reconcile).WithIcon("done"))
		}
		parts = append(parts, widgets.Flow(8, keys...))
	} else {
		title = "ui.event.ended"
		parts = append(parts, v.differences(m)...)
		parts = append(parts, widgets.Flow(8, widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.event.report"), v.s.report).WithIcon("printer")))
	}
	return widgets.Panel(v.say(title), parts...)
}
