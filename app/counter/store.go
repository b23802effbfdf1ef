package counter

import (
	"context"
	"iter"
	"time"

	"loket/app"
	"loket/app/journal"
)

// Drafts keeps what is unfinished: encrypted, in tables without entries. Each call is durable when
// it returns.
type Drafts interface {
	SaveDraft(ctx context.Context, id string, body []byte) error
	Drafts(ctx context.Context) ([][]byte, error)
	DeleteDraft(ctx context.Context, id string) error
}

// Registrations keeps who was registered. Capture is one transaction: the provisional number, the
// member number from the lease if there is one, the entries, the personal part, the table row and
// the end of the draft; of the body it takes Review and Rules and fills in the numbers. Compared
// says what a person judged about registrations that look alike.
type Registrations interface {
	Capture(ctx context.Context, by app.Author, draft string, record app.Record, body journal.RegistrationBody, compared map[app.EntryID]string) (app.Registration, error)
	Registration(ctx context.Context, id app.EntryID) (app.Registration, error)
	Registrations(ctx context.Context) iter.Seq2[app.Registration, error]
}

// Pages reads what the pages about a person and a day show. Counts are of what happened from a
// moment until another, and of what stands now; see Figures for the names. "all" is everybody on this kiosk.
type Pages interface {
	History(ctx context.Context, id app.EntryID) ([]journal.Entry, error)
	CardsOf(ctx context.Context, id app.EntryID) ([]app.Card, error)
	// NoteOpened writes access.looked-up: who opened whose page.
	NoteOpened(ctx context.Context, by app.Author, id app.EntryID, body journal.OpenedBody) error
	Counts(ctx context.Context, from, until time.Time) (map[string]int, error)
}

// Attachments keeps pictures and signatures, encrypted, by the hash of their plain bytes.
type Attachments interface {
	PutBlob(ctx context.Context, kind string, plain []byte) (app.Evidence, error)
	Blob(ctx context.Context, hash [32]byte) ([]byte, error)
}

// Store is what the counter needs kept.
type Store interface {
	Drafts
	Registrations
	Pages
	Attachments
	Joints
	Queue
	Elsewhere
}
