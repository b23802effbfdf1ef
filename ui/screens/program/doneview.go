package program

import (
	"fyne.io/fyne/v2"

	"loket/ui/theme"
	"loket/ui/widgets"
)

// done says what an import did: what is on this computer now, and that it was not sent yet.
func (v *view) done() fyne.CanvasObject {
	i := &v.s.model.Import
	o := i.Outcome
	state, key := widgets.Good, "ui.program.done"
	switch {
	case o.Stopped:
		state, key = widgets.Waiting, "ui.program.stopped"
	case i.Same:
		state, key = widgets.Known, "ui.program.same"
	}
	kept := o.New + o.Corrected + o.Unchanged
	if o.Stopped {
		kept = max(kept, i.Stopped)
	}
	sign := widgets.BigSign(state, v.say(key), "", v.say(key+".more", "n", number(kept), "of", number(i.Verdict.Accepted)))
	figures := widgets.Panel("", widgets.Shares(14, nil,
		widgets.SmallFigure(number(o.New), v.say("ui.program.col.new"), figureState(o.New, widgets.Good)),
		widgets.SmallFigure(number(o.Corrected), v.say("ui.program.col.corrected"), figureState(o.Corrected, widgets.Known)),
		widgets.SmallFigure(number(o.Unchanged), v.say("ui.program.col.unchanged"), widgets.Plain),
		widgets.SmallFigure(number(o.Left), v.say("ui.program.col.left"), figureState(o.Left, widgets.Waiting))))
	parts := []fyne.CanvasObject{widgets.Stretch(sign), figures}
	if o.Left > 0 && !i.Same {
		parts = append(parts, widgets.Banner(v.s.window, widgets.Waiting, v.say("ui.program.left.more", "n", number(o.Left)),
			widgets.Action{Word: v.say("ui.program.left.see"), Act: v.s.toLeavers}))
	}
	return widgets.Column(theme.Size(theme.Gutter), parts...)
}

func figureState(n int, state widgets.State) widgets.State {
	if n == 0 {
		return widgets.Plain
	}
	return state
}

// toLeavers opens the list of those who are not in the newest version.
func (s *Screen) toLeavers() {
	s.open(s.model.Chosen.Scope)
	s.model.Chosen.Tab = TabLeavers
	s.show()
}
