package counter

import (
	"context"
	"slices"

	"loket/app"
	"loket/app/journal"
	"loket/app/scheme"
)

// Correction is a changed record with the reason, and what was judged about registrations that the
// changed person looks like.
type Correction struct {
	Next     app.Record
	Reason   string // of journal.CorrectionReasons
	Compared map[app.EntryID]Comparison
}

// Corrected is what a correction came to.
type Corrected struct {
	app.Registration
	NewCard bool // a card exists that says what is not so any more
}

// whoFields are those by which a person is told from another.
var whoFields = []Field{scheme.FieldNIK, scheme.FieldName, scheme.FieldBirthDate, scheme.FieldMotherName}

// cardFields stand on a card, printed or signed.
var cardFields = []Field{scheme.FieldName, scheme.FieldVillage, scheme.FieldProgrammes, scheme.FieldPayer, PayerName}

// Correct changes what a record says, with a reason. Where who the person is has changed, look-alikes
// are looked for again: one that nobody has compared lets a supervisor look.
func (x *Records) Correct(ctx context.Context, by app.Operator, from app.Registration, to Correction) (Corrected, error) {
	r, err := x.amendable(ctx, by, from.ID)
	if err != nil {
		return Corrected{Registration: r}, err
	}
	if !slices.Contains(journal.CorrectionReasons, to.Reason) {
		return Corrected{Registration: r}, app.Fail(app.RecordNoReason)
	}
	changed, filled := Differences(from.Record, to.Next)
	fields := append(changed, filled...)
	a := journal.Amendment{
		Kind: journal.RegistrationCorrected, Body: journal.AmendedBody{Fields: namesOf(fields), Reason: to.Reason},
	}
	if anyOf(fields, whoFields) {
		alike, err := x.lookAlikes(ctx, from.ID, to.Next.Person)
		if err != nil {
			return Corrected{Registration: r}, err
		}
		for i := range alike {
			if outcome, ok := to.Compared[alike[i].ID]; ok {
				alike[i].Outcome = outcome
			}
		}
		a.Body.Review = string(review(alike))
		a.Compared = judged(slices.DeleteFunc(slices.Clone(alike), func(l Likeness) bool { return to.Compared[l.ID] == "" }))
	}
	r, err = x.amend(ctx, by, from, to.Next, a)
	if err != nil || !anyOf(fields, cardFields) {
		return Corrected{Registration: r}, err
	}
	has, err := x.hasCard(ctx, r.ID)
	return Corrected{r, has}, err
}

func anyOf(fields, among []Field) bool {
	return slices.ContainsFunc(fields, func(f Field) bool { return slices.Contains(among, f) })
}

// hasCard says whether a card of somebody exists that was not thrown away.
func (x *Records) hasCard(ctx context.Context, id app.EntryID) (bool, error) {
	cards, err := x.counter.store.CardsOf(ctx, id)
	return slices.ContainsFunc(cards, func(k app.Card) bool {
		return k.State != app.CardSpoiled && k.State != app.CardReplaced && k.State != app.CardLost
	}), err
}

// LookAlikes lists the other registrations that a person looks like, with what was judged about them
// before: what is settled is not asked twice.
func (x *Records) LookAlikes(ctx context.Context, id app.EntryID, p app.Person) ([]Likeness, error) {
	if err := x.counter.who.May(app.TaskRegister, app.TaskReview); err != nil {
		return nil, err
	}
	return x.lookAlikes(ctx, id, p)
}

func (x *Records) lookAlikes(ctx context.Context, id app.EntryID, p app.Person) ([]Likeness, error) {
	alike := slices.DeleteFunc(x.counter.index.Alike(p), func(l Likeness) bool { return l.ID == id })
	if len(alike) == 0 {
		return nil, nil
	}
	history, err := x.counter.store.History(ctx, id)
	if err != nil {
		return nil, err
	}
	before := Judgements(history)
	for i := range alike {
		alike[i].Outcome = before[alike[i].ID]
	}
	return alike, nil
}

// Judgements is what a person's history says about look-alikes, the last word on each.
func Judgements(history []journal.Entry) map[app.EntryID]Comparison {
	words := map[app.EntryID]Comparison{}
	for _, e := range history {
		var b journal.ComparedBody
		if e.Kind == journal.RegistrationCompared && e.Into(&b) == nil {
			words[b.Other()] = Comparison(b.Outcome)
		}
	}
	return words
}
