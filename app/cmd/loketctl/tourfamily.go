package main

import (
	"context"

	"loket/app"
	"loket/app/carrier"
)

// strangerNIK is nobody's.
const strangerNIK = "6471010101500099"

// familyAsks: about Siti the desk can answer itself; about somebody unknown it asks head office, never says
// no, and the answer comes back.
func (t *tour) familyAsks(ctx context.Context) (string, error) {
	q := app.Question{NIK: t.siti.Record.Person.NIK, Asker: "KELUARGA CONTOH", Relation: "spouse", Purpose: "died", Phone: "0813 5500 0001"}
	here, err := t.desk.Families.Ask(ctx, t.who.Operator, q)
	if err != nil {
		return "", err
	}
	if here.State != app.LookupTold || here.Answer.Finding != app.FindingCovered || !here.Answer.Day.Known() {
		return "", differs("the desk's own word on who is covered")
	}
	q.NIK = strangerNIK
	away, err := t.desk.Families.Ask(ctx, t.who.Operator, q)
	if err != nil {
		return "", err
	}
	if away.State != app.LookupWaiting {
		return "", differs("a question for head office")
	}
	path, err := t.desk.Paper.Lookup(ctx, away)
	if err == nil {
		err = t.keep(path, "lookup.pdf")
	}
	if err != nil {
		return "", err
	}
	if away, err = t.untilAnswered(ctx, away.ID); err != nil {
		return "", err
	}
	if away.Answer.Finding != app.FindingNotFound {
		return "", differs("head office's answer to the family")
	}
	return away.Number.String(), t.desk.Families.CallBack(ctx, t.who.Operator, away.ID, "phone")
}

func (t *tour) untilAnswered(ctx context.Context, id app.EntryID) (l app.Lookup, err error) {
	if _, err := t.desk.Beat(ctx, true); err != nil {
		return l, err
	}
	if err := carrier.SendNow(t.kioskDir()); err != nil {
		return l, err
	}
	err = until(ctx, "the family's answer", func() (bool, error) {
		if _, err := t.desk.Beat(ctx, false); err != nil {
			return false, err
		}
		l, err = t.desk.Store.Lookup(ctx, id)
		return l.State == app.LookupAnswered, err
	})
	return l, err
}
