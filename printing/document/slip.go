package document

import (
	"loket/app"
	"loket/app/words"
	"loket/printing/drawing"
)

// Media is the paper of a slip.
type Media string

// The papers of a slip. A roll is thermal: it knows black only.
const (
	Roll80 Media = "roll80"
	A6     Media = "a6"
)

// Slip is what somebody takes home after registering: proof of it, what is to be paid, and where
// the card will be.
type Slip struct {
	Lang       words.Lang
	Media      Media // "" means Roll80
	Practice   bool
	Number     app.ProvisionalNumber
	ScanText   string // of the number, as a barcode
	Name       string
	Programmes app.Programmes
	Months     []SlipMonth
	Payer      string   // who pays for the person; "" when they pay themselves
	Bill       bool     // the payer pays out of the own pocket: family, employer, group
	Place      string   // where the card can be fetched; "" not known yet
	From       app.Date // from when; may be unknown
	Made       string   // when and where: "20-11-2026 10:15 WITA · Kantor Cabang Balikpapan"
}

// SlipMonth is what one coverage month costs. Relief says what made it cheaper, in few words.
type SlipMonth struct {
	Month  app.Month
	Amount app.Rupiah
	Relief string
}

// RegistrationSlip composes the slip. On a roll it is as long as it needs to be; on a sheet white
// space gives way when there is much to say.
func RegistrationSlip(s Slip) drawing.Drawing {
	literal(&s.Name, &s.Payer, &s.Place, &s.Made)
	f := composeSlip(s, 1)
	if s.Media != A6 {
		f.Height = f.y + f.margin
		return *f.Drawing
	}
	for _, air := range []float64{0.8, 0.6, 0.4} {
		if f.y <= f.Height-sheetFoot {
			break
		}
		f = composeSlip(s, air)
	}
	return *f.Drawing
}

// sheetFoot stays white at the foot of a sheet.
const sheetFoot = 4

func composeSlip(s Slip, air float64) *flow {
	f := newFlow(s)
	f.air = air
	f.head(s)
	f.state()
	f.number(s)
	f.person(s)
	f.payments(s)
	f.notes(s)
	return f
}

// flow composes downwards; y is where the next part begins, and air is how much of the usual white
// space stands between parts.
type flow struct {
	*drawing.Drawing
	speech
	paint
	margin, width, y float64
	air              float64
}

// paint is the look on a paper: on a thermal roll all is black, and plates are outlines.
type paint struct {
	ink, soft, accent drawing.Colour
	colour            bool
}

func newFlow(s Slip) *flow {
	f := &flow{speech: speak(s.Lang), margin: 5}
	f.Drawing = &drawing.Drawing{Name: "slip.roll80", Width: 80, Height: 200}
	if s.Media == A6 {
		f.Drawing = &drawing.Drawing{Name: "slip.a6", Width: 105, Height: 148}
		f.margin, f.paint = 8, paint{ink, muted, teal, true}
	}
	f.width, f.y = f.Width-2*f.margin, f.margin
	if s.Practice && f.colour {
		watermark(f.Drawing, f.say("practice"), f.Width/2, 100, 86, 24)
	}
	return f
}

// space leaves room before the next part.
func (f *flow) space(mm float64) { f.y += mm * f.air }

// rule draws a line across.
func (f *flow) rule() {
	line := drawing.Line{X1: f.margin, Y1: f.y, X2: f.Width - f.margin, Y2: f.y, Stroke: 0.2}
	if f.colour {
		line.Colour = hairline
	}
	f.Add(line)
}

// text draws a paragraph whose first line's top stands at y.
func (f *flow) text(s drawing.Style, text string) {
	f.y += s.Size * drawing.PointMM * 0.75 // about the height of a capital
	f.y = f.Paragraph(f.margin, f.y, f.width, s, text) - s.LineHeight()
	f.y += s.Size * drawing.PointMM * 0.25
}

// platePad is the room between a plate's edge and its text.
const platePad = 2.4

// plate puts a paragraph on a tinted plate, or into a frame where only black prints.
func (f *flow) plate(s drawing.Style, fill drawing.Colour, texts ...string) {
	const pad = platePad
	at := len(f.Ops)
	top := f.y
	f.margin, f.width = f.margin+pad, f.width-2*pad
	f.space(pad)
	for i, t := range texts {
		if i > 0 {
			f.space(1.1)
		}
		f.text(s, t)
	}
	f.space(pad - 0.4)
	f.margin, f.width = f.margin-pad, f.width+2*pad
	var under drawing.Op = drawing.Rect{X: f.margin, Y: top, W: f.width, H: f.y - top, Radius: 1.6, Fill: fill}
	if !f.colour {
		under = drawing.Frame{X: f.margin, Y: top, W: f.width, H: f.y - top, Radius: 1.6, Stroke: 0.35}
	}
	f.Ops = append(f.Ops[:at], append([]drawing.Op{under}, f.Ops[at:]...)...)
}
