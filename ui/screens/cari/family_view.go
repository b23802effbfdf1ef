package cari

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/counter"
	"loket/app/identity"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// familyView is the picture of the families' screen.
type familyView struct {
	s       *Family
	table   *widgets.Table
	fields  map[string]*widgets.Field
	choices map[string]*widgets.Choice
	how     *widgets.Choice
}

func newFamilyView(s *Family) *familyView {
	return &familyView{s: s, fields: map[string]*widgets.Field{}, choices: map[string]*widgets.Choice{}}
}

func (v *familyView) say(key string, pairs ...any) string { return v.s.window.Say(key, pairs...) }

func (v *familyView) render() fyne.CanvasObject {
	switch v.s.model.Mode {
	case FamilyAsking:
		return v.form()
	case FamilyShown:
		return v.shown()
	}
	return v.list()
}

// list is every question, and how many there are.
func (v *familyView) list() fyne.CanvasObject {
	m := &v.s.model
	if !m.Known {
		return widgets.Gap()
	}
	if len(m.Lookups) == 0 {
		return widgets.Hint("people", v.say("ui.family.none"), v.say("ui.family.none.more"))
	}
	v.table = widgets.NewTable(v.s.window,
		widgets.Head{Title: v.say("ui.family.number"), Fit: "TK 00001-01-000001"},
		widgets.Head{Title: v.say("ui.family.about"), Share: 2},
		widgets.Head{Title: v.say("ui.family.asker"), Share: 1.6, Spare: 2},
		widgets.Head{Title: v.say("ui.family.asked"), Fit: "20-11 10.43", Spare: 1},
		widgets.Head{Title: v.say("ui.cari.state"), Share: 2})
	v.table.OnOpened = v.s.openKey
	now := v.s.uses.Clock.Now()
	var lines []widgets.Line
	for _, l := range m.Lookups {
		lines = append(lines, widgets.Line{Key: l.ID.String(), Cells: []widgets.Cell{
			{Text: l.Number.String()},
			{Text: aboutWhom(l.Question), Strong: true},
			{Text: l.Question.Asker},
			{Text: widgets.When(l.AskedAt, now)},
			{Text: v.stateWord(l), State: states[LookupTone(l.State)], Pill: true},
		}})
	}
	v.table.Fill(lines, 0, len(lines))
	return widgets.Column(theme.Size(theme.Gutter), v.figures(m), widgets.Stretch(widgets.FlushPanel(v.table)))
}

func (v *familyView) stateWord(l app.Lookup) string {
	return v.say("ui.family.state." + string(l.State))
}

// figures say what waits, and to a supervisor who asked how often today.
func (v *familyView) figures(m *FamilyModel) fyne.CanvasObject {
	parts := []fyne.CanvasObject{
		widgets.SmallFigure(fmt.Sprint(m.Counts.Answered), v.say("ui.family.to_tell"), tellTone(m.Counts.Answered)),
		widgets.SmallFigure(fmt.Sprint(m.Counts.Waiting), v.say("ui.family.waiting"), widgets.Plain),
		widgets.SmallFigure(fmt.Sprint(m.Counts.Today), v.say("ui.family.today"), widgets.Plain),
	}
	panel := []fyne.CanvasObject{widgets.Grid(12, 120, parts...)}
	if line := v.whoAsked(m.Counts.ByOperator); line != "" {
		panel = append(panel, widgets.NewPara(widgets.SmallStyle, line))
	}
	return widgets.Panel("", panel...)
}

func tellTone(n int) widgets.State {
	if n > 0 {
		return widgets.Waiting
	}
	return widgets.Plain
}

// whoAsked names who took how many questions today, the most first.
func (v *familyView) whoAsked(by map[string]int) string {
	names := make([]string, 0, len(by))
	for operator := range by {
		names = append(names, operator)
	}
	slices.SortFunc(names, func(a, b string) int { return by[b] - by[a] })
	for i, operator := range names {
		name := operator
		if v.s.uses.NameOf != nil {
			name = v.s.uses.NameOf(operator)
		}
		names[i] = fmt.Sprintf("%s %d", name, by[operator])
	}
	if len(names) == 0 {
		return ""
	}
	return v.say("ui.family.by_operator", "names", strings.Join(names, " · "))
}

// aboutWhom is what a list shows of the person: never more than was said by who asked.
func aboutWhom(q app.Question) string {
	if q.Name != "" {
		return q.Name
	}
	return fours(q.NIK)
}

// form is the question as it is typed: about whom, and who asks.
func (v *familyView) form() fyne.CanvasObject {
	f := &v.s.model.Form
	nik := v.field("nik", "ui.family.nik", &f.NIK).Digits()
	nik.Shape = fours
	nik.SetText(f.NIK)
	name := v.field("whom", "ui.family.name", &f.Name)
	born := v.field("born", "field.birth_date", &f.Born).Placeholder("05-10-1990").Digits()
	about := widgets.Panel(v.say("ui.family.about_whom"), nik,
		widgets.NewPara(widgets.SmallStyle, v.say("ui.family.or_name")),
		widgets.Shares(10, []float32{2, 1}, name, born),
		v.choice("purpose", "ui.family.purpose", "purpose.", app.Purposes, &f.Purpose))
	asks := widgets.Panel(v.say("ui.family.who_asks"),
		v.field("asker", "ui.family.asker_name", &f.Asker).Required(),
		v.choice("relation", "ui.family.relation", "relation.", app.Relations, &f.Relation),
		widgets.Beside(10, v.field("phone", "ui.family.phone", &f.Phone).Placeholder("0812 3456 7890").Digits(),
			v.field("reach", "ui.family.way", &f.Way).Placeholder(v.say("ui.family.way.hint"))))
	note := widgets.NewPara(widgets.SmallStyle, v.say("ui.family.notice"))
	v.complain()
	gutter := theme.Size(theme.Gutter)
	return widgets.NewFitting(func(room widgets.Room) fyne.CanvasObject {
		if room == widgets.Roomy {
			return widgets.Column(gutter, widgets.Shares(gutter, []float32{1, 1}, about, asks), note)
		}
		return widgets.Column(gutter, about, asks, note)
	})
}

func (v *familyView) field(name, key string, into *string) *widgets.Field {
	f := widgets.NewField(v.s.window, v.say(key))
	f.SetText(*into)
	f.OnChanged = func(text string) {
		*into = text
		f.Say(widgets.Plain, "")
	}
	f.Allow(!v.s.model.Busy)
	v.fields[name] = f
	return f
}

func (v *familyView) choice(name, key, prefix string, values []string, into *string) *widgets.Choice {
	var options []widgets.Option
	for _, value := range values {
		options = append(options, widgets.Option{Value: value, Word: v.say(prefix + value)})
	}
	c := widgets.NewChoice(v.s.window, v.say(key), options...).Required()
	c.SetValue(*into)
	c.OnChosen = func(value string) {
		*into = value
		c.Say(widgets.Plain, "")
	}
	c.Allow(!v.s.model.Busy)
	v.choices[name] = c
	return c
}

// complain writes what is wrong below its field.
func (v *familyView) complain() {
	for name, code := range v.s.model.Wrong {
		text := v.say("ui.family.missing." + name)
		if code != app.LookupIncomplete && code != app.LookupWhom {
			text = v.say(string(code))
		}
		if f := v.fields[name]; f != nil {
			f.Say(widgets.Bad, text)
		} else if c := v.choices[name]; c != nil {
			c.Say(widgets.Bad, text)
		}
	}
}

func (v *familyView) focusField(name string) {
	if f := v.fields[name]; f != nil {
		f.Focus()
	} else if c := v.choices[name]; c != nil {
		c.Focus()
	}
}

func (v *familyView) focus() {
	switch v.s.model.Mode {
	case FamilyAsking:
		v.focusField("nik")
	case FamilyList:
		if v.table != nil {
			v.table.Focus()
		}
	case FamilyShown: // the answer is read from its top
	}
}

// shown is one question: what can be said, and what the family should bring.
func (v *familyView) shown() fyne.CanvasObject {
	l := v.s.model.Shown
	gutter := theme.Size(theme.Gutter)
	left := []fyne.CanvasObject{v.said(l)}
	if l.State == app.LookupAnswered {
		left = append(left, v.tell())
	}
	left = append(left, v.asked(l))
	return widgets.NewFitting(func(room widgets.Room) fyne.CanvasObject {
		if room == widgets.Roomy {
			return widgets.Shares(gutter, []float32{1.3, 1}, widgets.Column(gutter, left...), v.needs(l))
		}
		return widgets.Column(gutter, append(slices.Clone(left), v.needs(l))...)
	})
}

// said is what may be said now: never "no".
func (v *familyView) said(l app.Lookup) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if l.Question.Mourned() {
		parts = append(parts, widgets.NewPara(widgets.Body, v.say("ui.family.condolence")))
	}
	if l.Answer.Finding == "" {
		return widgets.StatePanel(widgets.Waiting, "", append(parts,
			widgets.NewPara(widgets.LargeStyle, v.say("ui.family.not_here")),
			widgets.NewPara(widgets.Body, v.say("ui.family.not_here.more", "number", l.Number)))...)
	}
	state := states[FindingTone(l.Answer.Finding)]
	parts = append(parts, widgets.NewPara(widgets.LargeStyle, v.finding(l)),
		widgets.NewPara(widgets.Body, v.say("ui.family.finding."+string(l.Answer.Finding)+".more")))
	if l.Answer.ByName {
		parts = append(parts, widgets.NewNote(widgets.Waiting, v.say("ui.family.by_name")))
	}
	if l.Answer.Text != "" {
		parts = append(parts, widgets.NewPara(widgets.Strong, v.say("ui.family.words", "text", l.Answer.Text)))
	}
	source := "ui.family.source.here"
	if l.State != app.LookupTold {
		source = "ui.family.source.office"
	}
	now := v.s.uses.Clock.Now()
	parts = append(parts, widgets.NewPara(widgets.SmallStyle, v.say(source, "when", widgets.Moment(v.s.window, l.Answer.At, now))))
	return widgets.StatePanel(state, "", parts...)
}

func (v *familyView) finding(l app.Lookup) string {
	at := l.Answer.At.In(v.s.uses.Clock.Now().Location())
	return v.say("finding."+string(l.Answer.Finding), "day", l.Answer.Day, "asof", app.DateOf(at))
}

// tell is where it is recorded that the family was told.
func (v *familyView) tell() fyne.CanvasObject {
	l := v.s.model.Shown
	var options []widgets.Option
	for _, how := range app.CallBacks {
		options = append(options, widgets.Option{Value: how, Word: v.say("ui.family.how." + how)})
	}
	v.how = widgets.NewChoice(v.s.window, v.say("ui.family.how", "name", l.Question.Asker), options...)
	v.how.SetValue(v.s.model.How)
	v.how.OnChosen = func(how string) { v.s.model.How = how }
	parts := []fyne.CanvasObject{widgets.NewPara(widgets.LargeStyle, reachOf(l.Question)), v.how}
	if l.How == "unreached" {
		parts = append(parts, widgets.NewNote(widgets.Waiting, v.say("ui.family.unreached")))
	}
	done := widgets.NewButton(v.s.window, widgets.Primary, v.say("ui.family.how.done"), v.s.called)
	return widgets.Panel(v.say("ui.family.tell"), append(parts, widgets.Row(0, done, widgets.Gap()))...)
}

func reachOf(q app.Question) string {
	return strings.Trim(identity.FormatPhone(q.Phone)+" · "+q.Way, " ·")
}

// asked is the question as it was recorded.
func (v *familyView) asked(l app.Lookup) fyne.CanvasObject {
	q := l.Question
	who := l.Operator
	if v.s.uses.NameOf != nil {
		who = v.s.uses.NameOf(who)
	}
	now := v.s.uses.Clock.Now()
	rows := [][2]string{
		{v.say("ui.family.number"), l.Number.String()},
		{v.say("ui.family.about"), strings.Trim(q.Name+" · "+fours(q.NIK), " ·")},
		{v.say("field.birth_date"), q.Born.String()},
		{v.say("ui.family.purpose"), v.wordOf("purpose.", q.Purpose)},
		{v.say("ui.family.asker"), strings.Trim(q.Asker+" · "+v.wordOf("relation.", q.Relation), " ·")},
		{v.say("ui.family.reach"), reachOf(q)},
		{v.say("ui.family.asked"), widgets.Moment(v.s.window, l.AskedAt, now) + " · " + who},
		{v.say("ui.cari.state"), v.stateWord(l)},
	}
	if !l.ClosedAt.IsZero() {
		rows = append(rows, [2]string{v.say("ui.family.told"), widgets.Moment(v.s.window, l.ClosedAt, now) + " · " + v.say("ui.family.how."+l.How)})
	}
	list := widgets.Column(7)
	for _, r := range rows {
		if r[1] != "" {
			list.Add(widgets.Shares(10, []float32{1, 1.9}, widgets.NewPara(widgets.LabelStyle, r[0]), widgets.NewPara(widgets.Body, r[1])))
		}
	}
	return widgets.Panel(v.say("ui.family.question"), list)
}

func (v *familyView) wordOf(prefix, value string) string {
	if value == "" {
		return ""
	}
	return v.say(prefix + value)
}

// needs is what the family needs to know: what to bring, and that nothing is promised by it.
func (v *familyView) needs(l app.Lookup) fyne.CanvasObject {
	parts := []fyne.CanvasObject{widgets.NewPara(widgets.Body, v.say("ui.family.needs.intro."+l.Question.Purpose))}
	for _, need := range counter.Needs(l.Question.Purpose, l.Answer.Finding) {
		parts = append(parts, widgets.Row(10, widgets.NewIcon("file", theme.TealText, theme.Size(theme.Icon)),
			widgets.Stretch(widgets.NewPara(widgets.Body, v.say("lookup.need."+need)))))
	}
	parts = append(parts, widgets.Rule(),
		widgets.NewPara(widgets.SmallStyle, v.say("lookup.free")),
		widgets.NewPara(widgets.SmallStyle, v.say("lookup.no_promise")))
	return widgets.Panel(v.say("lookup.needs"), parts...)
}
