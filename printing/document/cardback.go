package document

import (
	"strconv"

	"loket/app"
	"loket/printing/drawing"
)

// back tells the family what to do, and who pays.
func (c Card) back() drawing.Drawing {
	d, say := cardSide("card.back"), speak(c.Lang).say
	if c.Practice {
		watermark(&d, say("practice"), cardWidth/2, 38, 72, 17)
	}
	d.Add(
		drawing.Rect{X: -d.Bleed, Y: -d.Bleed, W: d.Width + 2*d.Bleed, H: d.Bleed + 1.5, Fill: teal},
		drawing.Rect{X: -d.Bleed, Y: 1.5, W: d.Width + 2*d.Bleed, H: 0.7, Fill: amberLine},
	)
	d.Write(cardMargin, 8.7, drawing.Style{Font: drawing.Bold, Size: 10.5, Colour: teal}, say("card.back.title"))
	if c.Practice {
		badge(&d, say("practice.badge"), cardWidth-cardMargin, 5.3)
	}
	what := say("card.back.what")
	if c.Programmes.Has(app.OldAge) {
		what = say("card.back.what_jht")
	}
	y := 13.5
	text := drawing.Style{Size: 6.75, Colour: ink, Leading: 1.25}
	for i := 1; i <= 4; i++ {
		n := strconv.Itoa(i)
		d.Write(cardMargin, y, text.With(drawing.Bold).In(teal), n)
		y = d.Paragraph(cardMargin+3.2, y, cardWidth-2*cardMargin-3.2, text, say("card.back."+n, "what", what)) + 0.6
	}
	d.Write(cardMargin, 41.1, text.With(drawing.Bold), say("card.back.free"))
	c.payer(&d)
	return d
}

// payer stands at the foot; a long name gets smaller and takes two lines.
func (c Card) payer(d *drawing.Drawing) {
	say, width := speak(c.Lang).say, cardWidth-2*cardMargin
	small := drawing.Style{Size: 6, Colour: muted, Leading: 1.3}
	text, rows := "", 0
	if c.Payer != "" {
		text = say("card.back.payer", "payer", c.Payer)
		small = shrink(text, small, width, 1, 5)
		small = shrink(text, small, width, 2, 4.5)
		rows = len(drawing.Wrap(text, small, width))
	}
	y := cardFoot - float64(rows)*small.LineHeight()
	d.Paragraph(cardMargin, y, width, small, text)
	d.Write(cardMargin, cardFoot, small, say("card.back.found"))
	y -= small.LineHeight() + 0.4
	d.Add(drawing.Line{X1: cardMargin, Y1: y, X2: cardWidth - cardMargin, Y2: y, Stroke: 0.15, Colour: hairline})
}
