package headoffice

import (
	"context"
	"encoding/hex"
	"time"

	"loket/app"
	"loket/app/office/books"
	"loket/app/sealed"
)

// feedReserve is how long the certificate of a frame must still hold when it leaves: a stick may be on
// its way as long.
const feedReserve = 7 * 24 * time.Hour

// News are a life's frames behind the place where it stands, some at a time; of a life that is stopped
// its recall alone. What it has not heard of yet
// is put into its feed first: announcements of newer lists, and settings with fresh authority. A feed that
// cannot go on as it is is begun anew: the kiosk has more than these books ever gave, or what waits for
// it was signed under a certificate that ends.
func (o *Office) News(ctx context.Context, known books.Chain, after sealed.Place, limit int) (frames [][]byte, more bool, err error) {
	chain, now := known.Chain, o.clock.Now()
	soon, epoch, err := o.signedLong(now)
	if err != nil {
		return nil, false, err
	}
	why, err := o.store.FeedStands(ctx, chain, after, soon, epoch)
	if err == nil && why != "" {
		o.log.Warn("feed begins anew", "kiosk", chain.String(), "why", string(why))
		err = o.store.BeginFeedEpoch(ctx, chain, why, after, now)
	}
	if err != nil {
		return nil, false, err
	}
	if known.Stopped() != "" {
		recall, err := o.store.Recall(ctx, chain, after)
		if err != nil || recall == nil {
			return nil, false, err
		}
		return [][]byte{recall}, false, nil
	}
	if err := o.store.TellRoots(ctx, chain, o.keys.Rotations(), now); err != nil {
		return nil, false, err
	}
	due, err := o.store.NewsDue(ctx, chain, now)
	if err == nil && due {
		err = o.store.SendLists(ctx, chain, now)
	}
	if err != nil {
		return nil, false, err
	}
	return o.store.Feed(ctx, chain, after, limit)
}

// Time signs what time it is, for a life that asks with 16 random bytes, hexadecimal.
func (o *Office) Time(chain app.Chain, asked string) ([]byte, error) {
	nonce, err := hex.DecodeString(asked)
	if err != nil {
		return nil, app.Fail(app.PostMalformed)
	}
	now := o.clock.Now()
	speaker, err := o.keys.Speaker(now)
	if err != nil {
		return nil, err
	}
	return sealed.SignTime(chain, nonce, now, speaker)
}

// renewFeeds begins the feeds anew of which something waits that was signed under a certificate that
// ends soon, or under a former epoch.
func (o *Office) renewFeeds(ctx context.Context, now time.Time) error {
	chains, err := o.feedsEnding(ctx, now)
	if err != nil {
		return err
	}
	for _, chain := range chains {
		if err := o.store.BeginFeedEpoch(ctx, chain, books.FeedCertificate, sealed.BeforeAll, now); err != nil {
			return err
		}
	}
	return nil
}

func (o *Office) feedsEnding(ctx context.Context, now time.Time) ([]app.Chain, error) {
	soon, epoch, err := o.signedLong(now)
	if err != nil {
		return nil, err
	}
	return o.store.FeedsEnding(ctx, soon, epoch)
}

// signedLong says which frames are signed for long enough: by this epoch, and until after that
// moment. Where the present certificate itself ends soon, signing again would gain nothing.
func (o *Office) signedLong(now time.Time) (soon time.Time, epoch uint64, err error) {
	if err := o.keys.Keep(now); err != nil {
		return soon, 0, err
	}
	t, err := o.keys.at(now)
	if err != nil {
		return soon, 0, err
	}
	soon = now.Add(feedReserve)
	if !soon.Before(t.cert.Until) {
		soon = t.cert.Until.Add(-time.Second)
	}
	return soon, t.cert.Epoch, nil
}
