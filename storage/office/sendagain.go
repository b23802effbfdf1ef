package office

import (
	"context"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

// againEvery is how seldom a life is asked to send again.
const againEvery = 7 * 24 * time.Hour

// AskAgain asks a life to send again the batches behind the last one that these books hold in order.
// Two people want it; a life is asked once a week, else headoffice.asked_again.
func (s *Store) AskAgain(ctx context.Context, chain app.Chain, first, second string, at time.Time) (from uint64, err error) {
	err = s.change(ctx, "office.AskAgain", at, func(t *tx) error {
		from, err = t.askAgain(chain, first, second)
		return err
	})
	return from, err
}

func (t *tx) askAgain(chain app.Chain, first, second string) (uint64, error) {
	if first == "" || first == second {
		return 0, app.Fail(app.OfficeTwoPeople)
	}
	l, err := t.linkOf(chain)
	if err != nil {
		return 0, err
	}
	var last int64
	if _, err := t.get("SELECT COALESCE(MAX(asked_at), 0) FROM sent_again WHERE kiosk = $1 AND incarnation = $2", []any{chain.Kiosk, chain.Incarnation}, &last); err != nil {
		return 0, err
	}
	if next := moment(last).Add(againEvery); last != 0 && t.at.Before(next) {
		return 0, app.Fail(app.OfficeAskedAgain, "kiosk", chain.String(), "day", app.DateOf(next.In(books.Zone)))
	}
	from := l.number + 1
	if err := t.must("INSERT INTO sent_again (kiosk, incarnation, asked_at, from_batch, first_by, second_by) VALUES ($1, $2, $3, $4, $5, $6)",
		chain.Kiosk, chain.Incarnation, ms(t.at), from, first, second); err != nil {
		return 0, err
	}
	if err := t.record(journal.PostAskedAgain, first, app.ScopeDevice, []byte(chain.String()), journal.AgainBody{From: from, Second: second}); err != nil {
		return 0, err
	}
	return from, t.tell(chain, sealed.FrameSendAgain, sealed.SendAgain{From: from})
}

// PresentLife is the life in which a kiosk works now.
func (s *Store) PresentLife(ctx context.Context, kiosk app.Kiosk) (chain app.Chain, err error) {
	err = s.look(ctx, "office.PresentLife", func(t *tx) error {
		chain.Kiosk = kiosk
		found, err := t.get("SELECT incarnation FROM kiosks WHERE kiosk = $1 AND incarnation > 0", []any{kiosk}, &chain.Incarnation)
		if err == nil && !found {
			err = app.Fail(app.OfficeUnknownKiosk)
		}
		return err
	})
	return chain, err
}

// finishing is how many lives one transaction of a restore takes.
const finishing = 50

// whoRestored stands for the two people who restored the books: on the machine, with its keys.
const (
	whoRestored  = "restore"
	alsoRestored = "restore-2"
)

// FinishRestore begins the feed of every present life anew, once, in books that come out of a backup, and
// asks each for what came after it. It may be cut and goes on where it was.
func (s *Store) FinishRestore(ctx context.Context, at time.Time) error {
	const op = "office.FinishRestore"
	r, is, err := s.Restoration(ctx)
	if err != nil || !is || r.Done {
		return err
	}
	if at.Before(r.At) { // a clock that was set back meanwhile
		at = r.At
	}
	for {
		n := 0
		err := s.change(ctx, op, at, func(t *tx) error {
			chains, err := t.notBegunSince(r.At)
			n = len(chains)
			for _, chain := range chains {
				if err == nil {
					err = t.beginAfterRestore(chain)
				}
			}
			return err
		})
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
	}
	return s.change(ctx, op, at, func(t *tx) error {
		r.Done = true
		if err := t.record(journal.BooksRestored, "", app.ScopeDevice, nil, journal.BooksBody{Made: ms(r.Made), At: ms(r.At)}); err != nil {
			return err
		}
		return t.keepRestoration(r)
	})
}

// notBegunSince lists lives that hear feeds and were not told of the restore yet.
func (t *tx) notBegunSince(at time.Time) (chains []app.Chain, err error) {
	err = t.each(`SELECT c.kiosk, c.incarnation FROM chains c JOIN kiosks k ON k.kiosk = c.kiosk AND k.incarnation = c.incarnation
		WHERE NOT EXISTS (SELECT 1 FROM sent_again a WHERE a.kiosk = c.kiosk AND a.incarnation = c.incarnation AND a.asked_at >= $1)
		ORDER BY c.kiosk LIMIT $2`, []any{ms(at), finishing}, func(scan func(...any) error) error {
		var c app.Chain
		err := scan(&c.Kiosk, &c.Incarnation)
		chains = append(chains, c)
		return err
	})
	return chains, err
}

func (t *tx) beginAfterRestore(chain app.Chain) error {
	if err := t.beginFeedEpoch(chain, books.FeedRestored, sealed.BeforeAll); err != nil {
		return err
	}
	// The week counts from the last restore: one that is repeated asks again.
	if err := t.must("DELETE FROM sent_again WHERE kiosk = $1 AND incarnation = $2", chain.Kiosk, chain.Incarnation); err != nil {
		return err
	}
	_, err := t.askAgain(chain, whoRestored, alsoRestored)
	return err
}

// gapAfter is how long a batch may be missing before it is an alarm.
const gapAfter = time.Hour

// gaps are lives of which later batches are here and an earlier one is not.
func gaps(t *tx, at time.Time) (alarms []books.Alarm, err error) {
	err = t.each(`SELECT b.kiosk, b.incarnation, c.batch_number + 1 FROM batches b
		JOIN chains c ON c.kiosk = b.kiosk AND c.incarnation = b.incarnation
		WHERE b.applied_at = 0 AND b.received_at <= $1 AND b.number > c.batch_number + 1
		AND NOT EXISTS (SELECT 1 FROM batches n WHERE n.kiosk = b.kiosk AND n.incarnation = b.incarnation AND n.number = c.batch_number + 1)
		GROUP BY b.kiosk, b.incarnation, c.batch_number ORDER BY 1, 2 LIMIT 100`, []any{ms(at.Add(-gapAfter))}, func(scan func(...any) error) error {
		var c app.Chain
		var from uint64
		err := scan(&c.Kiosk, &c.Incarnation, &from)
		alarms = append(alarms, books.Alarm{Code: app.OfficeGap, Args: app.Args{"kiosk": c.String(), "from": from}, Link: "/console/kiosks"})
		return err
	})
	return alarms, err
}

// numbersTwice are records with numbers that were not lent to who used them: another life may hold them.
func numbersTwice(t *tx, _ time.Time) ([]books.Alarm, error) {
	var n int
	_, err := t.get("SELECT count(*) FROM quarantine WHERE code IN ($1, $2)", []any{string(app.OfficeSerialNotLeased), string(app.OfficeMemberNotLeased)}, &n)
	if err != nil || n == 0 {
		return nil, err
	}
	return []books.Alarm{{Code: app.OfficeNumbersTwice, Args: app.Args{"count": n}}}, nil
}
