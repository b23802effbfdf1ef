package reporting

import (
	"context"
	"iter"

	"loket/app"
)

// Store is what reports need kept.
type Store interface {
	Counts
	Choices
	People
}

// Counts is all that holds nothing personal.
type Counts interface {
	// Coarsen takes from the records what may stand open for counting, where that is not done yet. It
	// tells how far it is, and can be stopped and gone on with.
	Coarsen(ctx context.Context, progress func(done, of int)) error
	// Cells counts registrations.
	Cells(ctx context.Context, of app.Counted) ([]app.Cell, error)
	// CardCounts counts cards.
	CardCounts(ctx context.Context, of app.Counted) (app.CardCount, error)
	// Light counts what exists only on this computer, now.
	Light(ctx context.Context) (entries, attachments int, err error)
}

// Choices is what a report can be narrowed to.
type Choices interface {
	// EventsHeld lists the events at which anybody was registered, the newest first.
	EventsHeld(ctx context.Context) ([]string, error)
	// Programmes lists the sponsor programmes of this kiosk, the newest first.
	Programmes(ctx context.Context) ([]app.SponsorProgramme, error)
}

// People is for the list of names.
type People interface {
	// Exported writes down that names were taken out, by whom and how many, before they are.
	Exported(ctx context.Context, by app.Author, scope app.Scope, people int) error
	// Among goes through the registrations themselves, oldest first.
	Among(ctx context.Context, of app.Counted) iter.Seq2[app.Registration, error]
}
