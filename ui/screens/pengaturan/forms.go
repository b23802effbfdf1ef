package pengaturan

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"loket/app"
	"loket/app/access"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// drawPeople is who may work here, or the form of who is to be added.
func (v *view) drawPeople(m Model) {
	delete(v.openers, Adding)
	title := v.say("ui.settings.people")
	if m.Mode == Adding {
		put(v.people, widgets.Panel(v.say("ui.settings.people.new"), v.newcomer(m)...))
		return
	}
	may := v.s.may(access.Operators)
	if m.Mode == Restoring {
		put(v.people, widgets.Panel(v.say("ui.settings.people.restore.title", "name", m.Back.Who.Name), v.restored(m)...))
		return
	}
	var parts []fyne.CanvasObject
	if m.PeopleErr != nil {
		parts = append(parts, widgets.NewNote(widgets.Bad, v.problem(m.PeopleErr)))
	}
	var rows []fyne.CanvasObject
	for _, o := range m.People {
		rows = append(rows, v.person(m, o, may))
	}
	parts = append(parts, widgets.Column(0, rows...))
	if may {
		v.openers[Adding] = widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.settings.people.add"), func() { v.s.open(Adding) }).WithIcon("add")
		parts = append(parts, widgets.Row(0, v.openers[Adding]))
	} else {
		parts = append(parts, widgets.NewPara(widgets.SmallStyle, v.say("ui.settings.people.supervisor")))
	}
	put(v.people, widgets.Panel(title, parts...))
}

// person is one line: initials, name, role, and the way out.
func (v *view) person(m Model, o app.Operator, may bool) fyne.CanvasObject {
	side := 34 * theme.Scale()
	disc := container.NewStack(canvas.NewCircle(theme.Color(theme.TealTint)),
		container.NewCenter(widgets.NewText(widgets.LabelStyle.In(theme.TealText), Initials(o.Name))))
	role := v.say("role." + string(o.Role))
	if o.Event != "" {
		role = v.say("ui.settings.people.event", "code", o.Event)
	}
	name := widgets.Column(1, widgets.NewPara(widgets.Strong, o.Name), widgets.NewPara(widgets.LabelStyle, role))
	parts := []fyne.CanvasObject{widgets.Sized(side, side, disc), widgets.Stretch(name)}
	switch {
	case o.ID == v.s.uses.Session().Operator.ID:
		parts = append(parts, widgets.Pill(widgets.Known, v.say("ui.settings.people.you")))
	case o.ID == m.Leaving:
		parts = append(parts, widgets.Pill(widgets.Waiting, v.say("ui.settings.people.leaving")))
	case may && m.Leaving == "":
		if o.Event == "" { // a pass has no new PIN: another pass is prepared
			parts = append(parts, widgets.NewButton(v.s.window, widgets.Link, v.say("ui.settings.people.restore"), func() { v.s.openRestore(o) }))
		}
		parts = append(parts, widgets.NewButton(v.s.window, widgets.Link, v.say("ui.settings.people.remove"), func() { v.s.askRemove(o) }))
	}
	return widgets.Column(0, widgets.Rule(), widgets.Pad(0, 8, widgets.Row(12, parts...)))
}

// newcomer is the form of who is to be added. The PIN is chosen by that person.
func (v *view) newcomer(m Model) []fyne.CanvasObject {
	n := &v.s.model.New
	v.role = widgets.NewChoice(v.s.window, v.say("ui.settings.role"), v.roles()...).Required()
	v.role.SetValue(string(n.Role))
	v.role.OnChosen = func(value string) {
		n.Role = app.Role(value)
		v.role.Say(widgets.Plain, "")
	}
	agency := widgets.NewChoice(v.s.window, v.say("ui.settings.agency"), v.agencies()...).Required()
	agency.SetValue(string(n.Agency))
	agency.OnChosen = func(value string) { n.Agency = app.Agency(value) }
	name := v.field("name", "ui.settings.name", &n.Name)
	pin := v.field("pin", "ui.settings.pin.new", &n.PIN).Password()
	again := v.field("again", "ui.settings.pin.again", &n.Again).Password().OnEnter(v.s.add)
	v.complain(m)
	return []fyne.CanvasObject{
		name, v.role, agency,
		widgets.NewPara(widgets.SmallStyle, v.say("ui.settings.pin.own", "least", Least(app.RoleOfficer), "supervisor", Least(app.RoleSupervisor))),
		widgets.Beside(12, pin, again),
		v.buttons(m, "ui.settings.people.save", v.s.add),
	}
}

// restored is the form of a new PIN for somebody who forgot the old one; that person types it.
func (v *view) restored(m Model) []fyne.CanvasObject {
	b := &v.s.model.Back
	pin := v.field("pin", "ui.settings.pin.new", &b.PIN).Password()
	again := v.field("again", "ui.settings.pin.again", &b.Again).Password().OnEnter(v.s.restore)
	v.complain(m)
	return []fyne.CanvasObject{
		widgets.NewPara(widgets.Body, v.say("ui.settings.people.restore.text")),
		widgets.Beside(12, pin, again),
		v.buttons(m, "ui.settings.people.restore.save", v.s.restore),
	}
}

func (v *view) roles() (options []widgets.Option) {
	for _, r := range access.Roles {
		options = append(options, widgets.Option{Value: string(r), Word: v.say("role." + string(r))})
	}
	return options
}

var agencies = []app.Agency{app.AgencyInsurer, app.AgencyRegency, app.AgencyVillage, app.AgencyPartner}

func (v *view) agencies() (options []widgets.Option) {
	for _, a := range agencies {
		options = append(options, widgets.Option{Value: string(a), Word: v.say("ui.settings.agency." + string(a))})
	}
	return options
}

// drawPIN is changing one's own PIN.
func (v *view) drawPIN(m Model) {
	delete(v.openers, Changing)
	title := v.say("ui.settings.pin")
	if m.Mode != Changing {
		open := widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.settings.pin.change"), func() { v.s.open(Changing) }).WithIcon("lock")
		v.openers[Changing] = open
		put(v.pin, widgets.Panel(title, widgets.NewPara(widgets.Body, v.say("ui.settings.pin.more")), widgets.Row(0, open)))
		return
	}
	c := &v.s.model.Change
	old := v.field("old", "ui.settings.pin.old", &c.Old).Password()
	pin := v.field("pin", "ui.settings.pin.new", &c.PIN).Password()
	again := v.field("again", "ui.settings.pin.again", &c.Again).Password().OnEnter(v.s.changePIN)
	v.complain(m)
	put(v.pin, widgets.Panel(title, old, widgets.Beside(12, pin, again), v.buttons(m, "ui.settings.pin.save", v.s.changePIN)))
}

func (v *view) field(name, key string, into *string) *widgets.Field {
	f := widgets.NewField(v.s.window, v.say(key)).Required()
	f.SetText(*into)
	f.OnChanged = func(text string) {
		*into = text
		f.Say(widgets.Plain, "")
	}
	f.Allow(!v.s.model.Busy)
	v.fields[name] = f
	return f
}

// buttons end the open form; while a PIN is being sealed they rest.
func (v *view) buttons(m Model, key string, act func()) fyne.CanvasObject {
	save := widgets.NewButton(v.s.window, widgets.Primary, v.say(key), act)
	stop := widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.cancel"), func() { v.s.Back() })
	save.Allow(!m.Busy)
	stop.Allow(!m.Busy)
	if m.Busy {
		save.SetWord(v.say("ui.settings.pin.busy"))
	}
	return widgets.Flow(10, save, stop)
}

// complain writes what is wrong below its field.
func (v *view) complain(m Model) {
	if m.Err == nil {
		return
	}
	switch f := v.fields[m.Wrong]; {
	case m.Wrong == "role" && v.role != nil:
		v.role.Say(widgets.Bad, v.problem(m.Err))
	case f != nil:
		f.Say(widgets.Bad, v.problem(m.Err))
	}
}

func (v *view) focusField(name string) {
	switch f := v.fields[name]; {
	case name == "role" && v.role != nil:
		v.role.Focus()
	case f != nil:
		f.Focus()
	}
}

// focusOpener brings the keyboard back to the button that opened a form.
func (v *view) focusOpener(mode Mode) {
	if b := v.openers[mode]; b != nil {
		v.s.window.Focus(b, 0)
	}
}
