package daftar

import (
	"strings"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/counter"
	"loket/app/identity"
	"loket/app/scheme"
	"loket/app/words"
	"loket/ui/widgets"
)

// formDesk is the window for what is chosen: Enter goes on to the next field and chooses nothing,
// because nothing that weighs is chosen by hurry. Space, mouse and finger choose, and where a
// question is asked the first letter of its answer.
type formDesk struct {
	widgets.Window
	next   func()
	answer func(value string) // takes a letter's answer and goes on; may be nil
	burst  *widgets.Burst     // a scanner's letters are no answer
}

// Key takes Enter for going on.
func (d formDesk) Key(ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeyReturn && ev.Name != fyne.KeyEnter {
		return d.Window.Key(ev)
	}
	if !d.Window.Key(ev) {
		d.next()
	}
	return true
}

// Rune takes a letter that answers. It is the letter and not its key, which would be followed by the
// letter, and that would be typed into the field that comes next.
func (d formDesk) Rune(r rune) {
	if r != 0 && d.answer != nil && d.burst.Add(r) {
		if value := answerIn(r); value != "" {
			d.answer(value)
			return
		}
	}
	d.Window.Rune(r)
}

// answerIn reads the first letter of yes or no, in either language.
func answerIn(r rune) string {
	switch r {
	case 'y', 'Y':
		return Yes
	case 't', 'T', 'n', 'N':
		return No
	}
	return ""
}

// onDesk is the window for a field after which Enter does not simply go to the one beside it.
type onDesk struct {
	widgets.Window
	on func() // goes on
}

// Focus goes on; Tab still visits every field.
func (d onDesk) Focus(to fyne.Focusable, step int) {
	if to == nil && step > 0 {
		d.on()
		return
	}
	d.Window.Focus(to, step)
}

// deskOf is the window as a field sees it: Enter passes over what the NIK filled in, and goes from
// the last field of a column to the first of the next, which may be another step.
func (v *view) deskOf(f counter.Field) widgets.Desk {
	next := v.after(f)
	if next == nil {
		return v.s.window
	}
	return onDesk{v.s.window, func() { v.focus(next()) }}
}

// after tells the field after one; nil is the one beside it.
func (v *view) after(f counter.Field) func() counter.Field {
	m := v.s.model
	first := func(fields ...counter.Field) counter.Field {
		for _, one := range fields[:len(fields)-1] {
			if !m.ByItself(one) {
				return one
			}
		}
		return fields[len(fields)-1]
	}
	switch f {
	case scheme.FieldBirthPlace:
		return func() counter.Field { return first(scheme.FieldBirthDate, scheme.FieldSex, scheme.FieldMarital) }
	case scheme.FieldBirthDate:
		return func() counter.Field { return first(scheme.FieldSex, scheme.FieldMarital) }
	case scheme.FieldVillage:
		return func() counter.Field { return scheme.FieldOccupation }
	case scheme.FieldPayer:
		return v.afterPayer
	case counter.FamilyPhone, scheme.FieldGuardian:
		return func() counter.Field { return v.afterFamily(f) }
	case scheme.FieldGroup:
		return func() counter.Field { return counter.PayerName }
	case counter.PayerName:
		return func() counter.Field { return scheme.FieldPhone }
	}
	return nil
}

func (v *view) afterPayer() counter.Field {
	if v.s.model.Chosen(scheme.FieldPayer) == string(app.PayerGroup) {
		return scheme.FieldGroup
	}
	if v.fields[counter.PayerName].Visible() {
		return counter.PayerName
	}
	return scheme.FieldPhone
}

// afterFamily is the guardian where one is needed, then the notice.
func (v *view) afterFamily(f counter.Field) counter.Field {
	if f != scheme.FieldGuardian && v.fields[scheme.FieldGuardian].Visible() {
		return scheme.FieldGuardian
	}
	return scheme.FieldNotice
}

func (v *view) desk(next counter.Field) formDesk {
	return formDesk{Window: v.s.window, next: func() { v.focus(next) }}
}

// question is the window for a question: a letter answers it and goes on.
func (v *view) question(next func(), answer func(value string)) formDesk {
	return formDesk{Window: v.s.window, next: next, burst: &widgets.Burst{}, answer: func(value string) {
		answer(value)
		v.s.changed()
		next()
	}}
}

// finish is Enter after the last field: to what still keeps the form from being saved, or to its
// beginning to look it over. Saving stays a key of its own.
func (v *view) finish() {
	f, missing := v.s.model.First()
	if !missing {
		f = Order[0]
	}
	v.columns.Step(0)
	v.focus(f)
}

// label is a field's label; the screen has shorter ones for narrow columns.
func (v *view) label(f counter.Field) string {
	if key := "ui.daftar.field." + string(f); words.Has(key) {
		return v.say(key)
	}
	return v.say(f.Key())
}

// text makes a text field of the form.
func (v *view) text(f counter.Field) *widgets.Field {
	w := widgets.NewField(v.deskOf(f), v.label(f))
	if counter.Numeric(f) {
		w.Digits()
	}
	if v.must(f) {
		w.Required()
	}
	w.OnChanged = func(text string) {
		v.s.model.Type(f, text)
		v.s.changed()
	}
	w.OnLeft = func(string) {
		v.s.model.Leave(f)
		v.s.view.render(v.s.model)
	}
	v.fields[f] = w
	return w
}

func (v *view) must(f counter.Field) bool {
	for _, r := range v.s.model.judge.Rules().Scheme.Required(v.s.model.source) {
		if r == f || r == scheme.FieldFamilyContact && f == counter.FamilyName {
			return true
		}
	}
	return f == scheme.FieldGuardian || f == counter.PayerName || f == scheme.FieldGroup
}

// pick makes a field of which something is chosen.
func (v *view) pick(f counter.Field, find func(string) []widgets.Option) *widgets.Pick {
	p := widgets.NewNarrowPick(v.deskOf(f), v.label(f), find)
	if v.must(f) {
		p.Required()
	}
	p.OnPicked = func(o widgets.Option) {
		v.s.model.Choose(f, o.Value)
		v.s.model.Leave(f)
		v.s.changed()
	}
	p.Field.OnFocused(p.Field.SelectAll)
	v.picks[f] = p
	return p
}

// among offers a few values with words of their own: those that begin as typed first.
func (v *view) among(f counter.Field, values ...string) *widgets.Pick {
	return v.pick(f, func(text string) []widgets.Option {
		var begin, hold []widgets.Option
		text = strings.ToLower(strings.TrimSpace(text))
		for _, value := range values {
			o := widgets.Option{Value: value, Word: v.wordOf(f, value)}
			switch word := strings.ToLower(o.Word); {
			case strings.HasPrefix(word, text):
				begin = append(begin, o)
			case strings.Contains(word, text):
				hold = append(hold, o)
			}
		}
		return append(begin, hold...)
	})
}

// who is the first column.
func (v *view) who() []fyne.CanvasObject {
	nik := v.text(scheme.FieldNIK)
	nik.Shape = func(s string) string { return Groups(s) }
	typed := nik.OnChanged
	nik.OnChanged = func(text string) {
		if !v.s.nextByKey(text) {
			typed(text)
		}
	}
	mother := v.text(scheme.FieldMotherName)
	v.rtrw = widgets.NewField(v.s.window, v.say("ui.daftar.rtrw")).Placeholder("014/003").Digits()
	v.rtrw.OnChanged = func(text string) {
		rt, rw, _ := strings.Cut(text, "/")
		v.s.model.Type(counter.RT, rt)
		v.s.model.Type(counter.RW, rw)
		v.s.changed()
	}
	return []fyne.CanvasObject{widgets.Column(8,
		nik,
		v.text(scheme.FieldName).Growing(),
		widgets.Beside(10, v.text(scheme.FieldBirthPlace), v.text(scheme.FieldBirthDate)),
		widgets.Shares(10, []float32{1.05, 1},
			v.among(scheme.FieldSex, string(app.Female), string(app.Male)),
			v.among(scheme.FieldMarital, "single", "married", "divorced", "widowed")),
		mother,
		v.text(scheme.FieldAddress).Growing(),
		widgets.Shares(10, []float32{0.85, 1.15}, v.rtrw, v.pick(scheme.FieldVillage, v.findVillage)),
	)}
}

// rtrw is RT and RW as one field shows them.
func rtrw(m *Model) string {
	rt, rw := m.Draft.Form.Text(counter.RT), m.Draft.Form.Text(counter.RW)
	if rt == "" && rw == "" {
		return ""
	}
	return rt + "/" + rw
}

// work is the second column.
func (v *view) work() []fyne.CanvasObject {
	income := v.text(scheme.FieldIncome)
	income.Shape = Rupiahs
	desk := v.question(func() { v.focus(scheme.FieldWorkPlace) },
		func(value string) { v.s.model.Choose(scheme.FieldBusinessOwner, value) })
	v.owner = widgets.NewChoice(desk, v.say("ui.daftar.owner"),
		widgets.Option{Value: Yes, Word: v.say("ui.yes")}, widgets.Option{Value: No, Word: v.say("ui.no")}).Required()
	v.owner.OnChosen = func(value string) { v.choose(scheme.FieldBusinessOwner, value) }
	return []fyne.CanvasObject{widgets.Column(8,
		v.pick(scheme.FieldOccupation, v.findOccupation),
		v.owner,
		v.text(scheme.FieldWorkPlace),
		widgets.Beside(10, v.text(scheme.FieldWorkingHours), income),
		v.programmes(), v.why,
		widgets.Shares(10, []float32{0.82, 1.18}, v.periods(), v.payers()),
		v.groupName(),
		v.text(counter.PayerName).Growing(),
		v.moreSection(),
	)}
}

func (v *view) choose(f counter.Field, value string) {
	v.s.model.Choose(f, value)
	v.s.changed()
}

func (v *view) programmes() fyne.CanvasObject {
	c := widgets.NewChips(v.desk(scheme.FieldPeriod), v.label(scheme.FieldProgrammes),
		widgets.Option{Value: "JKK", Word: "JKK"}, widgets.Option{Value: "JKM", Word: "JKM"}, widgets.Option{Value: "JHT", Word: "JHT"}).Required()
	c.OnChanged = func(on []string) {
		delete(v.drawn, "choices") // what was pressed may not stay
		v.choose(scheme.FieldProgrammes, programmesWanted(on))
	}
	v.chips[scheme.FieldProgrammes] = c
	return c
}

// programmesWanted reads the chips: JKK and JKM stay, whatever was pressed.
func programmesWanted(on []string) string {
	for _, one := range on {
		if one == "JHT" {
			return "JKK+JKM+JHT"
		}
	}
	return "JKK+JKM"
}

func (v *view) periods() *widgets.Pick {
	var values []string
	for _, n := range v.s.model.judge.Rules().Scheme.Periods {
		values = append(values, number(n))
	}
	return v.among(scheme.FieldPeriod, values...)
}

func (v *view) payers() *widgets.Pick {
	var values []string
	for _, kind := range app.PayerKinds {
		values = append(values, string(kind))
	}
	return v.among(scheme.FieldPayer, values...)
}

// Groups shows a number of 16 digits in fours.
func Groups(text string) string {
	digits := identity.CleanDigits(text)
	if len(digits) != 16 {
		return text
	}
	return digits[:4] + " " + digits[4:8] + " " + digits[8:12] + " " + digits[12:]
}

// Rupiahs shows an amount as "Rp1.000.000".
func Rupiahs(text string) string {
	if amount, ok := counter.ParseAmount(text); ok {
		return amount.String()
	}
	return text
}

// Phones shows a phone number as "0812 5566 7788".
func Phones(text string) string {
	if e164, problem := identity.CleanPhone(text); problem == "" && e164 != "" {
		return identity.FormatPhone(e164)
	}
	return text
}
