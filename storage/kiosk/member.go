package kiosk

import (
	"context"

	"loket/app"
	"loket/app/journal"
	"loket/app/vault"
)

// AddMember writes who may work here from now on: operator.added, with the name as its personal
// part, and the slot that the new PIN opens.
func (s *Store) AddMember(ctx context.Context, by app.Author, m vault.Member) error {
	return s.write(ctx, "kiosk.AddMember", func(t *tx) error { return t.addMember(by, m) })
}

func (t *tx) addMember(by app.Author, m vault.Member) error {
	o := m.Operator
	body := journal.OperatorBody{ID: o.ID, Role: string(o.Role), Agency: string(o.Agency), Key: o.Key}
	e, err := t.append(by, journal.OperatorAdded, app.ScopeDevice, journal.Subject(o.ID), body, journal.NamePart{Name: o.Name})
	if err != nil {
		return err
	}
	err = t.exec(`INSERT INTO operators (id, label, role, agency, key, attested, opening) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		o.ID, m.Label, o.Role, o.Agency, o.Key, t.at.seq-1, m.Opening)
	if err != nil {
		return err
	}
	if err := t.putStanding(o.ID, powers{Role: o.Role, Agency: o.Agency, Key: o.Key, Opening: m.Opening, Seq: e.Seq}); err != nil {
		return err
	}
	return t.putSlot(m.Slot)
}

func (t *tx) putSlot(slot vault.Slot) error {
	b, err := slot.Encode()
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO slots (operator, slot) VALUES (?, ?) ON CONFLICT (operator) DO UPDATE SET slot = excluded.slot`, slot.Operator, b)
}

// ChangeSlot keeps an operator's data key under a new PIN.
// What was sealed for the operator meanwhile is in the slot now.
func (s *Store) ChangeSlot(ctx context.Context, slot vault.Slot) error {
	return s.write(ctx, "kiosk.ChangeSlot", func(t *tx) error {
		if err := t.putSlot(slot); err != nil {
			return err
		}
		return t.exec(`DELETE FROM renewals WHERE operator = ?`, slot.Operator)
	})
}

// RemoveMember ends an operator's access at once: the slot is gone from the disk. The journal says
// who did it; by is the device itself when head office ordered it.
func (s *Store) RemoveMember(ctx context.Context, by app.Author, operator string) error {
	return s.write(ctx, "kiosk.RemoveMember", func(t *tx) error { return t.removeMember(by, operator) })
}

// removeMember also notes that the keys must change: Rekey does it, now or at the next sign-in.
func (t *tx) removeMember(by app.Author, operator string) error {
	n, err := t.change(`UPDATE operators SET removed = ? WHERE id = ? AND removed IS NULL`, t.ms(), operator)
	if err != nil {
		return err
	}
	if n == 0 {
		return app.Fail(app.NotFound)
	}
	for _, query := range []string{`DELETE FROM slots WHERE operator = ?`, `DELETE FROM renewals WHERE operator = ?`} {
		if err := t.exec(query, operator); err != nil {
			return err
		}
	}
	if err := t.dropPasses(operator); err != nil {
		return err
	}
	if err := t.exec(`UPDATE meta SET rekey = 1`); err != nil {
		return err
	}
	_, err = t.append(by, journal.OperatorRemoved, app.ScopeDevice, journal.Subject(operator), nil, nil)
	return err
}

// RestoreMember gives somebody who forgot the PIN a new place: the old key is lost with the PIN, so
// the operator comes back under a new one. Operator.restored says whose word it was.
func (s *Store) RestoreMember(ctx context.Context, by app.Author, old string, m vault.Member) error {
	return s.write(ctx, "kiosk.RestoreMember", func(t *tx) error {
		var rekey int // restoring somebody who stays is no reason for new keys
		if err := t.row(`SELECT rekey FROM meta`).Scan(&rekey); err != nil {
			return err
		}
		if err := t.removeMember(by, old); err != nil {
			return err
		}
		if err := t.exec(`UPDATE meta SET rekey = ?`, rekey); err != nil {
			return err
		}
		if err := t.addMember(by, m); err != nil {
			return err
		}
		body := journal.RestoredBody{Old: old, New: m.Operator.ID}
		return t.restored(by, body)
	})
}

// RecoverMember lets a supervisor in by head office's word: operator.restored names nobody before.
func (s *Store) RecoverMember(ctx context.Context, m vault.Member) error {
	return s.write(ctx, "kiosk.RecoverMember", func(t *tx) error {
		if err := t.addMember(app.Author{}, m); err != nil {
			return err
		}
		body := journal.RestoredBody{New: m.Operator.ID}
		return t.restored(app.Author{}, body)
	})
}

func (t *tx) restored(by app.Author, body journal.RestoredBody) error {
	e, err := t.append(by, journal.OperatorRestored, app.ScopeDevice, journal.Subject(body.New), body, nil)
	if err != nil {
		return err
	}
	return t.restand(body.New, func(v *powers) { v.Seq = e.Seq })
}

// PutOpening keeps the public half of an operator's opening key, for who began before it was kept. The
// vault must be open and the operator proven.
func (s *Store) PutOpening(ctx context.Context, operator string, public []byte) error {
	return s.write(ctx, "kiosk.PutOpening", func(t *tx) error {
		return t.restand(operator, func(v *powers) { v.Opening = public })
	})
}

const selectMembers = `SELECT o.id, o.label, o.role, o.agency, o.key, s.slot, o.opening, r.sealed
	FROM operators o JOIN slots s ON s.operator = o.id LEFT JOIN renewals r ON r.operator = o.id`

// Members lists who can sign in here. Names are in the labels.
func (s *Store) Members(ctx context.Context) ([]vault.Member, error) {
	rows, err := s.r.rows(ctx, selectMembers+` ORDER BY o.id`)
	if err != nil {
		return nil, failed("kiosk.Members", err)
	}
	return collect("kiosk.Members", rows, memberOf)
}

// Member is one who can sign in here, or not_found.
func (s *Store) Member(ctx context.Context, operator string) (vault.Member, error) {
	m, err := memberOf(s.r.row(ctx, selectMembers+` WHERE o.id = ?`, operator))
	return m, failed("kiosk.Member", err)
}

func memberOf(row scanner) (vault.Member, error) {
	var m vault.Member
	var slot []byte
	err := row.Scan(&m.Operator.ID, &m.Label, &m.Operator.Role, &m.Operator.Agency, &m.Operator.Key, &slot, &m.Opening, &m.Renewal)
	if err != nil {
		return m, err
	}
	m.Slot, err = vault.DecodeSlot(slot)
	return m, err
}
