package masuk

import (
	"fyne.io/fyne/v2"

	"loket/app/words"
	"loket/ui/widgets"
)

// lostWay is the way for who does not know the PIN any more.
func (v *view) lostWay() fyne.CanvasObject {
	return widgets.Row(0, widgets.NewButton(v.s.window, widgets.Link, v.say("ui.forgot"), v.s.lost).Large())
}

// forgotten says what to do: a supervisor helps; where none can, head office does.
func (v *view) forgotten(m Model) fyne.CanvasObject {
	head := v.head("ui.forgot")
	switch {
	case m.Busy && m.Forgot.Answer != nil:
		return widgets.Column(14, head, widgets.Panel("", v.spinner("ui.signin.opening")))
	case m.Busy:
		return widgets.Column(14, head, widgets.Panel("", v.spinner("ui.forgot.working")))
	case m.Forgot.Answer != nil:
		return widgets.Column(14, head, v.recovering())
	}
	colleague := widgets.Panel(v.say("ui.forgot.colleague"), widgets.NewPara(widgets.Body, v.say("ui.forgot.colleague.more")))
	return widgets.Column(14, head, colleague, v.office(m))
}

// office is the way by head office: the request with its code, and the answer.
func (v *view) office(m Model) fyne.CanvasObject {
	f := m.Forgot
	parts := []fyne.CanvasObject{widgets.NewPara(widgets.Body, v.say("ui.forgot.office.more"))}
	if m.Err != nil {
		parts = append(parts, widgets.NewNote(widgets.Bad, words.Error(v.s.window.Lang(), m.Err)))
	}
	ask := widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.forgot.ask"), v.s.askOffice).WithIcon("file").Large()
	ask.Allow(f.Known)
	keys := []fyne.CanvasObject{ask}
	if f.Code != "" {
		parts = append(parts, v.waiting(f))
		answer := widgets.NewButton(v.s.window, widgets.Primary, v.say("ui.forgot.answer"), v.s.takeAnswer).WithIcon("check").Large()
		keys, v.next = []fyne.CanvasObject{answer, ask}, answer
	} else {
		v.next = ask
	}
	return widgets.Panel(v.say("ui.forgot.office"), append(parts, widgets.Flow(10, keys...))...)
}

// waiting is the request that waits for its answer: its code in large, to be read on the telephone.
func (v *view) waiting(f Forgot) fyne.CanvasObject {
	where := widgets.NewPara(widgets.Body, v.say("ui.forgot.waits"))
	if f.File != "" {
		where = widgets.NewPara(widgets.Body, v.say("ui.forgot.written", "file", f.File))
	}
	code := widgets.Column(2, widgets.NewPara(widgets.LabelStyle, v.say("ui.forgot.code")), widgets.NewText(widgets.HugeStyle, f.Code))
	return widgets.Shares(20, []float32{1, 1.6}, code, widgets.Column(6, where, widgets.NewPara(widgets.SmallStyle, v.say("ui.forgot.read"))))
}

// recovering asks who the new supervisor is.
func (v *view) recovering() fyne.CanvasObject {
	return v.newcomer(&v.s.model.Forgot.Newcomer, newPlace{
		head: []fyne.CanvasObject{widgets.NewNote(widgets.Good, v.say("ui.forgot.good"))},
		foot: v.say("ui.forgot.own"), least: leastSupervisor, take: v.s.recoverPIN,
	})
}

func (v *view) focusForgotten(m Model) {
	switch {
	case m.Forgot.Answer != nil:
		v.focusNewcomer(m.Forgot.Newcomer)
	case v.next != nil:
		v.s.window.Focus(v.next, 0)
	}
}
