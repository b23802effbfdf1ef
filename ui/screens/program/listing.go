package program

import (
	"cmp"
	"encoding/hex"

	"fyne.io/fyne/v2"

	"loket/app/sponsor"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// list is the page of all programmes.
func (v *view) list() fyne.CanvasObject {
	m := &v.s.model
	shown := m.Shown()
	switch {
	case !m.Known:
		return widgets.Panel("", widgets.NewPara(widgets.Quiet, v.say("ui.program.reading")))
	case len(shown) == 0:
		return widgets.Column(10, append(v.begun(), widgets.Stretch(v.hint("programme", "ui.program.none", "ui.program.none.how")))...)
	}
	cards := widgets.Column(10, v.begun()...)
	for i, s := range shown {
		card := v.card(s)
		if i == 0 {
			v.first = func() { v.s.window.Focus(card, 0) }
		}
		cards.Add(card)
	}
	return cards
}

// begun is the form that nobody has saved yet.
func (v *view) begun() []fyne.CanvasObject {
	f := &v.s.model.Form
	if !f.Typing {
		return nil
	}
	return []fyne.CanvasObject{widgets.Banner(v.s.window, widgets.Waiting, v.say("ui.program.begun", "name", shortened(cmp.Or(f.text(InName), "–"), 60)),
		widgets.Action{Word: v.say("ui.program.begun.on"), Act: v.s.goOnTyping})}
}

// card is one programme in the list, to press.
func (v *view) card(s sponsor.Standing) *widgets.Press {
	who := widgets.Column(3, widgets.NewPara(widgets.LargeStyle, shortened(s.Name, 90)),
		widgets.NewPara(widgets.Body, v.say("payer."+string(s.Payer))+" · "+s.PayerName),
		widgets.NewPara(widgets.Quiet, decreeOf(v.s.window, s.Programme)+"\n"+span(v.s.window, s.First, s.Months)+" · "+s.Programmes.String()))
	body := widgets.Shares(24, []float32{1.35, 1}, who, widgets.Column(8, v.coverage(s), v.spent(s)))
	content := widgets.Column(10, body)
	if notes := v.notes(s); len(notes) > 0 {
		content.Add(widgets.Flow(8, notes...))
	}
	face := widgets.Face{Fill: theme.Surface, Stroke: theme.Line, Radius: theme.Size(theme.Radius), PadX: 18, PadY: 14, Left: true}
	return widgets.NewPress(v.s.window, face, content, func() { v.s.open(s.Scope) })
}

// coverage is how many are registered, against the target.
func (v *view) coverage(s sponsor.Standing) fyne.CanvasObject {
	if s.Target == 0 {
		return widgets.NewPara(widgets.Strong, v.say("ui.program.registered", "n", number(s.Registered)))
	}
	share := 100 * float64(s.Registered) / float64(s.Target)
	line := v.say("ui.program.registered_of", "n", number(s.Registered), "target", number(s.Target), "share", percent(int64(s.Registered), int64(s.Target)))
	return widgets.Column(5, widgets.NewPara(widgets.Strong, line), widgets.Coverage(min(share, 100), 100))
}

// spent is what the registered people cost, against the budget.
func (v *view) spent(s sponsor.Standing) fyne.CanvasObject {
	b, err := v.s.uses.Books.Budget(s.Programme, s.Registered)
	switch {
	case err != nil:
		return widgets.NewPara(widgets.SmallStyle, "")
	case b.Budget == 0:
		return widgets.NewPara(widgets.SmallStyle, v.say("ui.program.spent", "sum", b.Total))
	}
	line := v.say("ui.program.spent_of", "sum", b.Total, "budget", b.Budget, "share", percent(int64(b.Total), int64(b.Budget)))
	if b.Left < 0 {
		return widgets.NewNote(widgets.Bad, line)
	}
	return widgets.NewPara(widgets.SmallStyle, line)
}

// notes are what somebody should look at.
func (v *view) notes(s sponsor.Standing) (notes []fyne.CanvasObject) {
	if s.Closed {
		notes = append(notes, widgets.Pill(widgets.Plain, v.say("ui.program.closed")))
	}
	if s.Left > 0 {
		notes = append(notes, widgets.Pill(widgets.Waiting, v.say("ui.program.note.left", "n", number(s.Left))))
	}
	if s.Overlaps > 0 {
		notes = append(notes, widgets.Pill(widgets.Waiting, v.say("ui.program.note.overlaps", "n", number(s.Overlaps))))
	}
	if s.Rejected > 0 {
		notes = append(notes, widgets.Pill(widgets.Plain, v.say("ui.program.note.rejected", "n", number(s.Rejected))))
	}
	return notes
}

func keyOf(b []byte) string { return hex.EncodeToString(b) }
