package kirim

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// enrolling is what the enrolment's picture hangs on. It is drawn again only when that changes,
// because somebody may be typing there.
type enrolling struct {
	known, enrolled, asked, ask, busy bool
	problem                           string
	behind, may, going                bool
	kiosk                             string
	gone                              GoneOn
}

func (v *view) drawEnrolment(m Model) {
	now := enrolling{
		known: m.Known, enrolled: m.State.Enrolled, asked: m.State.Asked, ask: m.AskToken(), busy: m.Work == Enrolling,
		behind: m.Behind(), may: m.May, going: m.Work == GoingOn, kiosk: m.Kiosk.String(), gone: m.Gone,
	}
	if m.CodeErr != nil {
		now.problem = v.problem(m.CodeErr)
	}
	if now == v.enrolDrawn {
		return
	}
	v.enrolDrawn = now
	var parts []fyne.CanvasObject
	for _, part := range []fyne.CanvasObject{v.gonePanel(m), v.behindPanel(m, now.problem), v.enrolPanel(m, now.problem)} {
		if part != nil {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		put(v.enrolment, nil)
		return
	}
	put(v.enrolment, widgets.Column(theme.Size(theme.Gutter), parts...))
}

// enrolPanel is shown until head office has answered.
func (v *view) enrolPanel(m Model, problem string) fyne.CanvasObject {
	if !m.Known || m.State.Enrolled || m.Behind() {
		return nil
	}
	v.token.SetText(m.Code)
	v.token.Say(widgets.Plain, "")
	if problem != "" {
		v.token.Say(widgets.Bad, problem)
	}
	title := v.say("ui.kirim.enrol")
	switch {
	case m.Work == Enrolling:
		return widgets.StatePanel(widgets.Waiting, title, widgets.NewPara(widgets.Body, v.say("ui.kirim.enrol.busy")))
	case !m.AskToken():
		again := widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.kirim.enrol.again"), v.askToken)
		return widgets.StatePanel(widgets.Waiting, title,
			widgets.NewPara(widgets.Body, v.say("ui.kirim.enrol.asked")), widgets.Row(0, again))
	}
	buttons := []fyne.CanvasObject{widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.kirim.enrol.go"), v.s.enrol)}
	if v.s.uses.ChooseFile != nil {
		file := widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.kirim.token.file"), v.s.chooseToken).WithIcon("file")
		buttons = append(buttons, file)
	}
	return widgets.StatePanel(widgets.Waiting, title,
		widgets.NewPara(widgets.Body, v.say("ui.kirim.enrol.needed")), v.token, widgets.Flow(10, buttons...))
}

func (v *view) askToken() {
	v.s.model.Asking = true
	v.s.draw()
	v.token.Focus()
}

// newsPanel is what head office says, and news that could not be used.
func (v *view) newsPanel(m Model) fyne.CanvasObject {
	var lines []fyne.CanvasObject
	state := widgets.Known
	if m.Message != "" {
		lines = append(lines, widgets.NewPara(widgets.Body, m.Message))
	}
	for _, p := range m.Problems() {
		state = widgets.Waiting
		lines = append(lines, widgets.NewNote(widgets.Waiting, v.say(p.Key, "number", p.Number, "why", v.problem(p.Err))))
	}
	if m.State.Recall != "" {
		state = widgets.Bad
		lines = append([]fyne.CanvasObject{widgets.NewPara(widgets.Strong.In(theme.Red), v.say("post.recalled"))}, lines...)
	}
	if len(lines) == 0 {
		return nil
	}
	return widgets.StatePanel(state, v.say("ui.kirim.news"), lines...)
}

// listPanel is how old the signed lists are, and until when this kiosk may work without news.
func (v *view) listPanel(m Model) fyne.CanvasObject {
	if !m.Known {
		return nil
	}
	s := m.State
	lines := []fyne.CanvasObject{
		v.age(m, "ui.kirim.lists.trust", s.Trust),
		v.age(m, "ui.kirim.lists.status", s.Status),
		v.permit(m),
	}
	if m.Anew() {
		again := v.say("ui.kirim.lists.anew", "number", app.GroupThousands(strconv.FormatUint(s.News.Number, 10)))
		lines = append(lines, v.fact("ui.kirim.lists.news", again, widgets.Plain))
	}
	return widgets.Panel(v.say("ui.kirim.lists"), lines...)
}

func (v *view) age(m Model, key string, issued time.Time) fyne.CanvasObject {
	switch m.AgeOf(issued) {
	case AgeNone:
		return v.fact(key, v.say("ui.kirim.lists.none"), widgets.Plain)
	case AgeOld:
		return v.fact(key, v.say("ui.kirim.lists.old", "ago", widgets.Ago(v.s.window, issued, m.Now)), widgets.Waiting)
	case AgeGood:
	}
	return v.fact(key, v.say("ui.kirim.lists.fresh", "ago", widgets.Ago(v.s.window, issued, m.Now)), widgets.Plain)
}

func (v *view) permit(m Model) fyne.CanvasObject {
	const key = "ui.kirim.permit"
	until := m.State.Authority.In(m.Now.Location())
	switch {
	case m.PermitAge() == AgeNone:
		return v.fact(key, v.say("ui.kirim.lists.none"), widgets.Plain)
	case !m.Now.Before(until):
		return v.fact(key, v.say("ui.kirim.permit.over", "date", app.DateOf(until)), widgets.Bad)
	case m.PermitAge() == AgeOld:
		return v.fact(key, v.say("ui.kirim.permit.until", "date", app.DateOf(until)), widgets.Waiting)
	}
	return v.fact(key, v.say("ui.kirim.permit.until", "date", app.DateOf(until)), widgets.Plain)
}

// receiptsShown is how many of the last receipts are listed.
const receiptsShown = 5

// receiptPanel lists head office's last receipts.
func (v *view) receiptPanel(m Model) fyne.CanvasObject {
	if v.s.uses.Receipts == nil || !m.Known {
		return nil
	}
	var lines []fyne.CanvasObject
	for _, r := range m.Receipts[:min(len(m.Receipts), receiptsShown)] {
		what := v.say("ui.kirim.receipt", "batch", r.Batch, "entries", number(r.Entries))
		lines = append(lines, widgets.Column(6, widgets.Rule(), widgets.Row(8,
			widgets.NewIcon(widgets.Good.Icon(), theme.Green, theme.Size(theme.Small)+2),
			widgets.Stretch(widgets.NewPara(widgets.Body, what)),
			widgets.NewText(widgets.LabelStyle, widgets.Moment(v.s.window, r.At, m.Now)))))
	}
	if len(lines) == 0 {
		lines = append(lines, widgets.NewPara(widgets.Quiet, v.say("ui.kirim.receipts.none")))
	}
	return widgets.Panel(v.say("ui.kirim.receipts"), widgets.Column(6, lines...))
}
