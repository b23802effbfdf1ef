package counter

import (
	"context"
	"slices"

	"loket/app"
	"loket/app/journal"
)

// Purposes are what a person can be asked to agree to, in the order in which screens ask.
var Purposes = []string{"whatsapp", "event_photo"}

// waysOfConsent are how a person answers.
var waysOfConsent = []string{"spoken", "signed", "thumb", "sheet"}

// Consent records that a person agrees to a purpose from now on, or no longer does.
func (x *Records) Consent(ctx context.Context, by app.Operator, from app.Registration, answer app.Consent, how string) (app.Registration, error) {
	r, err := x.amendable(ctx, by, from.ID)
	if err != nil {
		return r, err
	}
	if !slices.Contains(Purposes, answer.Purpose) || !slices.Contains(waysOfConsent, how) {
		return r, app.Fail(app.RecordConsentUnknown)
	}
	next := from.Record
	next.Consents = slices.DeleteFunc(slices.Clone(next.Consents), func(k app.Consent) bool { return k.Purpose == answer.Purpose })
	before := slices.IndexFunc(from.Record.Consents, func(k app.Consent) bool { return k.Purpose == answer.Purpose })
	if before >= 0 && from.Record.Consents[before].Given == answer.Given {
		return r, app.Fail(app.RecordConsentSame)
	}
	next.Consents = append(next.Consents, answer)
	kind := journal.ConsentWithdrawn
	if answer.Given {
		kind = journal.ConsentGiven
	}
	a := journal.Amendment{Registration: from.ID, Revision: from.Revision, Kind: kind, Record: next}
	return x.amended(x.store.Consent(ctx, by.Author(), a, journal.ConsentBody{Purpose: answer.Purpose, Text: answer.Text, How: how}))
}
