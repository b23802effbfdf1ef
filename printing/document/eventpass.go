package document

import (
	"loket/app/words"
	"loket/printing/drawing"
)

// EventPass is the paper that lets one volunteer in at an event. What its code says is a secret:
// whoever shows it first is in.
type EventPass struct {
	Lang     words.Lang
	Practice bool
	Event    string // name
	Place    string
	Hours    string // "Sabtu 21-11-2026 · 08.00–16.00 WITA"
	Kiosk    string // the laptop on which it was prepared
	Tasks    []string
	Number   int // of how many, so that none is lost unnoticed
	Of       int
	Text     string // of the code
}

// A pass is one sheet of A6.
const (
	passWidth, passHeight = 105.0, 148.0
	passMargin            = 8.0
	passFoot              = 6.0 // stays white
)

// Pass composes the sheet. It fails when the text does not fit a code.
func Pass(p EventPass) (drawing.Drawing, error) {
	literal(&p.Event, &p.Place, &p.Hours, &p.Kiosk)
	code, err := codeOf(p.Text)
	if err != nil {
		return drawing.Drawing{}, err
	}
	f := &flow{
		Drawing: &drawing.Drawing{Name: "pass.a6", Width: passWidth, Height: passHeight}, speech: speak(p.Lang),
		paint: paint{ink, muted, teal, true}, margin: passMargin, width: passWidth - 2*passMargin, air: 1,
	}
	f.passHead(p)
	f.passCode(code)
	f.passFacts(p)
	return *f.Drawing, nil
}

// codeOf is the smallest code that holds a text, from a size that scanners read well.
func codeOf(text string) (code drawing.QR, err error) {
	const least, most = 8, 20
	for version := least; version <= most; version++ {
		code = drawing.QR{Text: text, Version: version}
		if _, err = code.Matrix(); err == nil {
			return code, nil
		}
	}
	return code, err
}

func (f *flow) passHead(p EventPass) {
	f.Add(drawing.Rect{W: f.Width, H: 14, Fill: teal}, drawing.Rect{Y: 14, W: f.Width, H: 0.9, Fill: amberLine})
	f.Write(f.margin, 9, drawing.Style{Font: drawing.Bold, Size: 15, Colour: drawing.White}, f.say("pass.title"))
	number := f.say("pass.number", "n", p.Number, "of", p.Of)
	y := 9.0
	if p.Practice {
		badge(f.Drawing, f.say("practice.badge"), f.Width-f.margin, 1.8)
		y = 11.2
	}
	f.Write(f.Width-f.margin, y, drawing.Style{Font: drawing.SemiBold, Size: 9, Colour: tealPale}.To(drawing.Right), number)
	f.y = 18.5
	title := drawing.Style{Font: drawing.Bold, Size: 13, Colour: ink, Leading: 1.15}
	f.text(shrink(p.Event, title, f.width, 2, 9), p.Event)
	f.space(2)
}

// passCode stands in the middle, with its quiet zone.
func (f *flow) passCode(code drawing.QR) {
	const side = 56.0
	code.Module = drawing.Snap(side / float64(code.Modules()))
	quiet := drawing.QuietModules * code.Module
	code.X, code.Y = (f.Width-code.Side())/2, f.y+quiet/2
	f.Add(drawing.Rect{X: code.X - quiet, Y: code.Y - quiet/2, W: code.Side() + 2*quiet, H: code.Side() + quiet, Fill: drawing.White}, code)
	f.y = code.Y + code.Side() + quiet/2 + 2
}

func (f *flow) passFacts(p EventPass) {
	tasks := ""
	for i, t := range p.Tasks {
		if i > 0 {
			tasks += ", "
		}
		tasks += t
	}
	f.field(f.say("pass.place"), p.Place)
	f.field(f.say("pass.hours"), p.Hours)
	f.field(f.say("pass.kiosk"), p.Kiosk)
	f.field(f.say("pass.tasks"), tasks)
	f.space(0.6)
	body := drawing.Style{Size: 8, Colour: f.ink, Leading: 1.3}
	room := f.Height - passFoot - f.y - 2*platePad
	for body.Size > 6.5 && f.plateHigh(body, f.say("pass.how"), f.say("pass.secret")) > room {
		body.Size -= 0.25
	}
	f.plate(body, amberTint, f.say("pass.how"), f.say("pass.secret"))
}

// plateHigh is what texts need on a plate.
func (f *flow) plateHigh(s drawing.Style, texts ...string) (high float64) {
	for _, t := range texts {
		high += float64(len(drawing.Wrap(t, s, f.width-2*platePad)))*s.LineHeight() + 1.1
	}
	return high
}
