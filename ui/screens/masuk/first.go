package masuk

import (
	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/vault"
	"loket/app/words"
	"loket/ui/widgets"
)

// first is the form of a kiosk's first start.
func (v *view) first(m Model) fyne.CanvasObject {
	head := []fyne.CanvasObject{
		widgets.NewPara(widgets.TitleStyle, v.say("ui.start.title")),
		widgets.NewPara(widgets.Quiet, v.say("ui.start.more")),
	}
	if m.Busy {
		return widgets.Column(10, append(head, widgets.Panel("", v.spinner("ui.signin.beginning")))...)
	}
	code := v.field("code", "ui.start.code", &v.s.model.Start.Code).Placeholder(v.say("ui.start.code_hint"))
	code.Shape = widgets.ShortCode
	code.OnChanged = v.s.model.SetCode
	code.OnLeft = func(string) { v.sayCode(code, v.s.model.Start) }
	code.SetText(m.Start.Code)
	v.sayCode(code, m.Start)
	name := v.field("name", "ui.start.name", &v.s.model.Start.Name)
	pin := v.field("pin", "ui.start.pin", &v.s.model.Start.PIN).Password()
	again := v.field("again", "ui.start.again", &v.s.model.Start.Again).Password().OnEnter(v.s.begin)
	again.Say(widgets.Plain, "")
	go1 := widgets.NewButton(v.s.window, widgets.Primary, v.say("ui.start.go"), v.s.begin).Large()
	form := []fyne.CanvasObject{
		v.withFile(code), name, widgets.Beside(12, pin, again),
		widgets.NewPara(widgets.SmallStyle, v.say("ui.start.keep")),
	}
	if m.Err != nil {
		form = append(form, widgets.NewNote(widgets.Bad, words.Error(v.s.window.Lang(), m.Err)))
	}
	return widgets.Column(10, append(head, widgets.Panel("", append(form, go1)...))...)
}

func (v *view) field(name, label string, into *string) *widgets.Field {
	f := widgets.NewField(v.s.window, v.say(label, "least", vault.PINLeastSupervisor)).Required()
	f.SetText(*into)
	f.OnChanged = func(text string) {
		*into = text
		f.Say(widgets.Plain, "")
	}
	v.start[name] = f
	return f
}

// withFile stands the button for a file beside the code, where files can be chosen.
func (v *view) withFile(code fyne.CanvasObject) fyne.CanvasObject {
	if v.s.options.ChooseFile == nil {
		return code
	}
	file := widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.start.file"), v.s.chooseFile).WithIcon("file")
	return widgets.Column(8, code, widgets.Row(0, file))
}

// sayCode tells what the enrolment code says, or that it says nothing.
func (v *view) sayCode(f *widgets.Field, s Start) {
	switch {
	case s.Good:
		t := s.Token
		until := app.DateOf(t.Expires).String() + " " + t.Expires.Format("15.04")
		f.Say(widgets.Good, v.say("ui.start.for", "branch", t.BranchName, "kiosk", t.Chain.Kiosk, "until", until))
	case s.CodeWrong():
		f.Say(widgets.Bad, words.Error(v.s.window.Lang(), app.Fail(app.TokenBad)))
	default:
		f.Say(widgets.Plain, "")
	}
}

// complain writes what is wrong below its field and goes there.
func (v *view) complain(field string, err error) {
	if f := v.start[field]; f != nil {
		f.Say(widgets.Bad, words.Error(v.s.window.Lang(), err))
		f.Focus()
	}
}
