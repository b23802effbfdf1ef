package program

import (
	"strconv"

	"fyne.io/fyne/v2"

	"loket/ui/task"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// spellings lists the villages that the list writes in its own way.
func (v *verdictView) spellings() *widgets.Table {
	i := v.in()
	heads := []widgets.Head{
		{Title: v.say("ui.program.col.count"), Fit: "150.000", Right: true},
		{Title: v.say("ui.program.col.typed"), Share: 1.1},
		{Title: v.say("ui.program.col.decision"), Share: 1},
		{Title: v.say("ui.program.col.taken_as"), Share: 1.2},
	}
	if v.room != widgets.Roomy { // the side says it
		heads = heads[:3]
	}
	v.spell = widgets.NewTable(v.s.window, heads...)
	if i.Spelling < 0 {
		i.Spelling = v.nextOpen(-1)
	}
	v.fillSpellings()
	v.spell.OnSelected = func(key string) {
		if n, err := strconv.Atoi(key); err == nil {
			i.Spelling = n
			v.showSpelling()
		}
	}
	v.spell.OnOpened = func(string) { v.other.Field.Focus() }
	v.spell.Select(strconv.Itoa(i.Spelling))
	v.spell.OnPage = func(first int) { v.fillFrom(first) }
	v.s.view.first = v.spell.Focus
	return v.spell
}

func (v *verdictView) fillSpellings() {
	v.fillFrom(max(v.in().Spelling, 0) / widgets.PageSize * widgets.PageSize)
}

func (v *verdictView) fillFrom(first int) {
	all := v.in().Verdict.Spellings
	var lines []widgets.Line
	for n, s := range page(all, first) {
		as, decision := v.decision(s)
		lines = append(lines, widgets.Line{Key: strconv.Itoa(first + n), Cells: []widgets.Cell{
			{Text: number(s.Rows)}, {Text: shortened(s.Typed, 60), Strong: true}, decision, {Text: as},
		}})
	}
	v.spell.Fill(lines, first, len(all))
}

// decision is what a spelling is taken for now, and who says so.
func (v *verdictView) decision(s Spelling) (as string, state widgets.Cell) {
	code, decided := v.in().Decided[s.Typed]
	switch {
	case decided && code == "":
		return "–", widgets.Cell{Text: v.say("ui.program.village.none"), State: widgets.Plain, Pill: true}
	case decided:
		return v.s.view.village(code), widgets.Cell{Text: v.say("ui.program.village.decided"), State: widgets.Good, Pill: true}
	case s.Village == "":
		return "–", widgets.Cell{Text: v.say("ui.program.village.unknown"), State: widgets.Bad, Pill: true}
	}
	return v.s.view.village(s.Village), widgets.Cell{Text: v.say("ui.program.village.guessed"), State: widgets.Waiting, Pill: true}
}

// nextOpen is the next spelling that nobody has decided, after one of them; -1 for none.
func (v *verdictView) nextOpen(after int) int {
	all := v.in().Verdict.Spellings
	for step := 1; step <= len(all); step++ {
		n := (after + step) % len(all)
		if _, ok := v.in().Decided[all[n].Typed]; !ok {
			return n
		}
	}
	return min(max(after, 0), len(all)-1)
}

// showSpelling asks about one spelling. Nothing is chosen beforehand.
func (v *verdictView) showSpelling() {
	i := v.in()
	if i.Spelling < 0 || i.Spelling >= len(i.Verdict.Spellings) {
		return
	}
	s := i.Verdict.Spellings[i.Spelling]
	w := v.s.window
	parts := []fyne.CanvasObject{
		widgets.NewPara(widgets.LabelStyle, v.say("ui.program.village.written", "n", number(s.Rows))),
		widgets.NewPara(widgets.TitleStyle, "“"+shortened(s.Typed, 80)+"”"),
	}
	if s.Village == "" {
		parts = append(parts, widgets.NewNote(widgets.Bad, v.say("ui.program.village.unknown.more")))
	} else {
		place := s.Village
		if p, ok := v.s.regions.Lookup(s.Village); ok {
			place = p.Label()
		}
		parts = append(parts, widgets.NewPara(widgets.LabelStyle, v.say("ui.program.village.taken")),
			widgets.NewPara(widgets.LargeStyle, place),
			widgets.Row(0, widgets.NewButton(w, widgets.Secondary, v.say("ui.program.village.right"), func() { v.decide(s, s.Village) }).WithIcon("check")))
	}
	label := "ui.program.village.other"
	if s.Village == "" {
		label = "ui.program.village.choose"
	}
	v.other = widgets.NewPick(w, v.say(label), v.villages)
	v.other.Field.Placeholder(v.say("ui.program.village.other.like"))
	v.other.OnPicked = func(o widgets.Option) {
		if o.Value != "" { // once the pick is done with the keyboard
			task.After(v.s.looks, 0, func() { v.decide(s, o.Value) })
		}
	}
	no := widgets.NewButton(w, widgets.Secondary, v.say("ui.program.village.no"), func() { v.decide(s, "") }).WithIcon("cross")
	parts = append(parts, widgets.Pad(0, 4, widgets.Rule()), v.other, widgets.Row(0, no))
	if _, decided := i.Decided[s.Typed]; decided {
		back := widgets.NewButton(w, widgets.Link, v.say("ui.undo"), func() {
			i.Undecide(s.Typed)
			v.s.keepVillages()
			v.after(i.Spelling)
		}).WithIcon("undo")
		parts = append(parts, widgets.Row(0, back))
	}
	parts = append(parts, widgets.Gap(), widgets.NewPara(widgets.SmallStyle, v.say("ui.program.village.then")))
	v.put(widgets.Panel("", widgets.Stretch(widgets.Column(theme.Size(theme.Unit), parts...))))
}

// villages finds villages of the programme's region.
func (v *verdictView) villages(text string) (fit []widgets.Option) {
	within := v.s.model.Chosen.Region
	regency := within[:min(len(within), len("64.08"))]
	for _, p := range v.s.regions.Search(text, []string{regency}, 24) {
		if len(p.Code) > len(within) && p.Code[:len(within)] == within && len(fit) < placesMost {
			fit = append(fit, optionOf(p))
		}
	}
	return fit
}

// decide notes a decision and goes on to the next spelling.
func (v *verdictView) decide(s Spelling, village string) {
	i := v.in()
	i.Decide(s.Typed, village)
	v.s.keepVillages()
	v.after(v.nextOpen(i.Spelling))
}

func (v *verdictView) after(next int) {
	v.in().Spelling = next
	v.s.show()
}
