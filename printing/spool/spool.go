// Package spool hands documents to printers. All printers are one interface; a folder of PDF files
// is always there. A printer is never in the way of saving: saving succeeds, printing waits.
package spool

import (
	"context"
	"strings"

	"loket/app"
	"loket/app/words"
	"loket/printing/drawing"
)

// MostCards is the size of a job, so that an empty ribbon spoils a known and small range.
const MostCards = 50

// Printer takes jobs and says how they go.
type Printer interface {
	// Name is what people call the printer.
	Name() string
	// State says how the printer is now.
	State(ctx context.Context) State
	// Submit hands over a job. When it returns no error, the printer has the whole job.
	Submit(ctx context.Context, job Job) (Ticket, error)
	// Progress says how far a job is. An unknown ticket is app.NotFound.
	Progress(ctx context.Context, t Ticket) (Progress, error)
	// Cancel takes back what was not printed yet. An unknown ticket is app.NotFound.
	Cancel(ctx context.Context, t Ticket) error
}

// Job is what is printed in one go: cards or other documents, each with its pages in reading order.
type Job struct {
	Name    string // of file and queue: serial or provisional number, never personal data
	Pieces  [][]drawing.Drawing
	Profile Profile
}

// Ticket names a job at its printer. Path is the file, where there is one.
type Ticket struct {
	ID   string
	Path string
}

// State is how a printer is.
type State string

// The states of a printer.
const (
	Ready     State = "ready"
	Busy      State = "busy"
	ToFolder  State = "folder"
	MediaOut  State = "media_out"
	RibbonOut State = "ribbon_out"
	Jam       State = "jam"
	Offline   State = "offline"
)

// Say gives the state in words.
func (s State) Say(lang words.Lang) string { return words.Say(lang, "print.state."+string(s)) }

// Progress is how far a job is. Done is what the printer claims; a card counts as printed only
// when it was scanned back.
type Progress string

// The progress of a job.
const (
	Queued   Progress = "queued"
	Printing Progress = "printing"
	Done     Progress = "done"
	Failed   Progress = "failed"
)

// Say gives the progress in words.
func (p Progress) Say(lang words.Lang) string { return words.Say(lang, "print.progress."+string(p)) }

// Check refuses what no printer may take: nothing, too much, or a name that could tell of a person
// or leave the folder.
func (j Job) Check() error {
	switch {
	case len(j.Pieces) == 0:
		return app.Fail(app.PrintNothing)
	case len(j.Pieces) > MostCards:
		return app.Fail(app.PrintJobTooLarge, "cards", len(j.Pieces), "most", MostCards)
	case j.Name == "" || len(j.Name) > 64 || strings.Trim(j.Name, nameCharacters) != "" || j.Name[0] == '-':
		return app.Fail(app.PrintJobName)
	}
	return nil
}

const nameCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"

// NameOf makes a job's name of a serial or a provisional number ("PS 00417-01-000123").
func NameOf(number string) string { return strings.ReplaceAll(number, " ", "-") }

// Pages puts all pages in the order in which the printer wants them.
func (j Job) Pages() []drawing.Drawing {
	var pages []drawing.Drawing
	for _, piece := range j.Pieces {
		switch {
		case j.Profile.Sides == FrontOnly && len(piece) > 1:
			pages = append(pages, piece[0])
		case j.Profile.Sides == BackFirst && len(piece) == 2:
			pages = append(pages, piece[1], piece[0])
		default:
			pages = append(pages, piece...)
		}
	}
	return pages
}
