package counter

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"loket/app"
	"loket/app/journal"
	"loket/app/scheme"
)

// Half is a registration that is being completed or corrected, as far as it has come.
type Half struct {
	From       app.Registration // as it stands
	Form       Form
	Correcting bool   // changing what was answered, with a reason; else filling in what was empty
	Reason     string // of journal.CorrectionReasons
	Compared   map[app.EntryID]Comparison
}

// texts gives what a text field shows of a record.
var texts = map[Field]func(app.Record) string{
	scheme.FieldNIK:          func(r app.Record) string { return r.Person.NIK },
	scheme.FieldName:         func(r app.Record) string { return r.Person.Name },
	scheme.FieldBirthPlace:   func(r app.Record) string { return r.Person.BirthPlace },
	scheme.FieldBirthDate:    func(r app.Record) string { return r.Person.BirthDate.String() },
	scheme.FieldMotherName:   func(r app.Record) string { return r.Person.MotherName },
	scheme.FieldFamilyCard:   func(r app.Record) string { return r.Person.FamilyCard },
	scheme.FieldAddress:      func(r app.Record) string { return r.Address.Street },
	RT:                       func(r app.Record) string { return r.Address.RT },
	RW:                       func(r app.Record) string { return r.Address.RW },
	scheme.FieldPhone:        func(r app.Record) string { return r.Reach.Phone },
	Through:                  func(r app.Record) string { return r.Reach.Through },
	scheme.FieldEmail:        func(r app.Record) string { return r.Reach.Email },
	scheme.FieldWorkPlace:    func(r app.Record) string { return r.Work.Place },
	scheme.FieldWorkingHours: func(r app.Record) string { return r.Work.Hours },
	scheme.FieldIncome:       func(r app.Record) string { return amountText(r.Work.Income) },
	PayerName:                func(r app.Record) string { return r.Plan.PayerName },
	FamilyName:               func(r app.Record) string { return r.Family.Name },
	FamilyPhone:              func(r app.Record) string { return r.Family.Phone },
	scheme.FieldGuardian:     func(r app.Record) string { return r.Guardian },
}

func amountText(amount app.Rupiah) string {
	if amount == 0 {
		return ""
	}
	return strconv.FormatInt(int64(amount), 10)
}

// FormOf is a record as if it had just been typed.
func FormOf(r app.Record) Form {
	f := Form{Record: r, Typed: map[Field]string{}}
	f.Record.Evidence = slices.Clone(r.Evidence)
	for field, text := range texts {
		if t := text(r); t != "" {
			f.Typed[field] = t
		}
	}
	return f
}

// Begin opens a registration for completing or correcting: as it stands, or with what was typed and not
// saved before. What was typed upon a record that somebody has changed meanwhile is not mixed with it.
func (x *Records) Begin(ctx context.Context, by app.Operator, id app.EntryID, correcting bool) (Half, error) {
	open := x.completable
	if correcting {
		open = x.amendable
	}
	r, err := open(ctx, by, id)
	if err != nil {
		return Half{}, err
	}
	if err := x.counter.noteOpened(ctx, by, r, journal.OpenedRecord); err != nil {
		return Half{}, err
	}
	h := Half{From: r, Form: FormOf(r.Record), Correcting: correcting}
	kept, err := x.store.Half(ctx, id)
	if err != nil || kept == nil {
		return h, err
	}
	d, err := decodeDraft(kept)
	if err != nil {
		return h, nil //nolint:nilerr // what cannot be read any more is typed again
	}
	if d.ID == revisionText(r, correcting) {
		h.Form, h.Reason, h.Compared = d.Form, string(d.Reason), d.Compared
	}
	return h, nil
}

func revisionText(r app.Registration, correcting bool) string {
	return strconv.FormatUint(r.Revision, 10) + map[bool]string{true: " correct", false: ""}[correcting]
}

// Keep keeps what was typed so far. After it returns, a power cut loses nothing of it.
func (x *Records) Keep(ctx context.Context, by app.Operator, h Half) error {
	if err := by.May(app.TaskRegister, app.TaskHandover); err != nil {
		return err
	}
	d := Draft{
		ID: revisionText(h.From, h.Correcting), Form: h.Form, Reason: app.Code(h.Reason),
		Compared: h.Compared, Operator: by.ID, Changed: x.counter.clock.Now(),
	}
	b, err := d.encode()
	if err != nil {
		return err
	}
	return x.store.SaveHalf(ctx, h.From.ID, b)
}

// Drop forgets what was typed; the registration stays as it is.
func (x *Records) Drop(ctx context.Context, id app.EntryID) error {
	if err := x.counter.who.May(app.TaskRegister, app.TaskHandover); err != nil {
		return err
	}
	return x.store.DeleteHalf(ctx, id)
}

// Finish makes the record of what was typed take its place. A field of which nothing was understood
// keeps it from that: registration.unreadable.
func (x *Records) Finish(ctx context.Context, by app.Operator, h Half) (Corrected, error) {
	if err := by.May(app.TaskRegister, app.TaskHandover); err != nil {
		return Corrected{}, err
	}
	for _, p := range h.Problems(x.counter) {
		if !p.Warning {
			return Corrected{}, &app.Error{Code: app.RegistrationUnreadable, Err: p.Err}
		}
	}
	if h.Correcting {
		return x.Correct(ctx, by, h.From, Correction{Next: h.Form.Record, Reason: h.Reason, Compared: h.Compared})
	}
	r, err := x.Complete(ctx, by, h.From, h.Form.Record)
	return Corrected{Registration: r}, err
}

// Problems lists what is wrong with the fields that were changed, and nothing of the others.
func (h Half) Problems(c *Counter) []scheme.Problem {
	changed := h.changed()
	rules := c.rules()
	problems := append(unreadable(h.Form), rules.Scheme.Wrong(h.Form.Record, app.DateOf(h.From.CapturedAt), rules.Regions)...)
	return slices.DeleteFunc(problems, func(p scheme.Problem) bool { return !changed[p.Field] })
}

// changed are the fields that show something else than when they were opened.
func (h Half) changed() map[Field]bool {
	changed, filled := Differences(h.From.Record, h.Form.Record)
	all := map[Field]bool{}
	for _, field := range append(changed, filled...) {
		all[field] = true
	}
	before := FormOf(h.From.Record).Typed
	for field := range maps.Keys(h.Form.Typed) {
		if h.Form.Typed[field] != before[field] {
			all[field] = true
		}
	}
	return all
}

// Touched says whether anything differs from the registration as it stands.
func (h Half) Touched() bool {
	return len(h.changed()) > 0 || len(added(h.From.Record, h.Form.Record)) > 0 || h.Reason != ""
}
