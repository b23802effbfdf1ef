package daftar

import (
	"slices"

	"fyne.io/fyne/v2"

	"loket/app/counter"
	"loket/app/scheme"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// contact is the third column.
func (v *view) contact() []fyne.CanvasObject {
	phone := v.text(scheme.FieldPhone)
	phone.Shape = Phones
	familyPhone := v.text(counter.FamilyPhone)
	familyPhone.Shape = Phones
	return []fyne.CanvasObject{widgets.Column(8,
		widgets.Shares(8, []float32{1.4, 1}, widgets.Column(0, phone, v.text(counter.Through)), v.none(NoPhone, counter.Through)),
		v.text(counter.FamilyName),
		v.none(NoFamily, scheme.FieldNotice),
		v.among(counter.FamilyRelation, "spouse", "child", "parent", "sibling", "other"),
		familyPhone,
		v.text(scheme.FieldGuardian),
		v.notice(),
		v.consents(),
		v.helpNeeded(),
	)}
}

// evidence stands at the right, below the contribution that is signed for.
func (v *view) evidence() fyne.CanvasObject {
	v.pad = widgets.NewSignature(v.s.window, widgets.SignatureWords{
		Here: v.say("ui.sign.here"), Clear: v.say("ui.sign.clear"), Undo: v.say("ui.undo"),
	})
	v.pad.OnChanged = v.s.signed
	return widgets.Panel(v.say("ui.daftar.evidence"), v.proof, v.paper())
}

// none is the chip that says that there is no phone, no family, no family card.
func (v *view) none(f, next counter.Field) fyne.CanvasObject {
	label := ""
	if f == NoPhone {
		label = " " // keeps the height of a label: it stands beside the field
	}
	on := func() {
		if w := v.fields[next]; w != nil && !w.Visible() {
			v.focus(counter.FamilyName)
			return
		}
		v.focus(next)
	}
	c := widgets.NewChips(formDesk{Window: v.s.window, next: on}, label,
		widgets.Option{Value: Yes, Word: v.say("ui.daftar." + string(f))})
	c.OnChanged = func(pressed []string) {
		delete(v.drawn, "choices") // what was pressed may not stay
		v.choose(f, yes(len(pressed) > 0))
		on()
	}
	v.chips[f] = c
	return c
}

// paper is the choice to sign the archive sheet instead of the screen.
func (v *view) paper() fyne.CanvasObject {
	desk := formDesk{Window: v.s.window, next: v.finish}
	c := widgets.NewChips(desk, "", widgets.Option{Value: Yes, Word: v.say("ui.daftar.on_paper")})
	c.OnChanged = func(on []string) {
		delete(v.drawn, "choices") // what was pressed may not stay
		v.s.model.SetOnPaper(len(on) > 0)
		v.s.changed()
	}
	v.chips[onPaper] = c
	return c
}

// notice is the legal notice: given, and perhaps read aloud. It is no consent.
func (v *view) notice() fyne.CanvasObject {
	desk := v.question(v.focusConsent(0), v.answerNotice)
	c := widgets.NewChips(desk, "",
		widgets.Option{Value: given, Word: v.say("ui.daftar.notice_given")}, widgets.Option{Value: aloud, Word: v.say("ui.daftar.notice_aloud")})
	c.OnChanged = func(on []string) {
		delete(v.drawn, "choices") // what was pressed may not stay
		m := v.s.model
		before := noticeOf(m)
		wasGiven := slices.Contains(before, given)
		m.Notice(slices.Contains(on, given), slices.Contains(on, aloud) && (!wasGiven || slices.Contains(on, given)))
		v.s.changed()
	}
	v.chips[scheme.FieldNotice] = c
	head := widgets.Row(6, widgets.Stretch(widgets.NewPara(widgets.LabelStyle, v.say("field.notice")+" *")))
	if v.s.uses.Push != nil {
		head.Add(widgets.NewButton(v.s.window, widgets.Link, v.say("ui.daftar.notice_show"), v.s.showNotice))
	}
	return widgets.Column(4, head, widgets.NewPara(widgets.SmallStyle.In(theme.Ink), v.s.notice(v.s.window.Lang()).Lead), c, v.noNotice)
}

// answerNotice is Y: the notice was given.
func (v *view) answerNotice(value string) {
	m := v.s.model
	m.Notice(value == Yes, value == Yes && slices.Contains(noticeOf(m), aloud))
}

// focusConsent goes to the n-th question, and after the last one to the field below them.
func (v *view) focusConsent(n int) func() {
	return func() {
		asked := v.s.model.judge.Rules().Scheme.Asking.Consents
		if n >= len(asked) {
			v.columns.Reveal(v.help)
			v.help.Field.Focus()
			return
		}
		a := v.asked[asked[n].Purpose]
		v.columns.Reveal(a)
		a.Focus(v.s.window)
	}
}

// consents are asked one by one, with nothing chosen. Y and T answer, and go on.
func (v *view) consents() fyne.CanvasObject {
	rows := widgets.Column(6)
	for i, c := range v.s.model.judge.Rules().Scheme.Asking.Consents {
		desk := v.question(v.focusConsent(i+1), func(value string) { v.s.model.Consent(c.Purpose, value == Yes) })
		question, _ := words.Question(v.s.window.Lang(), c.Purpose, c.Text)
		a := widgets.NewAsked(desk, question,
			widgets.Option{Value: Yes, Word: v.say("ui.yes")}, widgets.Option{Value: No, Word: v.say("ui.no")})
		a.OnChosen = func(value string) {
			v.s.model.Consent(c.Purpose, value == Yes)
			v.s.changed()
		}
		v.asked[c.Purpose] = a
		rows.Add(a)
	}
	return rows
}

// renderProof shows the picture of the e-KTP, and the signature or the archive sheet.
func (v *view) renderProof(m *Model) {
	if !v.stale("proof", m.OnPaper(), m.Draft.Form.Record.Evidence, v.pad.Empty()) {
		return
	}
	v.chips[onPaper].Set(yes(m.OnPaper()))
	var parts []fyne.CanvasObject
	frame := func(kind, icon string, act func()) {
		parts = append(parts, widgets.Frame(v.s.window, icon, v.say("ui.daftar.evidence."+kind), m.Has(kind), act))
	}
	if v.s.uses.ChooseFile != nil {
		frame(ektp, "picture", func() { v.s.chooseFile(ektp) })
	}
	switch {
	case m.OnPaper() && v.s.uses.ChooseFile != nil:
		frame(archive, "file", func() { v.s.chooseFile(archive) })
	case m.OnPaper():
	case m.Has(signature) && v.pad.Empty():
		frame(signature, "check", v.s.signAgain)
	default:
		parts = append(parts, v.pad)
	}
	v.proof.Objects = []fyne.CanvasObject{widgets.Beside(10, parts...)}
	if v.s.uses.ChooseFile != nil {
		v.proof.Objects = append(v.proof.Objects, widgets.Flow(8, v.rarer(m, photo, "camera"), v.rarer(m, thumbprint, "picture")))
	}
	v.proof.Refresh()
}

// rarer is evidence for who cannot sign, or has no e-KTP at hand.
func (v *view) rarer(m *Model, kind, icon string) fyne.CanvasObject {
	if m.Has(kind) {
		icon = "check"
	}
	return widgets.NewButton(v.s.window, widgets.Link, v.say("ui.daftar.evidence."+kind), func() { v.s.chooseFile(kind) }).WithIcon(icon)
}
