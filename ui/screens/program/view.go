package program

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// view is the picture of the model: one page at a time, and what the keyboard goes to.
type view struct {
	s       *Screen
	room    widgets.Room
	form    *formView
	file    *fileView
	verdict *verdictView
	first   func() // brings the keyboard to where the page begins; nil for nowhere
}

func newView(s *Screen) *view { return &view{s: s} }

func (v *view) say(key string, pairs ...any) string { return v.s.window.Say(key, pairs...) }

// render draws the page, with what went wrong above it.
func (v *view) render(room widgets.Room) fyne.CanvasObject {
	v.room, v.first = room, nil
	page := v.page()
	if v.s.model.Err != nil {
		trouble := widgets.Banner(v.s.window, widgets.Bad, words.Error(v.s.window.Lang(), v.s.model.Err))
		page = widgets.Column(theme.Size(theme.Gutter), trouble, widgets.Stretch(page))
	}
	return widgets.Pad(0, 1, page)
}

func (v *view) page() fyne.CanvasObject {
	m := &v.s.model
	switch m.Page {
	case PageForm:
		v.form = newFormView(v.s)
		return v.form.render()
	case PageProgramme:
		return v.programme()
	case PageBudget:
		return v.budgetPage()
	case PageFile, PageVerdict, PageDone:
		if v.room == widgets.Small && m.Page == PageVerdict {
			return v.listPage()
		}
		return widgets.Column(theme.Size(theme.Gutter), v.steps(), widgets.Stretch(v.listPage()))
	}
	return v.list()
}

func (v *view) listPage() fyne.CanvasObject {
	m := &v.s.model
	switch {
	case m.Work == Opening || m.Work == Judging || m.Work == Importing:
		return v.working("ui.program.work." + string(m.Work))
	case m.Page == PageFile && !m.Import.Has():
		return v.beforeFile()
	case m.Page == PageFile:
		v.file = newFileView(v.s, v.room)
		return v.file.render()
	case m.Page == PageVerdict:
		v.verdict = newVerdictView(v.s, v.room)
		return v.verdict.render()
	}
	return v.done()
}

// working says what goes on; how far it has come is told by the window.
func (v *view) working(key string) fyne.CanvasObject {
	turning := widget.NewActivity()
	turning.Start()
	return widgets.Panel("", widgets.Stretch(widgets.Column(14, widgets.Gap(),
		container.NewCenter(widgets.Sized(48, 48, turning)),
		widgets.NewPara(widgets.Style{Size: theme.Large, Colour: theme.Ink, Weight: theme.SemiBold}.Centred(), v.say(key)),
		container.New(readable{}, widgets.NewPara(widgets.Quiet.Centred(), v.say(key+".more"))),
		widgets.Gap())))
}

// steps is the way of a list: where one is, and what comes.
func (v *view) steps() fyne.CanvasObject {
	m := &v.s.model
	at := map[Page]int{PageFile: 1, PageVerdict: 2, PageDone: 4}[m.Page]
	if m.Page == PageFile && !m.Import.Has() {
		at = 0
	}
	if m.Work == Importing {
		at = 3
	}
	row := widgets.Flow(8)
	for i, step := range []string{"file", "columns", "verdict", "import"} {
		state := widgets.Plain
		switch {
		case i < at:
			state = widgets.Good
		case i == at:
			state = widgets.Known
		}
		row.Add(stepPill(state, number(i+1)+" · "+v.say("ui.program.step."+step)))
	}
	return row
}

func stepPill(state widgets.State, word string) fyne.CanvasObject {
	if state == widgets.Plain {
		return widgets.Pad(10, 4, widgets.NewText(widgets.SmallStyle, word))
	}
	return widgets.Pill(state, word)
}

// focus puts the keyboard where the next key belongs.
func (v *view) focus() {
	if v != nil && v.first != nil {
		v.first()
	}
}

// beforeFile says what a list is.
func (v *view) beforeFile() fyne.CanvasObject {
	return v.hint("file", "ui.program.file", "ui.program.file.kinds")
}

// hint says what will stand here: in lines that are not too long to read.
func (v *view) hint(icon, key, how string) fyne.CanvasObject {
	return widgets.Panel("", widgets.Stretch(widgets.Column(12, widgets.Gap(),
		container.NewCenter(widgets.NewIcon(icon, theme.Muted, 56*theme.Scale())),
		widgets.NewPara(widgets.Style{Size: theme.Large, Colour: theme.Ink, Weight: theme.SemiBold}.Centred(), v.say(key)),
		container.New(readable{}, widgets.NewPara(widgets.Body.In(theme.Muted).Centred(), v.say(key+".more"))),
		widgets.NewPara(widgets.LabelStyle.Centred(), v.say(how)), widgets.Gap())))
}

// readable keeps a text in the middle, at a width that eyes can follow.
type readable struct{}

const readableWide = 620

func (readable) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (readable) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	wide := min(size.Width, readableWide*theme.Scale())
	objects[0].Resize(fyne.NewSize(wide, size.Height))
	objects[0].Move(fyne.NewPos((size.Width-wide)/2, 0))
}

// fact is a word with what it is about, below each other.
func fact(word, value string) fyne.CanvasObject {
	if value == "" {
		value = "–"
	}
	return widgets.Column(1, widgets.NewPara(widgets.LabelStyle, word), widgets.NewPara(widgets.Body, value))
}

// tabs are chips to turn between lists.
func (v *view) tabs(chosen int, words []string, turn func(i int)) fyne.CanvasObject {
	high := theme.Size(theme.Button)
	row := widgets.Flow(8)
	for i, word := range words {
		face := widgets.Face{Fill: theme.GreyTint, Radius: high / 2, PadX: 12, PadY: 3, Least: fyne.NewSize(0, high)}
		style := widgets.Style{Size: theme.Label, Colour: theme.Ink}
		if i == chosen {
			face.Fill, style.Colour, style.Weight = theme.Teal, theme.OnTeal, theme.SemiBold
		}
		row.Add(widgets.NewPress(v.s.window, face, widgets.NewText(style, word), func() { turn(i) }))
	}
	return row
}
