package office

import (
	"context"
	"time"

	"loket/app"
	"loket/app/office/books"
	"loket/app/sealed"
)

// NewsDue says whether a life must hear of newer lists, or of fresh authority: only the latest life of a
// kiosk that was neither revoked nor suspended. It only reads, so that a kiosk that asks in vain costs no write.
func (s *Store) NewsDue(ctx context.Context, chain app.Chain, at time.Time) (due bool, err error) {
	err = s.look(ctx, "office.NewsDue", func(t *tx) error {
		var n int
		due, err = t.get(`SELECT 1 FROM chains c JOIN kiosks k ON k.kiosk = c.kiosk AND k.incarnation = c.incarnation
			WHERE c.kiosk = $1 AND c.incarnation = $2 AND c.revoked_at = 0 AND c.suspended_at = 0
			AND (c.settings_at <= $3 OR c.announced < (SELECT COALESCE(MAX(published), 0) FROM lists))`,
			[]any{chain.Kiosk, chain.Incarnation, ms(at.Add(-s.policy.Authority / 4))}, &n)
		return err
	})
	return due, err
}

// SendLists announces the lists that are newer than what a life has heard of, in as few frames as they
// fit into, and sends settings with fresh authority when a quarter of the last has passed. It is done when
// the life asks for its news: a kiosk that was away for a year hears of the newest versions alone.
func (s *Store) SendLists(ctx context.Context, chain app.Chain, at time.Time) error {
	return s.change(ctx, "office.SendLists", at, func(t *tx) error {
		if err := t.announceLists(chain); err != nil {
			return err
		}
		return t.sendSettings(chain)
	})
}

func (t *tx) announceLists(chain app.Chain) error {
	var heard, newest int64
	if _, err := t.get("SELECT announced FROM chains WHERE kiosk = $1 AND incarnation = $2", []any{chain.Kiosk, chain.Incarnation}, &heard); err != nil {
		return err
	}
	var all []sealed.Announced
	err := t.each(`SELECT l.kind, l.shard, l.epoch, l.seq, l.hash, o.size, l.published FROM lists l JOIN objects o ON o.hash = l.hash
		WHERE l.published > $1 ORDER BY l.kind DESC, l.shard`, []any{heard}, func(scan func(...any) error) error {
		var a sealed.Announced
		var published int64
		err := scan(&a.Kind, &a.Shard, &a.Epoch, &a.Seq, &a.Hash, &a.Size, &published)
		all, newest = append(all, a), max(newest, published)
		return err
	})
	if err != nil || len(all) == 0 {
		return err
	}
	for len(all) > 0 {
		n := min(len(all), sealed.MaxAnnounced)
		if err := t.tell(chain, sealed.FrameLists, all[:n]); err != nil {
			return err
		}
		all = all[n:]
	}
	return t.must("UPDATE chains SET announced = $3 WHERE kiosk = $1 AND incarnation = $2", chain.Kiosk, chain.Incarnation, newest)
}

// nextPublication counts the versions of all lists.
func (t *tx) nextPublication() (int64, error) { return t.count("publication", 1, 1) }

// seqAfter is the number of a list's next version: it rises, also in books that were restored from a
// backup and do not know the last versions.
func (t *tx) seqAfter(name books.ListName) (seq uint64, err error) {
	_, err = t.get("SELECT COALESCE(MAX(seq), 0) + 1 FROM lists WHERE kind = $1 AND shard = $2", []any{string(name.Kind), name.Shard}, &seq)
	return max(seq, uint64(max(t.at.Unix()/60, 0))), err
}
