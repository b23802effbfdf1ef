package main

import (
	"context"
	"fmt"

	"loket/app/reporting"
)

// report counts what the tour did, as table, paper and workbook.
func (t *tour) report(ctx context.Context) (string, error) {
	all, err := t.captured(ctx)
	if err != nil {
		return "", err
	}
	today := t.desk.Counter.Today() // of the branch, whose day may be another than the computer's
	q := reporting.Question{From: today.AddDays(-1), Until: today}
	r, err := t.desk.Reports.Count(ctx, t.who.Operator, q, nil)
	if err != nil {
		return "", err
	}
	if r.Registered != len(all) || r.Cards.Handed != 1 || r.Waiting != 0 {
		return "", differs(fmt.Sprintf("a report that counts everybody: %d of %d", r.Registered, len(all)))
	}
	if err := t.reportFiles(ctx, r, "report", reporting.Names{}); err != nil {
		return "", err
	}
	q.Event = t.bazaar.event.ID
	if r, err = t.desk.Reports.Count(ctx, t.who.Operator, q, nil); err != nil || r.Registered != 3 {
		return "", fmt.Errorf("%w: %w", differs("a report of the event"), err)
	}
	q.Event, q.Scope = "", &t.list.programme.Scope
	if r, err = t.desk.Reports.Count(ctx, t.who.Operator, q, nil); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d registered, %d of the list", len(all), r.Registered),
		t.reportFiles(ctx, r, "report-programme", reporting.Names{Scope: t.list.programme.Name})
}

func (t *tour) reportFiles(ctx context.Context, r reporting.Report, name string, names reporting.Names) error {
	path, err := t.desk.Paper.ReportPDF(ctx, t.work, r, names)
	if err == nil {
		err = t.keep(path, name+".pdf")
	}
	if err == nil {
		path, err = t.desk.Paper.ReportXLSX(ctx, t.work, r, names)
	}
	if err != nil {
		return err
	}
	return t.keep(path, name+".xlsx")
}

func (t *tour) leaflet(ctx context.Context) (string, error) {
	path, err := t.desk.Paper.Leaflet(ctx)
	if err != nil {
		return "", err
	}
	return "", t.keep(path, "leaflet.pdf")
}
