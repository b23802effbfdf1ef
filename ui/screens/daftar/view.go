package daftar

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"loket/app/counter"
	"loket/app/scheme"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// view is the form on the screen. It is made once for each person and shows the model by render.
type view struct {
	s       *Screen
	columns *widgets.Columns
	fields  map[counter.Field]*widgets.Field
	picks   map[counter.Field]*widgets.Pick
	chips   map[counter.Field]*widgets.Chips
	asked   map[string]*widgets.Asked
	owner   *widgets.Choice
	rtrw    *widgets.Field // RT and RW in one
	help    *widgets.Pick
	pad     *widgets.Signature
	proof   *fyne.Container // pictures and signature
	side    *fyne.Container
	bottom  fyne.CanvasObject // of the side: the evidence, and clearing
	first   *widgets.Button   // of the parked ones

	why, noNotice *fyne.Container // notes on programmes and on the notice, which are no fields
}

func newView(s *Screen) *view {
	v := &view{
		s: s, fields: map[counter.Field]*widgets.Field{}, picks: map[counter.Field]*widgets.Pick{},
		chips: map[counter.Field]*widgets.Chips{}, asked: map[string]*widgets.Asked{},
		proof: widgets.Beside(10), side: widgets.Column(theme.Size(theme.Gutter)),
		why: widgets.Column(0), noNotice: widgets.Column(0),
	}
	v.bottom = v.evidence()
	v.columns = widgets.NewColumns(s.window, v.side,
		widgets.FormColumn{Title: v.say("ui.daftar.who"), Objects: v.who()},
		widgets.FormColumn{Title: v.say("ui.daftar.work"), Objects: v.work()},
		widgets.FormColumn{Title: v.say("ui.daftar.contact"), Objects: v.contact()},
	)
	return v
}

func (v *view) say(key string, pairs ...any) string { return v.s.window.Say(key, pairs...) }

var states = map[Tone]widgets.State{Calm: widgets.Plain, Fine: widgets.Good, Look: widgets.Waiting, Wrong: widgets.Bad}

// render shows the whole model.
func (v *view) render(m *Model) {
	lang := v.s.window.Lang()
	for f, w := range v.fields {
		text, byItself := m.Text(f)
		w.Mark(text, byItself)
		n := m.Note(lang, f)
		w.Say(states[n.Tone], n.Text)
	}
	for f, p := range v.picks {
		v.renderPick(m, f, p)
	}
	if text := rtrw(m); text != strings.TrimSuffix(v.rtrw.Text(), "/")+"/" && text != v.rtrw.Text() {
		v.rtrw.Mark(text, false)
	}
	v.renderChoices(m)
	v.renderShown(m)
	v.renderProof(m)
	v.renderSide(m)
	v.s.renderKept()
}

func (v *view) renderPick(m *Model, f counter.Field, p *widgets.Pick) {
	value := m.Chosen(f)
	if p.Picked().Value != value {
		p.Set(widgets.Option{Value: value, Word: v.wordOf(f, value)})
	}
	p.Field.Mark(p.Field.Text(), value != "" && f == scheme.FieldSex && m.ByItself(f))
	n := m.Note(v.s.window.Lang(), f)
	p.Field.Say(states[n.Tone], n.Text)
}

func (v *view) renderChoices(m *Model) {
	n := m.Note(v.s.window.Lang(), scheme.FieldBusinessOwner)
	v.owner.SetValue(m.Chosen(scheme.FieldBusinessOwner))
	v.owner.Say(states[n.Tone], n.Text)
	v.chips[scheme.FieldProgrammes].Set(strings.Split(m.Chosen(scheme.FieldProgrammes), "+")...)
	for _, f := range []counter.Field{NoPhone, NoFamily} {
		v.chips[f].Set(m.Chosen(f))
	}
	v.chips[scheme.FieldNotice].Set(noticeOf(m)...)
	for purpose, a := range v.asked {
		given, asked := m.Consented(purpose)
		a.SetValue(answerOf(given, asked))
	}
	v.help.Set(widgets.Option{Word: v.helpWord(m.Draft.Form.Record.Help)})
	v.renderWhy(m)
}

func answerOf(given, asked bool) string {
	switch {
	case !asked:
		return ""
	case given:
		return Yes
	}
	return No
}

// The two halves of the notice.
const (
	given = "given"
	aloud = "aloud"
)

func noticeOf(m *Model) []string {
	switch n := m.Draft.Form.Record.Notice; {
	case n == nil:
		return nil
	case n.Read:
		return []string{given, aloud}
	}
	return []string{given}
}

// renderWhy tells about what has no line of its own.
func (v *view) renderWhy(m *Model) {
	for f, box := range map[counter.Field]*fyne.Container{scheme.FieldProgrammes: v.why, scheme.FieldNotice: v.noNotice} {
		box.Objects = nil
		if n := m.Note(v.s.window.Lang(), f); n.Text != "" {
			box.Objects = []fyne.CanvasObject{widgets.NewNote(states[n.Tone], n.Text)}
		}
		show(box, len(box.Objects) > 0)
		box.Refresh()
	}
}

// renderShown hides what is not asked of this person.
func (v *view) renderShown(m *Model) {
	noPhone, noFamily := m.Chosen(NoPhone) == Yes, m.Chosen(NoFamily) == Yes
	show(v.fields[scheme.FieldPhone], !noPhone)
	show(v.fields[counter.Through], noPhone)
	show(v.chips[NoPhone], noPhone || m.Draft.Form.Text(scheme.FieldPhone) == "")
	show(v.fields[counter.FamilyName], !noFamily)
	family := !noFamily && m.Draft.Form.Text(counter.FamilyName) != ""
	show(v.picks[counter.FamilyRelation], family)
	show(v.fields[counter.FamilyPhone], family)
	show(v.chips[NoFamily], !family)
	show(v.fields[scheme.FieldGuardian], m.Look.Verdict.NeedsGuardian)
	show(v.fields[counter.PayerName], m.Chosen(scheme.FieldPayer) != "self")
	v.columns.Refresh()
}

func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// focus brings the keyboard to a field, in sight.
func (v *view) focus(f counter.Field) {
	if p := v.picks[f]; p != nil {
		v.columns.Reveal(p)
		p.Field.Focus()
		return
	}
	if slices.Contains([]counter.Field{counter.RT, counter.RW}, f) {
		v.rtrw.Focus()
		return
	}
	if f == scheme.FieldFamilyContact {
		f = counter.FamilyName
	}
	switch w := v.fields[f]; {
	case f == scheme.FieldBusinessOwner:
		v.columns.Reveal(v.owner)
		v.owner.Focus()
	case v.chips[f] != nil:
		v.columns.Reveal(v.chips[f])
		v.chips[f].Focus(v.s.window)
	case w != nil:
		v.columns.Reveal(w)
		w.Focus()
	}
}
