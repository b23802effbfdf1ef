package kiosk

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/vault"
)

// PutPass writes that a supervisor issued a pass, and keeps the slot that it opens and its text.
func (s *Store) PutPass(ctx context.Context, by app.Author, p vault.Pass, text string, hash [32]byte) error {
	return s.write(ctx, "kiosk.PutPass", func(t *tx) error {
		body := journal.PassBody{Event: p.Event, ID: p.ID[:], Tasks: p.Tasks, From: p.From.Unix(), Until: p.Until.Unix(), Hash: hash[:]}
		e, err := t.append(by, journal.EventPassIssued, app.ScopeDevice, p.ID[:], body, nil)
		if err != nil {
			return err
		}
		sealed, err := t.seal("passes", "text", passRow(p.ID), []byte(text))
		if err != nil {
			return err
		}
		return t.exec(`INSERT INTO passes (id, event, issued, text, slot) VALUES (?, ?, ?, ?, ?)`, p.ID[:], p.Event, e.Seq, sealed, p.Slot)
	})
}

func passRow(id vault.PassID) string { return fmt.Sprintf("%x", id[:]) }

const selectPasses = `SELECT p.id, p.slot, p.unlock, p.operator, p.issued, e.bytes FROM passes p JOIN entries e ON e.seq = p.issued`

// Pass is a pass that was prepared here, or not_found.
func (s *Store) Pass(ctx context.Context, id vault.PassID) (vault.Pass, error) {
	p, err := passOf(s.r.row(ctx, selectPasses+` WHERE p.id = ?`, id[:]))
	return p, failed("kiosk.Pass", err)
}

// PassOf is the pass that a volunteer joined with, or not_found.
func (s *Store) PassOf(ctx context.Context, operator string) (vault.Pass, error) {
	p, err := passOf(s.r.row(ctx, selectPasses+` WHERE p.operator = ?`, operator))
	return p, failed("kiosk.PassOf", err)
}

// Passes lists the passes to an event that were prepared here, oldest first.
func (s *Store) Passes(ctx context.Context, event string) ([]vault.Pass, error) {
	rows, err := s.r.rows(ctx, selectPasses+` WHERE p.event = ? ORDER BY p.issued`, event)
	if err != nil {
		return nil, failed("kiosk.Passes", err)
	}
	return collect("kiosk.Passes", rows, passOf)
}

// PassText is what a pass says, for printing it again. The vault must be open.
func (s *Store) PassText(ctx context.Context, id vault.PassID) (string, error) {
	var sealed []byte
	if err := s.r.row(ctx, `SELECT text FROM passes WHERE id = ?`, id[:]).Scan(&sealed); err != nil {
		return "", failed("kiosk.PassText", err)
	}
	text, err := s.unseal("passes", "text", passRow(id), sealed)
	return string(text), err
}

func passOf(row scanner) (vault.Pass, error) {
	var p vault.Pass
	var id, raw []byte
	var operator sql.NullString
	if err := row.Scan(&id, &p.Slot, &p.Unlock, &operator, &p.Issued, &raw); err != nil {
		return p, err
	}
	entry, err := journal.Decode(raw)
	if err != nil {
		return p, err
	}
	var body journal.PassBody
	if err := entry.Into(&body); err != nil || len(id) != len(p.ID) {
		return p, app.Fail(app.StorageDamaged)
	}
	p.ID, p.Operator = vault.PassID(id), operator.String
	p.Event, p.Tasks, p.From, p.Until = body.Event, body.Tasks, time.Unix(body.From, 0), time.Unix(body.Until, 0)
	return p, nil
}

// Join lets a volunteer in with a pass, all of it or nothing: operator.added and event.joined, the
// volunteer's slot, and the end of the slot that the pass opened.
func (s *Store) Join(ctx context.Context, pass vault.PassID, unlock []byte, m vault.Member) error {
	return s.write(ctx, "kiosk.Join", func(t *tx) error {
		by := m.Operator.Author()
		if err := t.addMember(by, m); err != nil {
			return err
		}
		n, err := t.change(`UPDATE passes SET slot = NULL, unlock = ?, operator = ? WHERE id = ? AND operator IS NULL AND slot IS NOT NULL`,
			unlock, m.Operator.ID, pass[:])
		if err != nil {
			return err
		}
		if n == 0 {
			return app.Fail(app.PassUsed)
		}
		body := journal.JoinedBody{Event: m.Operator.Event, Pass: pass[:], Operator: m.Operator.ID}
		_, err = t.append(by, journal.EventJoined, app.ScopeDevice, pass[:], body, nil)
		return err
	})
}

// EndPass takes away what a volunteer's PIN opens, and an unused pass's slot. The entries stay.
func (s *Store) EndPass(ctx context.Context, id vault.PassID) error {
	return s.write(ctx, "kiosk.EndPass", func(t *tx) error { return t.endPasses(`id = ?`, id[:]) })
}

func (t *tx) endPasses(which string, arg any) error {
	if err := t.exec(`DELETE FROM slots WHERE operator IN (SELECT operator FROM passes WHERE `+which+`)`, arg); err != nil {
		return err
	}
	return t.exec(`UPDATE passes SET slot = NULL, unlock = NULL WHERE `+which, arg)
}

// dropPasses takes away what somebody who leaves may still open: the own pass, and those that the
// person prepared and may have kept.
func (t *tx) dropPasses(operator string) error {
	if err := t.exec(`UPDATE passes SET unlock = NULL WHERE operator = ?`, operator); err != nil {
		return err
	}
	return t.exec(`UPDATE passes SET slot = NULL WHERE issued IN (SELECT seq FROM entries WHERE operator = ? AND kind = ?)`, operator, journal.EventPassIssued)
}

// UnusedPasses are the texts of the passes that can still be used. One that the disk has spoiled is
// left out: it must not keep the keys from being changed. The vault must be open.
func (s *Store) UnusedPasses(ctx context.Context) (map[vault.PassID]string, error) {
	rows, err := s.r.rows(ctx, `SELECT id, text FROM passes WHERE slot IS NOT NULL`)
	if err != nil {
		return nil, failed("kiosk.UnusedPasses", err)
	}
	texts := map[vault.PassID]string{}
	_, err = collect("kiosk.UnusedPasses", rows, func(row scanner) (none, error) {
		var id, sealed []byte
		if err := row.Scan(&id, &sealed); err != nil || len(id) != len(vault.PassID{}) {
			return none{}, cmp.Or(err, error(app.Fail(app.StorageDamaged)))
		}
		text, err := s.unseal("passes", "text", passRow(vault.PassID(id)), sealed)
		if spoiled(err) {
			return none{}, nil
		}
		texts[vault.PassID(id)] = string(text)
		return none{}, err
	})
	return texts, err
}

// Signers are all who ever worked here, with their keys; those who were removed too.
func (s *Store) Signers(ctx context.Context) ([]vault.Signer, error) {
	rows, err := s.r.rows(ctx, `SELECT id, role, agency, key, removed IS NOT NULL FROM operators ORDER BY id`)
	if err != nil {
		return nil, failed("kiosk.Signers", err)
	}
	return collect("kiosk.Signers", rows, func(row scanner) (v vault.Signer, err error) {
		o := &v.Operator
		return v, row.Scan(&o.ID, &o.Role, &o.Agency, &o.Key, &v.Removed)
	})
}
