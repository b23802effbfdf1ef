package document

import (
	"loket/app"
	"loket/app/words"
	"loket/printing/drawing"
)

// Lookup is what somebody takes home who asked whether a relative is insured: the number of the question,
// what can be said now, and what the family needs to know. It names no address and no amount.
type Lookup struct {
	Lang     words.Lang
	Media    Media // "" means Roll80
	Practice bool
	Number   app.LookupNumber
	Asker    string
	About    string   // as it was asked
	Sorry    string   // condolence; "" without
	Said     string   // in one sentence; never "no"
	More     string   // what follows from it
	Intro    string   // of what to bring
	Needs    []string // what to bring
	Free     string   // nobody may ask for money
	Promise  string   // nothing is promised
	Made     string   // when and where
}

// LookupSlip composes the slip, as long as it needs to be on a roll.
func LookupSlip(l Lookup) drawing.Drawing {
	literal(&l.Asker, &l.About, &l.Said, &l.More, &l.Made)
	f := newFlow(Slip{Lang: l.Lang, Media: l.Media, Practice: l.Practice})
	f.air = 1
	if f.colour {
		f.Name = "lookup.a6"
	} else {
		f.Name = "lookup.roll80"
	}
	f.titled(f.say("lookup.title"), l.Practice)
	f.text(drawing.Style{Size: 7.5, Colour: f.soft}, f.say("lookup.number"))
	f.space(1.2)
	f.text(drawing.Style{Font: drawing.Bold, Size: 16, Colour: f.ink}, l.Number.String())
	f.space(2.2)
	f.field(f.say("lookup.asker"), l.Asker)
	f.field(f.say("lookup.about"), l.About)
	f.space(1.4)
	body := drawing.Style{Size: 8.5, Colour: f.ink, Leading: 1.32}
	if l.Sorry != "" {
		f.text(body, l.Sorry)
		f.space(1.6)
	}
	f.plate(body, amberTint, "**"+l.Said+"**", l.More)
	f.space(2.6)
	f.bring(l, body)
	f.space(2)
	f.rule()
	f.space(1.4)
	f.text(drawing.Style{Size: 7, Colour: f.soft, Leading: 1.3}, l.Made)
	if l.Media != A6 {
		f.Height = f.y + f.margin
	}
	return *f.Drawing
}

// bring lists what the family should bring, with a box to tick.
func (f *flow) bring(l Lookup, body drawing.Style) {
	f.text(drawing.Style{Font: drawing.SemiBold, Size: 9, Colour: f.accent}, f.say("lookup.needs"))
	f.space(1)
	f.text(body, l.Intro)
	f.space(0.8)
	const box, indent = 2.6, 4.6
	for _, need := range l.Needs {
		f.Add(drawing.Frame{X: f.margin, Y: f.y + 0.2, W: box, H: box, Stroke: 0.25})
		f.margin, f.width = f.margin+indent, f.width-indent
		f.text(body, need)
		f.margin, f.width = f.margin-indent, f.width+indent
		f.space(1.2)
	}
	f.space(1)
	f.text(body.With(drawing.SemiBold), l.Free)
	f.space(1)
	f.text(drawing.Style{Size: 7.5, Colour: f.soft, Leading: 1.3}, l.Promise)
}
