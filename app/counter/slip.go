package counter

import (
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/scheme"
)

// Slip is what the paper says that somebody takes home. It promises nothing: until head office has
// accepted the person, it says "terdaftar, menunggu persetujuan".
type Slip struct {
	Number     app.ProvisionalNumber
	ScanText   string // digits of the barcode
	State      app.RegistrationState
	Member     app.MemberNumber // "" while there is none
	Name       string
	Programmes app.Programmes
	Payer      app.PayerKind
	PayerName  string
	Months     []SlipMonth
	Total      app.Rupiah
	CapturedAt time.Time
}

// SlipMonth is what one coverage month costs.
type SlipMonth struct {
	Month  app.Month
	Total  app.Rupiah
	Relief int    // percent taken off JKK and JKM; 0 without relief
	Source string // the relief's regulation
}

// SlipOf is the slip of a registration, priced by the rules in force.
func SlipOf(r app.Registration, rules *scheme.Rules) (Slip, error) {
	text, err := card.ScanOf(r.Number).Text()
	if err != nil {
		return Slip{}, err
	}
	quote, err := scheme.Quote(rules, requestOf(r.Record, rules))
	if err != nil {
		return Slip{}, err
	}
	plan := r.Record.Plan
	s := Slip{
		Number: r.Number, ScanText: text, State: r.State, Member: r.Member, Name: r.Record.Person.Name,
		Programmes: plan.Programmes, Payer: plan.Payer, PayerName: plan.PayerName,
		Total: quote.Total, CapturedAt: r.CapturedAt,
	}
	for _, l := range quote.Lines {
		s.Months = append(s.Months, SlipMonth{Month: l.Month, Total: l.Total, Relief: l.Percent, Source: l.Source})
	}
	return s, nil
}
