package issuing

import (
	"context"
	"slices"
	"time"

	"loket/app"
	"loket/app/card"
)

// MostInJob is how many cards go to a printer at once, so that an empty ribbon spoils a known range.
const MostInJob = 50

// Listed is a card together with its person.
type Listed struct {
	Card         app.Card
	Registration app.Registration
}

// Queue lists the cards that wait to be printed, oldest first.
func (x *Issuing) Queue(ctx context.Context) ([]Listed, error) { return x.List(ctx, app.CardQueued) }

// Unchecked lists the cards that went to a printer and that nobody has confirmed yet: after a
// restart a run goes on from here.
func (x *Issuing) Unchecked(ctx context.Context) ([]Listed, error) { return x.List(ctx, app.CardSent) }

// tasksOf is who may see cards in these states: who prints them all, who hands cards over those that can
// be handed over, or were.
func tasksOf(states ...app.CardState) []app.Task {
	for _, state := range states {
		if state != app.CardHanded && !state.May(app.CardHanded) {
			return []app.Task{app.TaskPrint}
		}
	}
	return []app.Task{app.TaskPrint, app.TaskHandover}
}

// List lists the cards that stand in one of the states.
func (x *Issuing) List(ctx context.Context, states ...app.CardState) ([]Listed, error) {
	if err := x.who.May(tasksOf(states...)...); err != nil {
		return nil, err
	}
	cards, err := x.store.Cards(ctx, states...)
	if err != nil {
		return nil, err
	}
	return x.listed(ctx, cards)
}

// mostRecent keeps a list of the day readable.
const mostRecent = 200

// Since lists the cards that came into a state at or after a moment, the newest first.
func (x *Issuing) Since(ctx context.Context, state app.CardState, since time.Time) ([]Listed, error) {
	if err := x.who.May(tasksOf(state)...); err != nil {
		return nil, err
	}
	cards, err := x.store.CardsSince(ctx, state, since, mostRecent)
	if err != nil {
		return nil, err
	}
	return x.listed(ctx, cards)
}

func (x *Issuing) listed(ctx context.Context, cards []app.Card) ([]Listed, error) {
	listed := make([]Listed, 0, len(cards))
	for _, c := range cards {
		r, err := x.store.Registration(ctx, c.Registration)
		if err != nil {
			return nil, err
		}
		listed = append(listed, Listed{Card: c, Registration: r})
	}
	return listed, nil
}

// Print sends queued cards to a printer as one job and returns the job's name. They count as sent
// before the printer is asked: were it the other way round, a power cut could leave a card in the
// world that the books call queued, and its serial would be printed twice.
func (x *Issuing) Print(ctx context.Context, by app.Operator, to Printer, serials []app.Serial) (string, error) {
	return x.send(ctx, by, to, serials, app.CardQueued)
}

// PrintAgain sends cards once more of which a person says that nothing came out. Where something
// did come out, Spoil gives the person a card with a new serial.
func (x *Issuing) PrintAgain(ctx context.Context, by app.Operator, to Printer, serials []app.Serial) (string, error) {
	return x.send(ctx, by, to, serials, app.CardSent)
}

func (x *Issuing) send(ctx context.Context, by app.Operator, to Printer, serials []app.Serial, from app.CardState) (string, error) {
	if err := by.May(app.TaskPrint); err != nil {
		return "", err
	}
	switch {
	case len(serials) > MostInJob:
		return "", app.Fail(app.CardRunTooLong, "most", MostInJob)
	case len(serials) == 0:
		return "", nil
	}
	faces := make([]Face, 0, len(serials))
	for _, serial := range serials {
		f, err := x.faceOf(ctx, serial)
		if err != nil {
			return "", err
		}
		if f.Card.State != from {
			return "", otherState(f.Card)
		}
		faces = append(faces, f)
	}
	job := x.clock.Now().Format("20060102-150405")
	if err := x.store.MoveCards(ctx, by.Author(), serials, app.CardSent, job); err != nil {
		return "", err
	}
	return job, to.Print(ctx, job, faces)
}

// How a card was confirmed.
const (
	ByScan = "scan"
	ByWord = "word" // a person says that the card is good
)

// Confirm takes a card's scanned QR code as the proof that it exists and can be read. A card that
// was confirmed before is no mistake.
func (x *Issuing) Confirm(ctx context.Context, by app.Operator, scanned string) (app.Card, error) {
	if err := by.May(app.TaskPrint); err != nil {
		return app.Card{}, err
	}
	s, err := card.ParseText(scanned, x.policy().Hosts)
	if err != nil {
		return app.Card{}, err
	}
	credential, err := card.Parse(s.COSE)
	if err != nil {
		return app.Card{}, err
	}
	c, err := x.here(ctx, credential.Claims.Serial)
	if err != nil {
		return app.Card{}, err
	}
	if credential.Hash() != card.Hash(c.Credential) {
		return app.Card{}, app.Fail(app.CardHashDiffers, "serial", c.Serial)
	}
	return x.confirm(ctx, by, c, ByScan)
}

// ConfirmByWord takes a person's word that a card came out well. The journal says so.
func (x *Issuing) ConfirmByWord(ctx context.Context, by app.Operator, serial app.Serial) (app.Card, error) {
	if err := by.May(app.TaskPrint); err != nil {
		return app.Card{}, err
	}
	c, err := x.here(ctx, serial)
	if err != nil {
		return app.Card{}, err
	}
	return x.confirm(ctx, by, c, ByWord)
}

func (x *Issuing) confirm(ctx context.Context, by app.Operator, c app.Card, how string) (app.Card, error) {
	if c.State == app.CardConfirmed {
		return c, nil
	}
	if !c.State.May(app.CardConfirmed) {
		return app.Card{}, otherState(c)
	}
	if err := x.store.MoveCards(ctx, by.Author(), []app.Serial{c.Serial}, app.CardConfirmed, how); err != nil {
		return app.Card{}, err
	}
	x.ended(c.Serial)
	return x.store.Card(ctx, c.Serial)
}

// SpoilReasons lists why a card can be spoiled or replaced, in the order in which screens offer them.
var SpoilReasons = []string{"ribbon", "smudged", "cut", "wrong_person", "lost", "other"}

// Spoil ends a card that is of no use and gives its person a new one: another serial, the next
// generation. When no serial is in hand the old card ends all the same, and the error says that
// the new one waits for a lease.
func (x *Issuing) Spoil(ctx context.Context, by app.Operator, serial app.Serial, reason string) (app.Card, error) {
	if err := by.May(app.TaskPrint); err != nil {
		return app.Card{}, err
	}
	switch {
	case !slices.Contains(SpoilReasons, reason):
		return app.Card{}, app.Fail(app.CardReasonNeeded)
	}
	c, err := x.here(ctx, serial)
	if err != nil {
		return app.Card{}, err
	}
	end := endOf(c.State)
	if end == "" {
		return app.Card{}, otherState(c)
	}
	fresh, err := x.issue(ctx, by, c.Registration, serial, reason)
	switch app.CodeOf(err) {
	case "":
		x.ended(serial)
	case app.CardLeaseEmpty, app.CardLeaseExpired, app.CardNotPerson, app.CardNotAccepted, app.CardNoMember, app.CardKeyMissing:
		if failed := x.store.MoveCards(ctx, by.Author(), []app.Serial{serial}, end, reason); failed != nil {
			return app.Card{}, failed
		}
		x.ended(serial)
	}
	return fresh, err
}

// endOf is how a card ends that no other takes the place of: spoiled on the desk, lost once it had
// left; "" when it has ended already.
func endOf(state app.CardState) app.CardState {
	for _, end := range []app.CardState{app.CardSpoiled, app.CardLost} {
		if state.May(end) {
			return end
		}
	}
	return ""
}

func (x *Issuing) here(ctx context.Context, serial app.Serial) (app.Card, error) {
	c, err := x.store.Card(ctx, serial)
	if app.CodeOf(err) == app.NotFound {
		return app.Card{}, app.Fail(app.CardUnknownHere, "serial", serial)
	}
	return c, err
}

func otherState(c app.Card) error {
	return app.Fail(app.CardOtherState, "serial", c.Serial)
}
