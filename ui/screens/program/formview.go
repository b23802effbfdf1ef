package program

import (
	"strings"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/region"
	"loket/app/sponsor"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// formView is the form of a programme. Its fields are made once; what is said about them, and the
// budget beside them, follow what is typed.
type formView struct {
	s      *Screen
	fields map[Input]*widgets.Field
	picks  map[Input]*widgets.Pick
	choice map[Input]*widgets.Choice
	side   *fyne.Container
	root   *widgets.Columns
}

func newFormView(s *Screen) *formView {
	return &formView{
		s: s, fields: map[Input]*widgets.Field{}, picks: map[Input]*widgets.Pick{}, choice: map[Input]*widgets.Choice{},
		side: widgets.Column(theme.Size(theme.Gutter)),
	}
}

func (f *formView) say(key string, pairs ...any) string { return f.s.window.Say(key, pairs...) }

func (f *formView) render() fyne.CanvasObject {
	gap := theme.Size(theme.Gutter)
	whose := widgets.FormColumn{Title: f.say("ui.program.form.payer"), Objects: []fyne.CanvasObject{
		f.field(InName), f.pick(InPayer, f.payers), f.field(InPayerName),
		widgets.Shares(gap, []float32{1.35, 1}, f.field(InDecree), f.field(InDecreeDay)),
		widgets.Shares(gap, []float32{1.35, 1}, f.field(InBudget), f.field(InTarget)),
	}}
	whom := widgets.FormColumn{Title: f.say("ui.program.form.people"), Objects: []fyne.CanvasObject{
		f.pick(InRegion, f.places), f.covers(),
		widgets.Shares(gap, []float32{1.35, 1}, f.pick(InFirst, f.months), f.field(InMonths)),
		f.level(), f.field(InRelease),
	}}
	f.root = widgets.NewColumns(f.s.window, f.side, whose, whom)
	if f.s.model.Form.Tried {
		_, wrong := f.s.model.Form.Programme()
		f.mark(wrong)
	}
	f.reckon()
	f.s.view.first = func() { f.fields[InName].Focus() }
	return f.root
}

func (f *formView) label(in Input) string { return f.say("ui.program.in." + string(in)) }

// field is a line to type into.
func (f *formView) field(in Input) *widgets.Field {
	w := widgets.NewField(f.s.window, f.label(in))
	if !may[in] {
		w.Required()
	}
	if in == InRelease || in == InPayerName || in == InName {
		w.Growing()
	}
	w.Placeholder(f.say("ui.program.in." + string(in) + ".like"))
	w.SetText(f.s.model.Form.Typed[in])
	w.OnChanged = func(text string) { f.put(in, text) }
	w.OnLeft = func(string) { f.left(in) }
	f.fields[in] = w
	return w
}

// pick is a field that offers what fits.
func (f *formView) pick(in Input, find func(text string) []widgets.Option) *widgets.Pick {
	p := widgets.NewPick(f.s.window, f.label(in), find).Required()
	p.Field.Placeholder(f.say("ui.program.in." + string(in) + ".like"))
	if value := f.s.model.Form.Typed[in]; value != "" {
		p.Set(widgets.Option{Value: value, Word: f.wordOf(in, value)})
	}
	p.OnPicked = func(o widgets.Option) { f.put(in, o.Value) }
	p.Field.OnFocused(p.Field.SelectAll) // what is typed replaces it
	f.picks[in] = p
	return p
}

// wordOf is what a chosen value is called.
func (f *formView) wordOf(in Input, value string) string {
	switch in {
	case InPayer:
		return f.say("payer." + value)
	case InRegion:
		if p, ok := f.s.regions.Lookup(value); ok {
			return p.Label()
		}
	case InFirst:
		if m, ok := app.ParseMonth(value); ok {
			return monthWord(f.s.window, m)
		}
	}
	return value
}

func (f *formView) payers(text string) (fit []widgets.Option) {
	for _, kind := range app.PayerKinds {
		word := f.say("payer." + string(kind))
		if !kind.Private() && strings.Contains(strings.ToLower(word), strings.ToLower(strings.TrimSpace(text))) {
			fit = append(fit, widgets.Option{Value: string(kind), Word: word})
		}
	}
	return fit
}

// months are offered from the next one on; a month that was typed in figures is found too.
func (f *formView) months(text string) (fit []widgets.Option) {
	if m, ok := readMonth(strings.TrimSpace(text)); ok {
		return []widgets.Option{{Value: m.String(), Word: monthWord(f.s.window, m)}}
	}
	next := app.DateOf(f.s.uses.Clock.Now()).MonthOf().Add(1)
	for i := range 36 {
		m := next.Add(i)
		word := monthWord(f.s.window, m)
		if strings.HasPrefix(strings.ToLower(word), strings.ToLower(strings.TrimSpace(text))) {
			fit = append(fit, widgets.Option{Value: m.String(), Word: word})
		}
	}
	return fit
}

func (f *formView) places(text string) []widgets.Option {
	var near []string
	if f.s.uses.Near != nil {
		near = f.s.uses.Near()
	}
	return placesFor(f.s.regions, text, near)
}

func optionOf(p region.Place) widgets.Option {
	return widgets.Option{Value: p.Code, Word: p.Label(), More: p.Code}
}

func (f *formView) covers() fyne.CanvasObject {
	var options []widgets.Option
	for _, c := range Covers {
		options = append(options, widgets.Option{Value: c.String(), Word: strings.ReplaceAll(c.String(), "+", " + ")})
	}
	return f.choose(InProgrammes, options...)
}

func (f *formView) level() fyne.CanvasObject {
	p := f.pick(InLevel, func(text string) (fit []widgets.Option) {
		for _, level := range []string{"1", "2", "3"} {
			o := f.levelOption(level)
			if strings.Contains(strings.ToLower(o.Word), strings.ToLower(strings.TrimSpace(text))) {
				fit = append(fit, o)
			}
		}
		return fit
	})
	if level := f.s.model.Form.Typed[InLevel]; level != "" {
		p.Set(f.levelOption(level))
	}
	return p
}

func (f *formView) levelOption(level string) widgets.Option {
	key := "ui.program.level." + level
	return widgets.Option{Value: level, Word: f.say(key), More: f.say(key + ".more")}
}

func (f *formView) choose(in Input, options ...widgets.Option) *widgets.Choice {
	next := func() { f.picks[InFirst].Field.Focus() }
	c := widgets.NewChoice(passing{f.s.window, next}, f.label(in), options...).Required()
	c.SetValue(f.s.model.Form.Typed[in])
	c.OnChosen = func(value string) { f.put(in, value) }
	f.choice[in] = c
	return c
}

// passing is the window for what is chosen: Enter goes on to the next field and chooses nothing, as it
// does in every field. Space, mouse and finger choose.
type passing struct {
	widgets.Window
	next func()
}

// Key takes Enter for going on.
func (p passing) Key(ev *fyne.KeyEvent) bool {
	if !p.Window.Key(ev) && (ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter) {
		p.next()
	}
	return true
}

// put notes what was typed, says what is known about it, and reckons again.
func (f *formView) put(in Input, text string) {
	f.s.model.Form.Put(in, text)
	f.s.model.Form.Typing = true
	f.s.keepForm()
	f.note(in, widgets.Plain, f.help(in))
	f.reckon()
}

// help reads a large amount aloud, so that nobody counts its zeros.
func (f *formView) help(in Input) string {
	if in != InBudget {
		return ""
	}
	amount, ok := readAmount(f.s.model.Form.text(in))
	if !ok || amount < 1_000_000 {
		return ""
	}
	return inWords(f.s.window, amount)
}

// left says what cannot be read, when the keyboard goes elsewhere.
func (f *formView) left(in Input) {
	p, wrong := f.s.model.Form.Programme()
	f.tidy(in, p)
	if trouble, ok := wrong[in]; ok && (trouble != TroubleEmpty || f.s.model.Form.Tried) {
		f.note(in, widgets.Bad, f.say("ui.program.trouble."+string(trouble)))
	}
}

// tidy writes a large number in groups, as it is read.
func (f *formView) tidy(in Input, p sponsor.Programme) {
	text := map[Input]string{InBudget: grouped(int(p.Budget)), InTarget: grouped(p.Target)}[in]
	if text != "" && text != f.s.model.Form.text(in) {
		f.fields[in].SetText(text)
		f.put(in, text)
	}
}

func (f *formView) note(in Input, state widgets.State, text string) {
	switch {
	case f.fields[in] != nil:
		f.fields[in].Say(state, text)
	case f.picks[in] != nil:
		f.picks[in].Field.Say(state, text)
	case f.choice[in] != nil:
		f.choice[in].Say(state, text)
	}
}

// complain says at each field what is missing, and goes to the first.
func (f *formView) complain(wrong map[Input]Trouble) {
	f.mark(wrong)
	for _, in := range Inputs {
		if _, ok := wrong[in]; !ok {
			continue
		}
		switch {
		case f.fields[in] != nil:
			f.root.Reveal(f.fields[in])
			f.fields[in].Focus()
		case f.picks[in] != nil:
			f.root.Reveal(f.picks[in])
			f.picks[in].Field.Focus()
		default:
			f.root.Reveal(f.choice[in])
			f.choice[in].Focus()
		}
		return
	}
}

func (f *formView) mark(wrong map[Input]Trouble) {
	for _, in := range Inputs {
		if trouble, ok := wrong[in]; ok {
			f.note(in, widgets.Bad, f.say("ui.program.trouble."+string(trouble)))
		}
	}
}

// reckon shows the budget of what was typed so far.
func (f *formView) reckon() {
	p, _ := f.s.model.Form.Programme()
	b, err := f.s.uses.Books.Budget(p, p.Target)
	objects := []fyne.CanvasObject{budgetPanel(f.s.window, p, b, err)}
	if f.s.model.Form.Begun() {
		word := f.say("ui.program.form.discard")
		if f.s.model.Form.Scope != (app.Scope{}) {
			word = f.say("ui.program.form.undo")
		}
		objects = append(objects, widgets.Row(0, widgets.Gap(), widgets.NewButton(f.s.window, widgets.Link, word, f.s.discard)))
	}
	f.side.Objects = objects
	f.side.Refresh()
}
