package document

import (
	"loket/app"
	"loket/app/words"
	"loket/printing/drawing"
)

// JointSlip is the slip of several people with one payer: each one's number and amount, and one total.
type JointSlip struct {
	Lang     words.Lang
	Practice bool
	ScanText string // of the first number, as a barcode
	Payer    string // who pays
	Bill     bool   // out of the own pocket
	People   []JointPerson
	Made     string // when and where
	Place    string // where the cards can be fetched; "" not known yet
}

// JointPerson is one of those who are paid together.
type JointPerson struct {
	Number app.ProvisionalNumber
	Name   string
	Months int
	Amount app.Rupiah
}

// JointRegistrationSlip composes the slip on a roll, as long as it needs to be.
func JointRegistrationSlip(s JointSlip) drawing.Drawing {
	literal(&s.Payer, &s.Made, &s.Place)
	f := newFlow(Slip{Lang: s.Lang, Media: Roll80, Practice: s.Practice})
	f.Name = "joint.roll80"
	f.air = 1
	f.titled(f.say("joint.title"), s.Practice)
	f.state()
	f.field(f.say("joint.payer"), s.Payer)
	f.bars(s.ScanText)
	f.rule()
	f.space(2)
	f.text(drawing.Style{Font: drawing.SemiBold, Size: 8.5}, f.say("joint.people", "n", len(s.People)))
	f.space(1.4)
	var total app.Rupiah
	for _, p := range s.People {
		f.payee(p, s.Bill)
		total += p.Amount
	}
	if s.Bill {
		f.sum(f.say("joint.total", "n", len(s.People)), total)
	}
	f.notes(Slip{Payer: s.Payer, Bill: s.Bill, Place: s.Place, Made: s.Made})
	f.Height = f.y + f.margin
	return *f.Drawing
}

// payee is one person: the name over the whole width, below it the number and what is to be paid.
func (f *flow) payee(p JointPerson, bill bool) {
	literal(&p.Name)
	f.text(drawing.Style{Font: drawing.SemiBold, Size: 8.75, Colour: f.ink, Leading: 1.2}, p.Name)
	f.y += 3.6
	style := drawing.Style{Size: 8.25, Colour: f.ink}
	f.Write(f.margin, f.y, style, p.Number.String())
	if bill {
		f.Write(f.Width-f.margin, f.y, style.To(drawing.Right), f.say("joint.months", "n", p.Months)+" · "+p.Amount.String())
	}
	f.space(2.6)
}

// bars is a barcode alone, where there is one.
func (f *flow) bars(digits string) {
	bars := drawing.Barcode{X: f.margin, Y: f.y, Height: 10, Module: 0.375, Digits: digits}
	if bars.Width() == 0 {
		return
	}
	f.Add(bars)
	f.y += bars.Height + 2.6
}
