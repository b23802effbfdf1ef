package program

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"loket/app"
	"loket/app/counter"
	"loket/app/roster"
	"loket/app/words"
	"loket/ui/widgets"
)

// fileView shows what was found in a list: its sheets, the columns of one, and its first values.
type fileView struct {
	s     *Screen
	room  widgets.Room
	picks []*widgets.Pick
	asOf  *widgets.Field
	ready *fyne.Container
}

func newFileView(s *Screen, room widgets.Room) *fileView {
	return &fileView{s: s, room: room, ready: container.NewStack()}
}

func (f *fileView) say(key string, pairs ...any) string { return f.s.window.Say(key, pairs...) }

func (f *fileView) render() fyne.CanvasObject {
	i := &f.s.model.Import
	left := widgets.Column(10)
	if i.Headless {
		left.Add(widgets.Banner(f.s.window, widgets.Waiting, words.Error(f.s.window.Lang(), app.Fail(app.RosterNoHeader))+" "+f.say("ui.program.headless")))
	}
	if len(i.List.Book.Sheets) > 1 {
		left.Add(f.sheets())
	}
	left.Add(f.columns())
	if f.room != widgets.Roomy {
		strip := append([]fyne.CanvasObject{widgets.Grid(14, 160, f.side()...)}, f.aside()...)
		return widgets.Column(10, widgets.Panel("", strip...), left)
	}
	return widgets.Split(2, left, widgets.Panel("", append(f.side(), f.aside()...)...))
}

// sheetsMost is how many sheets stand beside each other; more are turned by a pick.
const sheetsMost = 12

// sheets lets one look at each sheet.
func (f *fileView) sheets() fyne.CanvasObject {
	i := &f.s.model.Import
	turn := func(at int) { i.Sheet = at; f.s.show() }
	var names []string
	var options []widgets.Option
	for n, s := range i.List.Book.Sheets {
		short := s
		short.Name = shortened(s.Name, 24)
		names = append(names, f.sheetWord(short))
		options = append(options, widgets.Option{Value: strconv.Itoa(n), Word: f.sheetWord(s)})
	}
	if len(names) <= sheetsMost {
		return f.s.view.tabs(i.Sheet, names, turn)
	}
	pick := widgets.NewSelect(f.s.window, f.say("ui.program.sheet", "n", len(names)), options...)
	pick.Set(options[i.Sheet])
	pick.OnPicked = func(o widgets.Option) {
		if at, err := strconv.Atoi(o.Value); err == nil {
			turn(at)
		}
	}
	return pick
}

func (f *fileView) sheetWord(s roster.Sheet) string {
	switch {
	case s.Hidden:
		return s.Name + " · " + f.say("ui.program.sheet.hidden")
	case !s.Found:
		return s.Name + " · " + f.say("ui.program.sheet.other")
	}
	return s.Name
}

// columns shows every column: its title, what stands in it, and what it is taken for.
func (f *fileView) columns() fyne.CanvasObject {
	i := &f.s.model.Import
	sheet := i.Current()
	rows := widgets.Column(0, f.columnHead())
	f.picks = nil
	for n := range sheet.Columns {
		rows.Add(f.column(sheet, n))
	}
	if len(sheet.Columns) == 0 {
		rows.Add(widgets.Pad(0, 12, widgets.NewPara(widgets.Quiet, f.say("ui.program.sheet.empty"))))
	}
	return widgets.Panel("", rows)
}

// columnShares leave room for the longest name of a field.
var columnShares = []float32{1, 1.15, 1.1}

func (f *fileView) columnHead() fyne.CanvasObject {
	return widgets.Column(0, widgets.Shares(14, columnShares,
		widgets.NewPara(widgets.Section, f.say("ui.program.col.title")),
		widgets.NewPara(widgets.Section, f.say("ui.program.col.sample")),
		widgets.NewPara(widgets.Section, f.say("ui.program.col.field"))), widgets.Pad(0, 4, widgets.Rule()))
}

func (f *fileView) column(sheet *roster.Sheet, n int) fyne.CanvasObject {
	pick := widgets.NewPick(f.s.window, "", f.fields)
	f.picks = append(f.picks, pick)
	pick.OnPicked = func(o widgets.Option) {
		f.s.model.Import.Correct(n, fieldOf(o.Value))
		f.update()
	}
	pick.Field.OnFocused(pick.Field.SelectAll) // what is typed replaces it
	f.set(pick, sheet.Columns[n].Field)
	title := sheet.Columns[n].Title
	if title == "" {
		title = f.say("ui.program.col.untitled", "n", n+1)
	}
	values := strings.Join(Sample(sheet, n, 3), "  ·  ")
	line := widgets.Shares(14, columnShares,
		middle(widgets.NewPara(widgets.Strong, shortened(title, 60))), middle(widgets.NewCut(widgets.LabelStyle, shortened(values, 120))), pick)
	return widgets.Column(0, line, widgets.Pad(0, 3, widgets.Rule()))
}

func middle(o fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Column(0, widgets.Gap(), o, widgets.Gap())
}

// fields offers what a column can hold.
func (f *fileView) fields(text string) (fit []widgets.Option) {
	for _, field := range roster.Fields {
		word := f.say(field.Key())
		if strings.Contains(strings.ToLower(word), strings.ToLower(strings.TrimSpace(text))) {
			fit = append(fit, widgets.Option{Value: strconv.Itoa(int(field)), Word: word})
		}
	}
	return fit
}

func fieldOf(value string) roster.Field {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > len(roster.Fields) {
		return roster.Ignored
	}
	return roster.Field(n)
}

func (f *fileView) set(pick *widgets.Pick, field roster.Field) {
	pick.Set(widgets.Option{Value: strconv.Itoa(int(field)), Word: f.say(field.Key())})
}

// update shows the columns as they were corrected; the keyboard stays.
func (f *fileView) update() {
	for n, c := range f.s.model.Import.Current().Columns {
		f.set(f.picks[n], c.Field)
	}
	f.tell()
}

// tell says whether the list can be judged.
func (f *fileView) tell() {
	f.ready.Objects = nil
	if !f.s.model.Import.Ready() {
		f.ready.Objects = []fyne.CanvasObject{widgets.NewNote(widgets.Waiting, f.say("ui.program.need_column"))}
	}
	f.ready.Hidden = len(f.ready.Objects) == 0
	f.ready.Refresh()
}

// side is the file, and by what its rows are judged.
func (f *fileView) side() []fyne.CanvasObject {
	i := &f.s.model.Import
	f.asOf = widgets.NewField(f.s.window, f.say("ui.program.as_of")).Required()
	f.asOf.SetText(i.AsOf)
	f.asOf.OnChanged = func(text string) { i.AsOf = text; f.asOf.Say(widgets.Plain, f.say("ui.program.as_of.more")) }
	f.asOf.OnLeft = func(text string) {
		if _, ok := counter.ParseDay(text); !ok {
			f.asOf.Say(widgets.Bad, f.say("ui.program.trouble.day"))
		}
	}
	f.asOf.Say(widgets.Plain, f.say("ui.program.as_of.more"))
	return []fyne.CanvasObject{
		fact(f.say("ui.program.file.name"), shortened(i.List.Name, 80)),
		fact(f.say("ui.program.in.region"), f.s.view.village(f.s.model.Chosen.Region)),
		f.asOf, f.headerLine(),
	}
}

// aside is what is left out, and what is missing.
func (f *fileView) aside() (parts []fyne.CanvasObject) {
	i := &f.s.model.Import
	if hidden := i.HiddenSheets(); len(hidden) > 0 {
		parts = append(parts, f.hidden(hidden))
	}
	if other := i.OtherSheets(); len(other) > 0 {
		parts = append(parts, widgets.NewNote(widgets.Known, f.say("ui.program.left_out", "sheets", listed(other))))
	}
	f.tell()
	return append(parts, f.ready)
}

// listed names a few sheets, and counts the others.
func listed(names []string) string {
	const most = 6
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:most], ", ") + " +" + number(len(names)-most)
}

// headerLine is where the rows of people begin, for a person to correct.
func (f *fileView) headerLine() fyne.CanvasObject {
	field := widgets.NewField(f.s.window, f.say("ui.program.header"))
	sheet := f.s.model.Import.Current()
	field.SetText(strconv.Itoa(sheet.Header))
	field.OnChanged = func(text string) {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 0 || n > 10_000 {
			field.Say(widgets.Bad, f.say("ui.program.trouble.number"))
			return
		}
		field.Say(widgets.Plain, "")
		sheet.Header = n
	}
	return field
}

func (f *fileView) hidden(names []string) fyne.CanvasObject {
	i := &f.s.model.Import
	asked := widgets.NewChoice(f.s.window, f.say("ui.program.hidden", "sheets", listed(names)),
		widgets.Option{Value: "no", Word: f.say("ui.program.hidden.no")}, widgets.Option{Value: "yes", Word: f.say("ui.program.hidden.yes")})
	asked.SetValue(map[bool]string{false: "no", true: "yes"}[i.Hidden])
	asked.OnChosen = func(value string) {
		i.Hidden = value == "yes"
		f.tell()
	}
	return asked
}

// complain says why the list cannot be judged yet.
func (f *fileView) complain() {
	if !f.s.model.Import.Ready() {
		f.s.window.Toast(widgets.Bad, f.say("ui.program.need_column"))
		return
	}
	f.asOf.Say(widgets.Bad, f.say("ui.program.trouble.day"))
	f.asOf.Focus()
}
