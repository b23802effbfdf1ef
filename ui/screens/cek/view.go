package cek

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/checking"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// view is the picture of the model, and the field that the keyboard goes to.
type view struct {
	s    *Screen
	room widgets.Room
	text *widgets.Field
}

func newView(s *Screen) *view { return &view{s: s} }

func (v *view) say(key string, pairs ...any) string { return v.s.window.Say(key, pairs...) }

func (v *view) render(room widgets.Room) fyne.CanvasObject {
	m := &v.s.model
	v.room = room
	switch {
	case m.Err != nil:
		return widgets.Column(14, v.ask(), widgets.Stretch(widgets.Hint("refused", v.say("ui.check.nothing"), words.Error(v.s.window.Lang(), m.Err))))
	case m.Answer == nil:
		return widgets.Column(14, v.ask(), widgets.Stretch(v.empty()))
	}
	a := *m.Answer
	return widgets.Column(14, v.ask(), v.verdict(a), widgets.Stretch(v.facts(a)))
}

// ask is the line to paste into; Enter asks.
func (v *view) ask() fyne.CanvasObject {
	v.text = widgets.NewField(v.s.window, "").Placeholder(v.say("ui.check.paste")).OnEnter(v.asked)
	v.text.Shape = shortCode
	v.text.SetText(v.s.model.Text)
	v.text.OnChanged = func(text string) { v.s.model.Text = text }
	check := widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.check.check"), v.asked).WithIcon("verify")
	return widgets.Row(10, widgets.Stretch(v.text), check)
}

func (v *view) asked() { v.s.check(v.s.model.Text) }

// shortCode shows the beginning of a code that is longer than any field.
func shortCode(code string) string {
	if r := []rune(strings.Join(strings.Fields(code), "")); len(r) > 60 {
		return string(r[:56]) + " …"
	}
	return code
}

// empty says what to do, and what the colours mean.
func (v *view) empty() fyne.CanvasObject {
	var colours []fyne.CanvasObject
	for _, c := range []struct {
		state widgets.State
		word  string
	}{{widgets.Good, "green"}, {widgets.Waiting, "amber"}, {widgets.Bad, "red"}} {
		colours = append(colours, widgets.StatePanel(c.state, "", widgets.Row(10, widgets.NewIcon(c.state.Icon(), c.state.Ink(), theme.Size(theme.Icon)),
			widgets.Stretch(widgets.NewPara(widgets.Body, v.say("ui.check.means."+c.word))))))
	}
	room := widgets.Sized(0, 20*theme.Scale(), widgets.Gap())
	return widgets.Hint("scan", v.say("ui.check.hint"), v.say("ui.check.hint.more"), room, widgets.Beside(12, colours...))
}

// verdict is the answer in large words and one sentence.
func (v *view) verdict(a checking.Answer) fyne.CanvasObject {
	state := stateOf(a.Colour)
	size := 52 * theme.Scale()
	words := widgets.Column(4,
		widgets.NewPara(widgets.Style{Size: theme.Number, Colour: state.Ink(), Weight: theme.Bold}, v.say(Headline(a))))
	for _, sentence := range Sentences(a) {
		words.Add(widgets.NewPara(widgets.Body, v.say(sentence)))
	}
	return widgets.StatePanel(state, "", widgets.Row(18, widgets.NewIcon(largeIcon(state), state.Ink(), size), widgets.Stretch(words)))
}

func largeIcon(state widgets.State) string {
	if state == widgets.Good {
		return "done"
	}
	return state.Icon()
}

// facts are what to compare with the e-KTP at the left, and what to do at the right.
func (v *view) facts(a checking.Answer) fyne.CanvasObject {
	if !Shown(a) {
		return v.advice(a, widgets.NewNote(widgets.Plain, v.say("ui.check.no_name")))
	}
	return widgets.Split(1.4, v.compare(a), v.advice(a))
}

func (v *view) compare(a checking.Answer) fyne.CanvasObject {
	c := a.Claims
	name, number := widgets.NumberFace, widgets.LargeStyle
	if v.room != widgets.Roomy {
		name, number = widgets.TitleStyle, widgets.Strong
	}
	parts := []fyne.CanvasObject{
		widgets.Column(4, widgets.NewPara(name, c.Name), widgets.NewPara(number, "KPJ "+c.Member.Grouped())),
		v.programmes(c.Programmes),
		widgets.Rule(),
	}
	rows := [][2]string{
		{"ui.check.row.serial", v.say("ui.check.serial", "serial", c.Serial, "n", c.Generation)},
		{"ui.check.row.issued", strings.TrimSuffix(v.day(c.IssuedAt)+" · "+a.Branch, " · ")},
		{"ui.check.row.expires", v.day(c.Expires)},
	}
	if a.Own {
		rows = append(rows, [2]string{"ui.check.row.own", v.say("card.state." + string(a.Card.State))})
	}
	for _, r := range rows {
		parts = append(parts, widgets.Shares(12, []float32{1, 2}, widgets.NewPara(widgets.LabelStyle, v.say(r[0])), widgets.NewPara(widgets.Body, r[1])))
	}
	return widgets.Panel(v.say("ui.check.compare"), parts...)
}

func (v *view) day(t time.Time) string {
	return app.DateOf(t.In(v.s.options.Clock.Now().Location())).String()
}

func (v *view) programmes(p app.Programmes) fyne.CanvasObject {
	row := widgets.Flow(8)
	for _, one := range []struct {
		programme app.Programmes
		key       string
	}{{app.WorkAccident, "print.card.jkk"}, {app.Death, "print.card.jkm"}, {app.OldAge, "print.card.jht"}} {
		if p.Has(one.programme) {
			row.Add(widgets.Pill(widgets.Known, v.say(one.key)))
		}
	}
	return row
}

// advice is what to do now, and by which list the answer was given.
func (v *view) advice(a checking.Answer, more ...fyne.CanvasObject) fyne.CanvasObject {
	state, age := v.s.age()
	parts := append([]fyne.CanvasObject{widgets.NewPara(widgets.Body, v.say(Advice(a)))}, more...)
	if a.Own {
		parts = append(parts, widgets.NewNote(widgets.Known, v.say("ui.check.own")))
	}
	if !a.TrustIssued.IsZero() {
		age += " · " + widgets.Moment(v.s.window, a.TrustIssued, v.s.options.Clock.Now())
	}
	return widgets.Panel(v.say("ui.check.do"), append(parts, widgets.Gap(), widgets.Rule(), widgets.NewNote(state, age))...)
}

// focus puts the keyboard where the next text belongs.
func (v *view) focus() {
	if v.text != nil {
		v.text.Focus()
	}
}
