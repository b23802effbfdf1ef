package program

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"loket/app"
	"loket/app/sponsor"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// verdictOf says how a budget stands: enough, enough for these people but not for the target, too
// little, or not known.
func verdictOf(b sponsor.Budget, target int) (widgets.State, string) {
	switch {
	case b.Budget == 0:
		return widgets.Waiting, "ui.program.budget.unknown"
	case b.Left < 0:
		return widgets.Bad, "ui.program.budget.short"
	case b.People > 0 && target > b.People && b.Total/app.Rupiah(b.People)*app.Rupiah(target) > b.Budget:
		return widgets.Waiting, "ui.program.budget.tight"
	case b.Left == 0:
		return widgets.Good, "ui.program.budget.exact"
	}
	return widgets.Good, "ui.program.budget.enough"
}

// budgetPanel is the arithmetic in little room, beside the form.
func budgetPanel(w widgets.Window, p sponsor.Programme, b sponsor.Budget, err error) fyne.CanvasObject {
	title := w.Say("ui.program.budget.title")
	if err != nil || p.Target == 0 || p.Months < 1 || len(b.Lines) == 0 {
		return widgets.Panel(title, widgets.NewPara(widgets.Quiet, w.Say("ui.program.budget.fill")))
	}
	rows := []fyne.CanvasObject{}
	for _, l := range b.Lines {
		rows = append(rows, lineOf(w, b, l))
	}
	rows = append(rows, widgets.Rule(), sumRow(widgets.Strong, w.Say("ui.program.budget.total"), b.Total.String()))
	if b.Budget > 0 {
		rows = append(rows, sumRow(widgets.Body, w.Say("ui.program.budget.decree"), b.Budget.String()))
	}
	return widgets.Column(theme.Size(theme.Gutter), widgets.Panel(title, rows...), outcomePanel(w, b, p.Target))
}

// lineOf is one rate: people x months x rate, and what that makes.
func lineOf(w widgets.Window, b sponsor.Budget, l sponsor.BudgetLine) fyne.CanvasObject {
	when := lineWhen(w, l)
	sum := w.Say("ui.program.budget.line", "people", number(b.People), "months", l.Months, "rate", l.Rate)
	return widgets.Column(2, widgets.NewPara(widgets.SmallStyle, when), widgets.NewPara(widgets.Body, sum),
		widgets.NewText(widgets.Strong.Right(), "= "+l.Total.String()))
}

// lineWhen is the months of a line, and the relief that they have.
func lineWhen(w widgets.Window, l sponsor.BudgetLine) string {
	when := spanOf(w, l.From, l.To)
	if l.Relief > 0 {
		when += " · " + w.Say("ui.program.budget.relief", "n", l.Relief)
	}
	return when
}

func sumRow(style widgets.Style, word, sum string) fyne.CanvasObject {
	return widgets.Row(8, widgets.Stretch(widgets.NewPara(style, word)), widgets.NewText(style, sum))
}

// outcomePanel is what is left or missing, by colour and icon and word.
func outcomePanel(w widgets.Window, b sponsor.Budget, target int) fyne.CanvasObject {
	state, key := verdictOf(b, target)
	left := b.Left
	if left < 0 {
		left = -left
	}
	head := widgets.Row(10, widgets.NewIcon(state.Icon(), state.Ink(), theme.Size(theme.Large)),
		widgets.Stretch(widgets.NewPara(widgets.Style{Size: theme.Large, Colour: state.Ink(), Weight: theme.Bold}, w.Say(key))))
	if b.Budget == 0 {
		return widgets.StatePanel(state, "", head, widgets.NewPara(widgets.Body, w.Say(key+".more")))
	}
	return widgets.StatePanel(state, "", head,
		widgets.NewPara(widgets.LargeStyle.In(state.Ink()), left.String()), widgets.NewPara(widgets.Body, w.Say(key+".more")))
}

// budgetPage is the arithmetic for a treasurer: whoever reads it can do it again on paper.
func (v *view) budgetPage() fyne.CanvasObject {
	m := &v.s.model
	sum, side := container.NewStack(), container.NewStack()
	people := widgets.NewField(v.s.window, v.say("ui.program.budget.people"))
	reckon := func() {
		n, ok := readCount(m.People)
		if !ok {
			people.Say(widgets.Bad, v.say("ui.program.trouble.number"))
			return
		}
		people.Say(widgets.Plain, "")
		b, err := v.s.uses.Books.Budget(m.Chosen.Programme, n)
		if err != nil {
			sum.Objects = []fyne.CanvasObject{widgets.NewNote(widgets.Bad, words.Error(v.s.window.Lang(), err))}
			sum.Refresh()
			return
		}
		sum.Objects = []fyne.CanvasObject{v.arithmetic(b)}
		side.Objects = []fyne.CanvasObject{v.carries(b)}
		sum.Refresh()
		side.Refresh()
	}
	people.SetText(m.People)
	people.OnChanged = func(text string) { m.People = text; reckon() }
	v.first = func() { people.Focus(); people.SelectAll() }
	reckon()
	choices := widgets.Flow(8)
	for _, c := range []struct {
		key string
		n   int
	}{{"ui.program.budget.planned", m.Chosen.Target}, {"ui.program.budget.registered", m.Chosen.Registered}} {
		if c.n > 0 {
			choices.Add(widgets.NewButton(v.s.window, widgets.Secondary, v.say(c.key, "n", number(c.n)), func() {
				m.People = number(c.n)
				people.SetText(m.People)
				reckon()
			}))
		}
	}
	beside := widgets.Column(4, widgets.NewText(widgets.LabelStyle, " "), choices)
	ask := widgets.Panel("", widgets.Row(14, widgets.Sized(160*theme.Scale(), 0, people), widgets.Stretch(beside)))
	left := widgets.Column(theme.Size(theme.Gutter), ask, sum)
	return widgets.Split(1.5, left, side)
}

// arithmetic is each rate in its line, the sum, and what the decree says.
func (v *view) arithmetic(b sponsor.Budget) fyne.CanvasObject {
	w := v.s.window
	rows := []fyne.CanvasObject{}
	if len(b.Lines) == 1 {
		l := b.Lines[0]
		rows = append(rows, widgets.NewPara(widgets.LargeStyle, w.Say("ui.program.budget.equation",
			"people", number(b.People), "months", l.Months, "rate", l.Rate, "total", b.Total)))
	}
	for _, l := range b.Lines {
		if len(b.Lines) == 1 {
			rows = append(rows, widgets.NewPara(widgets.Quiet, lineWhen(w, l)))
			break
		}
		rows = append(rows, v.sumLine(b, l))
	}
	rows = append(rows, widgets.Rule(), sumRow(widgets.Strong, w.Say("ui.program.budget.total"), b.Total.String()))
	if b.Budget > 0 {
		word := w.Say("ui.program.budget.left")
		state, _ := verdictOf(b, v.s.model.Chosen.Target)
		if b.Left < 0 {
			word = w.Say("ui.program.budget.missing")
		}
		rows = append(rows, sumRow(widgets.Body, w.Say("ui.program.budget.decree"), b.Budget.String()), widgets.Rule(),
			sumRow(widgets.Strong.In(state.Ink()), word, b.Left.String()))
	}
	return widgets.Panel(v.say("ui.program.budget.title"), rows...)
}

// sumLine is a rate in one line, its sum at the right.
func (v *view) sumLine(b sponsor.Budget, l sponsor.BudgetLine) fyne.CanvasObject {
	w := v.s.window
	when := lineWhen(w, l)
	sum := w.Say("ui.program.budget.line", "people", number(b.People), "months", l.Months, "rate", l.Rate)
	return widgets.Row(10, widgets.Stretch(widgets.Column(1, widgets.NewPara(widgets.Body, sum), widgets.NewPara(widgets.SmallStyle, when))),
		widgets.NewText(widgets.Body, l.Total.String()))
}

// carries is how far the budget reaches.
func (v *view) carries(b sponsor.Budget) fyne.CanvasObject {
	parts := []fyne.CanvasObject{outcomePanel(v.s.window, b, v.s.model.Chosen.Target)}
	if b.Budget > 0 {
		parts = append(parts, widgets.Panel(v.say("ui.program.budget.carries"),
			widgets.Figure(number(b.PeopleAYear), v.say("ui.program.budget.people_a_year"), widgets.Plain),
			widgets.Figure(number(b.PersonMonths), v.say("ui.program.budget.person_months"), widgets.Plain),
			widgets.NewPara(widgets.SmallStyle, v.say("ui.program.budget.how", "budget", b.Budget, "rate", rateOf(b)))))
	}
	return widgets.Column(theme.Size(theme.Gutter), parts...)
}

func rateOf(b sponsor.Budget) app.Rupiah {
	if len(b.Lines) == 0 {
		return 0
	}
	return b.Lines[0].Rate
}
