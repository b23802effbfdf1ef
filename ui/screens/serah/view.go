package serah

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// view is the picture of the model, and the widgets that the keyboard goes to.
type view struct {
	s        *Screen
	room     widgets.Room
	search   *widgets.Field
	table    *widgets.Table
	code     *widgets.Field
	receiver *widgets.Choice
	relation *widgets.Pick
	name     *widgets.Field
	finish   *widgets.Button
}

func newView(s *Screen) *view { return &view{s: s} }

func (v *view) say(key string, pairs ...any) string { return v.s.window.Say(key, pairs...) }

// render is the whole picture: the list beside the card at hand, or, where there is little room, the
// card at hand alone.
func (v *view) render(room widgets.Room) fyne.CanvasObject {
	step := v.s.model.Step
	v.room = room
	switch {
	case room == widgets.Narrow && step == Filling:
		return v.alone()
	case room == widgets.Small && step != Idle:
		return v.side()
	case room == widgets.Roomy:
		return widgets.Pad(0, 1, widgets.Split(1.55, v.lists(), v.side()))
	}
	return widgets.Pad(0, 1, widgets.Split(1.2, v.lists(), v.side()))
}

func (v *view) lists() fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if v.room == widgets.Roomy && v.s.model.Loaded {
		parts = append(parts, v.figures())
	}
	parts = append(parts, v.searching(), widgets.Stretch(widgets.FlushPanel(v.rows())))
	if strip := v.unfinished(); strip != nil {
		parts = append(parts, strip)
	}
	return widgets.Column(10, parts...)
}

// figures is today at a glance: what was given, what is begun, what waits.
func (v *view) figures() fyne.CanvasObject {
	m := &v.s.model
	given, begun := len(m.Given), len(m.Unfinished())
	waits := max(len(m.Waiting)-begun, 0)
	bar := widgets.Proportion(
		widgets.Part{Value: given, Colour: theme.Green},
		widgets.Part{Value: begun, Colour: theme.Accent},
		widgets.Part{Value: waits, Colour: theme.TealSoft})
	return widgets.Panel("",
		widgets.Beside(8,
			widgets.SmallFigure(fmt.Sprint(given), v.say("ui.hand.figure.given"), widgets.Good),
			widgets.SmallFigure(fmt.Sprint(begun), v.say("ui.hand.figure.begun"), stateIf(begun > 0, widgets.Waiting)),
			widgets.SmallFigure(fmt.Sprint(waits), v.say("ui.hand.figure.waits"), widgets.Plain)),
		bar)
}

func stateIf(is bool, state widgets.State) widgets.State {
	if is {
		return state
	}
	return widgets.Plain
}

// searching narrows the table; Enter takes the only card that is left, or a serial.
func (v *view) searching() fyne.CanvasObject {
	m := &v.s.model
	v.search = widgets.NewField(v.s.window, "").Placeholder(v.say("ui.hand.search")).OnEnter(v.s.found)
	v.search.SetText(m.Filter)
	v.search.OnChanged = func(text string) {
		m.Filter, m.First = text, 0
		v.s.fillSoon()
	}
	return v.search
}

func (v *view) rows() *widgets.Table {
	heads := []widgets.Head{
		{Title: v.say("ui.cards.col.name"), Share: 1.35},
		{Title: v.say("ui.cards.col.serial"), Fit: "KT-0098412"},
		{Title: v.say("ui.cards.col.state"), Share: 1.15},
		{Title: v.say("ui.hand.col.evidence"), Share: 0.8},
	}
	if v.room != widgets.Roomy {
		heads = heads[:3]
	}
	v.table = widgets.NewTable(v.s.window, heads...)
	v.table.OnSelected = func(key string) {
		if serial, ok := SerialIn(key); ok {
			v.s.pick(serial)
		}
	}
	v.table.OnOpened = v.table.OnSelected
	v.table.OnPage = func(first int) {
		v.s.model.First = first
		v.fill()
	}
	v.fill()
	return v.table
}

// fill puts the rows in; where the card at hand stands alone, there is no table.
func (v *view) fill() {
	if v.table == nil {
		return
	}
	m := &v.s.model
	rows := m.Rows()
	var lines []widgets.Line
	for _, r := range rows[min(m.First, len(rows)):min(m.First+widgets.PageSize, len(rows))] {
		lines = append(lines, v.line(r))
	}
	v.table.Empty = ""
	if m.Loaded {
		v.table.Empty = v.say("ui.hand.empty")
		if strings.TrimSpace(m.Filter) != "" {
			v.table.Empty = v.say("ui.hand.empty.filter")
		}
	}
	v.table.Fill(lines, m.First, len(rows))
	if m.Step != Idle && m.Card.Card.Serial != 0 {
		v.table.Select(m.Card.Card.Serial.String())
	}
}

func (v *view) line(r Row) widgets.Line {
	at := v.s.model.Step != Idle && r.Card.Serial == v.s.model.Card.Card.Serial
	state := widgets.Cell{Text: v.say("ui.hand.pill.waiting"), State: widgets.Plain, Pill: true}
	evidence := widgets.Cell{}
	switch {
	case r.Handover != nil:
		state.Text, state.State = v.received(*r.Handover), widgets.Good
		evidence.Text = v.evidenceOf(*r.Handover)
	case r.Parked:
		state.Text, state.State = v.say("ui.hand.pill.begun"), widgets.Waiting
	}
	return widgets.Line{Key: r.Card.Serial.String(), Cells: []widgets.Cell{
		{Text: r.Registration.Record.Person.Name, Strong: at}, {Text: r.Card.Serial.String()}, state, evidence,
	}}
}

// received is who took a card, in few words.
func (v *view) received(h app.Handover) string {
	if h.Receiver == app.ReceiverFamily && words.Has("relation."+h.Relation) {
		return v.say("ui.hand.pill.relation", "relation", strings.ToLower(v.say("relation."+h.Relation)))
	}
	return v.say("ui.hand.pill." + string(h.Receiver))
}

func (v *view) evidenceOf(h app.Handover) string {
	var kinds []string
	for _, e := range h.Evidence {
		kinds = append(kinds, strings.ToLower(v.say("evidence."+e.Kind)))
	}
	switch {
	case len(kinds) > 0:
		return "✓ " + strings.Join(kinds, " · ")
	case h.Level >= 2:
		return "✓ " + v.say("ui.hand.evidence.kept")
	}
	return "✓ " + v.say("ui.hand.evidence.scan")
}

// unfinished lists what was put aside, to go on with; nil when there is nothing.
func (v *view) unfinished() fyne.CanvasObject {
	forms := v.s.model.Unfinished()
	if len(forms) == 0 {
		return nil
	}
	most := 3
	if v.room != widgets.Roomy {
		most = 1
	}
	row := widgets.Flow(10, widgets.NewText(widgets.Quiet, v.say("ui.hand.unfinished", "n", len(forms))))
	for _, f := range forms[:min(len(forms), most)] {
		name := f.Serial.String()
		if l, ok := v.s.model.Find(f.Serial); ok {
			name = l.Registration.Record.Person.Name
		}
		row.Add(widgets.NewButton(v.s.window, widgets.Link, short(name), func() { v.s.pick(f.Serial) }))
	}
	if len(forms) > most {
		row.Add(widgets.NewText(widgets.Quiet, v.say("ui.hand.unfinished.more", "n", len(forms)-most)))
	}
	return widgets.Pad(4, 0, row)
}

// short keeps a long name from pushing others away.
func short(name string) string {
	if r := []rune(name); len(r) > 26 {
		return strings.TrimSpace(string(r[:25])) + "…"
	}
	return name
}

// side is the right part: the card at hand, or what to do.
func (v *view) side() fyne.CanvasObject {
	m := &v.s.model
	switch m.Step {
	case Picked:
		return v.picked()
	case Filling:
		return widgets.Panel("", widgets.Stretch(widgets.Column(6, append(v.who(), v.proof()...)...)))
	case Refused:
		return v.refused()
	case Done:
		given := m.Given[0].Handover
		return widgets.BigSign(widgets.Good, v.say("ui.hand.done"), m.Card.Registration.Record.Person.Name, v.received(given)+". "+v.say("ui.hand.done.next"))
	case Idle:
	}
	return widgets.Hint("scan", v.say("ui.hand.hint"), v.say("ui.hand.hint.more"))
}

// alone is the card at hand where there is room for nothing else.
func (v *view) alone() fyne.CanvasObject {
	gap := func(parts []fyne.CanvasObject) fyne.CanvasObject { return widgets.Column(10, parts...) }
	return widgets.Column(0, widgets.Panel("", widgets.Beside(24, gap(v.who()), gap(v.proof()))))
}

// focus puts the keyboard where the next key belongs.
func (v *view) focus() {
	m := &v.s.model
	switch {
	case m.Busy:
	case m.Step == Picked && v.code != nil:
		v.code.Focus()
	case m.Step == Filling:
		v.focusForm()
	case v.search != nil:
		v.search.Focus()
	}
}

// focusForm goes to what is missing; with nothing missing, to the button that gives the card.
func (v *view) focusForm() {
	f := v.s.model.Form
	switch {
	case f.Receiver == "":
		v.receiver.Focus()
	case f.Receiver == app.ReceiverFamily && f.Relation == "" && v.relation != nil:
		v.relation.Field.Focus()
	case f.Receiver != app.ReceiverHolder && strings.TrimSpace(f.Name) == "" && v.name != nil:
		v.name.Focus()
	case v.finish != nil:
		v.s.window.Focus(v.finish, 0)
	}
}
