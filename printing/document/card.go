package document

import (
	"strings"

	"loket/app"
	"loket/app/words"
	"loket/printing/drawing"
)

// Card is what a member card says. All of it stands on the face or in the code; nothing else of
// the person's record is needed.
type Card struct {
	Lang       words.Lang
	Practice   bool
	Name       string // as in the credential, at most 52 characters
	Member     app.MemberNumber
	Village    string // with its kind: "Desa Bumi Rapak"
	District   string
	Programmes app.Programmes
	Serial     app.Serial
	Generation int
	Code       string   // the two-letter card code
	Registered app.Date // "menunggu persetujuan per" this day, until Accepted is known
	Accepted   app.Date
	Payer      string // "APBD Kutai Timur 2026 · SK 460/123/2026"; "" leaves the line out
	Text       string // of the QR code: HTTPS://HOST/K#digits
	Version    int    // of the QR code, 10 to 12
}

// A CR80 card, and the places of its parts in mm.
const (
	cardWidth  = 85.60
	cardHeight = 53.98
	cardCorner = 3.18
	cardMargin = 4.0
	cardBand   = 10.0 // height of the coloured band
	cardFoot   = 50.0 // last baseline: nothing prints closer than 3 mm to the edge
)

// cardBleed is 1.5 mm rounded up to whole dots, so that codes stay on the printer's grid.
var cardBleed = drawing.Dots(18)

// MemberCard composes front and back.
func MemberCard(c Card) []drawing.Drawing {
	literal(&c.Name, &c.Village, &c.District, &c.Payer)
	return []drawing.Drawing{c.front(), c.back()}
}

func cardSide(name string) drawing.Drawing {
	return drawing.Drawing{Name: name, Width: cardWidth, Height: cardHeight, Bleed: cardBleed, Corner: cardCorner}
}

func (c Card) front() drawing.Drawing {
	d, say := cardSide("card.front"), speak(c.Lang).say
	if c.Practice {
		watermark(&d, say("practice"), 31, 44, 46, 17)
	}
	c.band(&d)
	c.name(&d)
	code := c.code(&d)
	width := code - cardMargin - 1
	label := drawing.Style{Size: 6, Colour: muted}
	d.Write(cardMargin, 25.6, label, say("card.member"))
	d.Write(cardMargin, 30.4, drawing.Style{Size: 12.5, Colour: ink, Spacing: 0.25}, c.Member.Grouped())
	c.place(&d, width)
	c.chips(&d, width)
	c.state(&d)
	return d
}

// band is the coloured head with the card's title.
func (c Card) band(d *drawing.Drawing) {
	say, b := speak(c.Lang).say, d.Bleed
	d.Add(
		drawing.Rect{X: -b, Y: -b, W: d.Width + 2*b, H: cardBand + b, Fill: teal},
		drawing.Rect{X: -b, Y: cardBand, W: d.Width + 2*b, H: 0.7, Fill: amberLine},
	)
	d.Write(cardMargin, 5.1, drawing.Style{Font: drawing.Bold, Size: 9.5, Colour: drawing.White}, say("card.title"))
	d.Write(cardMargin, 8.1, drawing.Style{Size: 6.5, Colour: tealPale}, say("scheme"))
	if c.Practice {
		badge(d, say("practice.badge"), cardWidth-cardMargin, 2.9)
	}
}

// name uses the whole width, in one line or two.
func (c Card) name(d *drawing.Drawing) {
	width := cardWidth - 2*cardMargin
	style := drawing.Style{Font: drawing.Bold, Size: 12, Colour: ink, Leading: 1.18}
	if style = shrink(c.Name, style, width, 1, 11); style.Width(c.Name) > width {
		style = shrink(c.Name, style, width, 2, 6.5)
	}
	y := 18.4
	if len(drawing.Wrap(c.Name, style, width)) > 1 {
		y = 15.9
	}
	d.Paragraph(cardMargin, y, width, style, c.Name)
}

// code draws the QR code at the lower right with its address, and returns where its white begins.
func (c Card) code(d *drawing.Drawing) (left float64) {
	q := drawing.QR{Module: drawing.Dots(4), Text: c.Text, Version: c.Version}
	q.X = drawing.Snap(cardWidth - cardMargin - q.Side())
	q.Y = drawing.Snap(46.9 - q.Side())
	d.Add(q)
	small := drawing.Style{Size: 5.5, Colour: muted, Align: drawing.Centre, Spacing: 0.08}
	host := hostOf(c.Text)
	d.Write(q.X+q.Side()/2, cardFoot, small.Fit(host, q.Side(), 4), host)
	return q.X - drawing.QuietModules*q.Module
}

// hostOf is the address part of a QR text.
func hostOf(text string) string {
	_, rest, found := strings.Cut(text, "://")
	if !found {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	return host
}

// place is village and district, in two lines when they are long.
func (c Card) place(d *drawing.Drawing, width float64) {
	text := c.Village
	if c.District != "" {
		text = speak(c.Lang).say("card.place", "village", c.Village, "district", noBreaks(c.District))
	}
	style := drawing.Style{Size: 6.75, Colour: muted, Leading: 1.2}
	style = shrink(text, style, width, 1, 6)
	style = shrink(text, style, width, 2, 5)
	y := 34.7
	if len(drawing.Wrap(text, style, width)) > 1 {
		y = 33.7
	}
	d.Paragraph(cardMargin, y, width, style, text)
}

// noBreaks keeps short names in one piece.
func noBreaks(s string) string {
	if len(s) > 16 {
		return s
	}
	return strings.ReplaceAll(s, " ", "\u00a0")
}

// chips name the programmes; three of them get narrower.
func (c Card) chips(d *drawing.Drawing, width float64) {
	const height, gap = 4.1, 1.2
	say := speak(c.Lang).say
	var labels []string
	for _, p := range []struct {
		programme app.Programmes
		key       string
	}{{app.WorkAccident, "card.jkk"}, {app.Death, "card.jkm"}, {app.OldAge, "card.jht"}} {
		if c.Programmes.Has(p.programme) {
			labels = append(labels, say(p.key))
		}
	}
	style, pad := drawing.Style{Size: 6.25, Colour: teal}, 1.9
	for total := width + 1; total > width && style.Size > 4.5; {
		style.Size, pad = style.Size-0.25, pad-0.1
		total = float64(len(labels)-1) * gap
		for _, l := range labels {
			total += style.Width(l) + 2*pad
		}
	}
	x := cardMargin
	for _, l := range labels {
		w := style.Width(l) + 2*pad
		d.Add(drawing.Rect{X: x, Y: 37.6, W: w, H: height, Radius: height / 2, Fill: tealTint})
		d.Write(x+pad, 40.38, style, l)
		x += w + gap
	}
}

// state is the honest line: waiting until head office has accepted the person, never "active".
func (c Card) state(d *drawing.Drawing) {
	say := speak(c.Lang).say
	text, colour := say("card.waiting", "date", c.Registered), amber
	if c.Accepted.Known() {
		text, colour = say("card.accepted", "date", c.Accepted), green
	}
	d.Add(drawing.Rect{X: cardMargin, Y: 45.02, W: 1.3, H: 1.3, Radius: 0.65, Fill: colour})
	d.Write(cardMargin+2.2, 46.4, drawing.Style{Size: 6.25, Colour: colour}, text)
	small := drawing.Style{Size: 6.25, Colour: muted}
	line := c.Serial.String() + " · " + say("card.generation", "n", c.Generation) + " · " + say("card.code") + " "
	x := cardMargin + d.Write(cardMargin, cardFoot, small, line)
	d.Write(x, cardFoot, small.With(drawing.Bold).In(ink), c.Code)
}
