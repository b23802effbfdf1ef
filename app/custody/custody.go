// Package custody proves that a card reached its person (J6): who received it, on what evidence,
// with the very card scanned at that moment. Delivered means to the person.
package custody

import (
	"context"

	"loket/app"
	"loket/app/card"
	"loket/app/identity"
)

// Store is what handovers need kept.
type Store interface {
	// Card and Registration fail with not_found.
	Card(ctx context.Context, serial app.Serial) (app.Card, error)
	Registration(ctx context.Context, id app.EntryID) (app.Registration, error)
	// Hand is one transaction: the entry with the receiver as its personal part, the row, the card's
	// state, the evidence, the end of what was parked. It fails with handover.done_before,
	// card.other_state, card.hash_differs, handover.evidence_used or storage.blob_missing.
	Hand(ctx context.Context, by app.Author, h app.Handover) (app.Handover, error)
	// HandoverOf fails with not_found.
	HandoverOf(ctx context.Context, serial app.Serial) (app.Handover, error)
}

// Evidence keeps pictures and signatures, encrypted.
type Evidence interface {
	PutBlob(ctx context.Context, kind string, plain []byte) (app.Evidence, error)
	EvidenceUsed(ctx context.Context, hash [32]byte) (bool, error)
}

// Parking keeps handovers that were begun and not finished, encrypted, without entries.
type Parking interface {
	SaveParked(ctx context.Context, id string, body []byte) error
	Parked(ctx context.Context) ([][]byte, error)
	DeleteParked(ctx context.Context, id string) error
}

// Keeping is all that custody needs kept.
type Keeping interface {
	Store
	Evidence
	Parking
}

// Policy is what head office's settings say of handovers.
type Policy struct {
	Hosts []string          // whose cards are ours
	Level app.EvidenceLevel // that is asked for; 0 and 1 ask for the scan alone

	Closed error // why no card may be handed over now: head office's authority has run out; nil
}

// Custody hands cards over. It is safe for use by several goroutines.
type Custody struct {
	store  Keeping
	verify func(*card.Scanned) card.Verdict
	policy func() Policy
	who    app.AtWork
}

// New makes the handover desk of a kiosk. Verify judges a scanned card by the newest lists, who tells
// the operator at work.
func New(store Keeping, verify func(*card.Scanned) card.Verdict, policy func() Policy, who app.AtWork) *Custody {
	return &Custody{store: store, verify: verify, policy: policy, who: who}
}

// Hand records that a card reached a person. It is final when it returns.
func (x *Custody) Hand(ctx context.Context, by app.Operator, f Form) (app.Handover, error) {
	if err := by.May(app.TaskHandover); err != nil {
		return app.Handover{}, err
	}
	policy := x.policy()
	if policy.Closed != nil {
		return app.Handover{}, policy.Closed
	}
	if err := f.Missing(max(policy.Level, 1)); err != nil {
		return app.Handover{}, err
	}
	h := app.Handover{
		Serial: f.Serial, CredentialHash: f.Hash, Receiver: f.Receiver,
		Level: f.Level(), Evidence: f.Evidence,
	}
	if f.Receiver != app.ReceiverHolder { // the holder stands in the registration
		h.Name, h.Relation = identity.CleanName(f.Name), identity.CleanSpaces(f.Relation)
	}
	return x.store.Hand(ctx, by.Author(), h)
}

// may asks who is at work.
func (x *Custody) may() error { return x.who.May(app.TaskHandover) }

// HandoverOf tells who received a card and on what evidence. It fails with not_found.
func (x *Custody) HandoverOf(ctx context.Context, serial app.Serial) (app.Handover, error) {
	if err := x.may(); err != nil {
		return app.Handover{}, err
	}
	return x.store.HandoverOf(ctx, serial)
}
