package masuk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"loket/app"
	"loket/app/vault"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// view is the picture of the model, and the widgets that the keyboard goes to.
type view struct {
	s     *Screen
	names []*widgets.Press
	pin   *widgets.PIN
	start map[string]*widgets.Field
	code  *widgets.Field  // of an event pass
	name  *widgets.Field  // of who shows it
	next  *widgets.Button // what to do about a forgotten PIN
}

func newView(s *Screen) *view { return &view{s: s, start: map[string]*widgets.Field{}} }

func (v *view) say(key string, pairs ...any) string { return v.s.window.Say(key, pairs...) }

func (v *view) render(m Model) fyne.CanvasObject {
	content := widgets.Gap()
	switch m.Stage {
	case Names:
		content = v.people(m)
	case First:
		content = v.first(m)
	case ByPass:
		content = v.byPass(m)
	case Forgotten:
		content = v.forgotten(m)
	case Waiting:
	}
	if trouble := v.s.door.Trouble; trouble != nil && trouble() != nil {
		content = widgets.Column(12, widgets.NewNote(widgets.Bad, words.Error(v.s.window.Lang(), trouble())), content)
	}
	room := container.NewVScroll(widgets.Pad(32, 24, widgets.Column(0, widgets.Gap(), content, widgets.Gap())))
	return widgets.Shares(0, []float32{1, 2.4}, v.brand(), room)
}

// brand is the calm side: whose computer this is, practice or not, and the language.
func (v *view) brand() fyne.CanvasObject {
	back := canvas.NewRectangle(theme.Color(theme.Nav))
	title := widgets.Style{Size: theme.Huge, Colour: theme.OnNav, Weight: theme.Bold}
	office := widgets.Style{Size: theme.Text, Colour: theme.Accent, Weight: theme.SemiBold}
	parts := []fyne.CanvasObject{
		widgets.NewText(title, "Loket"),
		widgets.NewPara(office, v.s.options.Office()),
		widgets.Sized(0, 12, widgets.Gap()),
		widgets.NewPara(widgets.Body.In(theme.OnNav), v.say("ui.signin.about")),
		widgets.Gap(),
	}
	if pin := v.s.options.PracticePIN; pin != "" {
		parts = append(parts,
			widgets.Row(0, widgets.Pill(widgets.Waiting, v.say("ui.practice"))),
			widgets.NewPara(widgets.Body.In(theme.OnNav), v.say("ui.signin.practice", "pin", pin)),
			widgets.Sized(0, 8, widgets.Gap()))
	}
	parts = append(parts, v.languages())
	return container.NewStack(back, widgets.Pad(28, 32, widgets.Column(8, parts...)))
}

var languageNames = map[words.Lang]string{words.ID: "Bahasa Indonesia", words.EN: "English"}

func (v *view) languages() fyne.CanvasObject {
	var keys []fyne.CanvasObject
	for _, lang := range words.Langs {
		face := widgets.Face{Fill: theme.Nav, Stroke: theme.NavPlace, Radius: 7, PadX: 12, PadY: 4, Least: fyne.NewSize(44, max(theme.Size(theme.Button), 44))}
		style := widgets.Style{Size: theme.Label, Colour: theme.OnNav}
		if lang == v.s.window.Lang() {
			face.Fill, style.Weight = theme.NavPlace, theme.SemiBold
		}
		keys = append(keys, widgets.NewPress(v.s.window, face, widgets.NewText(style, languageNames[lang]), func() { v.setLang(lang) }))
	}
	return widgets.Flow(8, keys...)
}

func (v *view) setLang(lang words.Lang) {
	if v.s.options.SetLang != nil && lang != v.s.window.Lang() {
		v.s.options.SetLang(lang)
		v.s.show()
	}
}

func (v *view) people(m Model) fyne.CanvasObject {
	list := []fyne.CanvasObject{}
	if m.Notice != "" {
		list = append(list, widgets.Banner(v.s.window, widgets.Known, m.Notice))
	}
	list = append(list, widgets.NewPara(widgets.TitleStyle, v.say("ui.signin.who")))
	for _, p := range m.People {
		key := v.person(p, p.ID == m.Chosen.ID)
		v.names = append(v.names, key)
		list = append(list, key)
	}
	if len(m.People) == 0 {
		list = append(list, widgets.NewPara(widgets.Quiet, v.say("ui.signin.nobody")))
	}
	if m.Err != nil && m.Chosen.ID == "" {
		list = append(list, widgets.Banner(v.s.window, widgets.Bad, words.Error(v.s.window.Lang(), m.Err)))
	}
	if v.s.door.ShowPass != nil {
		list = append(list, v.passWay())
	}
	if v.s.door.Recovery.Ask != nil && len(m.People) > 0 {
		list = append(list, v.lostWay())
	}
	return widgets.Shares(28, []float32{1, 1.05}, widgets.Column(10, list...), v.door(m))
}

// person is one name to pick: initials, name and role.
func (v *view) person(p app.Operator, chosen bool) *widgets.Press {
	face := widgets.Face{Fill: theme.Surface, Stroke: theme.Line, Radius: theme.Size(theme.Radius), PadX: 14, PadY: 10, Left: true, Least: fyne.NewSize(0, 64*theme.Scale())}
	disc, letters := theme.TealTint, theme.TealText
	if chosen {
		face.Fill, face.Stroke, disc, letters = theme.TealTint, theme.Teal, theme.Teal, theme.OnTeal
	}
	side := 40 * theme.Scale()
	mark := container.NewStack(canvas.NewCircle(theme.Color(disc)), container.NewCenter(widgets.NewText(widgets.Strong.In(letters), Initials(p.Name))))
	name := widgets.Column(1, widgets.NewPara(widgets.Strong, p.Name), widgets.NewPara(widgets.LabelStyle, v.say("role."+string(p.Role))))
	return widgets.NewPress(v.s.window, face, widgets.Row(12, widgets.Sized(side, side, mark), widgets.Stretch(name)), func() { v.s.choose(p.ID) })
}

// door is the right half: the PIN of who was picked.
func (v *view) door(m Model) fyne.CanvasObject {
	if m.Chosen.ID == "" {
		hint := widgets.NewPara(widgets.Quiet.Centred(), v.say("ui.signin.pick"))
		pad := widgets.NewPIN(v.s.window, vault.PINLeast, vault.PINMost, "").MinSize() // as high, so that nothing jumps
		return widgets.Panel("", widgets.Sized(0, pad.Height+66*theme.Scale(), widgets.Column(14, widgets.Gap(),
			container.NewCenter(widgets.NewIcon("lock", theme.Muted, 34*theme.Scale())), hint, widgets.Gap())))
	}
	parts := []fyne.CanvasObject{
		widgets.NewPara(widgets.LargeStyle, m.Chosen.Name),
		widgets.NewPara(widgets.LabelStyle, v.say("ui.signin.pin")),
	}
	if m.Err != nil {
		parts = append(parts, widgets.NewNote(widgets.Bad, words.Error(v.s.window.Lang(), m.Err)))
	}
	if m.Busy {
		return widgets.Panel("", append(parts, v.spinner("ui.signin.opening"))...)
	}
	v.pin = widgets.NewPIN(v.s.window, m.Digits(), vault.PINMost, v.say("ui.signin.go"))
	v.pin.OnDone = v.s.signIn
	return widgets.Panel("", append(parts, v.pin)...)
}

// spinner keeps the room of the pad, so that nothing jumps.
func (v *view) spinner(key string) fyne.CanvasObject {
	turning := widget.NewActivity()
	turning.Start()
	side := 36 * theme.Scale()
	return widgets.Sized(0, 220*theme.Scale(), widgets.Column(12, widgets.Gap(),
		container.NewCenter(widgets.Sized(side, side, turning)), widgets.NewPara(widgets.Quiet.Centred(), v.say(key)), widgets.Gap()))
}

// focus puts the keyboard where the next key belongs.
func (v *view) focus(m Model) {
	switch {
	case m.Busy:
	case m.Stage == First:
		v.focusStart(m.Start)
	case m.Stage == ByPass:
		v.focusPass(m)
	case m.Stage == Forgotten:
		v.focusForgotten(m)
	case v.pin != nil:
		v.pin.Focus()
	case len(v.names) > 0:
		v.s.window.Focus(v.names[0], 0)
	}
}

func (v *view) focusStart(f Start) {
	field, _ := f.Problem() //nolint:errcheck // only where, not what
	if field == "" {
		field = "again"
	}
	if w := v.start[field]; w != nil {
		w.Focus()
	}
}
