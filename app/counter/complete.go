package counter

import (
	"context"
	"slices"

	"loket/app"
	"loket/app/journal"
	"loket/app/scheme"
)

// evidenceKinds are what a registration can be proven by.
var evidenceKinds = []string{
	app.EvidenceSignature, app.EvidenceThumbprint, app.EvidencePhoto, app.EvidenceEKTP, app.EvidenceArchiveSheet,
}

// Complete fills in what was empty when somebody was registered (stage 2), and adds evidence. Next is
// the whole record as it is to stand. Changing what was answered is a correction: record.not_empty.
func (x *Records) Complete(ctx context.Context, by app.Operator, from app.Registration, next app.Record) (app.Registration, error) {
	r, err := x.completable(ctx, by, from.ID)
	if err != nil {
		return r, err
	}
	changed, filled := Differences(from.Record, next)
	if len(changed) > 0 {
		return r, app.Fail(app.RecordNotEmpty, "field", changed[0])
	}
	if !next.Plan.Programmes.Has(app.OldAge) && slices.Contains(filled, fieldBank) {
		next.Bank = app.Bank{} // only old-age savings are paid out to an account
		_, filled = Differences(from.Record, next)
	}
	return x.amend(ctx, by, from, next, journal.Amendment{
		Kind: journal.RegistrationCompleted, Body: journal.AmendedBody{Fields: namesOf(filled)},
	})
}

// amend checks a record and lets it take the place of the one that it was made from.
func (x *Records) amend(ctx context.Context, by app.Operator, from app.Registration, next app.Record, a journal.Amendment) (app.Registration, error) {
	evidence := added(from.Record, next)
	if len(a.Body.Fields) == 0 && len(evidence) == 0 {
		return from, app.Fail(app.RecordUnchanged)
	}
	next.Evidence = append(slices.Clone(from.Record.Evidence), evidence...) // pictures are never taken away
	if len(evidence) > 0 {
		a.Body.Fields = append(a.Body.Fields, string(scheme.FieldEvidence))
	}
	var fields []Field
	for _, name := range a.Body.Fields {
		fields = append(fields, Field(name))
	}
	if err := x.worse(from.Record, next, fields, from.CapturedAt); err != nil {
		return from, err
	}
	a.Registration, a.Revision, a.Record = from.ID, from.Revision, next
	a.Body.Added = journal.FilesOf(evidence)
	return x.amended(x.store.Amend(ctx, by.Author(), a))
}

// AddEvidence adds one picture to a registration: a photo of the signed archive sheet, perhaps.
func (x *Records) AddEvidence(ctx context.Context, by app.Operator, id app.EntryID, kind string, content []byte) (app.Registration, error) {
	if err := by.May(app.TaskRegister); err != nil {
		return app.Registration{}, err
	}
	if !slices.Contains(evidenceKinds, kind) {
		return app.Registration{}, app.Fail(app.HandoverEvidenceUnknown)
	}
	r, err := x.amendable(ctx, by, id)
	if err != nil {
		return r, err
	}
	e, err := x.counter.addAttachment(ctx, kind, content)
	if err != nil {
		return r, err
	}
	next := r.Record
	next.Evidence = append(slices.Clone(next.Evidence), e)
	return x.Complete(ctx, by, r, next)
}
