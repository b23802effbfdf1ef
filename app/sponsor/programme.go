package sponsor

import (
	"context"
	"crypto/rand"
	"iter"
	"slices"

	"loket/app"
	"loket/app/identity"
	"loket/app/region"
	"loket/app/scheme"
)

// Programmes keeps the programmes of a kiosk.
type Programmes interface {
	OpenProgramme(ctx context.Context, by app.Author, p app.SponsorProgramme) error
	ChangeProgramme(ctx context.Context, by app.Author, p app.SponsorProgramme) error
	CloseProgramme(ctx context.Context, by app.Author, scope app.Scope) error
	Programmes(ctx context.Context) ([]app.SponsorProgramme, error) // the newest first
	CountProgramme(ctx context.Context, scope app.Scope) (app.ProgrammeCount, error)
}

// Lists takes lists in, some rows at a time. Each call is durable when it returns, and a list that was
// interrupted goes on where it was.
type Lists interface {
	BeginList(ctx context.Context, by app.Author, f app.ListFile) (app.ListTaking, error)
	TakeRows(ctx context.Context, by app.Author, at app.ListTaking, rows []app.ListRow) (app.ListTaking, []app.Registration, error)
	EndList(ctx context.Context, by app.Author, at app.ListTaking) (app.ListVersion, error)
	ListVersions(ctx context.Context, scope app.Scope) ([]app.ListVersion, error) // the newest first
}

// People reads who stands in lists.
type People interface {
	LeftList(ctx context.Context, scope app.Scope) ([]app.Registration, error)
	Payments(ctx context.Context, own app.Scope) (func(nik string) ([]app.Registration, error), error)
	RowsRoot(ctx context.Context, scope app.Scope, version int) (root [32]byte, rows int, err error)
	ListedRows(ctx context.Context, scope app.Scope) iter.Seq2[app.ListedRow, error]
	GaveRows(ctx context.Context, by app.Author, scope app.Scope, version, rows int) error
}

// Twice finds who is paid for by two.
type Twice interface {
	PaidTwice(ctx context.Context) ([]app.PaidTwice, error)
	NotAlone(ctx context.Context, scope app.Scope) ([]app.Registration, error) // whose NIK stands there more than once
	Registration(ctx context.Context, id app.EntryID) (app.Registration, error)
}

// Store is what the use case needs kept.
type Store interface {
	Programmes
	Lists
	People
	Twice
	Unfinished
}

// Rules is what programmes and lists are judged by now.
type Rules struct {
	Scheme  *scheme.Rules
	Regions *region.Table
	Closed  error // why this kiosk takes nothing in; nil: it does
}

// Sponsor is the use case. It is safe for use by several goroutines.
type Sponsor struct {
	store Store
	rules func() Rules
	clock app.Clock
	who   app.AtWork
	put   func(...app.Registration)
}

// New wires it up. Rules gives the rule set in force now, who the operator at work.
func New(store Store, rules func() Rules, clock app.Clock, who app.AtWork) *Sponsor {
	return &Sponsor{store: store, rules: rules, clock: clock, who: who, put: func(...app.Registration) {}}
}

// mayRead asks whether who is at work may see programmes, their people and their money.
func (s *Sponsor) mayRead() error { return s.who.May(app.TaskList) }

// Tell names who is told of registrations that a list makes or changes, some at a time: the search
// by name.
func (s *Sponsor) Tell(put func(...app.Registration)) { s.put = put }

// may refuses who may not take lists in, and everything while the kiosk is called back.
func (s *Sponsor) may(by app.Operator) error {
	if err := by.May(app.TaskList); err != nil {
		return err
	}
	return s.rules().Closed
}

// Open makes a programme, with a scope of its own.
func (s *Sponsor) Open(ctx context.Context, by app.Operator, p Programme) (Programme, error) {
	if err := s.may(by); err != nil {
		return p, err
	}
	p = tidied(p)
	p.Scope, p.Closed = newScope(), false
	if err := s.Check(p); err != nil {
		return p, err
	}
	return p, s.store.OpenProgramme(ctx, by.Author(), p)
}

// newScope is never one of the reserved ones: those begin with seven zeros.
func newScope() app.Scope {
	var scope app.Scope
	for scope[0] == 0 {
		rand.Read(scope[:]) // never fails: the program would stop
	}
	return scope
}

func tidied(p Programme) Programme {
	for _, text := range []*string{&p.Name, &p.PayerName, &p.Decree, &p.Region, &p.Release} {
		*text = identity.CleanSpaces(*text)
	}
	return p
}

// Budgets and targets are bounded, so that no sum can overflow.
const mostBudget app.Rupiah = 1e15

const mostPeople = 10_000_000

// mostText is how many bytes each text of a programme may have: head office sets longer ones aside, and
// with the programme everybody who is registered in it.
const mostText = 400

func long(p Programme) bool {
	return slices.ContainsFunc([]string{p.Name, p.PayerName, p.Decree, p.Region, p.Release}, func(s string) bool { return len(s) > mostText })
}

// Check says what is wrong with a programme: the first thing, with a code of sponsor.* or scheme.*.
func (s *Sponsor) Check(p Programme) error {
	rules := s.rules()
	switch {
	case p.Name == "":
		return app.Fail(app.SponsorNameMissing)
	case p.Payer == "" || p.Payer.Private() || p.PayerName == "":
		return app.Fail(app.SponsorPayerMissing)
	case p.Decree == "" || !p.DecreeDay.Valid():
		return app.Fail(app.SponsorDecreeMissing)
	case long(p):
		return app.Fail(app.SponsorTextLong, "most", mostText)
	case p.Level < 1 || p.Level > 3:
		return app.Fail(app.SponsorLevelUnknown)
	case p.Budget < 0 || p.Budget > mostBudget || p.Target < 0 || p.Target > mostPeople:
		return app.Fail(app.SponsorAmountBad)
	}
	if _, ok := rules.Regions.Lookup(p.Region); !ok {
		return app.Fail(app.SponsorRegionUnknown, "region", p.Region)
	}
	_, err := scheme.Quote(rules.Scheme, quoteFor(p))
	return err
}

// Change writes what a programme is from now on. Once people are registered, kind of payer, cover and
// first month stand.
func (s *Sponsor) Change(ctx context.Context, by app.Operator, p Programme) error {
	if err := s.may(by); err != nil {
		return err
	}
	p = tidied(p)
	was, err := s.Programme(ctx, p.Scope)
	switch {
	case err != nil:
		return err
	case was.Closed:
		return app.Fail(app.SponsorClosed)
	case was.Registered > 0 && (was.Payer != p.Payer || was.Programmes != p.Programmes || was.First != p.First):
		return app.Fail(app.SponsorFixed)
	}
	if err := s.Check(p); err != nil {
		return err
	}
	return s.store.ChangeProgramme(ctx, by.Author(), p)
}

// Close ends the taking in of lists. Who is registered stays registered.
func (s *Sponsor) Close(ctx context.Context, by app.Operator, scope app.Scope) error {
	if err := s.may(by); err != nil {
		return err
	}
	return s.store.CloseProgramme(ctx, by.Author(), scope)
}

// Programmes lists all of this kiosk, the newest first, with what came of each.
func (s *Sponsor) Programmes(ctx context.Context) ([]Standing, error) {
	if err := s.mayRead(); err != nil {
		return nil, err
	}
	all, err := s.store.Programmes(ctx)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	twice, err := s.paidTwice(ctx, all)
	if err != nil {
		return nil, err
	}
	overlaps := twice.persons()
	standing := make([]Standing, len(all))
	for i, p := range all {
		c, err := s.store.CountProgramme(ctx, p.Scope)
		if err != nil {
			return nil, err
		}
		standing[i] = Standing{
			Programme: p, Registered: c.Registered, Rejected: c.Rejected, Versions: c.Versions, Left: c.Left,
			Overlaps: overlaps[p.Scope], OpenedAt: c.OpenedAt,
		}
	}
	return standing, nil
}

// Programme is one of them, or not_found.
func (s *Sponsor) Programme(ctx context.Context, scope app.Scope) (Standing, error) {
	all, err := s.Programmes(ctx)
	if err != nil {
		return Standing{}, err
	}
	for _, p := range all {
		if p.Scope == scope {
			return p, nil
		}
	}
	return Standing{}, app.Fail(app.NotFound)
}

// open is a programme that takes lists.
func (s *Sponsor) open(ctx context.Context, scope app.Scope) (Programme, error) {
	all, err := s.store.Programmes(ctx)
	if err != nil {
		return Programme{}, err
	}
	for _, p := range all {
		switch {
		case p.Scope == scope && p.Closed:
			return p, app.Fail(app.SponsorClosed)
		case p.Scope == scope:
			return p, nil
		}
	}
	return Programme{}, app.Fail(app.NotFound)
}
