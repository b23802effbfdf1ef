package counter

import (
	"context"
	"slices"

	"loket/app"
	"loket/app/journal"
	"loket/app/scheme"
)

// waysOfConsent are how a person answers.
var waysOfConsent = []string{"spoken", "signed", "thumb", "sheet"}

// Consent records that a person agrees to a purpose from now on, or no longer does, to the words that
// the rule set has for it now.
func (x *Records) Consent(ctx context.Context, by app.Operator, from app.Registration, answer app.Consent, how string) (app.Registration, error) {
	r, err := x.amendable(ctx, by, from.ID)
	if err != nil {
		return r, err
	}
	texts := x.counter.rules().Scheme.Asking.Consents
	asked := slices.IndexFunc(texts, func(t scheme.ConsentText) bool { return t.Purpose == answer.Purpose })
	if asked < 0 || !slices.Contains(waysOfConsent, how) {
		return r, app.Fail(app.RecordConsentUnknown)
	}
	answer.Text = texts[asked].Text
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
