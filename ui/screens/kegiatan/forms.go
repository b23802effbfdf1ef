package kegiatan

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"loket/app"
	"loket/app/event"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// form asks for a new event, in two columns.
func (v *view) form(m Model) fyne.CanvasObject {
	f := &v.s.model.Form
	village := widgets.NewPick(v.s.window, v.say("ui.event.form.village"), v.s.uses.Places.Find)
	village.Set(widgets.Option{Value: f.Village, Word: f.VillageName})
	village.OnPicked = func(o widgets.Option) { f.Village, f.VillageName = o.Value, o.Word }
	var partners []widgets.Option
	for _, p := range app.Partners {
		partners = append(partners, widgets.Option{Value: p, Word: v.say("partner." + p)})
	}
	partner := widgets.NewSelect(v.s.window, v.say("ui.event.form.partner"), partners...).Free()
	partner.Set(widgets.Option{Value: f.Partner, Word: v.partner(f.Partner)})
	partner.OnPicked = func(o widgets.Option) { f.Partner = cmp.Or(o.Value, o.Word) }
	var options []widgets.Option
	for _, t := range app.EventTasks {
		options = append(options, widgets.Option{Value: string(t), Word: v.say("task." + string(t))})
	}
	tasks := widgets.NewChips(v.s.window, v.say("ui.event.form.tasks"), options...).Required()
	tasks.Set(f.Tasks...)
	tasks.OnChanged = func(on []string) { f.Tasks = on }
	v.fields["tasks"] = focusing(func() { tasks.Focus(v.s.window) })
	left := widgets.Panel("",
		v.field("name", "ui.event.form.name", &f.Name, true), village,
		v.field("place", "ui.event.form.address", &f.Address, false), partner)
	right := widgets.Panel("",
		widgets.Shares(10, []float32{1.3, 1, 1},
			v.field("hours", "ui.event.form.day", &f.Day, true).Digits(),
			v.field("from", "ui.event.form.from", &f.From, true).Digits().Placeholder("08.00"),
			v.field("until", "ui.event.form.until", &f.Until, true).Digits().Placeholder("16.00")),
		v.field("pickup", "ui.event.form.pickup", &f.PickUp, true), tasks,
		v.field("code", "ui.event.form.code", &f.Code, false))
	v.sayWrong(m)
	parts := []fyne.CanvasObject{}
	if m.Err != nil && (v.fields[m.Wrong] == nil || m.Wrong == "tasks") {
		parts = append(parts, widgets.Banner(v.s.window, widgets.Bad, v.problem(m.Err)))
	}
	return widgets.Pad(0, 1, widgets.Column(theme.Size(theme.Gutter), append(parts, widgets.Grid(theme.Size(theme.Gutter), 330, left, right))...))
}

// focusing is a way to bring the keyboard somewhere.
type focusing func()

// Focus brings it.
func (f focusing) Focus() { f() }

func (v *view) field(name, label string, into *string, must bool) *widgets.Field {
	f := widgets.NewField(v.s.window, v.say(label))
	if must {
		f.Required()
	}
	f.SetText(*into)
	f.OnChanged = func(text string) {
		*into = text
		f.Say(widgets.Plain, "")
	}
	v.fields[name] = f
	return f
}

// sayWrong writes what is wrong below its field.
func (v *view) sayWrong(m Model) {
	if f, ok := v.fields[m.Wrong].(*widgets.Field); ok && m.Err != nil {
		f.Say(widgets.Bad, v.problem(m.Err))
	}
}

// closing is the reconciliation: the figures and differences, and what a person counts.
func (v *view) closing(m Model) fyne.CanvasObject {
	e := &v.s.model.End
	v.tally = container.NewStack()
	put(v.tally, v.figures(m))
	out := v.field("sticks", "ui.event.sticks.out", &e.Out, true).Digits()
	back := v.field("back", "ui.event.sticks.back", &e.Back, true).Digits()
	for _, f := range []*widgets.Field{out, back} {
		f.OnLeft = func(string) { v.s.view.update(v.s.model) }
	}
	note := v.field("note", "ui.event.note", &e.Note, false)
	v.sayWrong(m)
	asked := []fyne.CanvasObject{
		widgets.NewPara(widgets.Body, v.say("ui.event.sticks.more")), widgets.Beside(10, out, back), note,
		widgets.Flow(8, widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.event.report"), v.s.report).WithIcon("printer")),
	}
	if m.Err != nil && v.fields[m.Wrong] == nil {
		asked = append(asked, widgets.NewNote(widgets.Bad, v.problem(m.Err)))
	}
	v.room = widgets.Grid(theme.Size(theme.Gutter), 330, v.tally, widgets.Panel(v.say("ui.event.asked"), asked...))
	return widgets.Pad(0, 1, v.room)
}

func (v *view) figures(m Model) fyne.CanvasObject {
	var lines []fyne.CanvasObject
	for _, f := range event.Figures(m.Tally()) {
		line := widgets.Row(8, widgets.Stretch(widgets.NewPara(widgets.Body, v.say(f.Key))), widgets.NewText(widgets.Strong, f.Value))
		lines = append(lines, widgets.Column(0, widgets.Rule(), widgets.Pad(0, 6, line)))
	}
	return widgets.Panel(m.Page.Event.Name, append([]fyne.CanvasObject{widgets.Column(0, lines...)}, v.differences(m)...)...)
}

// differences says by number and in words what does not add up.
func (v *view) differences(m Model) (lines []fyne.CanvasObject) {
	for _, d := range event.Differences(m.Tally()) {
		text := v.say(d.Key, "n", d.N)
		for i, n := range d.Numbers {
			if i == 0 {
				text += " "
			} else {
				text += ", "
			}
			text += app.ProvisionalNumber{Chain: m.Page.Event.Opened.Chain, Counter: n}.String()
		}
		lines = append(lines, widgets.NewNote(widgets.Waiting, text))
	}
	if len(lines) == 0 {
		lines = append(lines, widgets.NewNote(widgets.Good, v.say("ui.event.agrees")))
	}
	return lines
}
