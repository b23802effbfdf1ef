package kiosk

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"strings"
	"time"

	"loket/app"
	"loket/app/journal"
)

// Issue makes the next card of a registered person and queues it: serial from the lease, credential
// by sign, entry and row. With replaces, that card ends in the same transaction, for the reason. It
// fails with card.lease_empty, card.lease_expired, card.has_one or card.other_state.
func (s *Store) Issue(ctx context.Context, by app.Author, id app.EntryID, replaces app.Serial, reason string, sign func(app.Card) ([]byte, error)) (app.Card, error) {
	c := app.Card{Registration: id, State: app.CardQueued}
	err := s.write(ctx, "kiosk.Issue", func(t *tx) error {
		if id.Chain != t.at.chain {
			return s.notHere(id)
		}
		serial, err := t.take(leaseSerial)
		if err != nil {
			return err
		}
		c.Serial, c.IssuedAt, c.ChangedAt = app.Serial(serial), t.signedOrNow().Truncate(time.Second), t.now
		if err := t.endCard(by, id, replaces, reason); err != nil {
			return err
		}
		if err := t.countCards(&c); err != nil {
			return err
		}
		if c.Credential, err = sign(c); err != nil {
			return err
		}
		if err := t.insertCard(c); err != nil {
			return err
		}
		return t.appendCard(by, c, replaces)
	})
	if err != nil {
		return app.Card{}, err
	}
	return c, nil
}

// endCard ends the card that another one takes the place of; 0 is none. On the desk it is spoiled;
// once it had left it is replaced, which the new card's entry says.
func (t *tx) endCard(by app.Author, id app.EntryID, replaces app.Serial, reason string) error {
	if replaces == 0 {
		return nil
	}
	var state app.CardState
	err := t.row(`SELECT state FROM cards WHERE serial = ? AND registration = ?`, replaces, id.Seq).Scan(&state)
	switch {
	case err != nil:
		return err
	case state.May(app.CardSpoiled):
		return t.moveCard(by, replaces, app.CardSpoiled, reason)
	case !state.May(app.CardReplaced):
		return app.Fail(app.CardOtherState, "serial", replaces)
	}
	return t.exec(`UPDATE cards SET state = ?, reason = ?, changed_at = ? WHERE serial = ?`, app.CardReplaced, reason, t.ms(), replaces)
}

// countCards fills in the member number and the generation; a person has one current card.
func (t *tx) countCards(c *app.Card) error {
	if err := t.row(`SELECT member FROM registrations WHERE seq = ?`, c.Registration.Seq).Scan(&c.Member); err != nil {
		return err
	}
	var current int
	err := t.row(`SELECT coalesce(max(generation), 0) + 1,
		count(*) FILTER (WHERE state IN ('queued', 'sent', 'confirmed', 'packed', 'returned', 'handed'))
		FROM cards WHERE registration = ?`, c.Registration.Seq).Scan(&c.Generation, &current)
	if err == nil && current > 0 {
		err = app.Fail(app.CardHasOne)
	}
	return err
}

func (t *tx) insertCard(c app.Card) error {
	sealed, err := t.seal("cards", "credential", c.Serial.String(), c.Credential)
	if err != nil {
		return err
	}
	hash := sha256.Sum256(c.Credential)
	return t.exec(`INSERT INTO cards (serial, registration, member, generation, state, reason, hash, credential, job, issued_at, changed_at)
		VALUES (?, ?, ?, ?, ?, '', ?, ?, '', ?, ?)`,
		c.Serial, c.Registration.Seq, c.Member, c.Generation, c.State, hash[:], sealed, c.IssuedAt.UnixMilli(), t.ms())
}

func (t *tx) appendCard(by app.Author, c app.Card, replaces app.Serial) error {
	hash := sha256.Sum256(c.Credential)
	kind := journal.CardQueued
	if replaces != 0 {
		kind = journal.CardReissued
	}
	return t.appendAbout(c.Registration.Seq, by, kind, aboutCard(c.Serial), journal.CardBody{
		Serial: uint32(c.Serial), Registration: c.Registration.Seq, Member: string(c.Member),
		Generation: c.Generation, Hash: hash[:], Replaces: uint32(replaces),
	}, nil)
}

// MoveCards moves all the cards to a state or none of them, each with its entry. Detail is how a
// card was confirmed, why it was spoiled or lost, or in which job it was sent. A sent card can be
// sent again. It fails with card.other_state.
func (s *Store) MoveCards(ctx context.Context, by app.Author, serials []app.Serial, next app.CardState, detail string) error {
	return s.write(ctx, "kiosk.MoveCards", func(t *tx) error {
		for _, serial := range serials {
			if err := t.moveCard(by, serial, next, detail); err != nil {
				return err
			}
		}
		return nil
	})
}

// moves are the entries of a card's moves.
var moves = map[app.CardState]journal.Kind{
	app.CardSent: journal.CardSent, app.CardConfirmed: journal.CardConfirmed,
	app.CardSpoiled: journal.CardSpoiled, app.CardLost: journal.CardLost,
}

func (t *tx) moveCard(by app.Author, serial app.Serial, next app.CardState, detail string) error {
	var state app.CardState
	var registration uint64
	if err := t.row(`SELECT state, registration FROM cards WHERE serial = ?`, serial).Scan(&state, &registration); err != nil {
		return err
	}
	kind, known := moves[next]
	again := state == app.CardSent && next == app.CardSent
	if !known || !again && !state.May(next) {
		return app.Fail(app.CardOtherState, "serial", serial)
	}
	body := journal.CardMoveBody{Serial: uint32(serial)}
	var job, reason string
	switch next {
	case app.CardSent:
		job = detail
	case app.CardConfirmed:
		body.How = detail
	default:
		body.Reason, reason = detail, detail
	}
	if err := t.appendAbout(registration, by, kind, aboutCard(serial), body, nil); err != nil {
		return err
	}
	return t.exec(`UPDATE cards SET state = ?2, reason = ?3, job = CASE ?4 WHEN '' THEN job ELSE ?4 END, changed_at = ?5,
		confirmed_at = CASE ?2 WHEN 'confirmed' THEN ?5 ELSE confirmed_at END WHERE serial = ?1`, serial, next, reason, job, t.ms())
}

const selectCards = `SELECT serial, registration, member, generation, state, reason, credential, issued_at, changed_at FROM cards`

// Card is one card, or not_found.
func (s *Store) Card(ctx context.Context, serial app.Serial) (app.Card, error) {
	c, err := s.cardOf(s.r.row(ctx, selectCards+` WHERE serial = ?`, serial))
	return c, failed("kiosk.Card", err)
}

// Cards lists the cards that stand in one of the states, oldest first.
func (s *Store) Cards(ctx context.Context, states ...app.CardState) ([]app.Card, error) {
	if len(states) == 0 {
		return nil, nil
	}
	args := make([]any, 0, len(states))
	for _, state := range states {
		args = append(args, state)
	}
	holes := strings.TrimSuffix(strings.Repeat("?, ", len(states)), ", ")
	rows, err := s.r.rows(ctx, selectCards+` WHERE state IN (`+holes+`) ORDER BY issued_at, generation, serial`, args...)
	if err != nil {
		return nil, failed("kiosk.Cards", err)
	}
	return collect("kiosk.Cards", rows, s.cardOf)
}

// CardsSince lists the cards that came into a state at or after a moment, the newest first.
func (s *Store) CardsSince(ctx context.Context, state app.CardState, since time.Time, most int) ([]app.Card, error) {
	rows, err := s.r.rows(ctx, selectCards+` WHERE state = ? AND changed_at >= ? ORDER BY changed_at DESC, serial LIMIT ?`, state, since.UnixMilli(), most)
	if err != nil {
		return nil, failed("kiosk.CardsSince", err)
	}
	return collect("kiosk.CardsSince", rows, s.cardOf)
}

// CardsOf lists a person's cards, the newest first.
func (s *Store) CardsOf(ctx context.Context, id app.EntryID) ([]app.Card, error) {
	if f := s.former(id); f != nil {
		return f.CardsOf(ctx, id)
	}
	if id.Chain != s.Chain() {
		return nil, nil
	}
	rows, err := s.r.rows(ctx, selectCards+` WHERE registration = ? ORDER BY generation DESC`, id.Seq)
	if err != nil {
		return nil, failed("kiosk.CardsOf", err)
	}
	return collect("kiosk.CardsOf", rows, s.cardOf)
}

func (s *Store) cardOf(row scanner) (app.Card, error) {
	c := app.Card{Registration: app.EntryID{Chain: s.Chain()}}
	var sealed []byte
	var issued, changed sql.NullInt64
	err := row.Scan(&c.Serial, &c.Registration.Seq, &c.Member, &c.Generation, &c.State, &c.Reason, &sealed, &issued, &changed)
	if err != nil {
		return app.Card{}, err
	}
	c.IssuedAt, c.ChangedAt = moment(issued), moment(changed)
	c.Credential, err = s.unseal("cards", "credential", c.Serial.String(), sealed)
	return c, err
}
