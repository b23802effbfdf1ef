package document

import (
	"loket/app/words"
	"loket/printing/drawing"
)

// ReferralSlip tells somebody who does not register here where to go, and an employer that the branch
// will call.
type ReferralSlip struct {
	Lang     words.Lang
	Practice bool
	Title    string // "Pekerja migran Indonesia"
	Text     string // what to do, and what to bring
	Number   string // of the entry
	Name     string // "" not told
	Workers  int    // of an employer; 0 none
	Place    string // the branch office
	Address  string // "" not known
	Made     string
}

// Referral composes the slip on a roll.
func Referral(s ReferralSlip) drawing.Drawing {
	literal(&s.Name, &s.Title, &s.Text, &s.Place, &s.Address, &s.Made)
	f := newFlow(Slip{Lang: s.Lang, Media: Roll80})
	f.Name, f.air = "referral.roll80", 1
	title := f.say("referral.title")
	if s.Workers > 0 {
		title = f.say("lead.title")
	}
	f.titled(title, s.Practice)
	f.text(drawing.Style{Font: drawing.SemiBold, Size: 10, Leading: 1.2}, s.Title)
	f.space(2.4)
	f.field(f.say("referral.number"), s.Number)
	if s.Name != "" {
		f.field(f.say("slip.name"), s.Name)
	}
	if s.Workers > 0 {
		f.field(f.say("lead.workers"), f.say("lead.workers_n", "n", s.Workers))
	}
	f.space(1)
	body := drawing.Style{Size: 8.5, Leading: 1.32}
	f.text(body, s.Text)
	f.space(2.6)
	f.text(body.With(drawing.SemiBold), s.Place)
	if s.Address != "" {
		f.text(body, s.Address)
	}
	f.space(1)
	f.text(body, f.say("referral.call"))
	f.space(2.4)
	f.plate(drawing.Style{Size: 8.25, Leading: 1.32}, tealTint, f.say("slip.no_cash"))
	f.space(2.2)
	f.text(drawing.Style{Size: 7, Leading: 1.3}, s.Made)
	f.Height = f.y + f.margin
	return *f.Drawing
}
