// Package issuing makes cards (J4): it takes a serial that head office lent, signs the credential
// with the kiosk's own key, and follows the physical card until somebody has seen it. Printing
// itself is somebody else's work, and never in the way of saving.
package issuing

import (
	"context"
	"crypto"
	"time"

	"loket/app"
	"loket/app/card"
)

// Store is what issuing needs kept. Each method that changes something is one transaction with its
// entries.
type Store interface {
	Recent
	// Registration fails with not_found.
	Registration(ctx context.Context, id app.EntryID) (app.Registration, error)
	// Issue takes the next serial from the lease, lets sign make the credential of the card, and
	// queues it, in the generation after the person's last card. With replaces, that card ends as
	// spoiled or, once it had left the desk, replaced, for the reason, in the same transaction. It
	// fails with card.lease_empty, card.lease_expired, card.has_one or card.other_state.
	Issue(ctx context.Context, by app.Author, id app.EntryID, replaces app.Serial, reason string, sign func(app.Card) ([]byte, error)) (app.Card, error)
	// MoveCards moves all the cards or none; detail is how they were confirmed, why they were
	// spoiled, or in which job they were sent. A sent card can be sent again. It fails with
	// card.other_state.
	MoveCards(ctx context.Context, by app.Author, serials []app.Serial, next app.CardState, detail string) error
	// Card fails with not_found.
	Card(ctx context.Context, serial app.Serial) (app.Card, error)
	// Cards lists the cards that stand in one of the states, oldest first.
	Cards(ctx context.Context, states ...app.CardState) ([]app.Card, error)
	// Stock counts the numbers that a lease still holds at a moment, and when the first of them ends.
	Stock(ctx context.Context, kind string, at time.Time) (left int, until time.Time, err error)
}

// Recent reads what happened to cards lately.
type Recent interface {
	// CardsSince lists the cards that came into a state at or after a moment, the newest first.
	CardsSince(ctx context.Context, state app.CardState, since time.Time, most int) ([]app.Card, error)
}

// Printer puts faces on cards, as one job. What it reports as done is not believed: only a person
// or a scan confirms a card.
type Printer interface {
	Print(ctx context.Context, job string, faces []Face) error
}

// Policy is what head office's settings say of cards.
type Policy struct {
	Issuer       string    // claim 1; card.PracticeIssuer in practice mode
	Branch       string    // branch code
	Host         string    // of the verify page, in the QR
	Hosts        []string  // all hosts whose cards are ours
	Years        int       // how long a card holds, from the rule set
	VerifyUntil  time.Time // of the issuing key: no card holds longer; zero is not known
	IssueUntil   time.Time // of the issuing key: from then on it makes no card that anybody takes; zero is not known
	WalkInAtOnce bool      // a walk-in's card is printed before head office has accepted the person
}

// Issuing makes and follows cards. It is safe for use by several goroutines.
type Issuing struct {
	store  Store
	key    func() (crypto.Signer, error) // the issuing key, while the vault is open
	policy func() Policy
	clock  app.Clock
	who    app.AtWork
	ended  func(app.Serial)
}

// New makes the issuing desk of a kiosk. Key gives the issuing key from the open vault, who the operator at work.
func New(store Store, key func() (crypto.Signer, error), policy func() Policy, clock app.Clock, who app.AtWork) *Issuing {
	return &Issuing{store: store, key: key, policy: policy, clock: clock, who: who, ended: func(app.Serial) {}}
}

// Tell names who is told of each card that needs no print any more: confirmed, spoiled, replaced, lost.
func (x *Issuing) Tell(ended func(app.Serial)) { x.ended = ended }

// Face is one card with all that stands on it.
type Face struct {
	Card         app.Card
	Registration app.Registration
	Name         string // as printed, and as in the credential
	Code         string // the two letters
	Text         string // of the QR code
	Version      int    // of the QR code
	Issuer       string
}

// Face composes what is printed of a card.
func (x *Issuing) Face(ctx context.Context, serial app.Serial) (Face, error) {
	if err := x.who.May(app.TaskPrint, app.TaskHandover); err != nil {
		return Face{}, err
	}
	return x.faceOf(ctx, serial)
}

func (x *Issuing) faceOf(ctx context.Context, serial app.Serial) (Face, error) {
	c, err := x.store.Card(ctx, serial)
	if err != nil {
		return Face{}, err
	}
	return x.face(ctx, c)
}

func (x *Issuing) face(ctx context.Context, c app.Card) (Face, error) {
	r, err := x.store.Registration(ctx, c.Registration)
	if err != nil {
		return Face{}, err
	}
	credential, err := card.Parse(c.Credential)
	if err != nil {
		return Face{}, err
	}
	text, err := card.URL(x.policy().Host, c.Credential)
	if err != nil {
		return Face{}, err
	}
	version, err := card.QRVersion(text)
	if err != nil {
		return Face{}, err
	}
	return Face{
		Card: c, Registration: r, Name: credential.Claims.Name, Code: card.CardCode(c.Credential),
		Text: text, Version: version, Issuer: credential.Claims.Issuer,
	}, nil
}
