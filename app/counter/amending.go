package counter

import (
	"context"
	"slices"

	"loket/app"
	"loket/app/journal"
)

// Amendments keeps what is done about a registration afterwards. Each is one transaction, and fails
// with record.withdrawn where it was taken back, record.moved where the record was changed meanwhile.
type Amendments interface {
	Amend(ctx context.Context, by app.Author, a journal.Amendment) (app.Registration, error)
	Consent(ctx context.Context, by app.Author, a journal.Amendment, body journal.ConsentBody) (app.Registration, error)
	Withdraw(ctx context.Context, by app.Author, id app.EntryID, body journal.WithdrawnBody, note string) (app.Registration, error)
	// Review fails with record.reviewed, who and when, where another supervisor came first.
	Review(ctx context.Context, by app.Author, id app.EntryID, body journal.ReviewedBody, note string) (app.Registration, error)
}

// WorkLists reads which registrations wait for somebody, oldest first, and counts them without opening
// a record. Operator "" is everybody.
type WorkLists interface {
	WorkList(ctx context.Context, list app.WorkList, operator string, after uint64, limit int) ([]app.Registration, error)
	WorkCounts(ctx context.Context, operator string) (map[app.WorkList]int, error)
	OtherSupervisor(ctx context.Context, operator string) (bool, error)
}

// Halves keeps registrations that are being completed or corrected, as typed so far: encrypted, in
// tables without entries. Amend ends one.
type Halves interface {
	SaveHalf(ctx context.Context, id app.EntryID, body []byte) error
	Half(ctx context.Context, id app.EntryID) ([]byte, error)
	DeleteHalf(ctx context.Context, id app.EntryID) error
}

// RecordStore is what Records needs kept, beside what the counter does.
type RecordStore interface {
	Amendments
	WorkLists
	Halves
}

// Records does what is done about registrations after they were made: completing, correcting, taking
// back, reviewing.
type Records struct {
	counter *Counter
	store   RecordStore
}

// NewRecords makes the desk for a counter's registrations.
func NewRecords(c *Counter, store RecordStore) *Records { return &Records{counter: c, store: store} }

// mostListed is a page of a work list.
const mostListed = 50

// Waiting lists registrations that wait for somebody, a page at a time: pass the last one's ID to go
// on. Volunteers see their own; what a supervisor has sent back, its maker sees, and supervisors do.
func (x *Records) Waiting(ctx context.Context, by app.Operator, list app.WorkList, after app.EntryID) ([]app.Registration, error) {
	if err := by.May(tasksOf(list)...); err != nil {
		return nil, err
	}
	return x.store.WorkList(ctx, list, whose(by, list), after.Seq, mostListed)
}

// tasksOf is what a work list is for.
func tasksOf(list app.WorkList) []app.Task {
	if list == app.WorkReview {
		return []app.Task{app.TaskReview}
	}
	return []app.Task{app.TaskRegister, app.TaskHandover}
}

// WaitingCounts counts what waits for an operator, and nothing that the operator has no task for.
func (x *Records) WaitingCounts(ctx context.Context, by app.Operator) (map[app.WorkList]int, error) {
	if err := by.May(); err != nil {
		return nil, err
	}
	own, err := x.store.WorkCounts(ctx, by.ID)
	if err != nil {
		return nil, err
	}
	all, err := x.store.WorkCounts(ctx, "")
	if err != nil {
		return nil, err
	}
	counts := map[app.WorkList]int{}
	for list, n := range all {
		if by.May(tasksOf(list)...) != nil {
			continue
		}
		if counts[list] = n; whose(by, list) != "" {
			counts[list] = own[list]
		}
	}
	return counts, nil
}

// whose narrows a list to the operator's own; "" does not.
func whose(by app.Operator, list app.WorkList) string {
	if by.Role == app.RoleSupervisor || by.Role == app.RoleOfficer && list != app.WorkSentBack {
		return ""
	}
	return by.ID
}

// amendable opens a registration for a change by an operator: officers and supervisors any, volunteers
// their own of this event; nobody one that was taken back or refused.
func (x *Records) amendable(ctx context.Context, by app.Operator, id app.EntryID) (app.Registration, error) {
	if err := by.May(app.TaskRegister); err != nil {
		return app.Registration{}, err
	}
	r, err := x.standing(ctx, id)
	if err == nil && by.Role == app.RoleVolunteer {
		err = x.own(ctx, by, r)
	}
	return r, err
}

// standing opens a registration that was neither taken back nor refused, while this kiosk may work.
func (x *Records) standing(ctx context.Context, id app.EntryID) (app.Registration, error) {
	if closed := x.counter.rules().Closed; closed != nil {
		return app.Registration{}, closed
	}
	r, err := x.counter.store.Registration(ctx, id)
	if err != nil {
		return app.Registration{}, err
	}
	switch r.State {
	case app.Withdrawn:
		return r, app.Fail(app.RecordWithdrawn)
	case app.Rejected:
		return r, app.Fail(app.RecordRefused)
	}
	return r, nil
}

// completable is amendable for filling in what is empty. Who hands cards over fills in what a list did
// not have: it is often the only meeting.
func (x *Records) completable(ctx context.Context, by app.Operator, id app.EntryID) (app.Registration, error) {
	if by.Role != app.RoleDistribution {
		return x.amendable(ctx, by, id)
	}
	if err := by.May(app.TaskHandover); err != nil {
		return app.Registration{}, err
	}
	r, err := x.standing(ctx, id)
	if err == nil && r.Record.Source != app.SourceList {
		err = app.Fail(app.NotAllowed)
	}
	return r, err
}

// own refuses a registration that a volunteer did not make, or made at another event.
func (x *Records) own(ctx context.Context, by app.Operator, r app.Registration) error {
	history, err := x.counter.store.History(ctx, r.ID)
	if err != nil {
		return err
	}
	event := by.Author().Event
	made := func(e journal.Entry) bool {
		return e.Kind == journal.RegistrationCaptured && e.Operator == by.ID && e.Event == event
	}
	if !slices.ContainsFunc(history, made) {
		return app.Fail(app.RecordNotYours)
	}
	return nil
}

// amended takes in what the store answers.
func (x *Records) amended(r app.Registration, err error) (app.Registration, error) {
	if err == nil {
		x.counter.index.Put(r)
	}
	return r, err
}
