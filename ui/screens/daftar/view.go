package daftar

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/counter"
	"loket/app/scheme"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// view is the form on the screen. It is made once for each person and shows the model by render.
type view struct {
	boxes
	rare
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
	first   *widgets.Button   // of the parked ones
	drawn   map[string]string // what each part shows, so that a key press draws only what it changed
}

// boxes are the parts whose content comes and goes.
type boxes struct {
	proof         *fyne.Container // pictures and signature
	side          *fyne.Container
	bottom        fyne.CanvasObject // of the side: the evidence
	why, noNotice *fyne.Container   // notes on programmes and on the notice, which are no fields
}

func newView(s *Screen) *view {
	v := &view{
		s: s, fields: map[counter.Field]*widgets.Field{}, picks: map[counter.Field]*widgets.Pick{},
		chips: map[counter.Field]*widgets.Chips{}, asked: map[string]*widgets.Asked{}, drawn: map[string]string{},
		boxes: boxes{
			proof: widgets.Column(6), side: widgets.Column(theme.Size(theme.Gutter)),
			why: widgets.Column(0), noNotice: widgets.Column(0),
		},
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

// stale says whether a part must be drawn anew, because what it shows is not what it showed.
func (v *view) stale(part string, now ...any) bool {
	shown := fmt.Sprint(now...)
	if v.drawn[part] == shown {
		return false
	}
	v.drawn[part] = shown
	return true
}

// render shows the whole model. It is called at each key press.
func (v *view) render(m *Model) {
	lang := v.s.window.Lang()
	var notes []Note
	for _, f := range Order {
		n := m.Note(lang, f)
		notes = append(notes, n)
		if w := v.fields[f]; w != nil {
			text, byItself := m.Text(f)
			w.Mark(text, byItself)
			w.Say(states[n.Tone], n.Text)
		}
		if p := v.picks[f]; p != nil {
			v.renderPick(m, f, p, n)
		}
	}
	if text := rtrw(m); text != strings.TrimSuffix(v.rtrw.Text(), "/")+"/" && text != v.rtrw.Text() {
		v.rtrw.Mark(text, false)
	}
	v.renderChoices(m)
	hidden := v.renderShown(m)
	v.renderProof(m)
	v.renderSide(m)
	v.s.renderKept()
	if v.stale("height", notes, hidden, m.Draft.Form.Text(scheme.FieldName), m.Draft.Form.Text(scheme.FieldAddress)) {
		v.columns.Refresh()
	}
}

func (v *view) renderPick(m *Model, f counter.Field, p *widgets.Pick, n Note) {
	value := m.Chosen(f)
	if p.Picked().Value != value {
		p.Set(widgets.Option{Value: value, Word: v.wordOf(f, value)})
	}
	p.Field.Mark(p.Field.Text(), value != "" && f == scheme.FieldSex && m.ByItself(f))
	p.Field.Say(states[n.Tone], n.Text)
}

func (v *view) renderChoices(m *Model) {
	n := m.Note(v.s.window.Lang(), scheme.FieldBusinessOwner)
	why := m.Note(v.s.window.Lang(), scheme.FieldProgrammes)
	notice := m.Note(v.s.window.Lang(), scheme.FieldNotice)
	r := m.Look.Record
	if !v.stale("choices", n, why, notice, m.Chosen(scheme.FieldBusinessOwner), r.Plan.Programmes, r.Reach.NoPhone, r.Family.None, r.Person.NoFamilyCard, noticeOf(m), r.Consents, r.Help) {
		return
	}
	v.owner.SetValue(m.Chosen(scheme.FieldBusinessOwner))
	v.owner.Say(states[n.Tone], n.Text)
	v.chips[scheme.FieldProgrammes].Set(strings.Split(m.Chosen(scheme.FieldProgrammes), "+")...)
	for _, f := range []counter.Field{NoPhone, NoFamily, NoCard} {
		v.chips[f].Set(m.Chosen(f))
	}
	v.chips[scheme.FieldNotice].Set(noticeOf(m)...)
	for purpose, a := range v.asked {
		given, asked := m.Consented(purpose)
		a.SetValue(answerOf(given, asked))
	}
	v.help.Set(widgets.Option{Word: v.helpWord(r.Help)})
	v.renderWhy(v.why, why)
	v.renderWhy(v.noNotice, notice)
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
func (v *view) renderWhy(box *fyne.Container, n Note) {
	box.Objects = nil
	if n.Text != "" {
		box.Objects = []fyne.CanvasObject{widgets.NewNote(states[n.Tone], n.Text)}
	}
	show(box, n.Text != "")
	box.Refresh()
}

// renderShown hides what is not asked of this person, and tells what that is.
func (v *view) renderShown(m *Model) (hidden []bool) {
	noPhone, noFamily := m.Chosen(NoPhone) == Yes, m.Chosen(NoFamily) == Yes
	family := !noFamily && m.Draft.Form.Text(counter.FamilyName) != ""
	for _, one := range []struct {
		o  fyne.CanvasObject
		on bool
	}{
		{v.fields[scheme.FieldPhone], !noPhone},
		{v.fields[counter.Through], noPhone},
		{v.chips[NoPhone], noPhone || m.Draft.Form.Text(scheme.FieldPhone) == ""},
		{v.fields[counter.FamilyName], !noFamily},
		{v.picks[counter.FamilyRelation], family},
		{v.fields[counter.FamilyPhone], family},
		{v.chips[NoFamily], !family},
		{v.fields[scheme.FieldGuardian], m.Look.Verdict.NeedsGuardian},
		{v.fields[counter.PayerName], m.Chosen(scheme.FieldPayer) != string(app.PayerSelf)},
	} {
		show(one.o, one.on)
		hidden = append(hidden, !one.on)
	}
	return append(hidden, v.renderMore(m)...)
}

func show(o fyne.CanvasObject, on bool) {
	switch {
	case on == o.Visible():
	case on:
		o.Show()
	default:
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
	if slices.Contains(rarely, f) && !v.s.model.More {
		v.openMore()
	}
	if f == scheme.FieldGroup {
		v.columns.Reveal(v.group)
		v.group.Field.Focus()
		return
	}
	switch w := v.fields[f]; {
	case f == scheme.FieldConsents:
		v.focusConsent(0)()
	case f == scheme.FieldEvidence:
		v.afterHelp()
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
