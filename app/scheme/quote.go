package scheme

import (
	"slices"

	"loket/app"
)

// MostMonths bounds how far ahead a quote reaches.
const MostMonths = 60

// Request is what a contribution is asked for. A sponsor may pay any number of months; whether a
// person may choose that many is for Wrong to say.
type Request struct {
	Income     app.Rupiah // a month
	Sector     app.Sector
	Payer      app.PayerKind
	Programmes app.Programmes
	FirstMonth app.Month
	Months     int
}

// Line is one coverage month of a quotation, reliefs already taken off.
type Line struct {
	Month         app.Month
	JKK, JKM, JHT app.Rupiah
	Total         app.Rupiah
	Reduced       app.Programmes // what the relief lowered; 0 without relief
	Percent       int            // taken off those programmes
	Source        string         // the relief's regulation
}

// Quotation is a contribution, month by month.
type Quotation struct {
	Base  app.Rupiah // the tabled income base
	Lines []Line
	Total app.Rupiah
}

// Quote works out a contribution. Each coverage month is priced by itself, so a relief that ends
// in the middle of the paid months is seen. Amounts are whole rupiah; nothing is rounded.
func Quote(r *Rules, q Request) (Quotation, error) {
	if err := r.askable(q); err != nil {
		return Quotation{}, err
	}
	base := r.base(q.Income)
	out := Quotation{Base: base.Base}
	for i := range q.Months {
		line := r.line(base, q, q.FirstMonth.Add(i))
		out.Lines = append(out.Lines, line)
		out.Total += line.Total
	}
	return out, nil
}

// Rate is the price of one month in which no other choice is open: what a sponsor's budget divides
// by.
func Rate(r *Rules, payer app.PayerKind, sector app.Sector, p app.Programmes, month app.Month) (app.Rupiah, error) {
	q, err := Quote(r, Request{Sector: sector, Payer: payer, Programmes: p, FirstMonth: month, Months: 1})
	return q.Total, err
}

func (r *Rules) askable(q Request) error {
	switch {
	case q.Income < 0:
		return app.Fail(app.IncomeNegative)
	case !knownSector(q.Sector):
		return app.Fail(app.SectorUnknown, "sector", q.Sector)
	case !slices.Contains(app.PayerKinds, q.Payer):
		return app.Fail(app.PayerUnknown, "payer", q.Payer)
	case !q.Programmes.Has(r.Always):
		return app.Fail(app.ProgrammesIncomplete)
	case q.Programmes&^(r.Always|r.Optional) != 0:
		return app.Fail(app.ProgrammesUnknown, "programmes", q.Programmes)
	case q.Months < 1 || q.Months > MostMonths:
		return app.Fail(app.MonthsImpossible, "most", MostMonths)
	case q.FirstMonth == app.Month{}:
		return app.Fail(app.FirstMonthMissing)
	}
	return nil
}

// base is the highest row whose lower bound is not above the income.
func (r *Rules) base(income app.Rupiah) Base {
	row := r.Bases[0]
	for _, b := range r.Bases {
		if b.From <= income {
			row = b
		}
	}
	return row
}

func (r *Rules) line(b Base, q Request, month app.Month) Line {
	l := Line{Month: month}
	for _, one := range []struct {
		programme app.Programmes
		amount    app.Rupiah
		into      *app.Rupiah
	}{{app.WorkAccident, b.JKK, &l.JKK}, {app.Death, b.JKM, &l.JKM}, {app.OldAge, b.JHT, &l.JHT}} {
		if !q.Programmes.Has(one.programme) {
			continue
		}
		*one.into = one.amount
		for _, x := range r.Reliefs {
			if x.Programmes.Has(one.programme) && x.applies(month, q.Sector, q.Payer) {
				*one.into -= one.amount * app.Rupiah(x.Percent) / 100
				l.Reduced |= one.programme
				l.Percent, l.Source = x.Percent, x.Source
			}
		}
		l.Total += *one.into
	}
	return l
}
