package kiosk

import (
	"encoding/binary"

	"loket/app"
	"loket/app/journal"
)

// told is what the entries say of the rows that hang on them.
type told struct {
	devices  []signer
	captured map[uint64]registrationRow
	seen     map[uint64]bool
	cards    map[uint32]cardRow
	handed   map[uint64]journal.HandoverBody
	sealed   map[uint64]journal.BatchBody // by number
}

type registrationRow struct {
	record, counter uint64
	state           app.RegistrationState // withdrawn, or "" where the journal does not tell
	member          string
	at              int64
	operator, scope string
}

type cardRow struct {
	registration uint64
	member       string
	generation   int
	hash         string
	state        app.CardState
}

func newTold() told {
	return told{
		captured: map[uint64]registrationRow{}, seen: map[uint64]bool{}, cards: map[uint32]cardRow{},
		handed: map[uint64]journal.HandoverBody{}, sealed: map[uint64]journal.BatchBody{},
	}
}

// take learns from one entry. A body that cannot be read was found by its hash already.
func (t *told) take(e journal.Entry) {
	switch e.Kind {
	case journal.RegistrationCaptured:
		var b journal.RegistrationBody
		if e.Into(&b) == nil {
			t.captured[e.Seq] = registrationRow{e.Seq, uint64(b.Counter), "", b.Member, e.At, e.Operator, string(e.Scope[:])}
		}
	case journal.RegistrationCompleted, journal.RegistrationCorrected, journal.ConsentGiven, journal.ConsentWithdrawn, journal.RegistrationWithdrawn:
		t.amended(e)
	case journal.CardQueued, journal.CardReissued:
		var b journal.CardBody
		if e.Into(&b) == nil {
			t.cards[b.Serial] = cardRow{b.Registration, b.Member, b.Generation, string(b.Hash), app.CardQueued}
			if was, ok := t.cards[b.Replaces]; ok && was.state != app.CardSpoiled {
				was.state = app.CardReplaced
				t.cards[b.Replaces] = was
			}
		}
	case journal.CardSent, journal.CardConfirmed, journal.CardSpoiled, journal.CardLost:
		t.moved(e)
	case journal.HandoverDone:
		var b journal.HandoverBody
		if e.Into(&b) == nil {
			t.handed[e.Seq] = b
			t.stand(b.Serial, app.CardHanded)
		}
	case journal.PostSealed:
		var b journal.BatchBody
		if e.Into(&b) == nil {
			t.sealed[b.Number] = b
		}
	case journal.DeviceRekeyed:
		var b journal.DeviceBody
		if e.Into(&b) == nil {
			t.devices = append(t.devices, signer{e.Seq, b.Key})
		}
	}
}

func (t *told) amended(e journal.Entry) {
	if len(e.Subject) != 8 {
		return
	}
	seq := binary.BigEndian.Uint64(e.Subject)
	was, ok := t.captured[seq]
	if !ok {
		return
	}
	if e.Kind == journal.RegistrationWithdrawn {
		was.state = app.Withdrawn
	} else if len(e.Personal) > 0 {
		was.record = e.Seq
	}
	t.captured[seq] = was
}

func (t *told) moved(e journal.Entry) {
	var b journal.CardMoveBody
	if e.Into(&b) != nil {
		return
	}
	for state, kind := range moves {
		if kind == e.Kind {
			t.stand(b.Serial, state)
		}
	}
}

func (t *told) stand(serial uint32, state app.CardState) {
	if c, ok := t.cards[serial]; ok {
		c.state = state
		t.cards[serial] = c
	}
}

// registered holds a row against its entries. What head office decided stands in no entry of this
// journal: a member number and a state that came later are only held against what there can be.
func (t *told) registered(seq uint64, is registrationRow) bool {
	was, ok := t.captured[seq]
	t.seen[seq] = true
	if !ok || is.record != was.record || is.counter != was.counter || is.at != was.at || is.operator != was.operator || is.scope != was.scope {
		return false
	}
	decided := is.state == app.Accepted || is.state == app.Duplicate || is.state == app.Rejected
	switch {
	case is.member != was.member && (!decided && was.state != app.Withdrawn || len(is.member) != len(memberNumber(0))):
		return false
	case was.state == app.Withdrawn:
		return is.state == app.Withdrawn || is.state == app.Accepted // head office says that cover had begun
	case is.state == app.Withdrawn:
		return false
	}
	return decided || is.state == app.Captured || is.state == app.NeedsReview
}

// carded holds a card's row against its entries, and strikes it off the list.
func (t *told) carded(serial uint32, is cardRow) bool {
	was, ok := t.cards[serial]
	delete(t.cards, serial)
	return ok && is == was
}

// deviceOf is the device key that signs for an entry.
func (t *told) deviceOf(seq uint64) (key signer) {
	for _, d := range t.devices {
		if d.from < seq {
			key = d
		}
	}
	return key
}
