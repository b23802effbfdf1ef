package lengkapi

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/counter"
	"loket/app/journal"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// view is the picture of the model.
type view struct {
	s       *Screen
	table   *widgets.Table
	picture *fyne.Container
	first   func() // brings the keyboard to the first field
}

func newView(s *Screen) *view { return &view{s: s} }

func (v *view) say(key string, pairs ...any) string { return v.s.window.Say(key, pairs...) }

func (v *view) render(m *Model) fyne.CanvasObject {
	if m.Page != nil {
		return widgets.NewFitting(func(room widgets.Room) fyne.CanvasObject { return v.page(m.Page, room) })
	}
	return v.lists(m)
}

// lists are the two work lists.
func (v *view) lists(m *Model) fyne.CanvasObject {
	tabs := widgets.NewChoice(v.s.window, "",
		widgets.Option{Value: string(app.WorkIncomplete), Word: v.say("ui.complete.tab.incomplete", "n", m.Counts[app.WorkIncomplete])},
		widgets.Option{Value: string(app.WorkSentBack), Word: v.say("ui.complete.tab.sent_back", "n", m.Counts[app.WorkSentBack])})
	tabs.SetValue(string(m.Tab))
	tabs.OnChosen = v.s.tab
	if m.Loaded && len(m.List) == 0 {
		return widgets.Column(theme.Size(theme.Gutter), tabs,
			widgets.Stretch(widgets.Hint("check", v.say("ui.complete.none."+string(m.Tab)), v.say("ui.complete.none.more"))))
	}
	what := "ui.complete.lacks"
	if m.Tab == app.WorkSentBack {
		what = "ui.complete.asked"
	}
	v.table = widgets.NewTable(v.s.window,
		widgets.Head{Title: v.say("field.name"), Share: 2},
		widgets.Head{Title: v.say(what), Share: 3.4},
		widgets.Head{Title: v.say("ui.complete.number"), Fit: "PS 00001-01-000001", Spare: 2},
		widgets.Head{Title: v.say("ui.complete.when"), Fit: "20-11-2026", Spare: 1})
	v.table.OnOpened = v.s.openKey
	v.table.OnSelected = func(key string) { m.Selected = key }
	var lines []widgets.Line
	for _, r := range m.List {
		lines = append(lines, widgets.Line{Key: Key(r), Cells: []widgets.Cell{
			{Text: r.Record.Person.Name, Strong: true},
			{Text: v.waits(m.Tab, r)},
			{Text: r.Number.String()},
			{Text: widgets.When(r.CapturedAt, v.s.uses.Clock.Now())},
		}})
	}
	v.table.Fill(lines, 0, len(lines))
	v.table.Select(m.Selected)
	return widgets.Column(theme.Size(theme.Gutter), tabs, widgets.Stretch(widgets.FlushPanel(v.table)))
}

// waits is what a registration waits for, in few words.
func (v *view) waits(tab app.WorkList, r app.Registration) string {
	if tab == app.WorkSentBack {
		return strings.Trim(v.say("sendback."+string(r.Review.Reason))+" · "+r.Review.Note, " ·")
	}
	var lacks []string
	for _, name := range r.Record.Lacks().Names() {
		lacks = append(lacks, v.say("lack."+name))
	}
	return strings.Join(lacks, ", ")
}

// page is the form beside the picture.
func (v *view) page(p *Page, room widgets.Room) fyne.CanvasObject {
	gutter := theme.Size(theme.Gutter)
	v.first = nil
	form := widgets.Column(gutter, v.head(p))
	if len(p.Alike) > 0 {
		form.Add(v.alike(p))
	}
	form.Add(v.form(p, room))
	if p.Half.Correcting {
		form.Add(v.reason(p))
	}
	side := v.pictures(p)
	if room == widgets.Small {
		return widgets.Column(gutter, form, side)
	}
	return widgets.Shares(gutter, []float32{1, 1.15}, side, form)
}

// head is who it is, what a supervisor asked for, and what went wrong.
func (v *view) head(p *Page) fyne.CanvasObject {
	r := p.Half.From
	parts := []fyne.CanvasObject{widgets.NewPara(widgets.LargeStyle, r.Record.Person.Name)}
	state := widgets.Plain
	if r.Review.SentBack {
		state = widgets.Waiting
		parts = append(parts, widgets.NewPara(widgets.Strong, v.say("ui.complete.sent_back", "who", v.s.nameOf(r.Review.By), "why", v.say("sendback."+string(r.Review.Reason)))))
		if r.Review.Note != "" {
			parts = append(parts, widgets.NewPara(widgets.Body, r.Review.Note))
		}
	}
	if len(p.Fields) == 0 {
		parts = append(parts, widgets.NewNote(widgets.Good, v.say("ui.complete.full")))
	}
	if p.Err != nil {
		parts = append(parts, widgets.NewNote(widgets.Bad, words.Error(v.s.window.Lang(), p.Err)))
	}
	if p.Half.Touched() {
		parts = append(parts, widgets.Row(0, widgets.NewButton(v.s.window, widgets.Link, v.say("ui.complete.drop"), v.s.drop)))
	}
	return widgets.StatePanel(state, "", parts...)
}

// reason is why the record is corrected.
func (v *view) reason(p *Page) fyne.CanvasObject {
	var options []widgets.Option
	for _, reason := range journal.CorrectionReasons {
		options = append(options, widgets.Option{Value: reason, Word: v.say("correct." + reason)})
	}
	choice := widgets.NewChoice(v.s.window, v.say("ui.complete.reason"), options...).Required()
	choice.SetValue(p.Half.Reason)
	if app.CodeOf(p.Err) == app.RecordNoReason { // it stands at the foot: the keyboard goes there
		choice.Say(widgets.Bad, words.Error(v.s.window.Lang(), p.Err))
		v.first = choice.Focus
	}
	choice.OnChosen = func(value string) {
		p.Half.Reason = value
		v.s.keep()
	}
	return widgets.Panel("", choice)
}

// alike asks about each registration that the corrected person looks like.
func (v *view) alike(p *Page) fyne.CanvasObject {
	parts := []fyne.CanvasObject{widgets.NewPara(widgets.Body, v.say("ui.complete.alike"))}
	for _, l := range p.Alike {
		choice := widgets.NewChoice(v.s.window, l.Name+" · "+l.NIK+" · "+l.Born.String(),
			widgets.Option{Value: string(counter.DifferentPerson), Word: v.say("compare.different")},
			widgets.Option{Value: string(counter.SamePerson), Word: v.say("compare.same")},
			widgets.Option{Value: string(counter.AskHeadOffice), Word: v.say("compare.ask_office")})
		choice.SetValue(string(p.Half.Compared[l.ID]))
		choice.OnChosen = func(value string) {
			p.Settle(l.ID, counter.Comparison(value))
			v.s.keep()
		}
		parts = append(parts, choice)
	}
	return widgets.StatePanel(widgets.Waiting, "", parts...)
}

// pictureHigh is the height of the picture beside the form.
const pictureHigh = 300

// pictures are the picture, those to choose from, and what can be added.
func (v *view) pictures(p *Page) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	all := p.Pictures()
	if len(all) > 1 {
		var options []widgets.Option
		for i, e := range all {
			options = append(options, widgets.Option{Value: strconv.Itoa(i), Word: v.say("ui.complete.kind." + e.Kind)})
		}
		choice := widgets.NewChoice(v.s.window, "", options...)
		choice.SetValue(strconv.Itoa(p.Shown))
		choice.OnChosen = func(value string) {
			p.Shown, _ = strconv.Atoi(value) //nolint:errcheck // made above
			p.Zoom = 0
			v.s.picture()
		}
		parts = append(parts, choice)
	}
	v.picture = widgets.Column(0)
	parts = append(parts, v.picture)
	v.fillPicture(p)
	return widgets.Panel(v.say("ui.complete.pictures"), append(parts, v.adding(p)...)...)
}

// adding offers the kinds of pictures that are not there yet.
func (v *view) adding(p *Page) (parts []fyne.CanvasObject) {
	for _, kind := range p.Wanted() {
		row := widgets.Flow(8)
		if v.s.options.Shoot != nil {
			row.Add(widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.complete.shoot."+kind), func() { v.s.shoot(kind) }).WithIcon("camera"))
		}
		if v.s.options.ChooseFile != nil {
			row.Add(widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.complete.file."+kind), func() { v.s.choose(kind) }).WithIcon("picture"))
		}
		parts = append(parts, row)
	}
	if v.s.options.Shoot == nil && len(parts) > 0 {
		parts = append(parts, widgets.NewPara(widgets.SmallStyle, v.say("ui.complete.no_camera")))
	}
	return parts
}

func (v *view) fillPicture(p *Page) {
	var shown fyne.CanvasObject
	switch {
	case len(p.Pictures()) == 0:
		shown = widgets.NewPara(widgets.Quiet, v.say("ui.complete.no_picture"))
	case p.Picture == nil:
		shown = widgets.Sized(0, pictureHigh*theme.Scale(), widgets.Gap())
	default:
		shown = widgets.NewViewer(v.s.window, p.Picture, pictureHigh, p.Zoom, widgets.ViewerWords{
			In: v.say("ui.complete.zoom.in"), Out: v.say("ui.complete.zoom.out"), Whole: v.say("ui.complete.zoom.whole"),
		}, func(zoom int) {
			p.Zoom = zoom
			v.showPicture()
		})
	}
	v.picture.Objects = []fyne.CanvasObject{shown}
	v.picture.Refresh()
}

// showPicture shows the picture without drawing the form again: somebody may be typing.
func (v *view) showPicture() {
	if p := v.s.model.Page; p != nil && v.picture != nil {
		v.fillPicture(p)
	}
}

func (v *view) focus() {
	m := &v.s.model
	switch {
	case m.Page != nil && v.first != nil:
		v.first()
	case m.Page == nil && v.table != nil && len(m.List) > 0:
		if m.Selected == "" {
			m.Selected = Key(m.List[0])
			v.table.Select(m.Selected)
		}
		v.table.Focus()
	}
}
