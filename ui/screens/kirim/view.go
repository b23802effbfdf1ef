package kirim

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"loket/app"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// view is the picture of the model. What can have the keyboard is made once; the rest is drawn
// again whenever the state was read.
type view struct {
	s      *Screen
	folder *widgets.Field
	token  *widgets.Field
	keys   map[Work]*widgets.Button

	light, line, receipts, journey, lists, news *fyne.Container
	enrolment                                   *fyne.Container
	enrolDrawn                                  enrolling
}

func newView(s *Screen) *view {
	v := &view{s: s, keys: map[Work]*widgets.Button{}}
	for _, part := range []**fyne.Container{&v.light, &v.line, &v.receipts, &v.journey, &v.lists, &v.news, &v.enrolment} {
		*part = container.NewStack()
		(*part).Hide()
	}
	v.folder = widgets.NewField(s.window, v.say("ui.kirim.stick.folder")).Placeholder(v.say("ui.kirim.stick.hint"))
	v.folder.SetText(s.model.Folder)
	v.folder.OnChanged = func(text string) { s.model.Folder = text }
	v.token = widgets.NewField(s.window, v.say("ui.kirim.token")).Placeholder(v.say("ui.kirim.token.hint")).OnEnter(s.useToken)
	v.token.Shape = widgets.ShortCode
	v.token.SetText(s.model.Code)
	v.token.OnChanged = func(text string) { s.model.Code = text }
	for w, key := range map[Work]string{Exporting: "ui.kirim.stick.out", Importing: "ui.kirim.stick.in"} {
		v.keys[w] = widgets.NewButton(s.window, widgets.Secondary, v.say(key), func() { s.carry(w) }).WithIcon("usb")
	}
	return v
}

func (v *view) say(key string, pairs ...any) string { return v.s.window.Say(key, pairs...) }

func (v *view) problem(err error) string { return words.Error(v.s.window.Lang(), err) }

func (v *view) render(m Model) fyne.CanvasObject {
	v.update(m)
	gutter := theme.Size(theme.Gutter)
	left := widgets.Column(gutter, v.enrolment, v.light, v.line, v.news, v.receipts)
	right := widgets.Column(gutter, v.stick(), v.lists)
	return widgets.Split(1.45, left, right)
}

// update draws the parts from the model.
func (v *view) update(m Model) {
	put(v.light, v.lightPanel(m))
	put(v.line, v.linePanel(m))
	put(v.receipts, v.receiptPanel(m))
	put(v.journey, v.journeyNote(m))
	put(v.lists, v.listPanel(m))
	put(v.news, v.newsPanel(m))
	v.drawEnrolment(m)
	for _, key := range v.keys {
		key.Allow(m.Work == Idle)
	}
}

// focus brings the keyboard back to the button of a work.
func (v *view) focus(w Work) {
	if key := v.keys[w]; key != nil {
		v.s.window.Focus(key, 0)
	}
}

// put shows an object, or nothing: then the part takes no room.
func put(into *fyne.Container, o fyne.CanvasObject) {
	into.Objects = nil
	if o != nil {
		into.Objects = []fyne.CanvasObject{o}
	}
	into.Hidden = o == nil
	into.Refresh()
}

// lightPanel is the light: large, to be seen from the door.
func (v *view) lightPanel(m Model) fyne.CanvasObject {
	side := 46 * theme.Scale()
	switch n := m.Here(); {
	case !m.Known:
		return widgets.Panel("", widgets.NewPara(widgets.Quiet, v.say("ui.kirim.reading")))
	case n == 0:
		return widgets.StatePanel(widgets.Good, "", widgets.Row(16,
			widgets.NewIcon(widgets.Good.Icon(), theme.Green, side),
			widgets.Stretch(widgets.Column(4,
				widgets.NewPara(widgets.LargeStyle.In(theme.Green), v.say("ui.kirim.light.none")),
				widgets.NewPara(widgets.Body, v.say("ui.kirim.light.none.more"))))))
	default:
		return widgets.StatePanel(widgets.Waiting, "", widgets.Row(18,
			widgets.NewText(widgets.HugeStyle.In(theme.Amber), number(n)),
			widgets.Stretch(widgets.Column(4,
				widgets.NewPara(widgets.LargeStyle.In(theme.Amber), v.say("ui.kirim.light.some")),
				widgets.NewPara(widgets.Body, v.why(m))))),
			v.made(m))
	}
}

// why says why records exist here alone: not sent yet, or lost by a head office that was restored.
func (v *view) why(m Model) string {
	if n := m.State.Again; n > 0 {
		return v.say("ui.kirim.light.again", "batches", number(n))
	}
	return v.say("ui.kirim.light.some.more")
}

// made says what the number of the light is made of.
func (v *view) made(m Model) fyne.CanvasObject {
	s := m.State
	return widgets.Grid(12, 100,
		widgets.SmallFigure(number(s.Entries), v.say("ui.kirim.entries"), widgets.Plain),
		widgets.SmallFigure(number(s.Attachments), v.say("ui.kirim.attachments"), widgets.Plain),
		widgets.SmallFigure(number(s.Batches), v.say("ui.kirim.batches"), widgets.Plain))
}

// linePanel is how the line stands: last contact, what is wrong, when the next try comes.
func (v *view) linePanel(m Model) fyne.CanvasObject {
	if !m.Known {
		return nil
	}
	state, word := widgets.Good, "ui.kirim.line.good"
	switch m.Line() {
	case LineNever:
		state, word = widgets.Plain, "ui.kirim.line.never"
	case LineStill:
		state, word = widgets.Waiting, "ui.kirim.line.still"
	case LineFailing:
		state, word = widgets.Bad, "ui.kirim.line.failing"
	case LineGood:
	}
	icon := "line"
	if state != widgets.Good {
		icon = "noline"
	}
	ink := state.Ink()
	parts := []fyne.CanvasObject{widgets.Row(8,
		widgets.NewIcon(icon, ink, theme.Size(theme.Icon)), widgets.Stretch(widgets.NewPara(widgets.Strong.In(ink), v.say(word))))}
	if err := m.LineProblem(); err != nil {
		parts = append(parts, widgets.NewPara(widgets.Body, v.problem(err)))
	}
	if m.Err != nil {
		parts = append(parts, widgets.NewNote(widgets.Bad, v.problem(m.Err)))
	}
	return widgets.Panel(v.say("ui.kirim.line"), append(parts, v.contact(m)...)...)
}

func (v *view) contact(m Model) (lines []fyne.CanvasObject) {
	c := m.State.Contact
	last := v.say("ui.kirim.line.not_yet")
	if !c.Good.IsZero() {
		last = widgets.Moment(v.s.window, c.Good, m.Now) + " · " + widgets.Ago(v.s.window, c.Good, m.Now)
	}
	lines = append(lines, v.fact("ui.kirim.line.last", last, widgets.Plain))
	if c.Running && c.Next.After(m.Now) && m.LineProblem() != nil {
		lines = append(lines, v.fact("ui.kirim.line.next", widgets.Moment(v.s.window, c.Next, m.Now), widgets.Plain))
	}
	return lines
}

// fact is a word and what stands for it, in one line.
func (v *view) fact(key, value string, state widgets.State) fyne.CanvasObject {
	style := widgets.Body
	if state != widgets.Plain {
		style = style.In(state.Ink())
	}
	return widgets.Shares(12, []float32{1, 1.5}, widgets.NewPara(widgets.Quiet, v.say(key)), widgets.NewPara(style, value))
}

// stick is carrying by USB stick, which needs no line and no head office.
func (v *view) stick() fyne.CanvasObject {
	var folder fyne.CanvasObject = v.folder
	if v.s.uses.ChooseFolder != nil {
		choose := widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.kirim.stick.choose"), func() { v.s.chooseFolder(func() {}) })
		folder = widgets.Column(8, v.folder, widgets.Row(0, choose))
	}
	return widgets.Panel(v.say("ui.kirim.stick"),
		widgets.NewPara(widgets.Body, v.say("ui.kirim.stick.more")),
		folder, v.keys[Exporting], v.keys[Importing], v.journey)
}

func (v *view) journeyNote(m Model) fyne.CanvasObject {
	c := m.Stick.Carried
	switch {
	case m.Work == Exporting, m.Work == Importing:
		return widgets.NewPara(widgets.Quiet, v.say("ui.kirim.stick.busy"))
	case m.StickErr != nil:
		return widgets.NewNote(widgets.Bad, v.problem(m.StickErr))
	case m.Stick.Done == Exporting:
		return widgets.NewNote(widgets.Good, v.say("post.exported", "batches", number(c.Batches), "attachments", number(c.Attachments)))
	case m.Stick.Done == Importing:
		return widgets.NewNote(widgets.Good, v.say("post.imported", "frames", number(c.Frames), "applied", number(c.Applied)))
	}
	return nil
}

func number(n int) string { return app.GroupThousands(strconv.Itoa(n)) }
