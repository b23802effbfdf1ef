package counter

import (
	"context"
	"slices"
	"time"

	"loket/app"
	"loket/app/identity"
)

// Lookups keeps families' questions. AskLookup and CallBack are one transaction each, with their entries.
type Lookups interface {
	AskLookup(ctx context.Context, by app.Author, q app.Question, found app.EntryID, told app.LookupAnswer) (app.Lookup, error)
	CallBack(ctx context.Context, by app.Author, id app.EntryID, how string, told bool) error
	Lookups(ctx context.Context, most int) ([]app.Lookup, error)
	LookupCounts(ctx context.Context, since time.Time) (states map[app.LookupState]int, operators map[string]int, err error)
	SameNIK(ctx context.Context, nik string) ([]app.EntryID, error)
}

// Families answers who asks whether a relative is insured (J8): from what this computer knows, else by a
// question to head office. "No" is never an answer.
type Families struct {
	store   Lookups
	counter *Counter
}

// NewFamilies makes it beside a counter, whose people are looked among.
func NewFamilies(store Lookups, c *Counter) *Families { return &Families{store, c} }

// CleanQuestion is a question as it is kept, and what is wrong with it by field: nik, name, born, asker,
// relation, phone, purpose.
func CleanQuestion(q app.Question) (app.Question, map[string]app.Code) {
	wrong := map[string]app.Code{}
	q.NIK, q.Name = identity.CleanDigits(q.NIK), identity.CleanName(q.Name)
	q.Asker, q.Way = identity.CleanName(q.Asker), identity.CleanSpaces(q.Way)
	phone, code := identity.CleanPhone(q.Phone)
	if code != "" {
		wrong["phone"] = code
	} else {
		q.Phone = phone
	}
	if q.NIK != "" {
		if len(q.NIK) != 16 || !onlyDigits(q.NIK) {
			wrong["nik"] = app.LookupWhom
		}
	} else if q.Name == "" || !q.Born.Known() {
		wrong["whom"] = app.LookupWhom
	}
	for field, missing := range map[string]bool{
		"asker":    q.Asker == "",
		"relation": !slices.Contains(app.Relations, q.Relation),
		"purpose":  !slices.Contains(app.Purposes, q.Purpose),
		"reach":    q.Phone == "" && q.Way == "" && wrong["phone"] == "",
	} {
		if missing {
			wrong[field] = app.LookupIncomplete
		}
	}
	return q, wrong
}

// Ask looks for the person here and keeps the question either way. Who is found for certain is told of at
// once; any other question goes to head office, whose answer comes with the post. A second question about
// the same person is a new one: who asked, and why, is never overwritten.
func (f *Families) Ask(ctx context.Context, by app.Operator, q app.Question) (app.Lookup, error) {
	if err := f.may(by); err != nil {
		return app.Lookup{}, err
	}
	q, wrong := CleanQuestion(q)
	for _, field := range []string{"nik", "whom", "phone", "asker", "relation", "purpose", "reach"} {
		if code := wrong[field]; code != "" {
			return app.Lookup{}, app.Fail(code)
		}
	}
	found, told, err := f.here(ctx, q)
	if err != nil {
		return app.Lookup{}, err
	}
	return f.store.AskLookup(ctx, by.Author(), q, found, told)
}

// here looks on this computer. Only one certain person counts: of several, of a withdrawn or refused
// registration, or of a name that differs, head office is asked.
func (f *Families) here(ctx context.Context, q app.Question) (app.EntryID, app.LookupAnswer, error) {
	ids, err := f.fitting(ctx, q)
	if err != nil {
		return app.EntryID{}, app.LookupAnswer{}, err
	}
	var found app.Registration
	for _, id := range ids {
		r, err := f.counter.store.Registration(ctx, id)
		if err != nil {
			return app.EntryID{}, app.LookupAnswer{}, err
		}
		switch {
		case app.FindingOf(r.State, r.Cover) == app.FindingCome, q.Name != "" && !sameName(q.Name, r.Record.Person.Name):
		case found.ID.Seq != 0:
			return app.EntryID{}, app.LookupAnswer{}, nil // two: a person must look
		default:
			found = r
		}
	}
	if found.ID.Seq == 0 {
		return app.EntryID{}, app.LookupAnswer{}, nil
	}
	a := app.LookupAnswer{Finding: app.FindingOf(found.State, found.Cover), ByName: q.NIK == ""}
	if a.Finding == app.FindingCovered || a.Finding == app.FindingEnded {
		a.Day = found.CoverFrom
	}
	return found.ID, a, nil
}

func (f *Families) fitting(ctx context.Context, q app.Question) (ids []app.EntryID, err error) {
	if q.NIK != "" {
		return f.store.SameNIK(ctx, q.NIK)
	}
	for _, l := range f.counter.index.Alike(app.Person{Name: q.Name, BirthDate: q.Born}) {
		ids = append(ids, l.ID)
	}
	return ids, nil
}

func sameName(a, b string) bool { return identity.FoldName(a) == identity.FoldName(b) }

// CallBack records how a family was told head office's answer; unreached leaves it to be told.
func (f *Families) CallBack(ctx context.Context, by app.Operator, id app.EntryID, how string) error {
	if err := f.may(by); err != nil {
		return err
	}
	if !slices.Contains(app.CallBacks, how) {
		return app.Fail(app.LookupCallBackBad)
	}
	return f.store.CallBack(ctx, by.Author(), id, how, how != "unreached")
}

// may refuses who may not ask, and everybody on a kiosk that is called back.
func (f *Families) may(by app.Operator) error {
	if err := by.May(app.TaskAsk); err != nil {
		return err
	}
	return f.counter.rules().Closed
}

// mostLookups keeps the list readable.
const mostLookups = 200

// List is the newest questions, those first whose family is to be told.
func (f *Families) List(ctx context.Context, by app.Operator) ([]app.Lookup, error) {
	if err := by.May(app.TaskAsk); err != nil {
		return nil, err
	}
	return f.store.Lookups(ctx, mostLookups)
}

// Asked is how many questions there are, and who took how many today: somebody who asks much should be
// asked why.
type Asked struct {
	Waiting, Answered int
	Today             int
	ByOperator        map[string]int // only for a supervisor
}

// Counts counts.
func (f *Families) Counts(ctx context.Context, by app.Operator) (Asked, error) {
	if err := by.May(app.TaskAsk); err != nil {
		return Asked{}, err
	}
	now := f.counter.clock.Now()
	y, m, d := now.Date()
	states, operators, err := f.store.LookupCounts(ctx, time.Date(y, m, d, 0, 0, 0, 0, now.Location()))
	if err != nil {
		return Asked{}, err
	}
	a := Asked{Waiting: states[app.LookupWaiting], Answered: states[app.LookupAnswered]}
	for _, n := range operators {
		a.Today += n
	}
	if by.Role == app.RoleSupervisor {
		a.ByOperator = operators
	}
	return a, nil
}

// Needs are what the family should bring, as keys of sentences: nothing is promised with them.
func Needs(purpose string, finding app.Finding) []string {
	needs := []string{"ktp", "family_card"}
	switch purpose {
	case "died":
		needs = append(needs, "death_certificate", "heir_letter", "bank_book")
	case "accident":
		needs = append(needs, "accident_report", "hospital_papers")
	}
	if finding != app.FindingNotFound {
		needs = append(needs, "card_if_any")
	}
	return slices.Clip(needs)
}
