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
	if _, err := t.append(by, journal.OperatorAdded, app.ScopeDevice, journal.Subject(o.ID), body, journal.NamePart{Name: o.Name}); err != nil {
		return err
	}
	err := t.exec(`INSERT INTO operators (id, label, role, agency, key, attested) VALUES (?, ?, ?, ?, ?, ?)`,
		o.ID, m.Label, o.Role, o.Agency, o.Key, t.at.seq-1)
	if err != nil {
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
func (s *Store) ChangeSlot(ctx context.Context, slot vault.Slot) error {
	return s.write(ctx, "kiosk.ChangeSlot", func(t *tx) error { return t.putSlot(slot) })
}

// RemoveMember ends an operator's access at once: the slot is gone from the disk. The journal says
// who did it; by is the device itself when head office ordered it.
func (s *Store) RemoveMember(ctx context.Context, by app.Author, operator string) error {
	return s.write(ctx, "kiosk.RemoveMember", func(t *tx) error {
		n, err := t.change(`UPDATE operators SET removed = ? WHERE id = ? AND removed IS NULL`, t.ms(), operator)
		if err != nil {
			return err
		}
		if n == 0 {
			return app.Fail(app.NotFound)
		}
		if err := t.exec(`DELETE FROM slots WHERE operator = ?`, operator); err != nil {
			return err
		}
		_, err = t.append(by, journal.OperatorRemoved, app.ScopeDevice, journal.Subject(operator), nil, nil)
		return err
	})
}

const selectMembers = `SELECT o.id, o.label, o.role, o.agency, o.key, s.slot FROM operators o JOIN slots s ON s.operator = o.id`

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
	err := row.Scan(&m.Operator.ID, &m.Label, &m.Operator.Role, &m.Operator.Agency, &m.Operator.Key, &slot)
	if err != nil {
		return m, err
	}
	m.Slot, err = vault.DecodeSlot(slot)
	return m, err
}
