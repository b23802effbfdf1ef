package document

import (
	"loket/app/words"
	"loket/printing/drawing"
)

// QueueSlip is a number of the queue. It bears no name: anybody may find it on the floor.
type QueueSlip struct {
	Lang     words.Lang
	Practice bool
	Number   string // "A-001"
	Made     string
}

// QueueNumber composes the slip on a roll.
func QueueNumber(s QueueSlip) drawing.Drawing {
	literal(&s.Number, &s.Made)
	f := newFlow(Slip{Lang: s.Lang, Media: Roll80})
	f.Name, f.air = "queue.roll80", 1
	if s.Practice {
		f.text(drawing.Style{Font: drawing.Bold, Size: 11}, f.say("practice.badge"))
		f.space(1.6)
	}
	f.text(drawing.Style{Font: drawing.SemiBold, Size: 9.5}, f.say("queue.title"))
	f.space(2.5)
	f.text(drawing.Style{Font: drawing.Bold, Size: 46}, s.Number)
	f.space(4)
	body := drawing.Style{Size: 9, Leading: 1.32}
	f.text(body, f.say("queue.text"))
	f.space(2)
	f.plate(drawing.Style{Size: 8.25, Leading: 1.32}, tealTint, f.say("slip.no_cash"))
	f.space(2)
	f.text(drawing.Style{Size: 7, Leading: 1.3}, s.Made)
	f.Height = f.y + f.margin
	return *f.Drawing
}
