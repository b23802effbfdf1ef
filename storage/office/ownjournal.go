package office

import (
	"context"
	"crypto/ed25519"
	"time"

	"loket/app"
	"loket/app/journal"
)

// pusat is the chain of head office's own journal.
var pusat = app.Chain{Kiosk: app.HeadOffice, Incarnation: 1}

// Found begins head office's own journal, whose chain starts from an office key. Doing it again
// changes nothing.
func (s *Store) Found(ctx context.Context, key ed25519.PublicKey, at time.Time) error {
	return s.change(ctx, "office.Found", at, func(t *tx) error {
		return t.newChain(pusat, journal.Genesis(pusat, key), key, nil, nil, nil)
	})
}

func (t *tx) newChain(chain app.Chain, head journal.Head, device, issuing, opening, transport []byte) error {
	return t.must(`INSERT INTO chains (kiosk, incarnation, device_key, issuing_key, opening_key, transport,
		enrolled_at, issue_until, seen_at, batch_number, batch_identity, seq, head, frame_number, frame_hash, settings_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7, 0, $9, 0, $10, 0, $9, $7) ON CONFLICT (kiosk, incarnation) DO NOTHING`,
		chain.Kiosk, chain.Incarnation, device, filled(issuing), filled(opening), filled(transport),
		ms(t.at), ms(t.at.Add(t.policy.Issuing)), make([]byte, 32), head[:])
}

// ownPage are the entries of head office's own journal that one operation writes, and where its
// chain stands after them.
type ownPage struct {
	seq  uint64
	head journal.Head
	rows *rows
}

// openPage reads where the own chain stands, once an operation.
func (t *tx) openPage() error {
	if t.own != nil {
		return nil
	}
	var page ownPage
	var head []byte
	found, err := t.get("SELECT seq, head FROM chains WHERE kiosk = $1 AND incarnation = $2", []any{pusat.Kiosk, pusat.Incarnation}, &page.seq, &head)
	if err != nil {
		return err
	}
	if !found || len(head) != len(page.head) {
		return app.Fail(app.JournalChainBroken, "seq", page.seq)
	}
	page.head, page.rows = journal.Head(head), rowsFor(intoEntries, "")
	t.own = &page
	return nil
}

const intoEntries = "entries (kiosk, incarnation, seq, kind, scope, at, raw, applied)"

// record writes an entry of head office's own journal. Operator is an account, or "" for a rule.
func (t *tx) record(kind journal.Kind, operator string, scope app.Scope, subject []byte, body any) error {
	if err := t.openPage(); err != nil {
		return err
	}
	packed, err := journal.Body(body)
	if err != nil {
		return err
	}
	e := journal.Entry{
		V: journal.Version, Kiosk: pusat.Kiosk, Incarnation: pusat.Incarnation, Seq: t.own.seq + 1, At: ms(t.at), Boot: 1,
		Operator: operator, Agency: string(app.AgencyInsurer), Scope: scope, Kind: kind, Subject: subject, Body: packed,
	}
	raw, err := e.Encode()
	if err != nil {
		return err
	}
	t.own.seq, t.own.head = e.Seq, t.own.head.Add(e, raw)
	t.own.rows.add(e.Kiosk, e.Incarnation, e.Seq, uint16(e.Kind), e.Scope[:], e.At, raw, 1)
	return nil
}

// closePage writes the gathered entries and the chain's new end.
func (t *tx) closePage() error {
	if t.own == nil {
		return nil
	}
	if err := t.insertMust(t.own.rows); err != nil {
		return err
	}
	return t.must("UPDATE chains SET seq = $3, head = $4 WHERE kiosk = $1 AND incarnation = $2", pusat.Kiosk, pusat.Incarnation, t.own.seq, t.own.head[:])
}

func filled(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// CheckOwnJournal walks head office's own chain from its first entry.
func (s *Store) CheckOwnJournal(ctx context.Context, key ed25519.PublicKey) error {
	return s.look(ctx, "office.CheckOwnJournal", func(t *tx) error {
		checker := journal.NewChecker(pusat, key)
		err := t.each("SELECT raw FROM entries WHERE kiosk = $1 AND incarnation = $2 ORDER BY seq", []any{pusat.Kiosk, pusat.Incarnation},
			func(scan func(...any) error) error {
				var raw []byte
				if err := scan(&raw); err != nil {
					return err
				}
				return checker.Take(raw, journal.Head{})
			})
		if err != nil {
			return err
		}
		var head []byte
		if _, err := t.get("SELECT head FROM chains WHERE kiosk = $1 AND incarnation = $2", []any{pusat.Kiosk, pusat.Incarnation}, &head); err != nil {
			return err
		}
		if string(head) != string(checker.Head[:]) {
			return app.Fail(app.JournalChainBroken, "seq", checker.Seq)
		}
		return nil
	})
}

// OwnEntries reads head office's own journal after an entry, at most so many.
func (s *Store) OwnEntries(ctx context.Context, after uint64, most int) (all []journal.Entry, err error) {
	err = s.look(ctx, "office.OwnEntries", func(t *tx) error {
		all = nil
		return t.each("SELECT raw FROM entries WHERE kiosk = $1 AND incarnation = $2 AND seq > $3 ORDER BY seq LIMIT $4", []any{pusat.Kiosk, pusat.Incarnation, after, most},
			func(scan func(...any) error) error {
				var raw []byte
				if err := scan(&raw); err != nil {
					return err
				}
				e, err := journal.Decode(raw)
				all = append(all, e)
				return err
			})
	})
	return all, err
}
