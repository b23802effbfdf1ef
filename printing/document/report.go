package document

import (
	"strconv"

	"loket/app"
	"loket/app/words"
	"loket/printing/drawing"
)

// Report is what a kiosk did, on A4: figures, charts and tables, without personal data. Its texts come
// in the language that Lang names.
type Report struct {
	Lang                            words.Lang
	Practice                        bool
	Title, About, Place, Made, Note string
	Figures                         []ReportRow
	Chart                           ReportTable   // columns beside each other: hours or days
	States                          ReportTable   // one bar of shares
	Tables                          []ReportTable // lines with bars
}

// ReportTable is one thing counted.
type ReportTable struct {
	Title string
	Rows  []ReportRow
}

// ReportRow is one line of it.
type ReportRow struct {
	Word  string
	Count int
	State app.RegistrationState // of a row of States: each has its own shade
}

const (
	reportMargin = 16.0
	reportWidth  = 210 - 2*reportMargin
	reportFoot   = 282.0 // nothing but the page's number stands below
)

// OfficeReport composes the pages of a report.
func OfficeReport(r Report) []drawing.Drawing {
	s := &sheets{r: r, speech: speak(r.Lang)}
	s.turn()
	s.head()
	s.figures()
	s.columns(r.Chart)
	s.shares(r.States)
	for _, t := range r.Tables {
		s.table(t)
	}
	s.note()
	for i := range s.pages {
		at := s.say("report.page", "n", i+1, "of", len(s.pages))
		s.pages[i].Write(210-reportMargin, 289, drawing.Style{Size: 8, Colour: muted, Align: drawing.Right}, at)
		s.pages[i].Write(reportMargin, 289, drawing.Style{Size: 8, Colour: muted}, cut(r.Title+" · "+r.About, reportWidth-36))
	}
	return s.pages
}

// cut shortens a line at the foot of a page; the first page has it whole.
func cut(text string, width float64) string {
	style, letters := drawing.Style{Size: 8}, []rune(text)
	if style.Width(text) <= width {
		return text
	}
	for len(letters) > 0 && style.Width(string(letters)+"…") > width {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

// sheets writes downwards and turns the page where there is no room.
type sheets struct {
	speech
	r     Report
	pages []drawing.Drawing
	y     float64
}

func (s *sheets) page() *drawing.Drawing { return &s.pages[len(s.pages)-1] }

func (s *sheets) turn() {
	s.pages = append(s.pages, drawing.Drawing{Name: "report", Width: 210, Height: 297})
	s.y = reportMargin
	if s.r.Practice {
		watermark(s.page(), s.say("practice"), 105, 200, 200, 52)
	}
}

// need turns the page when so much has no room on it any more.
func (s *sheets) need(high float64) {
	if s.y+high > reportFoot {
		s.turn()
	}
}

func (s *sheets) head() {
	d := s.page()
	about := shrink(s.r.About, drawing.Style{Size: 11, Colour: tealPale}, reportWidth, 1, 9)
	y := 25.6 + float64(len(drawing.Wrap(s.r.About, about, reportWidth))-1)*about.LineHeight()
	d.Add(drawing.Rect{W: 210, H: y + 4.4, Fill: teal}, drawing.Rect{Y: y + 4.4, W: 210, H: 1.2, Fill: amberLine})
	d.Write(reportMargin, 13.5, drawing.Style{Font: drawing.Bold, Size: 20, Colour: drawing.White}, s.r.Title)
	d.Paragraph(reportMargin, 20, reportWidth, about, s.r.About)
	d.Write(reportMargin, y, drawing.Style{Size: 9, Colour: tealPale}, s.r.Place+" · "+s.r.Made)
	if s.r.Practice {
		badge(d, s.say("practice.badge"), 210-reportMargin, 6)
	}
	s.y = y + 14.4
}

func (s *sheets) figures() {
	step := reportWidth / float64(max(len(s.r.Figures), 1))
	for i, f := range s.r.Figures {
		x := reportMargin + float64(i)*step
		s.page().Write(x, s.y+7, drawing.Style{Font: drawing.Bold, Size: 24, Colour: ink}, grouped(f.Count))
		s.page().Paragraph(x, s.y+12, step-4, drawing.Style{Size: 9, Colour: muted, Leading: 1.25}, f.Word)
	}
	s.y += 24
}

func (s *sheets) title(title string, with float64) {
	s.need(8 + with)
	s.page().Write(reportMargin, s.y+4, drawing.Style{Font: drawing.SemiBold, Size: 11, Colour: teal}, title)
	s.y += 8
}

// columns is a column chart: the count above each, its word below. Where many stand beside each other,
// only some bear words.
func (s *sheets) columns(t ReportTable) {
	const high = 44.0
	if len(t.Rows) == 0 {
		return
	}
	s.title(t.Title, high+10)
	most := largest(t.Rows)
	step := min(reportWidth/float64(len(t.Rows)), 18)
	every := max(1, int(9/step+0.99))
	base := s.y + high
	for i, r := range t.Rows {
		x := reportMargin + float64(i)*step
		tall := (high - 6) * float64(r.Count) / float64(most)
		s.page().Add(drawing.Rect{X: x + step*0.18, Y: base - tall, W: step * 0.64, H: tall, Fill: teal})
		small := drawing.Style{Size: 8, Colour: ink, Align: drawing.Centre}
		if r.Count > 0 && (every == 1 || r.Count == most) {
			s.page().Write(x+step/2, base-tall-1.4, small.Fit(grouped(r.Count), max(step, 8), 5), grouped(r.Count))
		}
		if i%every == 0 {
			small.Colour = muted
			s.page().Write(x+step/2, base+4.2, small, r.Word)
		}
	}
	s.page().Add(drawing.Line{X1: reportMargin, Y1: base, X2: reportMargin + step*float64(len(t.Rows)), Y2: base, Stroke: 0.3, Colour: hairline})
	s.y = base + 11
}

// shades tell shares apart, also on a printer without colour: the words stand beside the same shade.
// What is accepted is green and what waits is amber, whichever others there are.
var shades = map[app.RegistrationState]drawing.Colour{
	app.Captured: amberLine, app.NeedsReview: 0xB4690E, app.Accepted: green,
	app.Duplicate: 0x9FBFC6, app.Rejected: 0xB3261E, app.Withdrawn: muted,
}

// shares is one bar made of shares, and under it what each is.
func (s *sheets) shares(t ReportTable) {
	total := 0
	for _, r := range t.Rows {
		total += r.Count
	}
	if total == 0 {
		return
	}
	s.title(t.Title, 8+float64(len(t.Rows)+1)/2*5.5)
	x := reportMargin
	for _, r := range t.Rows {
		w := reportWidth * float64(r.Count) / float64(total)
		s.page().Add(drawing.Rect{X: x, Y: s.y, W: w, H: 6, Fill: shades[r.State]})
		x += w
	}
	s.y += 11
	for i, r := range t.Rows {
		x := reportMargin + float64(i%2)*reportWidth/2
		s.page().Add(drawing.Rect{X: x, Y: s.y - 2.8, W: 3.2, H: 3.2, Fill: shades[r.State]})
		s.page().Write(x+5, s.y, drawing.Style{Size: 9.5, Colour: ink}, r.Word+": "+grouped(r.Count)+percent(r.Count, total))
		if i%2 == 1 || i == len(t.Rows)-1 {
			s.y += 5.5
		}
	}
	s.y += 5
}

const rowHigh = 6.2

// table is lines with bars; a long one goes on, on the next page, under its title again.
func (s *sheets) table(t ReportTable) {
	if len(t.Rows) == 0 {
		return
	}
	s.title(t.Title, 3*rowHigh)
	most, total := largest(t.Rows), 0
	for _, r := range t.Rows {
		total += r.Count
	}
	for _, r := range t.Rows {
		if s.y+rowHigh+extra(r.Word) > reportFoot {
			s.turn()
			s.title(t.Title, 2*rowHigh)
		}
		s.line(r, most, total)
	}
	s.page().Write(reportMargin, s.y+4, drawing.Style{Font: drawing.SemiBold, Size: 9.5, Colour: ink}, s.say("report.total"))
	s.page().Write(reportMargin+nameWide+16, s.y+4, drawing.Style{Font: drawing.SemiBold, Size: 9.5, Colour: ink, Align: drawing.Right}, grouped(total))
	s.y += 12
}

const nameWide = 76.0

func (s *sheets) line(r ReportRow, most, total int) {
	d := s.page()
	style := drawing.Style{Size: 9.5, Colour: ink}
	d.Paragraph(reportMargin, s.y+4, nameWide, named(r.Word), r.Word)
	d.Write(reportMargin+nameWide+16, s.y+4, style.To(drawing.Right), grouped(r.Count))
	const from = reportMargin + nameWide + 20
	w := (210 - reportMargin - 16 - from) * float64(r.Count) / float64(most)
	d.Add(drawing.Rect{X: from, Y: s.y + 1, W: max(w, 0.4), H: 3.4, Radius: 0.6, Fill: teal})
	d.Write(210-reportMargin, s.y+4, drawing.Style{Size: 8.5, Colour: muted, Align: drawing.Right}, share(r.Count, total))
	s.y += extra(r.Word)
	d.Add(drawing.Line{X1: reportMargin, Y1: s.y + rowHigh - 0.4, X2: 210 - reportMargin, Y2: s.y + rowHigh - 0.4, Stroke: 0.12, Colour: hairline})
	s.y += rowHigh
}

// named is how the name of a line is written: a long one smaller, and if need be below itself.
func named(word string) drawing.Style {
	return shrink(word, drawing.Style{Size: 9.5, Colour: ink}, nameWide, 1, 8)
}

// extra is what a name of several lines takes beyond the first.
func extra(word string) float64 {
	s := named(word)
	return float64(len(drawing.Wrap(word, s, nameWide))-1) * s.LineHeight()
}

func (s *sheets) note() {
	s.need(14)
	s.page().Paragraph(reportMargin, s.y+4, reportWidth, drawing.Style{Size: 8.5, Colour: muted, Leading: 1.35}, s.r.Note)
}

func largest(rows []ReportRow) int {
	most := 1
	for _, r := range rows {
		most = max(most, r.Count)
	}
	return most
}

func grouped(n int) string { return app.GroupThousands(strconv.Itoa(n)) }

func share(n, of int) string { return strconv.Itoa((200*n+of)/(2*max(of, 1))) + "%" }

func percent(n, of int) string { return " (" + share(n, of) + ")" }
