package console

import (
	"strconv"

	"loket/app"
	"loket/app/office/books"
	"loket/app/scheme"
)

// budget is arithmetic that a treasurer can follow: people x months x rate.
type budget struct {
	Lines    []budgetLine // one for each rate, in the order of the months
	People   int          // accepted
	Total    app.Rupiah   // for them
	Target   app.Rupiah   // for as many as the target says; 0 where none is set
	Decreed  app.Rupiah   // by the decree; 0 not said
	Left     app.Rupiah   // Decreed - Total; negative: too little
	Short    app.Rupiah   // what the target lacks; 0: enough
	Whole    int          // people whom the decree pays for all months
	Months   int          // person-months that the decree pays; 0 where the rate changes
	YearLong int          // of them, people for a year
	Tenths   int          // tenths of months for as many as the target says
	Why      error        // why nothing can be worked out
}

// budgetLine is consecutive months at one rate.
type budgetLine struct {
	From, To app.Month
	Months   int
	Rate     app.Rupiah // a person a month
	Percent  int        // relief, taken off JKK and JKM
	Total    app.Rupiah // people x months x rate
}

// budgetOf prices a programme. The sector of the people of a list is not known, so the rates are
// those of all but transport.
func budgetOf(rules *scheme.Rules, p books.Programme) budget {
	b := budget{People: p.People.Accepted, Decreed: app.Rupiah(p.Terms.Budget)}
	q, err := scheme.Quote(rules, scheme.Request{
		Sector: app.SectorOther, Payer: app.PayerKind(p.Terms.Payer), Programmes: app.Programmes(p.Terms.Programmes), FirstMonth: p.First(), Months: p.Terms.Months,
	})
	if err != nil {
		b.Why = err
		return b
	}
	for _, month := range q.Lines {
		b.add(month)
	}
	b.Total = q.Total * app.Rupiah(b.People)
	b.Target = q.Total * app.Rupiah(p.Terms.Target)
	if b.Decreed > 0 {
		b.Left = b.Decreed - b.Total
		b.Short = max(0, b.Target-b.Decreed)
		b.reach(q.Total, p.Terms.Target)
	}
	return b
}

// reach says how far the decree's money goes.
func (b *budget) reach(each app.Rupiah, target int) {
	b.Whole = int(b.Decreed / each)
	if len(b.Lines) != 1 {
		return
	}
	b.Months = int(b.Decreed / b.Lines[0].Rate)
	b.YearLong = b.Months / 12
	if target > 0 {
		b.Tenths = b.Months * 10 / target
	}
}

// Span is the months for as many as the target says, as people write them: "11,3".
func (b budget) Span() string { return strconv.Itoa(b.Tenths/10) + "," + strconv.Itoa(b.Tenths%10) }

func (b *budget) add(month scheme.Line) {
	last := len(b.Lines) - 1
	if last < 0 || b.Lines[last].Rate != month.Total || b.Lines[last].Percent != month.Percent {
		b.Lines, last = append(b.Lines, budgetLine{From: month.Month, Rate: month.Total, Percent: month.Percent}), last+1
	}
	l := &b.Lines[last]
	l.To = month.Month
	l.Months++
	l.Total = l.Rate * app.Rupiah(l.Months*b.People)
}
