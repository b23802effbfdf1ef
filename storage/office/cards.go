package office

import (
	"crypto/sha256"

	"loket/app"
	"loket/app/card"
	"loket/app/journal"
	"loket/app/office/books"
)

// queued enters a card: its serial must be the kiosk's, its registration known. A reissued card
// makes the one before invalid.
func (t *tx) queued(e journal.Entry) error {
	var b journal.CardBody
	if err := e.Into(&b); err != nil {
		return err
	}
	chain := e.ID().Chain
	ok, err := t.useSerial(chain, b.Serial)
	if err != nil {
		return err
	}
	if !ok || len(b.Hash) != sha256.Size {
		return t.quarantine(e.ID(), app.OfficeSerialNotLeased)
	}
	if _, known, err := t.regOf(app.EntryID{Chain: chain, Seq: b.Registration}); err != nil {
		return err
	} else if !known {
		return t.quarantine(e.ID(), app.OfficeNoRegistration)
	}
	n, err := t.do(`INSERT INTO cards (kiosk, incarnation, serial, registration, member, generation, hash, state, queued_at, changed_at, seq)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10) ON CONFLICT (kiosk, incarnation, serial) DO NOTHING`,
		e.Kiosk, e.Incarnation, b.Serial, b.Registration, b.Member, b.Generation, b.Hash, string(app.CardQueued), e.At, e.Seq)
	if err != nil {
		return err
	}
	if n == 0 { // a serial is one physical card
		return t.quarantine(e.ID(), app.OfficeSerialNotLeased)
	}
	if err := t.wantMark(chain, b.Serial); err != nil {
		return err
	}
	if b.Replaces != 0 {
		if err := t.moveCard(e, b.Replaces, app.CardReplaced); err != nil {
			return err
		}
	}
	return t.refreshCards(app.EntryID{Chain: chain, Seq: b.Registration})
}

// wantMark asks for a new status list where a card came late: its life is over, and a mark is what vouches
// for it.
func (t *tx) wantMark(chain app.Chain, serial uint32) error {
	var n int
	over, err := t.get("SELECT 1 FROM chains WHERE kiosk = $1 AND incarnation = $2 AND (closed_at > 0 OR revoked_at > 0)", []any{chain.Kiosk, chain.Incarnation}, &n)
	if err != nil || !over {
		return err
	}
	return t.want(books.ListName{Kind: books.StatusList, Shard: card.ShardOf(app.Serial(serial))})
}

var movedTo = map[journal.Kind]app.CardState{
	journal.CardSent: app.CardSent, journal.CardConfirmed: app.CardConfirmed,
	journal.CardSpoiled: app.CardSpoiled, journal.CardLost: app.CardLost,
}

func (t *tx) moved(e journal.Entry) error {
	var b journal.CardMoveBody
	if err := e.Into(&b); err != nil {
		return err
	}
	return t.moveCard(e, b.Serial, movedTo[e.Kind])
}

// moveCard brings a card to a state. States go one way: what comes late, about a card that is further on
// or has ended, changes nothing.
func (t *tx) moveCard(e journal.Entry, serial uint32, state app.CardState) error {
	var now app.CardState
	found, err := t.get("SELECT state FROM cards WHERE kiosk = $1 AND incarnation = $2 AND serial = $3", []any{e.Kiosk, e.Incarnation, serial}, &now)
	if err != nil {
		return err
	}
	if !found {
		return t.quarantine(e.ID(), app.OfficeNoCard)
	}
	if !now.Follows(state) {
		return nil
	}
	if err := t.must("UPDATE cards SET state = $4, changed_at = $5 WHERE kiosk = $1 AND incarnation = $2 AND serial = $3", e.Kiosk, e.Incarnation, serial, string(state), e.At); err != nil {
		return err
	}
	return t.refreshCard(e.ID().Chain, serial)
}

func (t *tx) handed(e journal.Entry) error {
	var b journal.HandoverBody
	if err := e.Into(&b); err != nil {
		return err
	}
	if err := t.must("INSERT INTO handovers (kiosk, incarnation, seq, serial, receiver, level, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		e.Kiosk, e.Incarnation, e.Seq, b.Serial, b.Receiver, b.Level, e.At); err != nil {
		return err
	}
	return t.moveCard(e, b.Serial, app.CardHanded)
}

// refreshCards brings the status of every card of a registration up to what the books say.
func (t *tx) refreshCards(id app.EntryID) error {
	var serials []uint32
	err := t.each("SELECT serial FROM cards WHERE kiosk = $1 AND incarnation = $2 AND registration = $3", []any{id.Kiosk, id.Incarnation, id.Seq},
		func(scan func(...any) error) error {
			var serial uint32
			err := scan(&serial)
			serials = append(serials, serial)
			return err
		})
	if err != nil {
		return err
	}
	for _, serial := range serials {
		if err := t.refreshCard(id.Chain, serial); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) refreshCard(chain app.Chain, serial uint32) error {
	var now app.CardState
	var state app.RegistrationState
	var cover app.Cover
	found, err := t.get(`SELECT c.state, r.state, r.cover FROM cards c JOIN registrations r
		ON r.kiosk = c.kiosk AND r.incarnation = c.incarnation AND r.seq = c.registration
		WHERE c.kiosk = $1 AND c.incarnation = $2 AND c.serial = $3`, []any{chain.Kiosk, chain.Incarnation, serial}, &now, &state, &cover)
	if err != nil || !found {
		return err
	}
	return t.setStatus(app.Serial(serial), statusOf(now, state, cover))
}

// statusOf is what the status list says of a card.
func statusOf(now app.CardState, state app.RegistrationState, cover app.Cover) card.Status {
	switch {
	case now == app.CardSpoiled, now == app.CardLost, now == app.CardReplaced, state == app.Withdrawn, state == app.Rejected:
		return card.Invalid
	case state != app.Accepted:
		return card.NotYetAccepted
	case cover == app.CoverBegun:
		return card.Active
	}
	return card.Inactive
}

// setStatus changes a serial's value and asks for a new list when it changed. What became invalid stays so:
// a serial is one physical card, and one that was voided when its life ended never wakes.
func (t *tx) setStatus(serial app.Serial, value card.Status) error {
	shard := card.ShardOf(serial)
	before := card.NotYetAccepted
	if _, err := t.get("SELECT value FROM serial_status WHERE shard = $1 AND serial = $2", []any{shard, uint32(serial)}, &before); err != nil {
		return err
	}
	if before == value || before == card.Invalid {
		return nil
	}
	if err := t.must("INSERT INTO serial_status (shard, serial, value) VALUES ($1, $2, $3) ON CONFLICT (shard, serial) DO UPDATE SET value = $3", shard, uint32(serial), value); err != nil {
		return err
	}
	return t.want(books.ListName{Kind: books.StatusList, Shard: shard})
}
