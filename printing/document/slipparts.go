package document

import (
	"slices"
	"strconv"
	"strings"

	"loket/app"
	"loket/printing/drawing"
)

// head is the title of a registration's slip.
func (f *flow) head(s Slip) { f.titled(f.say("slip.title"), s.Practice) }

// titled writes a title, with the practice badge at the right.
func (f *flow) titled(title string, practice bool) {
	if f.colour {
		f.Add(
			drawing.Rect{W: f.Width, H: 14, Fill: teal},
			drawing.Rect{Y: 14, W: f.Width, H: 0.9, Fill: amberLine},
		)
		f.Write(f.margin, 7, drawing.Style{Font: drawing.Bold, Size: 14, Colour: drawing.White}, title)
		f.Write(f.margin, 11, drawing.Style{Size: 8, Colour: tealPale}, f.say("scheme"))
		if practice {
			badge(f.Drawing, f.say("practice.badge"), f.Width-f.margin, 4.9)
		}
		f.y = 18.4
		return
	}
	if practice {
		f.text(drawing.Style{Font: drawing.Bold, Size: 11}, f.say("practice.badge"))
		f.space(1.6)
	}
	f.text(drawing.Style{Font: drawing.Bold, Size: 14, Leading: 1.15}, title)
	f.space(0.5)
	f.text(drawing.Style{Size: 8}, f.say("scheme"))
	f.space(3)
}

// state says how far things are: registered, no more.
func (f *flow) state() {
	style := drawing.Style{Size: 8.5, Colour: f.ink, Leading: 1.3}
	if f.colour {
		style.Colour = amber
	}
	style = shrink(f.say("slip.state_note"), style, f.width-2*platePad, 1, 7.75)
	f.plate(style, amberTint, "**"+f.say("slip.state")+"**", f.say("slip.state_note"))
	f.space(3.4)
}

// number stands in large figures with its barcode: under it on a narrow roll, beside it on a sheet.
func (f *flow) number(s Slip) {
	bars := drawing.Barcode{X: f.margin, Height: 11, Module: 0.375, Digits: s.ScanText}
	size := 16.0
	if f.colour {
		size, bars.Module, bars.Height = 14, drawing.Dots(3), 10.5
		bars.X, bars.Y = f.Width-f.margin-bars.Width(), f.y
		f.space(1.6)
	}
	f.text(drawing.Style{Size: 7.5, Colour: f.soft}, f.say("slip.number"))
	f.space(1)
	f.text(drawing.Style{Font: drawing.Bold, Size: size, Colour: f.ink}, s.Number.String())
	f.space(1.6)
	if bars.Width() == 0 {
		return
	}
	if !f.colour {
		bars.Y = f.y
	}
	f.Add(bars)
	f.y = bars.Y + bars.Height + 2.6
}

// person is who registered, and for what.
func (f *flow) person(s Slip) {
	f.field(f.say("slip.name"), s.Name)
	programmes := ""
	for i, key := range []string{"card.jkk", "card.jkm", "card.jht"} {
		if s.Programmes.Has(1 << i) {
			if programmes != "" {
				programmes += ", "
			}
			programmes += strings.ReplaceAll(f.say(key), " ", "\u00a0")
		}
	}
	f.field(f.say("slip.programmes"), programmes)
	f.space(1)
}

// field is a label at the left and what it means, wrapped, beside it.
func (f *flow) field(label, value string) {
	const column = 17.0
	f.y += 2.2
	f.Write(f.margin, f.y, drawing.Style{Size: 7.5, Colour: f.soft}, label)
	style := drawing.Style{Size: 8.5, Colour: f.ink, Leading: 1.25}
	style = oneOrTwo(value, style.With(drawing.SemiBold), f.width-column, 7.25)
	f.y = f.Paragraph(f.margin+column, f.y, f.width-column, style, value) - style.LineHeight()
	f.space(2)
}

// payments lists every month, on a sheet in two columns when there are many; never one sum alone.
func (f *flow) payments(s Slip) {
	if s.Payer != "" && !s.Bill || len(s.Months) == 0 {
		return
	}
	f.rule()
	f.space(2)
	f.text(drawing.Style{Font: drawing.SemiBold, Size: 8.5, Colour: f.accent}, f.say("slip.payments"))
	f.space(1)
	columns := 1
	if len(s.Months) > 3 && f.colour {
		columns = 2
	}
	const gap = 7
	width := (f.width - gap*float64(columns-1)) / float64(columns)
	rows := (len(s.Months) + columns - 1) / columns
	for i, m := range s.Months {
		x := f.margin + float64(i/rows)*(width+gap)
		f.month(x, f.y+3.1+float64(i%rows)*monthRow, width, m, columns > 1)
	}
	f.y += float64(rows) * monthRow
	f.space(1.2)
	if columns > 1 {
		f.reliefs(s.Months)
	}
	f.total(s.Months)
}

const monthRow = 4.1 // height of a month's row

// month is the month at the left, what it costs at the right, and between them why it is cheaper;
// a narrow column has room for a mark only.
func (f *flow) month(x, y, width float64, m SlipMonth, narrow bool) {
	style := drawing.Style{Size: 8.25, Colour: f.ink}
	name := f.say("month."+strconv.Itoa(int(m.Month.Month)), "year", m.Month.Year)
	f.Write(x, y, style, name)
	f.Write(x+width, y, style.To(drawing.Right), m.Amount.String())
	if m.Relief == "" {
		return
	}
	const at = 26.5
	relief, room := m.Relief, width-at-style.Width(m.Amount.String())-2
	small := drawing.Style{Size: 6.5, Colour: f.soft}
	if narrow {
		f.Write(x+width-style.Width(m.Amount.String())-0.9, y, small.With(drawing.Bold).To(drawing.Right), "*")
		return
	}
	f.Write(x+at, y, small.Fit(relief, room, 4.5), relief)
}

// reliefs explains the marks of narrow columns, each kind of relief once.
func (f *flow) reliefs(months []SlipMonth) {
	var seen []string
	for _, m := range months {
		if m.Relief != "" && !slices.Contains(seen, m.Relief) {
			seen = append(seen, m.Relief)
		}
	}
	if seen != nil {
		f.text(drawing.Style{Size: 6.5, Colour: f.soft}, "* "+strings.Join(seen, "; "))
		f.space(1.6)
	}
}

func (f *flow) total(months []SlipMonth) {
	var total app.Rupiah
	for _, m := range months {
		total += m.Amount
	}
	f.sum(f.say("slip.total", "n", len(months)), total)
}

// sum is the last line of amounts.
func (f *flow) sum(word string, total app.Rupiah) {
	f.rule()
	f.y += 4.4
	bold := drawing.Style{Font: drawing.Bold, Size: 9.5, Colour: f.ink}
	f.Write(f.margin, f.y, bold, word)
	f.Write(f.Width-f.margin, f.y, bold.To(drawing.Right), total.String())
	f.space(3)
}

// notes tell what to do and what not to do.
func (f *flow) notes(s Slip) {
	body := drawing.Style{Size: 8.25, Colour: f.ink, Leading: 1.32}
	f.plate(body, tealTint, f.money(s.Payer, s.Bill)...)
	f.space(2.6)
	f.text(body, f.fetch(s))
	small := drawing.Style{Size: 7, Colour: f.soft, Leading: 1.3}
	f.space(2)
	f.text(small, f.say("slip.jmo")+" "+f.say("slip.cover"))
	f.space(2)
	f.rule()
	f.space(1.4)
	f.text(small, s.Made)
}

// money says who pays and how, and that nobody pays an officer.
func (f *flow) money(payer string, bill bool) []string {
	switch {
	case payer == "":
		return []string{f.say("slip.no_cash"), f.say("slip.pay")}
	case bill:
		return []string{f.say("slip.no_cash"), f.say("slip.bill", "payer", payer), f.say("slip.pay")}
	}
	return []string{f.say("slip.no_cash"), f.say("slip.payer", "payer", payer)}
}

func (f *flow) fetch(s Slip) string {
	switch {
	case s.Place == "":
		return f.say("slip.fetch_later")
	case !s.From.Known():
		return f.say("slip.fetch_place", "place", s.Place)
	}
	return f.say("slip.fetch", "place", s.Place, "date", s.From)
}
