package kiosk

import (
	"context"
	"maps"

	"loket/app/cose"
)

// Vouch makes the first record of local truth, of what the tables say now. It is called when somebody
// has just proven a PIN, and does nothing where there is a record. Anew it takes the place of one that
// is lost: by head office's recovery alone.
func (s *Store) Vouch(ctx context.Context, anew bool) error {
	now, on := s.held()
	if s.guard.machine == nil || on && (!anew || !now.Lost) || s.reading != "" || s.Behind() != nil {
		return nil
	}
	first := truth{Gen: now.Gen, Kiosk: s.Chain().Kiosk, Settings: map[string][]byte{}, Tries: map[string]attempt{}}
	for _, name := range guardedSettings {
		value, err := s.row(ctx, name)
		if err != nil {
			return err
		}
		if value != nil {
			first.Settings[name] = sum(value)
		}
	}
	return s.write(ctx, "kiosk.Vouch", func(t *tx) error {
		if err := t.exec(`DELETE FROM pin_attempts`); err != nil {
			return err
		}
		t.truth = &first
		return nil
	})
}

// record is the record as this transaction leaves it; nil where nobody guards.
func (t *tx) record() *truth {
	if t.truth == nil && t.s.guard.on {
		next := t.s.guard.now.clone()
		t.truth = &next
	}
	return t.truth
}

// vouch writes the record, where the transaction changed something of it, into the database.
func (t *tx) vouch() (record []byte, err error) {
	if t.truth == nil {
		return nil, nil
	}
	t.truth.Gen++
	t.truth.Seq, t.truth.Known = t.at.seq, max(t.at.signed, t.at.peak, t.truth.Known)
	plain, err := cose.Marshal(*t.truth)
	if err != nil {
		return nil, err
	}
	if record, err = t.s.guard.machine.Vouch(settingTruth, plain); err != nil {
		return nil, err
	}
	return record, t.exec(`INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, settingTruth, record)
}

// putTries makes the table say what the record says.
func (t *tx) putTries() error {
	r := t.record()
	if r == nil {
		return nil
	}
	if err := t.exec(`DELETE FROM pin_attempts`); err != nil {
		return err
	}
	for operator, a := range maps.All(r.Tries) {
		if err := t.putTry(operator, a); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) putTry(operator string, a attempt) error {
	return t.exec(`INSERT INTO pin_attempts (operator, wrong, until, wait, mark) VALUES (?, ?, 0, ?, ?)
		ON CONFLICT (operator) DO UPDATE SET wrong = excluded.wrong, until = 0, wait = excluded.wait, mark = excluded.mark`,
		operator, a.Wrong, a.Wait, a.Mark)
}

// keepTruth holds the record that a transaction wrote.
func (s *Store) keepTruth(t *truth, record []byte) {
	if t == nil {
		return
	}
	s.mu.Lock()
	s.guard.now, s.guard.on = *t, true
	s.mu.Unlock()
	s.keepBeside(record)
}
