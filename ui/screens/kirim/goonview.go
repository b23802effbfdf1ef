package kirim

import (
	"fyne.io/fyne/v2"

	"loket/ui/theme"
	"loket/ui/widgets"
)

// behindPanel stands above everything else while this folder is behind: what is missing, what goes on all
// the same, and how a supervisor lets the kiosk go on.
func (v *view) behindPanel(m Model, problem string) fyne.CanvasObject {
	if !m.Known || !m.Behind() {
		return nil
	}
	title := v.say("ui.kirim.goon.needed")
	if m.Work == GoingOn {
		return widgets.StatePanel(widgets.Waiting, title, widgets.NewPara(widgets.Body, v.say("ui.kirim.goon.busy")))
	}
	parts := []fyne.CanvasObject{widgets.NewPara(widgets.Body, v.problem(m.State.Trouble))}
	if !m.May || v.s.uses.Going.On == nil {
		return widgets.StatePanel(widgets.Bad, title, append(parts, widgets.NewPara(widgets.Strong, v.say("ui.kirim.goon.officer")))...)
	}
	v.token.SetText(m.Code)
	v.token.Say(widgets.Plain, "")
	if problem != "" {
		v.token.Say(widgets.Bad, problem)
	}
	buttons := []fyne.CanvasObject{widgets.NewButton(v.s.window, widgets.Primary, v.say("ui.kirim.goon.go"), v.s.goOn)}
	if v.s.uses.ChooseFile != nil {
		buttons = append(buttons, widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.kirim.token.file"), v.s.chooseToken).WithIcon("file"))
	}
	return widgets.StatePanel(widgets.Bad, title, append(parts,
		widgets.NewPara(widgets.Body, v.say("ui.kirim.goon.how", "kiosk", m.Kiosk)),
		v.token, widgets.Flow(10, buttons...))...)
}

// gonePanel is the result: which kiosk this is now, and what becomes of the one before.
func (v *view) gonePanel(m Model) fyne.CanvasObject {
	if m.Gone == (GoneOn{}) {
		return nil
	}
	return widgets.StatePanel(widgets.Good, "",
		widgets.NewPara(widgets.Strong.In(theme.Green), v.say("ui.kirim.goon.done", "kiosk", m.Gone.To)),
		widgets.NewPara(widgets.Body, v.say("ui.kirim.goon.after", "from", m.Gone.From)))
}
