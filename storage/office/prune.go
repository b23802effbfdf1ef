package office

import (
	"context"
	"strconv"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/sealed"
)

// unbackedLife is how long applied frames are kept where no backup is ever made.
const unbackedLife = 30 * 24 * time.Hour

// appliedNews takes in a life's own word on which news it has applied. A word about a frame that its feed
// does not have, or has otherwise, counts for nothing; of former epochs of the feed it is told no more.
func (t *tx) appliedNews(entries []journal.Entry) error {
	chain := entries[0].ID().Chain
	at, err := t.feedOf(chain)
	if err != nil {
		return err
	}
	var newest journal.FeedBody
	for _, e := range entries {
		var b journal.FeedBody
		if err := e.Into(&b); err != nil {
			return err
		}
		if max(b.Epoch, 1) == at.epoch && b.Number > newest.Number && b.Number <= at.last-at.base {
			newest = b
		}
	}
	count := at.base + newest.Number
	var hash []byte
	found, err := t.get("SELECT hash FROM frames WHERE kiosk = $1 AND incarnation = $2 AND number = $3", []any{chain.Kiosk, chain.Incarnation, count}, &hash)
	if err != nil || !found || string(hash) != string(newest.Hash) {
		return err
	}
	n, err := t.do("UPDATE chains SET applied_frame = $3 WHERE kiosk = $1 AND incarnation = $2 AND applied_frame < $3", chain.Kiosk, chain.Incarnation, count)
	if err != nil || n == 0 {
		return err
	}
	return t.must("INSERT INTO applied_frames (kiosk, incarnation, number, told_at) VALUES ($1, $2, $3, $4) ON CONFLICT (kiosk, incarnation, number) DO NOTHING",
		chain.Kiosk, chain.Incarnation, count, ms(t.at))
}

// Applied is where the last frame stands that a life says in its own journal that it has applied.
func (s *Store) Applied(ctx context.Context, chain app.Chain) (last sealed.Place, err error) {
	err = s.look(ctx, "office.Applied", func(t *tx) error {
		at, err := t.feedOf(chain)
		if err != nil {
			return err
		}
		var count uint64
		_, err = t.get("SELECT applied_frame FROM chains WHERE kiosk = $1 AND incarnation = $2", []any{chain.Kiosk, chain.Incarnation}, &count)
		last = at.place(max(count, at.base))
		return err
	})
	return last, err
}

const settingBackup = "backup.made"

// NoteBackup remembers when a backup of the books was made: what lives have said before that they have
// applied may be pruned.
func (s *Store) NoteBackup(ctx context.Context, at time.Time) error {
	return s.PutSetting(ctx, settingBackup, []byte(strconv.FormatInt(ms(at), 10)), at)
}

// BackupMade is when the last backup of the books was made; zero: never.
func (s *Store) BackupMade(ctx context.Context) (time.Time, error) {
	b, err := s.Setting(ctx, settingBackup)
	if err != nil || len(b) == 0 {
		return time.Time{}, err
	}
	at, err := strconv.ParseInt(string(b), 10, 64)
	return moment(at), app.Wrap("office.BackupMade", app.OfficeStoreDamaged, err)
}

// PruneFrames takes news out of the feeds that its life has applied, when a backup has passed since it said
// so, or thirty days. Receipts stay: a batch that is sent again gets the same one.
func (s *Store) PruneFrames(ctx context.Context, at time.Time) (pruned int64, err error) {
	backup, err := s.BackupMade(ctx)
	if err != nil {
		return 0, err
	}
	before := at.Add(-unbackedLife)
	if backup.After(before) && !backup.After(at) {
		before = backup
	}
	type end struct {
		app.Chain
		number uint64
	}
	var ends []end
	err = s.look(ctx, "office.PruneFrames", func(t *tx) error {
		return t.each("SELECT kiosk, incarnation, MAX(number) FROM applied_frames WHERE told_at < $1 GROUP BY kiosk, incarnation", []any{ms(before)},
			func(scan func(...any) error) error {
				var e end
				err := scan(&e.Kiosk, &e.Incarnation, &e.number)
				ends = append(ends, e)
				return err
			})
	})
	for _, e := range ends {
		if err != nil {
			return pruned, err
		}
		err = s.change(ctx, "office.PruneFrames", at, func(t *tx) error {
			n, err := t.do("DELETE FROM frames WHERE kiosk = $1 AND incarnation = $2 AND number <= $3 AND kind <> $4", e.Kiosk, e.Incarnation, e.number, string(sealed.FrameReceipt))
			if err != nil {
				return err
			}
			pruned += n
			return t.must("DELETE FROM applied_frames WHERE kiosk = $1 AND incarnation = $2 AND number <= $3", e.Kiosk, e.Incarnation, e.number)
		})
	}
	return pruned, err
}
