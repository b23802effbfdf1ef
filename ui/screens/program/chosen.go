package program

import (
	"fyne.io/fyne/v2"

	"loket/app/sponsor"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// programme is the page of one programme: its figures, its lists, and what can be done with it.
func (v *view) programme() fyne.CanvasObject {
	gutter := theme.Size(theme.Gutter)
	left := widgets.Column(gutter, v.figures(), v.chosenTabs(), widgets.Stretch(widgets.FlushPanel(v.chosenRows())))
	page := widgets.Split(2, left, v.facts())
	c := &v.s.model.Chosen
	if c.Closed || !c.Unfinished() {
		return page
	}
	return widgets.Column(gutter, widgets.Banner(v.s.window, widgets.Waiting, v.say("ui.program.unfinished.more", "n", c.Versions[0].Number),
		widgets.Action{Word: v.say("ui.program.choose"), Act: v.s.goOn}), widgets.Stretch(page))
}

func (v *view) figures() fyne.CanvasObject {
	s := v.s.model.Chosen.Standing
	parts := []fyne.CanvasObject{widgets.Shares(24, nil, v.coverage(s), v.used(s))}
	if notes := v.notes(s); len(notes) > 0 {
		parts = append(parts, widgets.Flow(8, notes...))
	}
	return widgets.Panel("", parts...)
}

// used is what the registered people cost, as a bar.
func (v *view) used(s sponsor.Standing) fyne.CanvasObject {
	b, err := v.s.uses.Books.Budget(s.Programme, s.Registered)
	if err != nil || b.Budget == 0 {
		return v.spent(s)
	}
	line := v.say("ui.program.used", "sum", b.Total, "share", percent(int64(b.Total), int64(b.Budget)))
	colour := theme.Teal
	if b.Left < 0 {
		colour = theme.Red
	}
	bar := widgets.Proportion(widgets.Part{Value: int(min(b.Total, b.Budget)), Colour: colour}, widgets.Part{Value: int(max(b.Left, 0)), Colour: theme.GreyTint})
	return widgets.Column(5, widgets.NewPara(widgets.Strong, line), widgets.Pad(0, 4, bar),
		widgets.NewPara(widgets.SmallStyle, v.say("ui.program.used.of", "budget", b.Budget)))
}

func (v *view) chosenTabs() fyne.CanvasObject {
	c := &v.s.model.Chosen
	counts := map[Tab]int{TabVersions: len(c.Versions), TabLeavers: len(c.Leavers), TabOverlaps: len(c.Overlaps)}
	var words []string
	at := 0
	for i, t := range Tabs {
		word := v.say("ui.program.tab." + string(t))
		if c.Read {
			word += " · " + number(counts[t])
		}
		words = append(words, word)
		if t == c.Tab {
			at = i
		}
	}
	return v.tabs(at, words, func(i int) {
		c.Tab, c.First = Tabs[i], 0
		v.s.show()
	})
}

// chosenRows are the rows of the tab, a page of them.
func (v *view) chosenRows() *widgets.Table {
	c := &v.s.model.Chosen
	heads, lines, total := v.versionRows()
	switch c.Tab {
	case TabLeavers:
		heads, lines, total = v.leaverRows()
	case TabOverlaps:
		heads, lines, total = v.overlapRows()
	}
	table := widgets.NewTable(v.s.window, heads...)
	if c.Read {
		table.Empty = v.say("ui.program.empty." + string(c.Tab))
	}
	table.Fill(lines, c.First, total)
	table.OnPage = func(first int) { c.First = first; v.s.show() }
	if c.Closed || total > 0 && c.Tab != TabVersions {
		v.first = table.Focus
	}
	return table
}

func (v *view) versionRows() (heads []widgets.Head, lines []widgets.Line, total int) {
	heads = []widgets.Head{
		{Title: v.say("ui.program.col.version"), Fit: "999"},
		{Title: v.say("ui.program.col.taken"), Share: 1.2},
		{Title: v.say("ui.program.col.rows"), Fit: "150.000", Right: true},
		{Title: v.say("ui.program.col.rejected"), Fit: "150.000", Right: true, Spare: 2},
		{Title: v.say("ui.program.col.new"), Fit: "150.000", Right: true},
		{Title: v.say("ui.program.col.corrected"), Fit: "150.000", Right: true, Spare: 1},
		{Title: v.say("ui.program.col.left"), Fit: "150.000", Right: true},
	}
	c := &v.s.model.Chosen
	now := v.s.uses.Clock.Now()
	for _, version := range page(c.Versions, c.First) {
		taken := widgets.Cell{Text: v.say("ui.program.unfinished"), State: widgets.Waiting, Pill: true}
		if !version.At.IsZero() {
			taken = widgets.Cell{Text: widgets.When(version.At, now)}
			if v.room == widgets.Roomy {
				taken.Text = widgets.Moment(v.s.window, version.At, now)
			}
		}
		lines = append(lines, widgets.Line{Key: number(version.Number), Cells: []widgets.Cell{
			{Text: number(version.Number), Strong: true},
			taken,
			{Text: number(version.Rows)},
			{Text: number(version.Rejected)},
			{Text: number(version.New)},
			{Text: number(version.Corrected)},
			{Text: number(version.Left)},
		}})
	}
	return heads, lines, len(c.Versions)
}

func (v *view) leaverRows() (heads []widgets.Head, lines []widgets.Line, total int) {
	heads = []widgets.Head{{Title: v.say("ui.program.col.name"), Share: 1.5}, {Title: v.say("ui.program.col.village"), Share: 1}}
	c := &v.s.model.Chosen
	for _, l := range page(c.Leavers, c.First) {
		lines = append(lines, widgets.Line{Key: l.Registration.String(), Cells: []widgets.Cell{{Text: l.Name, Strong: true}, {Text: v.village(l.Village)}}})
	}
	return heads, lines, len(c.Leavers)
}

func (v *view) overlapRows() (heads []widgets.Head, lines []widgets.Line, total int) {
	heads = []widgets.Head{
		{Title: v.say("ui.program.col.name"), Share: 1.2},
		{Title: v.say("ui.program.col.other"), Share: 1.2},
		{Title: v.say("ui.program.col.months"), Share: 1},
	}
	c := &v.s.model.Chosen
	for _, o := range page(c.Overlaps, c.First) {
		lines = append(lines, widgets.Line{Key: o.Registration.String() + keyOf(o.Other[:]), Cells: []widgets.Cell{
			{Text: o.Name, Strong: true}, {Text: o.OtherName}, {Text: spanOf(v.s.window, o.From, o.To)},
		}})
	}
	return heads, lines, len(c.Overlaps)
}

// page is the part of a list that a table shows.
func page[T any](all []T, first int) []T {
	return all[min(first, len(all)):min(first+widgets.PageSize, len(all))]
}

// village is the name of a code; what is no code is a name already.
func (v *view) village(code string) string {
	if p, ok := v.s.regions.Lookup(code); ok {
		return p.Name
	}
	return code
}

// facts is what the programme is, and what is done with it now and then.
func (v *view) facts() fyne.CanvasObject {
	s := v.s.model.Chosen.Standing
	place := s.Region
	if p, ok := v.s.regions.Lookup(s.Region); ok {
		place = p.Label()
	}
	parts := []fyne.CanvasObject{
		fact(v.say("payer."+string(s.Payer)), s.PayerName),
		fact(v.say("ui.program.in.decree"), decreeOf(v.s.window, s.Programme)),
		fact(v.say("ui.program.fact.pays"), s.Programmes.String()+" · "+span(v.s.window, s.First, s.Months)),
		fact(v.say("ui.program.in.region"), place),
		fact(v.say("ui.program.in.level"), v.levelWord(s.Programme)),
	}
	if v.s.Title() != s.Name {
		parts = append([]fyne.CanvasObject{fact(v.say("ui.program.in.name"), s.Name)}, parts...)
	}
	if s.Release != "" {
		parts = append(parts, fact(v.say("ui.program.in.release"), s.Release))
	}
	if s.Closed {
		parts = append(parts, widgets.NewNote(widgets.Known, v.say("ui.program.closed.more")))
	}
	return widgets.Panel("", widgets.Stretch(widgets.Column(7, append(parts, widgets.Gap(), v.acts(s))...)))
}

func (v *view) levelWord(p sponsor.Programme) string {
	if p.Level < 1 || p.Level > 3 {
		return ""
	}
	return v.say("ui.program.level." + number(p.Level))
}

func (v *view) acts(s sponsor.Standing) fyne.CanvasObject {
	w := v.s.window
	rows := widgets.NewButton(w, widgets.Secondary, v.say("ui.program.rows"), v.s.askRows).WithIcon("file")
	rows.Allow(s.Registered > 0 && v.s.model.Work == Idle)
	if s.Closed {
		return widgets.Flow(8, rows)
	}
	change := widgets.NewButton(w, widgets.Secondary, v.say("ui.program.change"), v.s.change)
	shut := widgets.NewButton(w, widgets.Danger, v.say("ui.program.close"), v.s.askClose)
	return widgets.Column(6, widgets.Flow(8, rows), widgets.Flow(8, change, shut))
}
