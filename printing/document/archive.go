package document

import (
	"loket/app"
	"loket/app/words"
	"loket/printing/drawing"
)

// ArchiveSheet is what a person signs on paper where there is no pad: what was declared, the notice and
// the consents with the versions of their texts, boxes for a signature and a thumbprint, and a code
// that names the registration when the signed sheet comes back as a picture.
type ArchiveSheet struct {
	Lang     words.Lang
	Practice bool
	Number   app.ProvisionalNumber
	ScanText string // of the sheet, as a barcode
	Name     string
	Parts    []Declared
	Notice   Told
	Consents []Told
	Made     string // when and where
	Officer  string // operator who registered the person
}

// Declared is a group of what somebody declared: labels and values.
type Declared struct {
	Title string
	Rows  [][2]string
}

// Told is a text that was shown or read aloud, its version, and the answer; "" asks for none.
type Told struct {
	Text, Version, Answer string
}

const (
	sheetWidth, sheetHeight = 210, 297
	sheetMargin             = 15
	signingTop              = 222.0 // where the boxes begin
)

// Archive composes the sheet, one page of A4. Where there is much to say, white space gives way.
func Archive(s ArchiveSheet) drawing.Drawing {
	literal(&s.Name, &s.Made)
	var f *flow
	for _, air := range []float64{1, 0.7, 0.45, 0.2} {
		if f = composeArchive(s, air); f.y <= signingTop {
			break
		}
	}
	f.signing(s)
	return *f.Drawing
}

func composeArchive(s ArchiveSheet, air float64) *flow {
	f := &flow{speech: speak(s.Lang), margin: sheetMargin, paint: paint{ink, muted, teal, true}, air: air}
	f.Drawing = &drawing.Drawing{Name: "archive.a4", Width: sheetWidth, Height: sheetHeight}
	f.width = f.Width - 2*f.margin
	if s.Practice {
		watermark(f.Drawing, f.say("practice"), f.Width/2, 175, 150, 40)
	}
	f.archiveHead(s)
	f.declared(s.Parts)
	f.told(s)
	return f
}

// archiveHead is the title, the number and the code.
func (f *flow) archiveHead(s ArchiveSheet) {
	f.Add(drawing.Rect{W: f.Width, H: 17, Fill: teal}, drawing.Rect{Y: 17, W: f.Width, H: 1, Fill: amberLine})
	f.Write(f.margin, 8.6, drawing.Style{Font: drawing.Bold, Size: 16, Colour: drawing.White}, f.say("archive.title"))
	f.Write(f.margin, 13.4, drawing.Style{Size: 8.5, Colour: tealPale}, f.say("scheme"))
	if s.Practice {
		badge(f.Drawing, f.say("practice.badge"), f.Width-f.margin, 6)
	}
	bars := drawing.Barcode{Y: 22, Height: 12, Module: drawing.Dots(4), Digits: s.ScanText}
	bars.X = f.Width - f.margin - bars.Width()
	f.Add(bars)
	f.y = 23
	f.text(drawing.Style{Size: 8, Colour: f.soft}, f.say("slip.number"))
	f.y += 1
	f.text(drawing.Style{Font: drawing.Bold, Size: 15, Colour: f.ink}, s.Number.String())
	f.y = 38
	f.text(drawing.Style{Size: 8.5, Colour: amber}, f.say("archive.state"))
	f.space(2.4)
}

// declared sets the groups in two columns, one below the other in each.
func (f *flow) declared(parts []Declared) {
	const gap = 8.0
	left, width, top := f.margin, (f.width-gap)/2, f.y
	half, lowest := (len(parts)+1)/2, f.y
	for i, p := range parts {
		if i == half {
			f.y = top
		}
		f.margin, f.width = left, width
		if i >= half {
			f.margin = left + width + gap
		}
		f.group(p)
		lowest = max(lowest, f.y)
	}
	f.margin, f.width, f.y = left, 2*width+gap, lowest
}

func (f *flow) group(p Declared) {
	f.text(drawing.Style{Font: drawing.SemiBold, Size: 9, Colour: f.accent}, p.Title)
	f.y += 1
	f.Add(drawing.Line{X1: f.margin, Y1: f.y, X2: f.margin + f.width, Y2: f.y, Stroke: 0.2, Colour: hairline})
	f.y += 0.6
	const column = 30.0
	for _, row := range p.Rows {
		f.y += 3.5
		f.Write(f.margin, f.y, drawing.Style{Size: 7.5, Colour: f.soft}.Fit(row[0], column-2, 6), row[0])
		style := drawing.Style{Font: drawing.SemiBold, Size: 8.5, Colour: f.ink, Leading: 1.2}
		style = oneOrTwo(row[1], style, f.width-column, 7)
		f.y = f.Paragraph(f.margin+column, f.y, f.width-column, style, row[1]) - style.LineHeight()
		f.space(1.5)
	}
	f.space(4)
}

// told are the notice and the consents, with the versions of their texts.
func (f *flow) told(s ArchiveSheet) {
	body := drawing.Style{Size: 8.25, Colour: f.ink, Leading: 1.3}
	f.plate(body, tealTint, "**"+f.say("archive.notice")+"** ("+s.Notice.Version+")", s.Notice.Text)
	f.space(3)
	for _, c := range s.Consents {
		f.consent(c)
	}
	f.space(2)
	f.text(body, f.say("archive.declare"))
	f.y += 2
}

// consent is a question with the answer that was given, or two boxes to tick.
func (f *flow) consent(c Told) {
	const side, column = 3.2, 46.0
	top := f.y
	f.width -= column
	f.text(drawing.Style{Size: 8.25, Colour: f.ink, Leading: 1.25}, c.Text+" ("+c.Version+")")
	f.width += column
	x := f.margin + f.width - column + 6
	for _, answer := range []string{"yes", "no"} {
		f.Add(drawing.Frame{X: x, Y: top, W: side, H: side, Stroke: 0.3, Colour: ink})
		if c.Answer == answer {
			f.Add(drawing.Rect{X: x + 0.7, Y: top + 0.7, W: side - 1.4, H: side - 1.4, Fill: ink})
		}
		f.Write(x+side+1.5, top+2.8, drawing.Style{Size: 8.5, Colour: f.ink}, f.say("archive."+answer))
		x += 19
	}
	f.space(2.2)
}

// signing are the boxes and what stands under them, at the foot of the page.
func (f *flow) signing(s ArchiveSheet) {
	const height, thumb = 40.0, 34.0
	boxes := []struct {
		x, w        float64
		label, name string
	}{
		{f.margin, 78, "archive.sign", s.Name},
		{f.margin + 84, thumb, "archive.thumb", ""},
		{f.margin + 124, 56, "archive.officer", s.Officer},
	}
	for _, b := range boxes {
		f.Write(b.x, signingTop+3, drawing.Style{Size: 8, Colour: f.soft}, f.say(b.label))
		f.Add(drawing.Frame{X: b.x, Y: signingTop + 5, W: b.w, H: height, Radius: 1.6, Stroke: 0.35, Colour: ink})
		style := drawing.Style{Font: drawing.SemiBold, Size: 8.5, Colour: f.ink, Leading: 1.2}
		f.Paragraph(b.x, signingTop+height+9, b.w, oneOrTwo(b.name, style, b.w, 5), b.name)
	}
	f.y = signingTop + height + 17
	f.rule()
	f.y += 1.4
	small := drawing.Style{Size: 7.5, Colour: f.soft, Leading: 1.3}
	f.text(small, f.say("archive.photo"))
	f.y += 0.8
	f.text(small, s.Made)
}
