package tinjau

import (
	"strconv"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/counter"
	"loket/app/journal"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// view is the picture of the model.
type view struct {
	s      *Screen
	table  *widgets.Table
	reason func() // brings the keyboard to the reasons
}

func newView(s *Screen) *view { return &view{s: s} }

func (v *view) say(key string, pairs ...any) string { return v.s.window.Say(key, pairs...) }

func (v *view) render(m *Model) fyne.CanvasObject {
	switch {
	case m.Page != nil:
		return widgets.NewFitting(func(room widgets.Room) fyne.CanvasObject { return v.page(m, room) })
	case m.Loaded && len(m.List) == 0:
		return widgets.Hint("check", v.say("ui.review.none"), v.say("ui.review.none.more"))
	}
	return v.list(m)
}

// list is what waits, oldest first.
func (v *view) list(m *Model) fyne.CanvasObject {
	v.table = widgets.NewTable(v.s.window,
		widgets.Head{Title: v.say("field.name"), Share: 2.2},
		widgets.Head{Title: v.say("ui.review.why"), Share: 3},
		widgets.Head{Title: v.say("ui.review.by"), Share: 1.2, Spare: 2},
		widgets.Head{Title: v.say("ui.review.when"), Fit: "20-11-2026", Spare: 1},
	)
	v.table.OnOpened = v.s.openKey
	v.table.OnSelected = func(key string) { m.Selected = key }
	var lines []widgets.Line
	for _, r := range m.List {
		lines = append(lines, widgets.Line{Key: r.ID.String(), Cells: []widgets.Cell{
			{Text: r.Record.Person.Name, Strong: true},
			{Text: v.short(r.Reason), State: widgets.Waiting},
			{Text: v.s.nameOf(r.Operator)},
			{Text: widgets.When(r.CapturedAt, v.s.uses.Clock.Now())},
		}})
	}
	v.table.Fill(lines, 0, len(lines))
	v.table.Select(m.Selected)
	return widgets.Column(theme.Size(theme.Gutter), widgets.NewPara(widgets.Quiet, v.say("ui.review.how")), widgets.Stretch(widgets.FlushPanel(v.table)))
}

// short is why a registration was flagged, in few words.
func (v *view) short(reason app.Code) string {
	if key := "ui.review.short." + string(reason); words.Has(key) {
		return v.say(key)
	}
	return v.say("registration.state.needs_review")
}

// page is one case: why, the two side by side, and the rest of the flagged one.
func (v *view) page(m *Model, _ widgets.Room) fyne.CanvasObject {
	parts := []fyne.CanvasObject{v.why(m)}
	if m.Asking {
		parts = append(parts, v.asking(m))
	}
	return widgets.Column(theme.Size(theme.Gutter), append(parts, v.compare(m.Page))...)
}

// why is what a supervisor is asked to look at, and by whom it was registered.
func (v *view) why(m *Model) fyne.CanvasObject {
	r := m.Page.Registration
	parts := []fyne.CanvasObject{widgets.NewPara(widgets.LargeStyle, r.Record.Person.Name)}
	if words.Has(string(r.Reason)) {
		parts = append(parts, widgets.NewPara(widgets.Body, v.say(string(r.Reason))))
	}
	made := v.say("ui.review.made", "who", v.s.nameOf(r.Operator), "when", widgets.Moment(v.s.window, r.CapturedAt, v.s.uses.Clock.Now()))
	parts = append(parts, widgets.NewPara(widgets.SmallStyle, made))
	if r.State != app.NeedsReview || r.Review.SentBack {
		parts = append(parts, widgets.NewNote(widgets.Known, v.say("ui.review.over")))
	}
	if m.Err != nil {
		parts = append(parts, widgets.NewNote(widgets.Bad, words.Error(v.s.window.Lang(), v.named(m.Err))))
	}
	return widgets.StatePanel(widgets.Waiting, "", parts...)
}

// named puts the operator's name where an error has the short ID.
func (v *view) named(err error) error {
	known, ok := err.(*app.Error) //nolint:errorlint // only what comes from the desk itself
	if !ok || known.Args["operator"] == nil {
		return err
	}
	args := app.Args{}
	for name, value := range known.Args {
		args[name] = value
	}
	if id, ok := args["operator"].(string); ok {
		args["operator"] = v.s.nameOf(id)
	}
	return &app.Error{Code: known.Code, Args: args}
}

func (v *view) asking(m *Model) fyne.CanvasObject {
	var options []widgets.Option
	for _, reason := range journal.SendBackReasons {
		options = append(options, widgets.Option{Value: reason, Word: v.say("sendback." + reason)})
	}
	panel, focus := widgets.WhyPanel(v.s.window, widgets.WhyWords{
		Title: v.say("ui.review.back.title", "who", v.s.nameOf(m.Page.Registration.Operator)), More: v.say("ui.review.back.more"),
		Ask: v.say("ui.review.back.ask"), Note: v.say("ui.review.back.note"),
		Yes: v.say("ui.review.back.yes"), No: v.say("ui.cancel"),
	}, options, &m.Why, v.s.sendBack, func() { v.s.Back() })
	v.reason = focus
	return panel
}

// compare is the flagged one beside its look-alike, or alone where there is none.
func (v *view) compare(c *Case) fyne.CanvasObject {
	other, both := c.Beside()
	shares := []float32{0.8, 1.3, 1.3}
	heads := []fyne.CanvasObject{widgets.NewText(widgets.LabelStyle, ""), widgets.NewPara(widgets.Section, v.say("ui.review.this"))}
	if both {
		heads = append(heads, widgets.NewPara(widgets.Section, v.say("ui.review.that")))
	}
	rows := widgets.Column(7, widgets.Shares(10, shares, heads...))
	for _, p := range counter.Pairs(c.Registration.Record, other.Record, v.s.uses.Village) {
		style := widgets.Body
		if p.Differs {
			style = widgets.Strong.In(theme.Amber)
		}
		cells := []fyne.CanvasObject{widgets.NewPara(widgets.LabelStyle, v.say(p.Field.Key())), widgets.NewPara(widgets.Body, p.Here)}
		if both {
			cells = append(cells, widgets.NewPara(style, p.Else))
		}
		rows.Add(widgets.Rule())
		rows.Add(widgets.Shares(10, shares, cells...))
	}
	parts := []fyne.CanvasObject{rows}
	if both {
		parts = append([]fyne.CanvasObject{v.outcome(other)}, parts...)
	}
	if len(c.Alike) > 1 {
		parts = append([]fyne.CanvasObject{v.others(c)}, parts...)
	}
	if !both {
		parts = append(parts, widgets.NewNote(widgets.Known, v.say("ui.review.alone")))
	}
	return widgets.Panel(v.say("ui.review.compare"), parts...)
}

// outcome is the counter's word on a look-alike, and where that one stands.
func (v *view) outcome(side Side) fyne.CanvasObject {
	text, state := v.say("ui.review.unjudged"), widgets.Waiting
	if side.Outcome != "" {
		text, state = v.say("ui.review.judged", "word", v.say("compare."+string(side.Outcome))), widgets.Known
	}
	return widgets.Flow(6, widgets.Pill(state, text), widgets.Pill(widgets.Plain, v.say("registration.state."+string(side.State))))
}

// others lets one of several look-alikes be put beside the flagged one.
func (v *view) others(c *Case) fyne.CanvasObject {
	var options []widgets.Option
	for i, side := range c.Alike {
		options = append(options, widgets.Option{Value: strconv.Itoa(i), Word: side.Record.Person.Name + " · " + side.Number.String()})
	}
	choice := widgets.NewChoice(v.s.window, v.say("ui.review.several", "n", len(c.Alike)), options...)
	choice.SetValue(strconv.Itoa(c.At))
	choice.OnChosen = func(value string) {
		if i, err := strconv.Atoi(value); err == nil {
			c.At = i
			v.s.window.Renew()
		}
	}
	return choice
}

func (v *view) focus() {
	m := &v.s.model
	switch {
	case m.Page != nil && m.Asking && v.reason != nil:
		v.reason()
	case m.Page == nil && v.table != nil && len(m.List) > 0:
		if m.Selected == "" {
			m.Selected = m.List[0].ID.String()
			v.table.Select(m.Selected)
		}
		v.table.Focus()
	}
}
