package kiosk

import (
	"context"
	"fmt"
	"slices"

	"loket/app"
	"loket/app/journal"
	"loket/app/sealed"
)

// ApplyDecisions takes in what head office decided about registrations of this kiosk, together with
// feed.applied: all of it or nothing. A decision about a registration that is not here changes nothing.
func (s *Store) ApplyDecisions(ctx context.Context, f sealed.Frame, hash [32]byte, all []journal.DecisionBody) error {
	return s.apply(ctx, "kiosk.ApplyDecisions", f, hash, func(t *tx) error {
		var changed []uint64
		for _, d := range all {
			if d.Registration().Chain != t.at.chain {
				continue
			}
			n, err := t.decide(d)
			if err != nil {
				return err
			}
			if n > 0 && !slices.Contains(changed, d.Seq) { // accepted and covered in one go: one line of history
				changed = append(changed, d.Seq)
			}
		}
		if len(changed) == 0 {
			return nil
		}
		// The clock's entry, if there must be one, comes now: then feed.applied is the next.
		if err := t.noteClock(); err != nil {
			return err
		}
		for _, seq := range changed {
			if err := t.note(seq, t.at.seq+1); err != nil {
				return err
			}
		}
		return nil
	})
}

// decide takes one decision in. What was taken back here stays so: a decision that was on its way then
// did not know of it, and head office hears of the withdrawal with the next post. Only where cover had
// begun, head office says so in answer, and the registration stands again.
func (t *tx) decide(d journal.DecisionBody) (changed int64, err error) {
	switch d.Outcome {
	case journal.OutcomeAccepted:
		return t.change(`UPDATE registrations SET state = CASE WHEN state = 'withdrawn' AND ?5 <> ?6 THEN state ELSE ?2 END, reason = '',
			member = CASE ?3 WHEN '' THEN member ELSE ?3 END, decided_at = ?4 WHERE seq = ?1`,
			d.Seq, app.Accepted, d.Member, d.At, d.Reason, app.RecordCovered)
	case journal.OutcomeDuplicate:
		return t.refuse(d, app.Duplicate)
	case journal.OutcomeRejected:
		return t.refuse(d, app.Rejected)
	case journal.OutcomeCoverBegun:
		return t.cover(d, app.CoverBegun)
	case journal.OutcomeCoverEnded:
		return t.cover(d, app.CoverEnded)
	}
	return 0, app.Fail(app.DecisionUnknown)
}

func (t *tx) refuse(d journal.DecisionBody, state app.RegistrationState) (int64, error) {
	return t.change(`UPDATE registrations SET state = ?, reason = ?, decided_at = ? WHERE seq = ? AND state <> 'withdrawn'`, state, d.Reason, d.At, d.Seq)
}

func (t *tx) cover(d journal.DecisionBody, cover app.Cover) (int64, error) {
	if _, err := dayOf(d.From); err != nil {
		return 0, app.Fail(app.DecisionUnknown)
	}
	return t.change(`UPDATE registrations SET cover = ?, cover_from = ? WHERE seq = ?`, cover, d.From, d.Seq)
}

// ApplyLease takes in numbers that head office lent, together with feed.applied.
func (s *Store) ApplyLease(ctx context.Context, f sealed.Frame, hash [32]byte, l journal.LeaseBody) error {
	return s.apply(ctx, "kiosk.ApplyLease", f, hash, func(t *tx) error { return t.putLease(l) })
}

const settingTrust = "office.trust" // the signed trust list

func settingStatus(shard uint32) string { return fmt.Sprintf("office.status.%d", shard) }

// ApplyTrust keeps a newer trust list, proven by the caller, together with feed.applied.
func (s *Store) ApplyTrust(ctx context.Context, f sealed.Frame, hash [32]byte, list []byte) error {
	return s.apply(ctx, "kiosk.ApplyTrust", f, hash, func(t *tx) error { return t.put(settingTrust, list) })
}

// PutTrust keeps a newer trust list that arrived out of turn, also before sign-in. PassFrame
// follows in turn.
func (s *Store) PutTrust(ctx context.Context, list []byte) error {
	return s.PutSetting(ctx, settingTrust, list)
}

// Trust is the newest trust list, signed as it came, with the pages that belong to it one behind another;
// nil before the first.
func (s *Store) Trust(ctx context.Context) ([]byte, error) {
	list, err := s.Setting(ctx, settingTrust)
	if err != nil || len(list) == 0 {
		return list, err
	}
	return s.withParts(ctx, list, "trust", 0)
}

// withParts puts the pages of a list behind it.
func (s *Store) withParts(ctx context.Context, list []byte, kind string, shard uint32) ([]byte, error) {
	rows, err := s.r.rows(ctx, `SELECT raw FROM list_parts WHERE kind = ? AND shard = ? ORDER BY hash`, kind, shard)
	if err != nil {
		return nil, failed("kiosk.withParts", err)
	}
	parts, err := collect("kiosk.withParts", rows, func(row scanner) (raw []byte, err error) {
		return raw, row.Scan(&raw)
	})
	return slices.Concat(append([][]byte{list}, parts...)...), err
}

// ApplyStatus keeps a newer status list of a shard, proven by the caller, together with feed.applied.
func (s *Store) ApplyStatus(ctx context.Context, f sealed.Frame, hash [32]byte, shard uint32, list []byte) error {
	return s.apply(ctx, "kiosk.ApplyStatus", f, hash, func(t *tx) error { return t.put(settingStatus(shard), list) })
}

// Statuses are the newest status lists, one a shard, signed as they came, each with the pages that belong
// to it one behind another.
func (s *Store) Statuses(ctx context.Context) ([][]byte, error) {
	rows, err := s.r.rows(ctx, `SELECT name, value FROM settings WHERE name GLOB 'office.status.*' ORDER BY name`)
	if err != nil {
		return nil, failed("kiosk.Statuses", err)
	}
	type status struct {
		shard uint32
		list  []byte
	}
	all, err := collect("kiosk.Statuses", rows, func(row scanner) (one status, err error) {
		var name string
		if err := row.Scan(&name, &one.list); err != nil {
			return one, err
		}
		_, err = fmt.Sscanf(name, "office.status.%d", &one.shard)
		return one, err
	})
	lists := make([][]byte, 0, len(all))
	for _, one := range all {
		list, err := s.withParts(ctx, one.list, listStatus, one.shard)
		if err != nil {
			return nil, err
		}
		lists = append(lists, list)
	}
	return lists, err
}
