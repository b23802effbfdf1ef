package headoffice

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"time"

	"loket/app"
	"loket/app/office/books"
)

// Publish makes every list that changed or falls due and puts it into the feeds. It may be killed
// at any point and run again: what is done is done, and the rest is still wanted.
func (o *Office) Publish(ctx context.Context) error {
	now := o.clock.Now()
	if err := o.beginDueCover(ctx, now); err != nil {
		return err
	}
	if err := o.store.CountCoverage(ctx, now); err != nil {
		return err
	}
	names, err := o.store.Wanted(ctx, now.Add(o.policy.ListLife/2))
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := o.store.Publish(ctx, name, now); err != nil {
			return err
		}
	}
	chains, err := o.store.Behind(ctx, now)
	if err != nil {
		return err
	}
	for _, chain := range chains {
		if err := o.store.SendLists(ctx, chain, now); err != nil {
			return err
		}
	}
	return nil
}

// beginDueCover begins the cover that was planned for a day that has come.
func (o *Office) beginDueCover(ctx context.Context, now time.Time) error {
	due, err := o.store.CoverDue(ctx, now)
	if err != nil {
		return err
	}
	for _, id := range due {
		if err := o.store.BeginDueCover(ctx, id, now); err != nil {
			return err
		}
	}
	return nil
}

// idle says whether there is nothing to publish and nobody to tell: it only reads.
func (o *Office) idle(ctx context.Context, now time.Time) (bool, error) {
	names, err := o.store.Wanted(ctx, now.Add(o.policy.ListLife/2))
	if err != nil || len(names) > 0 {
		return false, err
	}
	if due, err := o.store.CoverDue(ctx, now); err != nil || len(due) > 0 {
		return false, err
	}
	chains, err := o.store.Behind(ctx, now)
	return len(chains) == 0, err
}

const (
	publishEvery = time.Second
	publishTurn  = 30 * time.Second // another process takes over after this
)

// publisher publishes until the context ends: when kicked, and by and by for what other processes
// changed. Of several processes one has the turn.
func (o *Office) publisher(ctx context.Context, kick <-chan struct{}) {
	holder := processName()
	tick := time.NewTicker(publishEvery)
	defer tick.Stop()
	for {
		if err := o.publishInTurn(ctx, holder); err != nil && ctx.Err() == nil {
			o.log.Error("publishing failed", "code", app.CodeOf(err), "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-kick:
		case <-tick.C:
		}
	}
}

func (o *Office) publishInTurn(ctx context.Context, holder string) error {
	now := o.clock.Now()
	if idle, err := o.idle(ctx, now); idle || err != nil {
		return err
	}
	mine, err := o.store.TakeTurn(ctx, "publish", holder, now, now.Add(publishTurn))
	if err != nil || !mine {
		return err
	}
	return o.Publish(ctx)
}

// processName is a random name, so that two processes never share a turn.
func processName() string {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "process"
	}
	return hex.EncodeToString(b[:])
}

// Trust is the trust list in force, for the verify page.
func (o *Office) Trust(ctx context.Context) ([]byte, error) {
	return o.list(ctx, books.ListName{Kind: books.TrustList})
}

// Status is the status list of a shard in force.
func (o *Office) Status(ctx context.Context, shard uint32) ([]byte, error) {
	return o.list(ctx, books.ListName{Kind: books.StatusList, Shard: shard})
}

func (o *Office) list(ctx context.Context, name books.ListName) ([]byte, error) {
	lists, err := o.store.Lists(ctx)
	for _, l := range lists {
		if l.Name == name {
			return l.Raw, nil
		}
	}
	return nil, err
}
