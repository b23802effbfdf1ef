package headoffice

import (
	"context"
	"crypto/ed25519"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

// Store is head office's database, in the roles that its parts play. Every method is one
// transaction.
type Store interface {
	Intake
	Enrolments
	Lives
	KeyCare
	Late
	Publishing
	Accounts
	Decisions
	Lookups
	Pages
	Sponsoring
	Coverage
	Upkeep
}

// Upkeep begins the books and watches them.
type Upkeep interface {
	Found(ctx context.Context, key ed25519.PublicKey, at time.Time) error
	Ready(ctx context.Context) error
	Durability(ctx context.Context) (books.Durability, error)
	Alarms(ctx context.Context, at time.Time) ([]books.Alarm, error)
}

// Intake takes what kiosks send and hands out their news.
type Intake interface {
	Chain(ctx context.Context, chain app.Chain) (books.Chain, error)
	ChainByTransport(ctx context.Context, spki [32]byte) (books.Chain, error)
	Seen(ctx context.Context, chain app.Chain, at time.Time) error
	Prepare(d *books.Delivery) error
	Take(ctx context.Context, d books.Delivery) (receipt []byte, err error)
	TakeAttachment(ctx context.Context, a books.Attachment) (receipt []byte, err error)
	Feeds
}

// Feeds hands out the kiosks' news, and begins a feed anew where it cannot go on as it is.
type Feeds interface {
	Feed(ctx context.Context, chain app.Chain, after sealed.Place, limit int) (frames [][]byte, more bool, err error)
	NewsDue(ctx context.Context, chain app.Chain, at time.Time) (bool, error)
	SendLists(ctx context.Context, chain app.Chain, at time.Time) error
	FeedStands(ctx context.Context, chain app.Chain, after sealed.Place, soon time.Time, epoch uint64) (why books.FeedReason, err error)
	FeedsEnding(ctx context.Context, soon time.Time, epoch uint64) ([]app.Chain, error)
	TellRoots(ctx context.Context, chain app.Chain, rotations [][]byte, at time.Time) error
	BeginFeedEpoch(ctx context.Context, chain app.Chain, why books.FeedReason, stands sealed.Place, at time.Time) error
}

// Enrolments let kiosks in.
type Enrolments interface {
	Invite(ctx context.Context, in books.Invitation, at time.Time) (app.Chain, error)
	Invitation(ctx context.Context, chain app.Chain, holds func(secret [16]byte) bool) (books.Invitation, error)
	Enrol(ctx context.Context, in books.Invitation, e books.Enrolment) (answer []byte, err error)
	NoteRecovery(ctx context.Context, w books.RecoveryWord) error
}

// Lives end, and are stopped by one person until a second one decides.
type Lives interface {
	Revoke(ctx context.Context, kiosk app.Kiosk, by string, at time.Time) error
	Suspend(ctx context.Context, kiosk app.Kiosk, by string, at time.Time) error
	ConfirmRevoke(ctx context.Context, kiosk app.Kiosk, by string, at time.Time) error
	Lift(ctx context.Context, kiosk app.Kiosk, by string, at time.Time) error
	Suspended(ctx context.Context) ([]books.Suspension, error)
	Recall(ctx context.Context, chain app.Chain, after sealed.Place) (raw []byte, err error)
}

// Late is what revoked lives sent too late.
type Late interface {
	SetAside(ctx context.Context, d books.Delivery) error
	LateBatches(ctx context.Context) ([]books.LateBatch, error)
	AskLetIn(ctx context.Context, chain app.Chain, number uint64, by string, at time.Time) (books.LateBatch, error)
	LetIn(ctx context.Context, late books.LateBatch, by string, at time.Time) error
}

// KeyCare shows the keys that no list can name, and lets one in.
type KeyCare interface {
	LeftOut(ctx context.Context) ([]books.LeftOut, error)
	LetKeyIn(ctx context.Context, kiosk app.Kiosk, by string, at time.Time) error
}

// Publishing makes lists and puts them into feeds.
type Publishing interface {
	TakeTurn(ctx context.Context, name, holder string, at, until time.Time) (mine bool, err error)
	ListsBefore(ctx context.Context, epoch uint64) ([]books.ListName, error)
	Wanted(ctx context.Context, due, rested, at time.Time) ([]books.ListName, error)
	Publish(ctx context.Context, name books.ListName, at time.Time) error
	Lists(ctx context.Context) ([]books.List, error)
	Object(ctx context.Context, hash [32]byte) ([]byte, error)
	Shelf(ctx context.Context) ([][32]byte, error)
	Applied(ctx context.Context, chain app.Chain) (sealed.Place, error)
	PruneFrames(ctx context.Context, at time.Time) (int64, error)
}

// Cover begins and is planned.
type Cover interface {
	BeginCover(ctx context.Context, ids []app.EntryID, from app.Date, by string, at time.Time) (books.Covered, error)
	Uncovered(ctx context.Context, scope app.Scope) ([]app.EntryID, error)
	CoverDue(ctx context.Context, at time.Time) ([]app.EntryID, error)
	BeginDueCover(ctx context.Context, id app.EntryID, at time.Time) error
	EndCover(ctx context.Context, ids []app.EntryID, day app.Date, by string, at time.Time) (books.Covered, error)
	Orders
}

// Orders begin and end the cover of many, in pieces that a worker goes through.
type Orders interface {
	AskOrder(ctx context.Context, o books.Order, ids []app.EntryID, at time.Time) (books.Order, error)
	StartOrder(ctx context.Context, id books.OrderID, first, second string, at time.Time) error
	StopOrder(ctx context.Context, id books.OrderID, by string, at time.Time) error
	OrderPiece(ctx context.Context, id books.OrderID, at time.Time) (more bool, err error)
	OrdersRunning(ctx context.Context) ([]books.Order, error)
	OrderPages
}

// OrderPages read orders.
type OrderPages interface {
	Order(ctx context.Context, id books.OrderID) (books.Order, error)
	Orders(ctx context.Context, limit int) ([]books.Order, error)
}

// Accounts are who may open the console. Account finds blocked ones too.
type Accounts interface {
	AddAccount(ctx context.Context, a books.Account, by string, at time.Time) (added bool, err error)
	Account(ctx context.Context, name string) (books.Account, error)
	Accounts(ctx context.Context) ([]books.Account, error)
	SetPassword(ctx context.Context, name string, password []byte, by string, at time.Time) error
	Block(ctx context.Context, name, by string, at time.Time) error
	Unblock(ctx context.Context, name, by string, at time.Time) error
	Sessions
}

// Sessions are who is signed in, and what they did that has no entry of its own.
type Sessions interface {
	OpenSession(ctx context.Context, in books.Session, at time.Time) error
	Session(ctx context.Context, name [32]byte, at time.Time) (books.Session, error)
	CloseSession(ctx context.Context, name [32]byte, at time.Time) error
	NoteAct(ctx context.Context, a books.Act) error
}

// Decisions are what people decide.
type Decisions interface {
	Cover
	Rule(ctx context.Context, r books.Ruling) error
	Setting(ctx context.Context, name string) (value []byte, err error)
	PutSetting(ctx context.Context, name string, value []byte, at time.Time) error
}

// Pages read for the console.
type Pages interface {
	Figures(ctx context.Context, today, silent time.Time) (books.Figures, error)
	Kiosks(ctx context.Context, at time.Time) ([]books.KioskRow, error)
	Batches(ctx context.Context, limit int) ([]books.BatchRow, error)
	Registrations(ctx context.Context, f books.Filter) ([]books.RegistrationRow, error)
	Registration(ctx context.Context, id app.EntryID) (books.RegistrationRow, error)
	// NoteOpened writes access.looked-up into the own journal: which account opened whose page.
	NoteOpened(ctx context.Context, id app.EntryID, by string, at time.Time) error
	Leads(ctx context.Context, limit int) ([]books.LeadRow, error)
	Events(ctx context.Context, limit int) ([]books.EventRow, error)
}

// Sponsoring reads the sponsor programmes.
type Sponsoring interface {
	Programmes(ctx context.Context) ([]books.Programme, error)
	Programme(ctx context.Context, scope app.Scope, villages func(journal.ProgrammeBody) []string) (books.Dossier, error)
	Overlaps(ctx context.Context, scope app.Scope, most int) ([]books.Overlap, error)
	Payments(ctx context.Context, niks []string) (map[string][]books.Payment, error)
	ProgrammeRecords(ctx context.Context, scope app.Scope, chain app.Chain, after uint64, most int) ([]books.RegistrationRow, error)
	Exported(ctx context.Context, scope app.Scope, by string, body journal.ExportBody, at time.Time) error
}

// Coverage is how far regions are covered.
type Coverage interface {
	Coverage(ctx context.Context) ([]books.Coverage, error)
	SetCoverage(ctx context.Context, rows []books.Coverage, at time.Time) error
	CountCoverage(ctx context.Context, at time.Time) error
}

// Lookups are families' questions and their answers.
type Lookups interface {
	Lookups(ctx context.Context, limit int) ([]books.LookupRow, error)
	Lookup(ctx context.Context, id app.EntryID) (books.LookupRow, error)
	AnswerLookup(ctx context.Context, a books.LookupAnswer) error
}
