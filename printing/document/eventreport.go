package document

import (
	"loket/app/words"
	"loket/printing/drawing"
)

// EventReport is the one page that tells how an event ended: what was done, what does not add up
// and what that means, and room for two names.
type EventReport struct {
	Lang     words.Lang
	Practice bool
	Event    string
	Facts    []ReportLine // place, partner, hours, kiosk
	Figures  []ReportLine // what, and how many
	Diffs    []string     // what does not add up, in words; none: everything agrees
	Note     string       // somebody's explanation
	Made     string       // when, where, by which kiosk
}

// ReportLine is a label and what stands beside it.
type ReportLine struct{ Label, Value string }

// EventClosing composes the page, A4.
func EventClosing(r EventReport) drawing.Drawing {
	literal(&r.Event, &r.Note, &r.Made)
	f := &flow{
		Drawing: &drawing.Drawing{Name: "event.a4", Width: 210, Height: 297}, speech: speak(r.Lang),
		paint: paint{ink, muted, teal, true}, margin: 20, width: 170, air: 1,
	}
	if r.Practice {
		watermark(f.Drawing, f.say("practice"), f.Width/2, 200, 160, 24)
	}
	f.Add(drawing.Rect{W: f.Width, H: 22, Fill: teal}, drawing.Rect{Y: 22, W: f.Width, H: 1.2, Fill: amberLine})
	f.Write(f.margin, 14, drawing.Style{Font: drawing.Bold, Size: 20, Colour: drawing.White}, f.say("event.title"))
	f.y = 32
	title := drawing.Style{Font: drawing.Bold, Size: 16, Colour: ink, Leading: 1.2}
	f.text(shrink(r.Event, title, f.width, 2, 11), r.Event)
	f.space(4)
	for _, line := range r.Facts {
		f.reportFact(line)
	}
	f.space(6)
	f.section(f.say("event.figures"))
	for _, line := range r.Figures {
		f.reportFigure(line)
	}
	f.space(6)
	f.reportDiffs(r)
	f.reportSigned(r)
	return *f.Drawing
}

func (f *flow) section(title string) {
	f.text(drawing.Style{Font: drawing.SemiBold, Size: 12, Colour: f.accent}, title)
	f.space(2.5)
}

func (f *flow) reportFact(line ReportLine) {
	const column = 42.0
	f.y += 4
	f.Write(f.margin, f.y, drawing.Style{Size: 10, Colour: f.soft}, line.Label)
	style := drawing.Style{Font: drawing.SemiBold, Size: 10, Colour: f.ink, Leading: 1.25}
	literal(&line.Value)
	f.y = f.Paragraph(f.margin+column, f.y, f.width-column, style, line.Value) - style.LineHeight()
	f.space(2)
}

func (f *flow) reportFigure(line ReportLine) {
	f.rule()
	f.y += 6
	f.Write(f.margin, f.y, drawing.Style{Size: 11, Colour: f.ink}, line.Label)
	f.Write(f.margin+f.width, f.y, drawing.Style{Font: drawing.Bold, Size: 12, Colour: f.ink}.To(drawing.Right), line.Value)
	f.y += 2.4
}

func (f *flow) reportDiffs(r EventReport) {
	f.section(f.say("event.diffs"))
	body := drawing.Style{Size: 10, Colour: f.ink, Leading: 1.35}
	if len(r.Diffs) == 0 {
		f.plate(body.In(green), 0xE4F3EA, f.say("event.agrees"))
	} else {
		f.plate(body, amberTint, r.Diffs...)
	}
	if r.Note != "" {
		f.space(3)
		f.text(drawing.Style{Size: 10, Colour: f.soft}, f.say("event.note"))
		f.space(1.5)
		f.text(body, r.Note)
	}
}

// reportSigned is room for two names, at the foot.
func (f *flow) reportSigned(r EventReport) {
	const high = 46.0
	y := max(f.y+12, f.Height-20-high)
	half := f.width/2 - 6
	for i, key := range []string{"event.supervisor", "event.partner"} {
		x := f.margin + float64(i)*(half+12)
		f.Write(x, y, drawing.Style{Size: 10, Colour: f.soft}, f.say(key))
		f.Add(drawing.Line{X1: x, Y1: y + 26, X2: x + half, Y2: y + 26, Stroke: 0.3, Colour: ink})
	}
	f.Write(f.margin, y+40, drawing.Style{Size: 8, Colour: f.soft}, r.Made)
}
