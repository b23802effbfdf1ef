// Package printertest holds what every printer must pass.
package printertest

import (
	"context"
	"errors"
	"testing"

	"loket/app"
	"loket/app/words"
	"loket/printing/drawing"
	"loket/printing/spool"
)

// Run checks a printer that is connected and ready; open gives a fresh one.
func Run(t *testing.T, open func(t *testing.T) spool.Printer) {
	t.Run("takes a job and finishes it", func(t *testing.T) { finishes(t, open(t)) })
	t.Run("refuses wrong jobs and keeps working", func(t *testing.T) { refuses(t, open(t)) })
	t.Run("does not know foreign tickets", func(t *testing.T) { foreign(t, open(t)) })
	t.Run("stops with its context", func(t *testing.T) { stops(t, open(t)) })
	t.Run("has a name and a state in words", func(t *testing.T) { speaks(t, open(t)) })
}

// Cards is a job of n simple cards.
func Cards(name string, n int) spool.Job {
	job := spool.Job{Name: name}
	for range n {
		front := drawing.Drawing{Name: "card.front", Width: 85.6, Height: 53.98}
		front.Write(4, 20, drawing.Style{Size: 10}, "CONTOH SAJA")
		back := drawing.Drawing{Name: "card.back", Width: 85.6, Height: 53.98}
		back.Add(drawing.Rect{X: 4, Y: 4, W: 10, H: 10})
		job.Pieces = append(job.Pieces, []drawing.Drawing{front, back})
	}
	return job
}

func finishes(t *testing.T, p spool.Printer) {
	ticket, err := p.Submit(t.Context(), Cards("KT-0000001", 2))
	if err != nil || ticket.ID == "" {
		t.Fatalf("Submit: ticket %v, error %v", ticket, err)
	}
	for {
		progress, err := p.Progress(t.Context(), ticket)
		switch {
		case err != nil:
			t.Fatal(err)
		case progress == spool.Done:
			return
		case progress == spool.Failed:
			t.Fatal("the job failed")
		}
	}
}

func refuses(t *testing.T, p spool.Printer) {
	wrong := map[app.Code]spool.Job{
		app.PrintNothing:     Cards("KT-0000001", 0),
		app.PrintJobTooLarge: Cards("KT-0000001", spool.MostCards+1),
		app.PrintJobName:     Cards("../Nama Orang", 1),
	}
	for code, job := range wrong {
		if _, err := p.Submit(t.Context(), job); app.CodeOf(err) != code {
			t.Errorf("want %s, got %v", code, err)
		}
	}
	finishes(t, p)
}

func foreign(t *testing.T, p spool.Printer) {
	unknown := spool.Ticket{ID: "KT-9999999"}
	if _, err := p.Progress(t.Context(), unknown); !errors.Is(err, app.Fail(app.NotFound)) {
		t.Errorf("Progress of an unknown job: %v", err)
	}
	if err := p.Cancel(t.Context(), unknown); !errors.Is(err, app.Fail(app.NotFound)) {
		t.Errorf("Cancel of an unknown job: %v", err)
	}
}

func stops(t *testing.T, p spool.Printer) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Submit(ctx, Cards("KT-0000001", 1)); app.CodeOf(err) != app.Cancelled {
		t.Errorf("a cancelled Submit: %v", err)
	}
}

func speaks(t *testing.T, p spool.Printer) {
	if p.Name() == "" {
		t.Error("no name")
	}
	state := p.State(t.Context())
	for _, lang := range words.Langs {
		if s := state.Say(lang); s == "" || s[0] == '[' {
			t.Errorf("state %q has no words in %s", state, lang)
		}
	}
}
