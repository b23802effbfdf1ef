package headoffice

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/office/books"
)

// Publish makes every list that changed or falls due, at once. Kiosks hear of it when they ask for their
// news. It may be killed at any point and run again: what is done is done, and the rest is still wanted.
func (o *Office) Publish(ctx context.Context) error { return o.publish(ctx, 0) }

// PublishDue makes what changed or falls due, each list at most once in the policy's time, as the server does
// by itself.
func (o *Office) PublishDue(ctx context.Context) error { return o.publish(ctx, o.policy.ListEvery) }

// PublishAnew makes the next version of every list, changed or not.
func (o *Office) PublishAnew(ctx context.Context) error {
	lists, err := o.store.Lists(ctx)
	for _, l := range lists {
		if err == nil {
			err = o.store.Publish(ctx, l.Name, o.clock.Now())
		}
	}
	return err
}

// publish leaves a list alone that was made less than a rest ago.
func (o *Office) publish(ctx context.Context, rest time.Duration) error {
	now := o.clock.Now()
	if err := o.beginDueCover(ctx, now); err != nil {
		return err
	}
	if err := o.store.CountCoverage(ctx, now); err != nil {
		return err
	}
	if err := o.renewFeeds(ctx, now); err != nil {
		return err
	}
	if err := o.noteKeys(ctx); err != nil {
		return err
	}
	names, err := o.wanted(ctx, now, rest)
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := o.store.Publish(ctx, name, now); err != nil {
			return err
		}
		if name.Kind == books.TrustList {
			if err := o.tellLeftOut(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

func (o *Office) wanted(ctx context.Context, now time.Time, rest time.Duration) ([]books.ListName, error) {
	names, err := o.store.Wanted(ctx, now.Add(o.policy.ListLife/2), now.Add(-rest), now)
	if err != nil {
		return nil, err
	}
	_, epoch, err := o.signedLong(now)
	if err != nil {
		return nil, err
	}
	void, err := o.store.ListsBefore(ctx, epoch) // what a key of a former epoch signed is void
	for _, name := range void {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, err
}

// Shelf names every published object in force, for a life that is not stopped.
func (o *Office) Shelf(ctx context.Context, chain books.Chain) ([][32]byte, error) {
	if chain.Stopped() != "" {
		return nil, nil
	}
	return o.store.Shelf(ctx)
}

// Object is a published object by its hash. To who holds an earlier version of the same list it may be
// what changed instead, which rebuilds the very same bytes; patch says so.
func (o *Office) Object(ctx context.Context, hash, held [32]byte) (raw []byte, patch bool, err error) {
	raw, err = o.store.Object(ctx, hash)
	if err != nil || held == ([32]byte{}) {
		return raw, false, err
	}
	before, err := o.store.Object(ctx, held)
	if app.CodeOf(err) == app.NotFound {
		return raw, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	changes, err := card.Patch(before, raw)
	if err != nil || len(changes) >= len(raw) {
		return raw, false, nil //nolint:nilerr // no two versions of one list
	}
	return changes, true, nil
}

// tellLeftOut puts the keys that the new trust list does not name into the log.
func (o *Office) tellLeftOut(ctx context.Context) error {
	out, err := o.store.LeftOut(ctx)
	for _, l := range out[:min(len(out), mostKeysShown)] {
		o.log.Warn("key left out of the trust list", "kiosk", l.Chain.Kiosk.Digits(), "life", l.Chain.Incarnation, "code", l.Code, "of", len(out))
	}
	return err
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

// idle says whether there is nothing to publish now: it only reads.
func (o *Office) idle(ctx context.Context, now time.Time) (bool, error) {
	names, err := o.wanted(ctx, now, o.policy.ListEvery)
	if err != nil || len(names) > 0 {
		return false, err
	}
	if ending, err := o.feedsEnding(ctx, now); err != nil || len(ending) > 0 {
		return false, err
	}
	due, err := o.store.CoverDue(ctx, now)
	return len(due) == 0, err
}

const (
	publishEvery = time.Second
	publishTurn  = 30 * time.Second // another process takes over after this
)

// publisher publishes until the context ends: when kicked, and by and by for what other processes
// changed. Of several processes one has the turn.
func (o *Office) publisher(ctx context.Context, kick <-chan struct{}) {
	holder := processName()
	var pruned time.Time
	tick := time.NewTicker(publishEvery)
	defer tick.Stop()
	for {
		if err := o.publishInTurn(ctx, holder); err != nil && ctx.Err() == nil {
			o.log.Error("publishing failed", "code", app.CodeOf(err), "error", err)
		}
		if now := o.clock.Now(); now.Sub(pruned) >= pruneEvery || now.Before(pruned) {
			pruned = now
			if err := o.prune(ctx, holder, now); err != nil && ctx.Err() == nil {
				o.log.Error("pruning failed", "code", app.CodeOf(err), "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-kick:
		case <-tick.C:
		}
	}
}

const pruneEvery = time.Hour

// prune takes out of the feeds what their kiosks have applied.
func (o *Office) prune(ctx context.Context, holder string, now time.Time) error {
	mine, err := o.store.TakeTurn(ctx, "prune", holder, now, now.Add(pruneEvery/2))
	if err != nil || !mine {
		return err
	}
	n, err := o.store.PruneFrames(ctx, now)
	if n > 0 {
		o.log.Info("news pruned that was applied", "frames", n)
	}
	return err
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
	return o.publish(ctx, o.policy.ListEvery)
}

// processName is a random name, so that two processes never share a turn.
func processName() string {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "process"
	}
	return hex.EncodeToString(b[:])
}

// File is a list in force with all objects that it needs, in one file.
func (o *Office) File(ctx context.Context, name books.ListName) ([]byte, error) {
	head, err := o.list(ctx, name)
	if err != nil || head == nil {
		return head, err
	}
	file := bytes.Clone(head)
	return file, card.EachPart(head, func(hash [32]byte) ([]byte, error) {
		part, err := o.store.Object(ctx, hash)
		file = append(file, part...)
		return part, err
	})
}

// Trust is the head of the trust list in force, for the verify page.
func (o *Office) Trust(ctx context.Context) ([]byte, error) {
	return o.list(ctx, books.ListName{Kind: books.TrustList})
}

// Status is the status list of a shard in force, without the pages of marks that it names.
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
