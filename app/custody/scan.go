package custody

import (
	"context"

	"loket/app"
	"loket/app/card"
)

// Held is a scanned card with the person whose it is.
type Held struct {
	Card         app.Card
	Registration app.Registration
	Hash         [32]byte          // SHA-256 of the COSE bytes scanned
	Warnings     []app.Code        // nothing here keeps the card from being handed over
	Demanded     app.EvidenceLevel // by the programme
	Before       *app.Handover     // set when it was handed over before
}

// Scan looks at a card that is about to be handed over. The error says why that cannot be: unknown
// here, another card than the one issued, not checked after printing, handed over before, not valid
// any more. What is known of the card is returned with the error.
func (x *Custody) Scan(ctx context.Context, text string) (Held, error) {
	if err := x.may(); err != nil {
		return Held{}, err
	}
	s, err := card.ParseText(text, x.policy().Hosts)
	if err != nil {
		return Held{}, err
	}
	credential, err := card.Parse(s.COSE)
	if err != nil {
		return Held{}, err
	}
	held := Held{Hash: credential.Hash(), Demanded: max(x.policy().Level, 1)}
	if held.Card, err = x.store.Card(ctx, credential.Claims.Serial); err != nil {
		if app.CodeOf(err) == app.NotFound {
			err = app.Fail(app.CardUnknownHere, "serial", credential.Claims.Serial)
		}
		return Held{}, err
	}
	if card.Hash(held.Card.Credential) != held.Hash {
		return Held{}, app.Fail(app.CardHashDiffers, "serial", held.Card.Serial)
	}
	if held.Registration, err = x.store.Registration(ctx, held.Card.Registration); err != nil {
		return held, err
	}
	verdict := x.verify(s)
	held.Warnings = warnings(verdict, held.Registration)
	return x.handable(ctx, held, verdict)
}

// handable says why a card cannot be handed over now, or nil.
func (x *Custody) handable(ctx context.Context, held Held, verdict card.Verdict) (Held, error) {
	serial := held.Card.Serial
	switch state := held.Card.State; {
	case state == app.CardHanded:
		before, err := x.store.HandoverOf(ctx, serial)
		if err != nil {
			return held, err
		}
		held.Before = &before
		return held, app.Fail(app.HandoverDoneBefore, "serial", serial)
	case held.Registration.State == app.Withdrawn:
		return held, app.Fail(app.HandoverWithdrawn, "serial", serial)
	case state == app.CardQueued, state == app.CardSent:
		return held, app.Fail(app.HandoverNotChecked, "serial", serial)
	case !state.May(app.CardHanded), verdict.Status == card.Invalid, verdict.Reason == app.CardKeyRevoked, verdict.Reason == app.CardKeyReplaced:
		return held, app.Fail(app.HandoverCardInvalid, "serial", serial)
	}
	return held, nil
}

// warnings is what the officer should know and what keeps nobody from their card: this kiosk made
// the card and knows its every byte, so an old or missing list is no reason to send a person home.
func warnings(verdict card.Verdict, r app.Registration) []app.Code {
	var codes []app.Code
	if verdict.Reason != app.CardGenuine {
		codes = append(codes, verdict.Reason)
	}
	if r.State != app.Accepted {
		codes = append(codes, app.HandoverNotAccepted)
	}
	return codes
}
