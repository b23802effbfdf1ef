package document

import (
	"strconv"

	"loket/app/words"
	"loket/printing/drawing"
)

// Leaflet is what people take home to read: one A4 page about what the insurance gives. Its texts are
// in the language that Lang names.
type Leaflet struct {
	Lang      words.Lang
	Practice  bool
	Title     string
	Topics    []LeafletTopic
	Where     string // title of the hospitals
	Hospitals []string
	Confirm   string // about the hospitals
	App       string // what the members' own app is
	Link      drawing.QR
	Call      string // the number to call
	Caveat    string // stands wherever an amount does
	Foot      string // as of when, and from where
}

// LeafletTopic is one box of it.
type LeafletTopic struct {
	Icon, Title, Lead string
	Steps             bool // the points come one after the other
	Points            []LeafletPoint
	Dated             [][2]string // what, and how much as of the leaflet's day
}

// LeafletPoint is one thing that is told, with the name of its sign.
type LeafletPoint struct{ Icon, Text string }

const (
	leafletMargin = 12.0
	leafletGap    = 6.0
	boxPad        = 3.4
)

// BenefitLeaflet composes the page: topics in two columns, then the hospitals and the app.
func BenefitLeaflet(l Leaflet) drawing.Drawing {
	d := drawing.Drawing{Name: "leaflet", Width: 210, Height: 297}
	s := speak(l.Lang)
	if l.Practice {
		watermark(&d, s.say("practice"), d.Width/2, 190, 190, 50)
	}
	leafletHead(&d, s, l)
	width := (d.Width - 2*leafletMargin - leafletGap) / 2
	y := 35.5
	for i := 0; i < len(l.Topics); i += 2 {
		pair := l.Topics[i:min(i+2, len(l.Topics))]
		high := 0.0
		for _, t := range pair {
			high = max(high, (&box{width: width}).topic(t))
		}
		for k, t := range pair {
			x := leafletMargin + float64(k)*(width+leafletGap)
			d.Add(drawing.Frame{X: x, Y: y, W: width, H: high, Radius: 2, Stroke: 0.3, Colour: hairline})
			b := &box{to: &d, x: x, y: y, width: width}
			b.topic(t)
		}
		y += high + 3
	}
	leafletFoot(&d, s, l, y)
	return d
}

func leafletHead(d *drawing.Drawing, s speech, l Leaflet) {
	d.Add(drawing.Rect{W: d.Width, H: 26, Fill: teal}, drawing.Rect{Y: 26, W: d.Width, H: 1.2, Fill: amberLine})
	d.Write(leafletMargin, 12.5, drawing.Style{Font: drawing.Bold, Size: 20, Colour: drawing.White}, l.Title)
	d.Write(leafletMargin, 19.5, drawing.Style{Size: 11, Colour: tealPale}, s.say("scheme"))
	d.Write(d.Width-leafletMargin, 17.2, drawing.Style{Font: drawing.Bold, Size: 24, Colour: amberLine, Align: drawing.Right}, l.Call)
	d.Write(d.Width-leafletMargin, 22, drawing.Style{Size: 9, Colour: tealPale, Align: drawing.Right}, s.say("leaflet.call"))
	if l.Practice {
		badge(d, s.say("practice.badge"), d.Width-leafletMargin, 3.4)
	}
	caveat := drawing.Style{Font: drawing.SemiBold, Size: 10, Colour: amber}
	d.Write(leafletMargin, 32.6, caveat, l.Caveat)
}

// box writes downwards within a frame; without a drawing it only measures.
type box struct {
	to          *drawing.Drawing
	x, y, width float64
}

func (b *box) write(indent float64, s drawing.Style, text string) {
	width := b.width - 2*boxPad - indent
	if b.to == nil {
		b.y += float64(len(drawing.Wrap(text, s, width))) * s.LineHeight()
		return
	}
	first := b.y + s.Size*drawing.PointMM*0.95
	b.y = b.to.Paragraph(b.x+boxPad+indent, first, width, s, text) - s.Size*drawing.PointMM*0.95
}

// sign draws an icon; what is no icon of ours leaves its room white.
func (b *box) sign(name string, x, y, side float64) {
	if b.to == nil {
		return
	}
	if ops, err := drawing.Sign(name, x, y, side, teal, signTint); err == nil {
		b.to.Add(ops...)
	}
}

const signTint drawing.Colour = 0xD3E4E7

// Sides of the pictograms, in mm.
const (
	topicSign = 12.0
	pointSign = 7.0
)

// topic writes a topic and tells how high its box is.
func (b *box) topic(t LeafletTopic) float64 {
	top := b.y
	b.y += boxPad
	b.sign(t.Icon, b.x+boxPad, b.y-0.8, topicSign)
	b.write(topicSign+3, drawing.Style{Font: drawing.Bold, Size: 12, Colour: teal, Leading: 1.25}, t.Title)
	b.y++
	b.write(topicSign+3, drawing.Style{Size: 9, Colour: muted, Leading: 1.3}, t.Lead)
	b.y = max(b.y, top+boxPad+topicSign) + 1.6
	for i, p := range t.Points {
		b.point(i, p, t.Steps)
	}
	for _, d := range t.Dated {
		b.y += 0.7
		b.write(0, drawing.Style{Size: 8.5, Colour: ink, Leading: 1.3}, "**"+d[0]+":** "+d[1])
	}
	b.y += boxPad - 1
	return b.y - top
}

// point is a sign and what it says; a step has its number before it.
func (b *box) point(i int, p LeafletPoint, steps bool) {
	indent, style := 0.0, drawing.Style{Size: 9.5, Colour: ink, Leading: 1.3}
	if steps {
		indent = 5
		if b.to != nil {
			b.to.Write(b.x+boxPad, b.y+5, drawing.Style{Font: drawing.Bold, Size: 11, Colour: amber}, strconv.Itoa(i+1))
		}
	}
	b.sign(p.Icon, b.x+boxPad+indent, b.y, pointSign)
	from := b.y
	if lines := len(drawing.Wrap(p.Text, style, b.width-2*boxPad-indent-pointSign-2.5)); lines == 1 {
		b.y += 1.5 // in the middle of its sign
	}
	b.write(indent+pointSign+2.5, style, p.Text)
	b.y = max(b.y, from+pointSign) + 1.2
}

// leafletFoot is the hospitals, the app with its code, and as of when all of it holds.
func leafletFoot(d *drawing.Drawing, s speech, l Leaflet, y float64) {
	width := d.Width - 2*leafletMargin
	d.Add(drawing.Rect{X: leafletMargin, Y: y, W: width, H: leafletFootHigh, Radius: 2, Fill: tealTint})
	left := &box{to: d, x: leafletMargin, y: y + boxPad, width: 112}
	left.write(0, drawing.Style{Font: drawing.Bold, Size: 12, Colour: teal, Leading: 1.25}, l.Where)
	left.y += 1
	names := ""
	for i, h := range l.Hospitals {
		if i > 0 {
			names += " · "
		}
		names += h
	}
	left.write(0, drawing.Style{Size: 9.5, Colour: ink, Leading: 1.35}, names)
	left.y++
	left.write(0, drawing.Style{Size: 8.5, Colour: amber, Leading: 1.3}, l.Confirm)
	l.Link.X, l.Link.Y = d.Width-leafletMargin-boxPad-l.Link.Side()-1, y+(leafletFootHigh-l.Link.Side())/2
	quiet := float64(drawing.QuietModules) * l.Link.Module
	d.Add(drawing.Rect{X: l.Link.X - quiet, Y: l.Link.Y - quiet, W: l.Link.Side() + 2*quiet, H: l.Link.Side() + 2*quiet, Radius: 1, Fill: drawing.White}, l.Link)
	right := &box{to: d, x: leafletMargin + 112, y: y + boxPad, width: l.Link.X - quiet - leafletMargin - 112}
	right.write(0, drawing.Style{Font: drawing.Bold, Size: 12, Colour: teal, Leading: 1.25}, s.say("leaflet.app"))
	right.y++
	right.write(0, drawing.Style{Size: 8.5, Colour: ink, Leading: 1.3}, l.App)
	small := drawing.Style{Size: 8, Colour: muted, Leading: 1.35}
	d.Paragraph(leafletMargin, y+leafletFootHigh+5, width, small, l.Foot)
}

const leafletFootHigh = 37.0
