package sponsor

import (
	"context"

	"loket/app"
	"loket/app/roster"
)

// JudgeOptions say by what a programme's list is judged; the programme says the rest.
type JudgeOptions struct {
	AsOf     app.Date          // the judging date; zero: today
	Villages map[string]string // what a person decided: the list's spelling -> village code, "" for no village
	Hidden   bool              // judge hidden sheets too
	Progress func(rows int)    // called now and then; nil: nobody looks
}

// Judge gives every row of a programme's list its codes. Who stands in the programme by an earlier
// version of its own list is no reject: Import finds the row unchanged or corrected. Rejected as
// already_in_programme is who came into the programme in another way; other_payer warns of everybody
// whom another programme, or the person alone, pays for in the same months.
func (s *Sponsor) Judge(ctx context.Context, scope app.Scope, book *roster.Book, o JudgeOptions) (*roster.Result, error) {
	if err := s.mayRead(); err != nil {
		return nil, err
	}
	rules := s.rules()
	if rules.Closed != nil {
		return nil, rules.Closed
	}
	p, err := s.open(ctx, scope)
	if err != nil {
		return nil, err
	}
	paid, err := s.payments(ctx, p)
	if err != nil {
		return nil, err
	}
	if !o.AsOf.Known() {
		o.AsOf = app.DateOf(s.clock.Now())
	}
	result, err := roster.Judge(ctx, book, roster.Options{
		Region: p.Region, AsOf: o.AsOf, Rules: rules.Scheme, Regions: rules.Regions, Villages: o.Villages, Hidden: o.Hidden,
		Known: paid.known, OtherPayer: paid.other, Progress: o.Progress,
	})
	if err == nil {
		err = paid.err
	}
	return result, err
}

// payments looks up who is paid for beside the programme's own list.
type payments struct {
	programme Programme
	all       map[app.Scope]Programme
	of        func(nik string) ([]app.Registration, error)
	err       error // the first that was met
	nik       string
	found     []app.Registration // of that NIK
}

func (s *Sponsor) payments(ctx context.Context, p Programme) (*payments, error) {
	all, err := s.store.Programmes(ctx)
	if err != nil {
		return nil, err
	}
	of, err := s.store.Payments(ctx, p.Scope)
	return &payments{programme: p, all: byScope(all), of: of}, err
}

// look is asked twice of each NIK.
func (p *payments) look(nik string) []app.Registration {
	if p.nik == nik {
		return p.found
	}
	found, err := p.of(nik)
	if err != nil && p.err == nil {
		p.err = err
	}
	p.nik, p.found = nik, found
	return found
}

func (p *payments) known(nik string) bool {
	for _, r := range p.look(nik) {
		if r.Scope == p.programme.Scope {
			return true
		}
	}
	return false
}

func (p *payments) other(nik string) bool {
	for _, r := range p.look(nik) {
		if r.Scope == p.programme.Scope {
			continue
		}
		if _, _, both := inCommon(p.programme, paidBy(r, p.all)); both {
			return true
		}
	}
	return false
}
