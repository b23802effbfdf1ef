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
	head := widgets.Row(12,
		widgets.NewButton(v.s.window, widgets.Secondary, "", v.s.back).WithIcon("back"),
		widgets.Stretch(widgets.NewPara(widgets.TitleStyle, v.say("ui.pass.title"))))
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

func (v *view) passCode(m Model) fyne.CanvasObject {
	v.code = widgets.NewField(v.s.window, v.say("ui.pass.code")).Placeholder(v.say("ui.pass.code_hint"))
	v.code.Shape = shortCode
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

// joining asks who comes, beside the pad for the PIN.
func (v *view) joining(m Model) fyne.CanvasObject {
	e, now := m.Pass.Event, v.s.now()
	v.name = widgets.NewField(v.s.window, v.say("ui.pass.name")).Required()
	v.name.SetText(m.Pass.Name)
	v.name.OnChanged = func(text string) {
		v.s.model.Pass.Name = text
		v.name.Say(widgets.Plain, "")
	}
	v.name.OnEnter(func() { v.pin.Focus() })
	if m.Pass.Wrong == "name" {
		v.name.Say(widgets.Bad, words.Error(v.s.window.Lang(), m.Err))
	}
	who := widgets.Panel("",
		widgets.NewPara(widgets.LargeStyle, e.Name),
		widgets.NewNote(widgets.Good, v.say("ui.pass.until", "until", widgets.Moment(v.s.window, e.Until, now))),
		v.name,
		widgets.NewPara(widgets.SmallStyle, v.say("ui.pass.own")))
	word, done := "ui.pass.pin", "ui.pass.next"
	if m.Pass.PIN != "" {
		word, done = "ui.pass.again", "ui.signin.go"
	}
	parts := []fyne.CanvasObject{widgets.NewPara(widgets.Strong, v.say(word, "least", vault.PINLeast))}
	if m.Pass.Wrong == "pin" {
		parts = append(parts, widgets.NewNote(widgets.Bad, words.Error(v.s.window.Lang(), m.Err)))
	}
	v.pin = widgets.NewPIN(v.s.window, vault.PINLeast, vault.PINMost, v.say(done))
	v.pin.OnDone = v.s.choosePIN
	return widgets.Shares(20, []float32{1, 1}, widgets.Column(0, who), widgets.Panel("", append(parts, v.pin)...))
}

func (v *view) focusPass(m Model) {
	switch {
	case m.Pass.Good && (m.Pass.Name == "" || m.Pass.Wrong == "name"):
		v.name.Focus()
	case m.Pass.Good:
		v.pin.Focus()
	case v.code != nil:
		v.code.Focus()
	}
}
