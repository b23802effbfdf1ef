package pengaturan

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"loket/app"
	"loket/app/access"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// view is the picture of the model, panel by panel, so that one that is drawn again does not take
// the keyboard away from another.
type view struct {
	s       *Screen
	display map[string]*widgets.Choice
	fields  map[string]*widgets.Field // of the open form
	role    *widgets.Choice           // of the open form
	openers map[Mode]*widgets.Button
	folder  *widgets.Field

	printer, people, pin, about *fyne.Container
}

func newView(s *Screen) *view {
	return &view{
		s: s, display: map[string]*widgets.Choice{}, fields: map[string]*widgets.Field{}, openers: map[Mode]*widgets.Button{},
		printer: container.NewStack(), people: container.NewStack(), pin: container.NewStack(), about: container.NewStack(),
	}
}

func (v *view) say(key string, pairs ...any) string { return v.s.window.Say(key, pairs...) }

func (v *view) problem(err error) string { return words.Error(v.s.window.Lang(), err) }

func (v *view) render(m Model) fyne.CanvasObject {
	v.drawPrinter(m)
	v.drawForms(m)
	v.drawAbout(m)
	gutter := theme.Size(theme.Gutter)
	left := widgets.Column(gutter, v.looks(), v.printer, v.pin)
	right := widgets.Column(gutter, v.people, v.about)
	return widgets.Split(1, left, right)
}

// drawForms draws the panels that have a form.
func (v *view) drawForms(m Model) {
	clear(v.fields)
	v.role = nil
	v.drawPeople(m)
	v.drawPIN(m)
}

func put(into *fyne.Container, o fyne.CanvasObject) {
	into.Objects = []fyne.CanvasObject{o}
	into.Refresh()
}

// looks is how the screens look: each choice is done and kept at once.
func (v *view) looks() fyne.CanvasObject {
	look := v.s.uses.Look()
	var langs, scales, modes []widgets.Option
	for _, l := range words.Langs {
		langs = append(langs, widgets.Option{Value: string(l), Word: v.say("ui.settings.lang." + string(l))})
	}
	for _, n := range theme.Scales {
		scales = append(scales, widgets.Option{Value: strconv.Itoa(n), Word: strconv.Itoa(n) + "%"})
	}
	for _, m := range theme.Modes {
		modes = append(modes, widgets.Option{Value: string(m), Word: v.say("ui.settings.mode." + string(m))})
	}
	yesNo := []widgets.Option{{Value: "no", Word: v.say("ui.no")}, {Value: "yes", Word: v.say("ui.yes")}}
	mode, touch := theme.Light, "no"
	if look.Mode != "" {
		mode = look.Mode
	}
	if look.Touch {
		touch = "yes"
	}
	return widgets.Panel(v.say("ui.settings.display"), widgets.Grid(12, choiceLeast,
		v.choice("lang", string(v.s.window.Lang()), v.s.setLang, langs),
		v.choice("scale", strconv.Itoa(max(look.Scale, 100)), v.setScale, scales),
		v.choice("mode", string(mode), v.setMode, modes),
		v.choice("touch", touch, v.setTouch, yesNo)))
}

// choiceLeast is the width that a choice needs beside another.
const choiceLeast = 245

func (v *view) choice(name, value string, chosen func(string), options []widgets.Option) fyne.CanvasObject {
	c := widgets.NewChoice(v.s.window, v.say("ui.settings."+name), options...)
	c.SetValue(value)
	c.OnChosen = chosen
	v.display[name] = c
	return c
}

func (v *view) setScale(value string) {
	n, err := strconv.Atoi(value)
	if err == nil {
		v.s.setLook("scale", func(l *theme.Look) { l.Scale = n })
	}
}

func (v *view) setMode(value string) {
	v.s.setLook("mode", func(l *theme.Look) { l.Mode = theme.Mode(value) })
}

func (v *view) setTouch(value string) {
	v.s.setLook("touch", func(l *theme.Look) { l.Touch = value == "yes" })
}

// drawPrinter is where documents are printed to.
func (v *view) drawPrinter(m Model) {
	v.folder = widgets.NewField(v.s.window, v.say("ui.settings.folder"))
	v.folder.SetText(m.Printer.Folder)
	v.folder.OnChanged = func(text string) {
		v.s.model.Printer.Folder, v.s.model.Printer.Saved = text, false
		v.folder.Say(widgets.Plain, "")
	}
	v.folder.OnLeft = func(string) { v.s.keepFolder() }
	parts := []fyne.CanvasObject{widgets.NewPara(widgets.Body, v.say("ui.settings.printer.more")), v.folder}
	if v.s.may(access.Settings) {
		if v.s.uses.ChooseFolder != nil {
			parts = append(parts, widgets.Row(0, widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.settings.choose"), v.s.chooseFolder)))
		}
	} else {
		v.folder.Allow(false)
		parts = append(parts, widgets.NewPara(widgets.SmallStyle, v.say("ui.settings.printer.supervisor")))
	}
	put(v.printer, widgets.Panel(v.say("ui.settings.printer"), parts...))
	v.sayFolder(m)
}

// sayFolder tells below the field whether the folder was kept.
func (v *view) sayFolder(m Model) {
	switch {
	case m.Printer.Err != nil:
		v.folder.Say(widgets.Bad, v.problem(m.Printer.Err))
	case m.Printer.Saved:
		v.folder.Say(widgets.Good, v.say("ui.settings.kept"))
	}
}

// drawAbout is what this is, and what stands plain on the disk.
func (v *view) drawAbout(m Model) {
	a, none := m.About, v.say("ui.settings.about.none")
	or := func(text string) string {
		if text == "" {
			return none
		}
		return text
	}
	trust := none
	if !a.Trust.IsZero() {
		trust = v.say("ui.settings.about.renewed", "ago", widgets.Ago(v.s.window, a.Trust, v.s.uses.Clock.Now()))
	}
	parts := []fyne.CanvasObject{
		v.fact("ui.settings.about.version", or(a.Version)),
		v.fact("ui.settings.about.kiosk", or(a.Kiosk)),
		v.fact("ui.settings.about.office", or(a.Office)),
		v.fact("ui.settings.about.trust", trust),
		v.fact("ui.settings.about.data", or(a.Data)),
	}
	if !a.Keys.IsZero() {
		parts = append(parts, widgets.NewNote(widgets.Waiting, v.say("ui.settings.about.keys", "date", app.DateOf(a.Keys).String())))
	}
	if m.AboutErr != nil {
		parts = append(parts, widgets.NewNote(widgets.Bad, v.problem(m.AboutErr)))
	}
	parts = append(parts, widgets.Rule(),
		widgets.NewNote(widgets.Good, v.say("ui.settings.about.sealed")),
		widgets.NewNote(widgets.Waiting, v.say("ui.settings.about.plain")))
	put(v.about, widgets.Panel(v.say("ui.settings.about"), parts...))
}

func (v *view) fact(key, value string) fyne.CanvasObject {
	return widgets.Shares(12, []float32{1, 1.8}, widgets.NewPara(widgets.Quiet, v.say(key)), widgets.NewPara(widgets.Body, value))
}
