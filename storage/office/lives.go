package office

import (
	"context"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

// Revoke ends every life of a kiosk: a recall for each, new lists for everybody, entries in the own
// journal. It is never taken back; the kiosk may go on as a next life with keys of its own.
func (s *Store) Revoke(ctx context.Context, kiosk app.Kiosk, by string, at time.Time) error {
	return s.change(ctx, "office.Revoke", at, func(t *tx) error {
		known, err := t.do("UPDATE kiosks SET revoked_at = $2 WHERE kiosk = $1 AND revoked_at = 0", kiosk, ms(at))
		if err != nil {
			return err
		}
		if err := t.must("DELETE FROM enrol_tokens WHERE kiosk = $1 AND used_at = 0", kiosk); err != nil {
			return err
		}
		ended, err := t.revokeLives(kiosk, by)
		if err == nil && known == 0 && ended == 0 {
			err = app.Fail(app.OfficeUnknownKiosk)
		}
		return err
	})
}

// revokeLives revokes every life of a kiosk that is not revoked, and counts them.
func (t *tx) revokeLives(kiosk app.Kiosk, by string) (n int, err error) {
	lives, err := t.lives("UPDATE chains SET revoked_at = $2, revoked_by = $3 WHERE kiosk = $1 AND kiosk > 0 AND revoked_at = 0 RETURNING kiosk, incarnation", kiosk, ms(t.at), by)
	if err != nil {
		return 0, err
	}
	for _, chain := range lives {
		if err := t.record(journal.DeviceRevoked, by, app.ScopeDevice, []byte(chain.String()), nil); err != nil {
			return 0, err
		}
		if err := t.lifeChanged(chain, app.OfficeRevoked); err != nil {
			return 0, err
		}
	}
	return len(lives), nil
}

func (t *tx) lives(query string, args ...any) (lives []app.Chain, err error) {
	err = t.each(query, args, func(scan func(...any) error) error {
		var c app.Chain
		err := scan(&c.Kiosk, &c.Incarnation)
		lives = append(lives, c)
		return err
	})
	return lives, err
}

// lifeChanged tells a life that it was called back, or with "" that it may go on, and asks for the lists
// that must say so to everybody.
func (t *tx) lifeChanged(chain app.Chain, recall app.Code) error {
	if err := t.wantLife(chain); err != nil {
		return err
	}
	return t.tell(chain, sealed.FrameRecall, string(recall))
}

// wantLife asks for a new trust list, and for status lists wherever a life has cards: the marks of a key
// that vouches no more by itself stand there.
func (t *tx) wantLife(chain app.Chain) error {
	if err := t.want(books.ListName{Kind: books.TrustList}); err != nil {
		return err
	}
	var shards []uint32
	err := t.each("SELECT DISTINCT shard FROM serial_blocks WHERE kiosk = $1 AND incarnation = $2 AND used > 0", []any{chain.Kiosk, chain.Incarnation},
		func(scan func(...any) error) error {
			var shard uint32
			err := scan(&shard)
			shards = append(shards, shard)
			return err
		})
	if err != nil {
		return err
	}
	for _, shard := range shards {
		if err := t.want(books.ListName{Kind: books.StatusList, Shard: shard}); err != nil {
			return err
		}
	}
	return nil
}

// Suspend stops the present life of a kiosk at once, by one person's word: a recall, nothing else to
// fetch, nothing taken, and in the next lists its key vouches for what had arrived alone. A second person
// confirms or lifts it.
func (s *Store) Suspend(ctx context.Context, kiosk app.Kiosk, by string, at time.Time) error {
	return s.change(ctx, "office.Suspend", at, func(t *tx) error {
		lives, err := t.lives(`UPDATE chains SET suspended_at = $2, suspended_by = $3 WHERE kiosk = $1 AND kiosk > 0 AND closed_at = 0 AND revoked_at = 0 AND suspended_at = 0
			RETURNING kiosk, incarnation`, kiosk, ms(at), by)
		if err != nil {
			return err
		}
		if len(lives) == 0 {
			return app.Fail(app.OfficeUnknownKiosk)
		}
		for _, chain := range lives {
			if err := t.record(journal.DeviceSuspended, by, app.ScopeDevice, []byte(chain.String()), nil); err != nil {
				return err
			}
			if err := t.lifeChanged(chain, app.OfficeSuspended); err != nil {
				return err
			}
		}
		return nil
	})
}

// ConfirmRevoke revokes a kiosk that somebody else suspended.
func (s *Store) ConfirmRevoke(ctx context.Context, kiosk app.Kiosk, by string, at time.Time) error {
	return s.change(ctx, "office.ConfirmRevoke", at, func(t *tx) error {
		if _, err := t.suspended(kiosk, by); err != nil {
			return err
		}
		if err := t.must("UPDATE kiosks SET revoked_at = $2 WHERE kiosk = $1 AND revoked_at = 0", kiosk, ms(at)); err != nil {
			return err
		}
		if err := t.must("DELETE FROM enrol_tokens WHERE kiosk = $1 AND used_at = 0", kiosk); err != nil {
			return err
		}
		_, err := t.revokeLives(kiosk, by)
		return err
	})
}

// Lift lets a kiosk go on that somebody else suspended.
func (s *Store) Lift(ctx context.Context, kiosk app.Kiosk, by string, at time.Time) error {
	return s.change(ctx, "office.Lift", at, func(t *tx) error {
		chain, err := t.suspended(kiosk, by)
		if err != nil {
			return err
		}
		// Authority that ended with the recall is given again with the next settings.
		if err := t.must("UPDATE chains SET suspended_at = 0, suspended_by = '', settings_at = 0 WHERE kiosk = $1 AND incarnation = $2", chain.Kiosk, chain.Incarnation); err != nil {
			return err
		}
		if err := t.record(journal.DeviceLifted, by, app.ScopeDevice, []byte(chain.String()), nil); err != nil {
			return err
		}
		return t.lifeChanged(chain, "")
	})
}

// suspended finds the suspended life of a kiosk and sees to it that the one who decides is not the one
// who suspended it.
func (t *tx) suspended(kiosk app.Kiosk, by string) (chain app.Chain, err error) {
	var first string
	chain.Kiosk = kiosk
	found, err := t.get("SELECT incarnation, suspended_by FROM chains WHERE kiosk = $1 AND suspended_at > 0 AND revoked_at = 0 ORDER BY incarnation DESC LIMIT 1",
		[]any{kiosk}, &chain.Incarnation, &first)
	switch {
	case err != nil:
		return chain, err
	case !found:
		return chain, app.Fail(app.OfficeNotSuspended)
	case by == "" || first == by:
		return chain, app.Fail(app.OfficeTwoPeople)
	}
	return chain, nil
}

// Suspended lists the lives that wait for a second person, the longest waiting first.
func (s *Store) Suspended(ctx context.Context) (all []books.Suspension, err error) {
	err = s.look(ctx, "office.Suspended", func(t *tx) error {
		return t.each(`SELECT c.kiosk, c.incarnation, k.branch_name, k.label, c.suspended_by, c.suspended_at FROM chains c JOIN kiosks k ON k.kiosk = c.kiosk
			WHERE c.suspended_at > 0 AND c.revoked_at = 0 ORDER BY c.suspended_at, c.kiosk`, nil, func(scan func(...any) error) error {
			var row books.Suspension
			var at int64
			err := scan(&row.Chain.Kiosk, &row.Chain.Incarnation, &row.Branch, &row.Label, &row.By, &at)
			row.At = moment(at)
			all = append(all, row)
			return err
		})
	})
	return all, err
}

// Recall is the one frame that a stopped life may fetch, nil when it has it.
func (s *Store) Recall(ctx context.Context, chain app.Chain, after sealed.Place) (raw []byte, err error) {
	err = s.look(ctx, "office.Recall", func(t *tx) error {
		at, err := t.feedOf(chain)
		if err != nil {
			return err
		}
		behind, _ := at.after(after)
		_, err = t.get("SELECT raw FROM frames WHERE kiosk = $1 AND incarnation = $2 AND kind = $3 AND number > $4 ORDER BY number DESC LIMIT 1",
			[]any{chain.Kiosk, chain.Incarnation, string(sealed.FrameRecall), behind}, &raw)
		return err
	})
	return raw, err
}

// closeLives closes a kiosk's former lives: their keys issue no more and count as replaced, and serials
// of which no card is known become invalid for good. Their late batches are still taken.
func (t *tx) closeLives(chain app.Chain) error {
	args := []any{chain.Kiosk, chain.Incarnation, ms(t.at)}
	former, err := t.lives("UPDATE chains SET closed_at = $3 WHERE kiosk = $1 AND incarnation < $2 AND closed_at = 0 RETURNING kiosk, incarnation", args...)
	if err != nil {
		return err
	}
	if err := t.must("UPDATE chains SET issue_until = $3 WHERE kiosk = $1 AND incarnation < $2 AND issue_until > $3", args...); err != nil {
		return err
	}
	for _, life := range former {
		if err := t.voidUnprinted(life); err != nil {
			return err
		}
		if err := t.wantLife(life); err != nil {
			return err
		}
	}
	return nil
}

// voidUnprinted makes invalid what was lent to a life and of which no card is known. A card that its late
// batches bring is genuine, and not valid any more: who has the old computer prints no good ones.
func (t *tx) voidUnprinted(life app.Chain) error {
	printed := map[app.Serial]bool{}
	err := t.each("SELECT serial FROM cards WHERE kiosk = $1 AND incarnation = $2", []any{life.Kiosk, life.Incarnation}, func(scan func(...any) error) error {
		var serial app.Serial
		err := scan(&serial)
		printed[serial] = true
		return err
	})
	if err != nil {
		return err
	}
	shards := map[uint32]bool{}
	void := rowsFor("serial_status (shard, serial, value)", "ON CONFLICT (shard, serial) DO UPDATE SET value = excluded.value")
	err = t.each("SELECT shard, block FROM serial_blocks WHERE kiosk = $1 AND incarnation = $2 AND used < $3", []any{life.Kiosk, life.Incarnation, books.BlockSize}, func(scan func(...any) error) error {
		var shard, block uint32
		if err := scan(&shard, &block); err != nil {
			return err
		}
		first := app.Serial(shard*card.ShardSize + block*books.BlockSize)
		for serial := first; serial < first+books.BlockSize; serial++ {
			if !printed[serial] && serial != 0 {
				void.add(shard, uint32(serial), uint8(card.Invalid))
				shards[shard] = true
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := t.insertMust(void); err != nil {
		return err
	}
	for shard := range shards {
		if err := t.want(books.ListName{Kind: books.StatusList, Shard: shard}); err != nil {
			return err
		}
	}
	return nil
}
