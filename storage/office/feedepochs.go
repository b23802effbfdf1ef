package office

import (
	"context"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

// BeginFeedEpoch begins a life's feed anew, in an epoch later than the present one and than the place
// where the kiosk says that it stands: numbers and chain start again, and everything that the kiosk
// has not told to have applied is signed and sealed again by the present certificate, receipts too.
// A kiosk applies nothing twice, because each frame names the one that said it first.
func (s *Store) BeginFeedEpoch(ctx context.Context, chain app.Chain, why books.FeedReason, stands sealed.Place, at time.Time) error {
	return s.change(ctx, "office.BeginFeedEpoch", at, func(t *tx) error { return t.beginFeedEpoch(chain, why, stands) })
}

// FeedsEnding lists the kiosks, each in its present life, that have frames to apply whose certificate
// ends before a moment or is of an epoch before the present one.
func (s *Store) FeedsEnding(ctx context.Context, soon time.Time, epoch uint64) (chains []app.Chain, err error) {
	err = s.look(ctx, "office.FeedsEnding", func(t *tx) error {
		return t.each(`SELECT DISTINCT f.kiosk, f.incarnation FROM (SELECT kiosk, incarnation, number FROM frames WHERE signed_until <= $1
				UNION ALL SELECT kiosk, incarnation, number FROM frames WHERE signed_epoch < $2) f
			JOIN chains c ON c.kiosk = f.kiosk AND c.incarnation = f.incarnation
			JOIN kiosks k ON k.kiosk = f.kiosk AND k.incarnation = f.incarnation
			WHERE f.number > c.feed_base AND f.number > c.applied_frame
			ORDER BY 1, 2`, []any{ms(soon), epoch}, func(scan func(...any) error) error {
			var c app.Chain
			err := scan(&c.Kiosk, &c.Incarnation)
			chains = append(chains, c)
			return err
		})
	})
	return chains, err
}

// toSay is a frame that is to be said again.
type toSay struct {
	count uint64
	said
}

func (t *tx) beginFeedEpoch(chain app.Chain, why books.FeedReason, stands sealed.Place) error {
	at, err := t.feedOf(chain)
	if err != nil {
		return err
	}
	if _, ahead := at.after(stands); why == books.FeedAhead && !ahead {
		return nil // it was looked up on another machine, which did not know the newest yet
	}
	applied, err := t.appliedFrame(chain)
	if err != nil {
		return err
	}
	again, lists, err := t.unappliedFrames(chain, max(applied, at.base))
	if err != nil {
		return err
	}
	epoch := max(at.epoch, stands.Epoch) + 1
	genesis, err := sealed.FeedGenesis(chain, epoch)
	if err != nil {
		return err
	}
	if err := t.must(`UPDATE chains SET feed_epoch = $3, feed_base = frame_number, frame_hash = $4, applied_frame = frame_number, feed_began = $5, feed_why = $6
		WHERE kiosk = $1 AND incarnation = $2`, chain.Kiosk, chain.Incarnation, epoch, genesis[:], ms(t.at), string(why)); err != nil {
		return err
	}
	if lists { // the newest are announced again, whatever they were
		if err := t.must("UPDATE chains SET announced = 0 WHERE kiosk = $1 AND incarnation = $2", chain.Kiosk, chain.Incarnation); err != nil {
			return err
		}
	}
	for _, f := range again {
		if _, err := t.sayAgain(chain, f); err != nil {
			return err
		}
	}
	return t.must("DELETE FROM frames WHERE kiosk = $1 AND incarnation = $2 AND number > $3 AND number <= $4",
		chain.Kiosk, chain.Incarnation, max(applied, at.base), at.last)
}

// sayAgain says a frame once more, at the feed's end, and leads its receipt there.
func (t *tx) sayAgain(chain app.Chain, f toSay) ([]byte, error) {
	raw, count, err := t.say(chain, f.said)
	if err != nil || f.kind != sealed.FrameReceipt {
		return raw, err
	}
	if err := t.must("UPDATE batches SET receipt = $4 WHERE kiosk = $1 AND incarnation = $2 AND receipt = $3", chain.Kiosk, chain.Incarnation, f.count, count); err != nil {
		return nil, err
	}
	return raw, t.must("UPDATE attachments SET receipt = $4 WHERE kiosk = $1 AND incarnation = $2 AND receipt = $3", chain.Kiosk, chain.Incarnation, f.count, count)
}

const selectToSay = "SELECT number, kind, batch, hash, raw, content, first FROM frames WHERE kiosk = $1 AND incarnation = $2 AND number "

// unappliedFrames reads what was said behind a count. Lists among them are told of, not read.
func (t *tx) unappliedFrames(chain app.Chain, after uint64) (again []toSay, lists bool, err error) {
	err = t.each(selectToSay+"> $3 ORDER BY number", []any{chain.Kiosk, chain.Incarnation, after}, func(scan func(...any) error) error {
		f, err := t.scanToSay(chain, scan)
		if isList(f.kind) {
			lists = true
		} else {
			again = append(again, f)
		}
		return err
	})
	return again, lists, err
}

// scanToSay reads one. A frame of the time before contents were kept is enclosed whole.
func (t *tx) scanToSay(chain app.Chain, scan func(...any) error) (f toSay, err error) {
	var hash, raw, hidden []byte
	if err := scan(&f.count, &f.kind, &f.batch, &hash, &raw, &hidden, &f.first); err != nil || isList(f.kind) {
		return f, err
	}
	if len(f.first) == 0 {
		f.first = hash
	}
	if len(hidden) == 0 {
		f.content, f.enclosed = raw, true
		if out, err := sealed.PeekFrame(raw); err == nil {
			f.batch = out.Batch
		}
		return f, nil
	}
	if f.content, err = t.clerk.Show(contentPlace(chain), hidden); err != nil {
		f.content, err = t.clerk.Show(enclosedPlace(chain), hidden)
		f.enclosed = true
	}
	return f, err
}

// receiptAgain makes the receipt at a count good for a kiosk that asks again: the frame as it is, or
// said once more where the feed began anew since.
func (t *tx) receiptAgain(chain app.Chain, count uint64, raw []byte) ([]byte, error) {
	at, err := t.feedOf(chain)
	if err != nil || count > at.base {
		return raw, err
	}
	var f toSay
	found := false
	err = t.each(selectToSay+"= $3", []any{chain.Kiosk, chain.Incarnation, count}, func(scan func(...any) error) error {
		f, err = t.scanToSay(chain, scan)
		found = true
		return err
	})
	if err != nil || !found {
		return raw, err
	}
	return t.sayAgain(chain, f)
}

// appliedFrame is the count of the last frame that the life's own entries tell to have applied. Books of
// the time before this was noted look it up.
func (t *tx) appliedFrame(chain app.Chain) (applied uint64, err error) {
	const noted = "SELECT applied_frame FROM chains WHERE kiosk = $1 AND incarnation = $2"
	args := []any{chain.Kiosk, chain.Incarnation}
	if _, err := t.get(noted, args, &applied); err != nil || applied > 0 {
		return applied, err
	}
	var raw []byte
	found, err := t.get("SELECT raw FROM entries WHERE kiosk = $1 AND incarnation = $2 AND kind = $3 ORDER BY seq DESC LIMIT 1",
		append(args, uint16(journal.FeedApplied)), &raw)
	if err != nil || !found {
		return 0, err
	}
	e, err := journal.Decode(raw)
	if err != nil {
		return 0, err
	}
	if err := t.appliedNews([]journal.Entry{e}); err != nil {
		return 0, err
	}
	_, err = t.get(noted, args, &applied)
	return applied, err
}
