package kartu

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"loket/app"
	"loket/app/issuing"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// side is the right part: what has just happened, the selected card, or what to do now.
func (v *view) side() fyne.CanvasObject {
	m := &v.s.model
	if m.Moment != nil {
		return v.moment(*m.Moment)
	}
	if chosen, ok := m.Find(m.Selected); ok {
		return v.card(chosen)
	}
	switch {
	case m.Busy:
		return widgets.Hint("printer", v.say("ui.cards.hint.printing"), "")
	case m.Tab == app.CardSent && len(m.Again()) > 0:
		return v.checking()
	case m.Tab == app.CardQueued && len(m.Job()) > 0:
		return widgets.Hint("printer", v.say("ui.cards.hint.print"), v.say("ui.cards.hint.print_more", "most", issuing.MostInJob))
	case m.Tab == app.CardConfirmed && len(m.Rows()) > 0:
		return widgets.Hint("handover", v.say("ui.cards.hint.hand"), v.say("ui.cards.hint.hand_more"), v.handOver())
	}
	return widgets.Hint("card", v.say("ui.cards.hint.none"), v.say("ui.cards.hint.none_more"))
}

func (v *view) handOver() fyne.CanvasObject {
	return container.NewCenter(widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.cards.hand"), v.s.door.HandOver).WithIcon("handover"))
}

func (v *view) moment(m Moment) fyne.CanvasObject {
	more := m.More
	if m.State == widgets.Good {
		more = v.say("ui.cards.moment.done")
		if left := len(v.s.model.Lists[app.CardSent]); left > 0 {
			more = v.say("ui.cards.moment.left", "n", left)
		}
	}
	return widgets.BigSign(m.State, v.say(m.Key), m.Name, more)
}

// checking invites to scan back what came out of the printer.
func (v *view) checking() fyne.CanvasObject {
	m := &v.s.model
	left := len(m.Lists[app.CardSent])
	bar := widgets.Proportion(widgets.Part{Value: m.Run - left, Colour: theme.Green}, widgets.Part{Value: left, Colour: theme.GreyTint})
	return widgets.Hint("scan", v.say("ui.cards.hint.scan"), v.say("ui.cards.hint.scan_more"), bar,
		widgets.NewPara(widgets.LabelStyle.Centred(), v.say("ui.cards.progress", "done", m.Run-left, "total", m.Run)))
}

// card is the selected card: whose it is, as it will print, its life, and what can be done.
func (v *view) card(l issuing.Listed) fyne.CanvasObject {
	c := l.Card
	head := widgets.Column(4,
		widgets.NewPara(widgets.LargeStyle, l.Registration.Record.Person.Name),
		widgets.NewPara(widgets.LabelStyle, v.say("ui.cards.numbers", "member", c.Member.Grouped(), "serial", c.Serial, "n", c.Generation)))
	if v.s.model.Spoiling {
		return widgets.Panel("", append([]fyne.CanvasObject{head}, v.spoil()...)...)
	}
	return widgets.Panel("", head, widgets.Stretch(v.sides()), v.life(c), v.acts(l))
}

// sides shows both sides of the card; pressed, they get larger.
func (v *view) sides() fyne.CanvasObject {
	sides := v.s.model.Sides
	switch {
	case sides.Err != nil:
		return widgets.NewNote(widgets.Bad, words.Error(v.s.window.Lang(), sides.Err))
	case sides.Front == nil:
		turning := widget.NewActivity()
		turning.Start()
		return container.NewCenter(widgets.Sized(32, 32, turning))
	}
	front, back := canvas.NewImageFromImage(sides.Front), canvas.NewImageFromImage(sides.Back)
	for _, img := range []*canvas.Image{front, back} {
		img.FillMode, img.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
	}
	face := widgets.Face{Fill: theme.GreyTint, Radius: theme.Size(theme.Corner), PadX: 10, PadY: 10, Left: true, Least: fyne.NewSize(0, 160)}
	return widgets.NewPress(v.s.window, face, container.New(twoSides{}, front, back), v.s.enlarge)
}

// steps are the states in the life of a card that goes well.
var steps = []app.CardState{app.CardQueued, app.CardSent, app.CardConfirmed, app.CardHanded}

func (v *view) life(c app.Card) fyne.CanvasObject {
	now := v.s.clock.Now()
	reached := true
	var stages []widgets.Stage
	for _, state := range steps {
		stage := widgets.Stage{Word: v.say("ui.cards.step." + string(state))}
		if reached {
			stage.State = widgets.Good
		}
		if state == app.CardQueued {
			stage.When = widgets.When(c.IssuedAt, now)
		}
		if state == c.State {
			stage.When, reached = widgets.When(c.ChangedAt, now), false
			if state == app.CardSent {
				stage.State = widgets.Waiting
			}
		}
		stages = append(stages, stage)
	}
	return widgets.Lifeline(stages...)
}

// acts are what can be done with a card in its state.
func (v *view) acts(l issuing.Listed) fyne.CanvasObject {
	w, serial := v.s.window, l.Card.Serial
	spoiled := widgets.NewButton(w, widgets.Danger, v.say("ui.cards.spoil"), func() {
		v.s.model.Spoiling = true
		v.s.show()
	})
	var acts []*widgets.Button
	switch l.Card.State {
	case app.CardQueued:
		acts = append(acts, widgets.NewButton(w, widgets.Secondary, v.say("ui.cards.print_one"), func() { v.s.printOne(serial) }))
	case app.CardSent:
		acts = append(acts,
			widgets.NewButton(w, widgets.Secondary, v.say("ui.cards.seen"), func() { v.s.askWord(l) }),
			widgets.NewButton(w, widgets.Secondary, v.say("ui.cards.again"), func() { v.s.askAgain([]app.Serial{serial}) }), spoiled)
	default:
		acts = append(acts, widgets.NewButton(w, widgets.Secondary, v.say("ui.cards.hand"), v.s.door.HandOver).WithIcon("handover"), spoiled)
	}
	row := widgets.Flow(8)
	for _, a := range acts {
		a.Allow(!v.s.model.Busy)
		row.Add(a)
	}
	return row
}

// spoil asks why a card is of no use. Nothing is preselected.
func (v *view) spoil() []fyne.CanvasObject {
	var reasons []widgets.Option
	for _, r := range issuing.SpoilReasons {
		reasons = append(reasons, widgets.Option{Value: r, Word: v.say("card.reason." + r)})
	}
	v.reason = widgets.NewChoice(v.s.window, v.say("ui.cards.spoil.why"), reasons...).Required()
	v.reason.SetValue(v.s.model.Reason)
	v.reason.OnChosen = func(reason string) {
		v.s.model.Reason = reason
		v.reason.Say(widgets.Plain, "")
	}
	end := widgets.NewButton(v.s.window, widgets.Danger, v.say("ui.cards.spoil.do"), v.s.spoil)
	end.Allow(!v.s.model.Busy)
	stay := widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.cancel"), func() { v.s.Back() })
	return []fyne.CanvasObject{
		v.reason,
		widgets.NewPara(widgets.Quiet, v.say("ui.cards.spoil.more")),
		widgets.Gap(),
		widgets.Flow(8, end, stay),
	}
}

func earlier(s issuing.Stock) time.Time {
	if s.MembersUntil.Before(s.SerialsUntil) {
		return s.MembersUntil
	}
	return s.SerialsUntil
}

// twoSides stands front and back below or beside each other, whichever shows them larger.
type twoSides struct{}

const (
	cardShape = 85.60 / 53.98
	sideGap   = 8
)

func (twoSides) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(160, 120) }

func (twoSides) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	below := min(size.Width, (size.Height-sideGap)/2*cardShape)
	beside := min((size.Width-sideGap)/2, size.Height*cardShape)
	step := fyne.NewPos(0, (size.Height+sideGap)/2)
	each := fyne.NewSize(size.Width, (size.Height-sideGap)/2)
	if beside > below {
		step, each = fyne.NewPos((size.Width+sideGap)/2, 0), fyne.NewSize((size.Width-sideGap)/2, size.Height)
	}
	objects[0].Move(fyne.NewPos(0, 0))
	objects[1].Move(step)
	for _, o := range objects {
		o.Resize(each)
	}
}
