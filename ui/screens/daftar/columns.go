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
// because nothing that weighs is chosen by hurry. Space, mouse and finger choose.
type formDesk struct {
	widgets.Window
	next func()
	know func(fyne.KeyName) bool // further keys; may be nil
}

// Key takes Enter for going on.
func (d formDesk) Key(ev *fyne.KeyEvent) bool {
	switch {
	case ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter:
		if !d.Window.Key(ev) {
			d.next()
		}
		return true
	case d.know != nil && d.know(ev.Name):
		return true
	}
	return d.Window.Key(ev)
}

// stepDesk is the window for the last field of a column: where columns are steps, Enter goes to the
// first field of the next one.
type stepDesk struct {
	widgets.Window
	v    *view
	next counter.Field
}

// Focus goes on.
func (d stepDesk) Focus(to fyne.Focusable, step int) {
	if to == nil && step > 0 && d.v.columns.Stepping() {
		next := d.next
		if name := d.v.fields[counter.PayerName]; next == scheme.FieldPhone && name.Visible() {
			next = counter.PayerName
		}
		d.v.focus(next)
		return
	}
	d.Window.Focus(to, step)
}

// deskOf is the window as a field sees it.
func (v *view) deskOf(f counter.Field) widgets.Desk {
	switch f {
	case scheme.FieldVillage:
		return stepDesk{v.s.window, v, scheme.FieldOccupation}
	case scheme.FieldPayer:
		return stepDesk{v.s.window, v, scheme.FieldPhone}
	}
	return v.s.window
}

func (v *view) desk(next counter.Field) formDesk {
	return formDesk{Window: v.s.window, next: func() { v.focus(next) }}
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
	w := widgets.NewField(v.s.window, v.label(f))
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
	return f == scheme.FieldGuardian
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
	mother := v.text(scheme.FieldMotherName)
	v.rtrw = widgets.NewField(v.s.window, v.say("ui.daftar.rtrw")).Placeholder("014/003")
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
	desk := v.desk(scheme.FieldWorkPlace)
	v.owner = widgets.NewChoice(formDesk{desk.Window, desk.next, v.ownerKey}, v.say("ui.daftar.owner"),
		widgets.Option{Value: Yes, Word: v.say("ui.yes")}, widgets.Option{Value: No, Word: v.say("ui.no")}).Required()
	v.owner.OnChosen = func(value string) { v.choose(scheme.FieldBusinessOwner, value) }
	return []fyne.CanvasObject{widgets.Column(8,
		v.pick(scheme.FieldOccupation, v.findOccupation),
		v.owner,
		v.text(scheme.FieldWorkPlace),
		widgets.Beside(10, v.text(scheme.FieldWorkingHours), income),
		v.programmes(), v.why,
		widgets.Beside(10, v.periods(), v.payers()),
		v.text(counter.PayerName),
	)}
}

func (v *view) choose(f counter.Field, value string) {
	v.s.model.Choose(f, value)
	v.s.changed()
}

// ownerKey answers the question by its first letters.
func (v *view) ownerKey(key fyne.KeyName) bool {
	switch string(key) {
	case "Y":
		v.choose(scheme.FieldBusinessOwner, Yes)
	case "T", "N":
		v.choose(scheme.FieldBusinessOwner, No)
	default:
		return false
	}
	v.focus(scheme.FieldWorkPlace)
	return true
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
