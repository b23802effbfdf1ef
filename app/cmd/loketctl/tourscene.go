package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"loket/app"
	"loket/app/cmd/centre"
	"loket/app/cmd/people"
	"loket/app/counter"
	"loket/app/office/books"
)

// targets: head office tells how far the branch's regions are covered, and the kiosk shows it.
func (t *tour) targets(ctx context.Context) (string, error) {
	head, err := centre.Open(ctx, centre.Options{Data: t.officeDir(), Clock: envClock{t.env}})
	if err != nil {
		return "", err
	}
	day := app.DateOf(t.env.Now())
	rows := []books.Coverage{
		{Region: "64.71", Workers: 182_400, Covered: 61_320, Target: 84_000, AsOf: day},
		{Region: "64.71.01", Workers: 41_200, Covered: 15_480, Target: 19_000, AsOf: day},
		{Region: "64.71.02", Workers: 38_700, Covered: 9_260, Target: 17_500, AsOf: day},
		{Region: "64.08", Workers: 121_900, Covered: 40_115, Target: 56_000, AsOf: day},
	}
	err = head.Store.SetCoverage(ctx, rows, t.env.Now())
	if err == nil {
		err = head.Office.Publish(ctx)
	}
	if err := errors.Join(err, head.Stop(ctx)); err != nil {
		return "", err
	}
	err = until(ctx, "targets", func() (bool, error) {
		if _, err := t.desk.Beat(ctx, false); err != nil {
			return false, err
		}
		if err := t.desk.Reload(ctx); err != nil {
			return false, err
		}
		return len(t.desk.Settings().Coverage) > 0, nil
	})
	return fmt.Sprintf("%d regions", len(t.desk.Settings().Coverage)), err
}

// lookAlike: somebody of the same name and birth date is registered too, and a supervisor is to look.
func (t *tour) lookAlike(ctx context.Context) (string, error) {
	rec := t.crowd.WalkIn()
	person := t.siti.Record.Person
	person.NIK = person.NIK[:15] + "8"
	rec.Person = person
	draft := counter.NewDraft(app.SourceWalkIn)
	draft.Form = people.Form(rec)
	if alike := t.desk.Counter.Duplicates(draft); len(alike) == 0 {
		return "", differs("a likely duplicate")
	}
	r, err := t.registered(ctx, draft)
	if err != nil {
		return "", err
	}
	waiting, err := t.desk.Records.WaitingCounts(ctx, t.who.Operator)
	if err == nil && waiting[app.WorkReview] != 1 {
		err = differs("one record for a supervisor to look at")
	}
	if err != nil {
		return "", err
	}
	return r.Number.String(), t.sendAll(ctx)
}

// scene is what the window's play begins with: an event that runs, with passes, and a list in the
// supervisor's own folder.
type scene struct {
	home string // the folder where choosing a file begins
	pass string
}

func (t *tour) scene(ctx context.Context) (scene, error) {
	s := scene{home: filepath.Join(t.work, "meja")}
	now := t.env.Now()
	form := bazaarForm("Bazar UMKM Manggar", now.Add(-2*time.Hour), now.Add(6*time.Hour))
	form.Tasks = app.EventTasks
	e, err := t.desk.Events.Open(ctx, t.who.Operator, form)
	if err != nil {
		return s, err
	}
	if s.pass, err = t.desk.Door.PreparePass(ctx, t.who, e.ID); err != nil {
		return s, err
	}
	if err := t.desk.PreparePasses(ctx, e.ID, 2); err != nil {
		return s, err
	}
	if err := os.MkdirAll(s.home, 0o700); err != nil {
		return s, app.Wrap("tour.scene", app.FileUnwritten, err)
	}
	t.list.rows = people.New(9, app.DateOf(now)).Rows(rowsInvented, listRegion)
	_, err = t.workbook(filepath.Join("meja", "Daftar pekerja rentan.xlsx"))
	return s, err
}
