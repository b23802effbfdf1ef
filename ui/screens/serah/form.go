package serah

import (
	"fmt"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// holder says whose card it is: enough to tell people apart, no more.
func (v *view) holder() []fyne.CanvasObject {
	m := &v.s.model
	c, r := m.Card.Card, m.Card.Registration
	lines := []fyne.CanvasObject{
		widgets.NewPara(widgets.LargeStyle, r.Record.Person.Name),
		widgets.NewPara(widgets.Quiet, v.say("ui.cards.numbers", "member", c.Member.Grouped(), "serial", c.Serial, "n", c.Generation)),
	}
	born := v.say("ui.hand.born", "year", r.Record.Person.BirthDate.Year)
	if place := Place(r.Record.Address); place != "" {
		born += " · " + place
	}
	return append(lines, widgets.NewPara(widgets.Quiet, born))
}

// who is the first half of the form: the holder, what to know, and who receives the card.
func (v *view) who() []fyne.CanvasObject {
	m := &v.s.model
	head := append([]fyne.CanvasObject{widgets.NewPara(widgets.Section, v.scanned())}, v.holder()...)
	parts := []fyne.CanvasObject{widgets.Column(0, head...)}
	for _, code := range m.Held.Warnings {
		parts = append(parts, widgets.NewNote(widgets.Waiting, v.say(string(code))))
	}
	if o := v.lacking(); o != nil {
		parts = append(parts, o)
	}
	v.receiver = widgets.NewChoice(v.s.window, v.say("ui.hand.receiver"),
		v.option(app.ReceiverHolder), v.option(app.ReceiverFamily), v.option(app.ReceiverProxy)).Required()
	v.receiver.SetValue(string(m.Form.Receiver))
	v.receiver.OnChosen = func(who string) { v.s.receive(app.Receiver(who)) }
	v.receiver.Allow(!m.Busy)
	v.complain(v.receiver.Say, app.HandoverNoReceiver)
	parts = append(parts, v.receiver)
	switch m.Form.Receiver {
	case app.ReceiverFamily:
		parts = append(parts, widgets.Shares(10, []float32{1, 1.2}, v.related(), v.named()))
		if known, ok := m.Known(); ok {
			parts = append(parts, v.contact(known))
		}
	case app.ReceiverProxy:
		parts = append(parts, v.named())
	case app.ReceiverHolder:
	}
	return parts
}

// scanned tells when the card was scanned, and by which list it was judged.
func (v *view) scanned() string {
	m, now := &v.s.model, v.s.options.Clock.Now()
	if m.Trusted.IsZero() {
		return v.say("ui.hand.scanned.no_list")
	}
	return v.say("ui.hand.scanned", "ago", widgets.Ago(v.s.window, m.Trusted, now))
}

func (v *view) option(r app.Receiver) widgets.Option {
	return widgets.Option{Value: string(r), Word: v.say("receiver." + string(r))}
}

// complain writes what is missing where it is missing.
func (v *view) complain(say func(widgets.State, string), code app.Code) bool {
	err := v.s.model.Err
	if app.CodeOf(err) != code {
		return false
	}
	say(widgets.Bad, words.Error(v.s.window.Lang(), err))
	return true
}

var relations = []string{"spouse", "child", "parent", "sibling", "other"}

func (v *view) related() fyne.CanvasObject {
	m := &v.s.model
	var options []widgets.Option
	for _, r := range relations {
		o := widgets.Option{Value: r, Word: v.say("relation." + r)}
		options = append(options, o)
	}
	v.relation = widgets.NewSelect(v.s.window, v.say("ui.hand.relation"), options...).Required()
	for _, o := range options {
		if o.Value == m.Form.Relation {
			v.relation.Set(o)
		}
	}
	v.relation.OnPicked = func(o widgets.Option) {
		m.Form.Relation, m.Err = o.Value, nil
		v.relation.Field.Say(widgets.Plain, "")
		v.s.keepNow()
	}
	v.complain(v.relation.Field.Say, app.HandoverNoRelation)
	return v.relation
}

func (v *view) named() fyne.CanvasObject {
	m := &v.s.model
	v.name = widgets.NewField(v.s.window, v.say("ui.hand.name")).Required()
	v.name.SetText(m.Form.Name)
	v.name.OnChanged = func(text string) {
		m.Form.Name, m.Err = text, nil
		v.name.Say(widgets.Plain, "")
	}
	v.name.OnLeft = func(string) {
		if m.Step == Filling && !m.Busy && m.Form.Name != "" {
			v.s.keepNow()
		}
	}
	v.complain(v.name.Say, app.HandoverNoName)
	return v.name
}

// contact offers the family that the holder named at registration; nothing is filled in by itself.
func (v *view) contact(known app.FamilyContact) fyne.CanvasObject {
	relation := known.Relation
	if words.Has("relation." + relation) {
		relation = v.say("relation." + relation)
	}
	link := widgets.NewButton(v.s.window, widgets.Link, short(known.Name)+" · "+relation, func() {
		v.s.model.Form.Name, v.s.model.Form.Relation, v.s.model.Err = known.Name, known.Relation, nil
		v.s.keepNow()
		v.s.show()
	}).WithIcon("people")
	return widgets.Row(0, link, widgets.Gap())
}

// proof is the second half: evidence, and giving the card.
func (v *view) proof() []fyne.CanvasObject {
	m := &v.s.model
	asked := v.say("ui.hand.evidence.may")
	if m.Held.Demanded >= 2 {
		asked = v.say("ui.hand.evidence.must")
	}
	parts := []fyne.CanvasObject{widgets.NewPara(widgets.LabelStyle, asked)}
	if m.Has(kindSignature) {
		parts = append(parts, v.have(kindSignature))
	} else {
		parts = append(parts, v.s.pad)
	}
	if v.s.options.ChooseFile != nil {
		parts = append(parts, widgets.Flow(8, v.picture(kindPhoto, "camera"), v.picture(kindThumbprint, "picture")))
	}
	if err := m.Err; err != nil && !elsewhere(app.CodeOf(err)) {
		parts = append(parts, widgets.NewNote(widgets.Bad, words.Error(v.s.window.Lang(), err)))
	}
	done := widgets.Action{Word: v.say("ui.hand.finish"), Keys: "Ctrl+S", Off: m.Busy, Act: v.s.finish}
	if m.Busy {
		done.Word, done.Keys = v.say("ui.hand.busy"), ""
	}
	v.finish = widgets.NewAction(v.s.window, widgets.Primary, done).Large()
	return append(parts, v.finish)
}

// elsewhere says whether a complaint stands beside its own field.
func elsewhere(code app.Code) bool {
	return code == app.HandoverNoReceiver || code == app.HandoverNoRelation || code == app.HandoverNoName
}

// picture chooses a file, or shows that there is one.
func (v *view) picture(kind, icon string) fyne.CanvasObject {
	if v.s.model.Has(kind) {
		return v.have(kind)
	}
	b := widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.hand.file."+kind), func() { v.s.choosePicture(kind) }).WithIcon(icon)
	b.Allow(!v.s.model.Busy)
	return b
}

// have is a piece of evidence that was taken; pressed, it goes away.
func (v *view) have(kind string) fyne.CanvasObject {
	face := widgets.Face{Fill: theme.GreenTint, Stroke: theme.Green, Radius: 7, PadX: 12, PadY: 4, Least: fyne.NewSize(0, theme.Size(theme.Button))}
	size := theme.Size(theme.Icon)
	content := widgets.Row(8, widgets.NewIcon("check", theme.Green, size),
		widgets.NewText(widgets.Body.In(theme.Green), v.say("evidence."+kind)), widgets.NewIcon("cross", theme.Muted, size-4))
	return widgets.NewPress(v.s.window, face, content, func() {
		v.s.model.Remove(kind)
		v.s.keepNow()
		v.s.show()
	})
}

// picked asks for the two letters of a card that was chosen in the list: whoever types them has the
// card in hand.
func (v *view) picked() fyne.CanvasObject {
	v.code = widgets.NewField(v.s.window, v.say("ui.hand.code")).Placeholder("RM").OnEnter(func() { v.s.code(v.code.Text()) })
	v.complain(v.code.Say, app.HandoverCodeDiffers)
	next := widgets.NewButton(v.s.window, widgets.Primary, v.say("ui.hand.code.next"), func() { v.s.code(v.code.Text()) })
	back := widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.cancel"), func() { v.s.Back() })
	return widgets.Panel("",
		widgets.Column(3, append([]fyne.CanvasObject{widgets.NewPara(widgets.Section, v.say("ui.hand.picked"))}, v.holder()...)...),
		widgets.Rule(),
		widgets.Row(12, widgets.NewIcon("scan", theme.TealText, 28*theme.Scale()), widgets.Stretch(widgets.NewPara(widgets.Body, v.say("ui.hand.code.more")))),
		v.code, widgets.Flow(8, next, back), widgets.Gap())
}

// refused says why a card cannot be given, and, when it was given before, to whom.
func (v *view) refused() fyne.CanvasObject {
	m := &v.s.model
	parts := []fyne.CanvasObject{widgets.Row(12, widgets.NewIcon("refused", theme.Red, 34*theme.Scale()),
		widgets.Stretch(widgets.NewPara(widgets.LargeStyle.In(theme.Red), v.say("ui.hand.refused"))))}
	if m.Card.Card.Serial != 0 {
		parts = append(parts, widgets.Column(3, v.holder()...))
	}
	parts = append(parts, widgets.NewPara(widgets.Body, words.Error(v.s.window.Lang(), m.Err)))
	if h := m.Held.Before; h != nil {
		parts = append(parts, v.before(*h))
	}
	ready := widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.hand.another"), func() { v.s.Back() })
	return widgets.StatePanel(widgets.Bad, "", append(parts, widgets.Gap(), widgets.Row(0, ready, widgets.Gap()))...)
}

func (v *view) before(h app.Handover) fyne.CanvasObject {
	who := v.say("receiver." + string(h.Receiver))
	if h.Name != "" {
		who += " · " + h.Name
	}
	if words.Has("relation." + h.Relation) {
		who += " · " + v.say("relation."+h.Relation)
	}
	when := widgets.Moment(v.s.window, h.At, v.s.options.Clock.Now())
	return widgets.Panel(v.say("ui.hand.before"), widgets.NewPara(widgets.Strong, who),
		widgets.NewPara(widgets.Quiet, fmt.Sprintf("%s · %s", when, v.evidenceOf(h))))
}

// lacking asks to complete now what a list left open: the handover is often the only meeting. It holds
// nothing up.
func (v *view) lacking() fyne.CanvasObject {
	r := v.s.model.Card.Registration
	if v.s.options.Complete == nil || !r.Record.LacksOfList() {
		return nil
	}
	open := widgets.NewButton(v.s.window, widgets.Secondary, v.say("ui.hand.complete"), func() {
		v.s.keepNow()
		v.s.options.Complete(r.ID)
	}).WithIcon("file")
	open.Allow(!v.s.model.Busy)
	return widgets.Column(6, widgets.NewNote(widgets.Waiting, v.say("ui.hand.lacking")), widgets.Row(0, open, widgets.Gap()))
}
