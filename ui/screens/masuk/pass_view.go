package masuk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"loket/app/vault"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// passWay is the way in for who has an event pass instead of a name in the list.
func (v *view) passWay() fyne.CanvasObject {
	return widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.pass.use"), v.s.byPass).WithIcon("scan").Large()
}

// byPass is the form: the code first; then the event, the name, and the PIN twice.
func (v *view) byPass(m Model) fyne.CanvasObject {
	head := v.head("ui.pass.title")
	switch {
	case m.Busy && m.Pass.Good:
		return widgets.Column(14, head, widgets.Panel("", v.spinner("ui.pass.joining")))
	case m.Busy:
		return widgets.Column(14, head, widgets.Panel("", v.spinner("ui.pass.judging")))
	case m.Pass.Good:
		return widgets.Column(14, head, v.joining(m))
	}
	return widgets.Column(14, head, v.passCode(m))
}

// head is the title with a way back for fingers.
func (v *view) head(title string) fyne.CanvasObject {
	return widgets.Row(12,
		widgets.NewButton(v.s.window, widgets.Secondary, "", v.s.back).WithIcon("back"),
		widgets.Stretch(widgets.NewPara(widgets.TitleStyle, v.say(title))))
}

func (v *view) passCode(m Model) fyne.CanvasObject {
	v.code = widgets.NewField(v.s.window, v.say("ui.pass.code")).Placeholder(v.say("ui.pass.code_hint"))
	v.code.Shape = widgets.ShortCode
	v.code.SetText(m.Pass.Code)
	v.code.OnChanged = func(text string) {
		v.s.model.Pass.Code = text
		v.code.Say(widgets.Plain, "")
	}
	v.code.OnEnter(func() { v.s.takePass(v.s.model.Pass.Code) })
	if m.Err != nil {
		v.code.Say(widgets.Bad, words.Error(v.s.window.Lang(), m.Err))
	}
	keys := []fyne.CanvasObject{widgets.NewButton(v.s.window, widgets.Primary, v.say("ui.pass.go"), func() { v.s.takePass(v.s.model.Pass.Code) }).Large()}
	if v.s.options.ChooseFile != nil {
		keys = append(keys, widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.start.file"), v.s.choosePassFile).WithIcon("file").Large())
	}
	icon := container.NewCenter(widgets.NewIcon("scan", theme.TealText, 56*theme.Scale()))
	return widgets.Panel("", icon, widgets.NewPara(widgets.Body, v.say("ui.pass.more")), v.code, widgets.Flow(10, keys...))
}

// joining asks who comes with a pass.
func (v *view) joining(m Model) fyne.CanvasObject {
	e := m.Pass.Event
	return v.newcomer(&v.s.model.Pass.Newcomer, newPlace{
		head: []fyne.CanvasObject{
			widgets.NewPara(widgets.LargeStyle, e.Name),
			widgets.NewNote(widgets.Good, v.say("ui.pass.until", "until", widgets.Moment(v.s.window, e.Until, v.s.now()))),
		},
		foot: v.say("ui.pass.own"), least: vault.PINLeast, take: v.s.choosePIN,
	})
}

// newPlace is what differs between those who get a place here.
type newPlace struct {
	head  []fyne.CanvasObject // by which right
	foot  string              // below the name
	least int                 // digits of the PIN
	take  func(pin string)
}

// newcomer asks for a name, beside the pad for the PIN.
func (v *view) newcomer(n *Newcomer, p newPlace) fyne.CanvasObject {
	problem := words.Error(v.s.window.Lang(), v.s.model.Err)
	v.name = widgets.NewField(v.s.window, v.say("ui.pass.name")).Required()
	v.name.SetText(n.Name)
	v.name.OnChanged = func(text string) {
		n.Name = text
		v.name.Say(widgets.Plain, "")
	}
	v.name.OnEnter(func() { v.pin.Focus() })
	if n.Wrong == "name" {
		v.name.Say(widgets.Bad, problem)
	}
	who := widgets.Panel("", append(p.head, v.name, widgets.NewPara(widgets.SmallStyle, p.foot))...)
	word, done := "ui.pass.pin", "ui.pass.next"
	if n.PIN != "" {
		word, done = "ui.pass.again", "ui.signin.go"
	}
	parts := []fyne.CanvasObject{widgets.NewPara(widgets.Strong, v.say(word, "least", p.least))}
	if n.Wrong == "pin" {
		parts = append(parts, widgets.NewNote(widgets.Bad, problem))
	}
	v.pin = widgets.NewPIN(v.s.window, p.least, vault.PINMost, v.say(done))
	v.pin.OnDone = p.take
	return widgets.Shares(20, []float32{1, 1}, widgets.Column(0, who), widgets.Panel("", append(parts, v.pin)...))
}

// focusNewcomer goes to the name until there is one, then to the PIN.
func (v *view) focusNewcomer(n Newcomer) {
	if n.Name == "" || n.Wrong == "name" {
		v.name.Focus()
		return
	}
	v.pin.Focus()
}

func (v *view) focusPass(m Model) {
	switch {
	case m.Pass.Good:
		v.focusNewcomer(m.Pass.Newcomer)
	case v.code != nil:
		v.code.Focus()
	}
}
