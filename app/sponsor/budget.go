package sponsor

import (
	"loket/app"
	"loket/app/scheme"
)

// quoteFor is what a programme pays for one person: the lowest income base, since a list knows no
// incomes, and no relief of a sector.
func quoteFor(p Programme) scheme.Request {
	return scheme.Request{
		Sector: app.SectorOther, Payer: p.Payer, Programmes: p.Programmes, FirstMonth: p.First, Months: p.Months,
	}
}

// Budget is what a programme costs for so many people, month by month by the rules in force, and what
// its budget pays for.
func (s *Sponsor) Budget(p Programme, people int) (Budget, error) {
	if people < 0 || people > mostPeople {
		return Budget{}, app.Fail(app.SponsorAmountBad)
	}
	q, err := scheme.Quote(s.rules().Scheme, quoteFor(p))
	if err != nil {
		return Budget{}, err
	}
	b := Budget{People: people, Months: p.Months, Budget: p.Budget}
	for _, month := range q.Lines {
		b.add(month)
	}
	b.Left = b.Budget - b.Total
	b.PersonMonths = int(b.Budget / b.Lines[0].Rate)
	b.PeopleAYear = b.PersonMonths / 12
	return b, nil
}

// add counts one more month; months in a row at one rate are one line.
func (b *Budget) add(month scheme.Line) {
	last := len(b.Lines) - 1
	if last < 0 || b.Lines[last].Rate != month.Total || b.Lines[last].Relief != month.Percent {
		b.Lines = append(b.Lines, BudgetLine{From: month.Month, Rate: month.Total, Relief: month.Percent})
		last++
	}
	line, cost := &b.Lines[last], app.Rupiah(b.People)*month.Total
	line.To = month.Month
	line.Months++
	line.Total += cost
	b.Total += cost
}
