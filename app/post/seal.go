package post

import (
	"context"
	"slices"
	"time"

	"loket/app"
	"loket/app/sealed"
	"loket/app/vault"
)

// When a batch is made without anybody asking.
const (
	fullEntries = 200
	fullBytes   = 64 << 10
	quiet       = time.Minute
	lookAhead   = 10 * fullEntries
)

// mostAtATime is how many batches one call makes without being asked: a sponsor's list of a hundred
// thousand people leaves over several beats, and none of them holds up the counter.
const mostAtATime = 16

// Seal lays out what is due: entries since the last batch when there are enough of them, when there
// was a minute's quiet, or at once when asked (sign-out, "send now"); files that are missing in the
// outbox; and attachments. It says how many new batches were made. Entries
// about the post itself alone never cause a batch. Without head office's key everything waits. Asked
// to, it makes them all; the context stops it between two. Otherwise it makes a few, and the next call
// goes on.
func (p *Post) Seal(ctx context.Context, by app.Author, keys vault.Secrets, atOnce bool) (int, error) {
	to, err := p.store.Address(ctx)
	if err != nil || len(to) == 0 {
		return 0, err
	}
	box, err := p.box()
	if err != nil {
		return 0, err
	}
	s := sealing{p, box, to, keys}
	if err := s.again(ctx, atOnce); err != nil {
		return 0, err
	}
	made, err := s.batches(ctx, by, atOnce)
	if err != nil {
		return made, err
	}
	return made, s.attachments(ctx)
}

// Due says whether Seal would make a batch now. The operator's signature over the own entries is
// made before it does.
func (p *Post) Due(ctx context.Context, atOnce bool) (bool, error) {
	to, err := p.store.Address(ctx)
	if err != nil || len(to) == 0 {
		return false, err
	}
	_, items, err := p.waiting(ctx)
	if err != nil {
		return false, err
	}
	return sealing{Post: p}.due(items) || atOnce && worthSending(items), nil
}

// waiting is what the next batch may hold: as much as one takes, and more only where nothing but
// bookkeeping stands in front.
func (p *Post) waiting(ctx context.Context) (sealed.Sealing, []sealed.Item, error) {
	from, items, err := p.store.Unsealed(ctx, fullEntries)
	if err != nil || len(items) < fullEntries || worthSending(items) {
		return from, items, err
	}
	return p.store.Unsealed(ctx, lookAhead)
}

// sealing is one call of Seal.
type sealing struct {
	*Post
	box  Box
	to   []byte // head office's X25519 key
	keys vault.Secrets
}

// again seals once more the batches that have no receipt and whose file is gone: lost, or taken away
// because it was spoiled or for an old key. The same items give the same identity.
func (s sealing) again(ctx context.Context, atOnce bool) error {
	pending, err := s.store.PendingBatches(ctx)
	if err != nil {
		return err
	}
	lying, err := s.box.Batches()
	if err != nil {
		return err
	}
	next, _, err := s.store.Unsealed(ctx, 0)
	if err != nil {
		return err
	}
	for _, number := range lying {
		if number >= next.Number {
			continue // the journal knows nothing of it: a database that was taken back must not take it along
		}
		if !among(pending, number) { // receipted, and then the power was cut
			if err := s.box.DropBatch(number); err != nil {
				return err
			}
		}
	}
	made := 0
	for _, number := range pending {
		if among(lying, number) {
			continue
		}
		if made == mostAtATime && !atOnce {
			return nil
		}
		if err := s.resealed(ctx, number); err != nil {
			return err
		}
		made++
	}
	return nil
}

// among says whether a number stands in a list in order: after a large list there are thousands.
func among(ordered []uint64, number uint64) bool {
	_, found := slices.BinarySearch(ordered, number)
	return found
}

func (s sealing) resealed(ctx context.Context, number uint64) error {
	from, items, err := s.store.BatchAgain(ctx, number)
	if err != nil {
		return err
	}
	device, _ := s.keys.DeviceFor(items[0].Entry.Seq)
	batch, err := sealed.Prepare(from, items, device)
	if err != nil {
		return err
	}
	return s.layOut(batch)
}

// layOut writes a batch's file. It happens after the store has recorded the batch, so that no batch
// leaves of which the journal knows nothing.
func (s sealing) layOut(batch *sealed.Prepared) error {
	file, err := batch.Seal(s.to)
	if err != nil {
		return err
	}
	return s.box.PutBatch(batch.Header.Number, file)
}

func (s sealing) batches(ctx context.Context, by app.Author, atOnce bool) (made int, err error) {
	for atOnce || made < mostAtATime {
		if err := ctx.Err(); err != nil {
			return made, app.Wrap("post.Seal", app.Cancelled, err)
		}
		from, items, err := s.waiting(ctx)
		if err != nil {
			return made, err
		}
		if due := s.due(items); !due && (!atOnce || !worthSending(items)) {
			return made, nil
		}
		device, through := s.keys.DeviceFor(items[0].Entry.Seq)
		batch, err := sealed.Prepare(from, items[:fits(items, through)], device)
		if err != nil {
			return made, err
		}
		if err := s.store.RecordBatch(ctx, by, batch); err != nil {
			return made, err
		}
		if err := s.layOut(batch); err != nil {
			return made, err
		}
		made++
	}
	return made, nil
}

// due says whether waiting entries make a batch by themselves. A look-ahead full of nothing but
// bookkeeping is sealed too, else what comes behind it would never be seen.
func (s sealing) due(items []sealed.Item) bool {
	if !worthSending(items) {
		return len(items) >= lookAhead
	}
	last := items[len(items)-1].Entry.Time()
	return len(items) >= fullEntries || sizeOf(items) >= fullBytes ||
		s.clock.Now().Sub(last) >= quiet || last.After(s.clock.Now()) // a clock set back is no reason to wait
}

func worthSending(items []sealed.Item) bool {
	return slices.ContainsFunc(items, func(it sealed.Item) bool { return !it.Entry.Kind.Bookkeeping() })
}

// fits is how many of the items one batch takes: at least one, and none after the last entry that its
// device key signs for, 0 when there is no end.
func fits(items []sealed.Item, through uint64) int {
	size := 0
	for i := range items {
		if i == fullEntries || through != 0 && items[i].Entry.Seq > through {
			return i
		}
		if size += sizeOf(items[i : i+1]); size > fullBytes && i > 0 {
			return i
		}
	}
	return len(items)
}

// entryBytes is what an entry weighs without its body: about what its canonical form takes.
const entryBytes = 96

func sizeOf(items []sealed.Item) int {
	size := 0
	for _, it := range items {
		size += entryBytes + len(it.Entry.Body)
		if it.Part != nil {
			size += len(it.Part.Salt) + len(it.Part.Body)
		}
	}
	return size
}

func (s sealing) attachments(ctx context.Context) error {
	pending, err := s.store.PendingAttachments(ctx)
	if err != nil {
		return err
	}
	lying, err := s.box.Attachments()
	if err != nil {
		return err
	}
	for _, hash := range lying {
		if !slices.ContainsFunc(pending, func(e app.Evidence) bool { return e.Hash == hash }) {
			if err := s.box.DropAttachment(hash); err != nil {
				return err
			}
		}
	}
	for _, e := range pending {
		if slices.Contains(lying, e.Hash) {
			continue
		}
		if err := s.attachment(ctx, e.Hash); err != nil {
			return err
		}
	}
	return nil
}

func (s sealing) attachment(ctx context.Context, hash [32]byte) error {
	plain, err := s.store.Blob(ctx, hash)
	if app.CodeOf(err) == app.StorageBlob {
		return nil // lost on this disk: the light goes on showing it, the others must not wait for it
	}
	if err != nil {
		return err
	}
	file, err := sealed.SealAttachment(s.store.Chain(), plain, s.to)
	if err != nil {
		return err
	}
	return s.box.PutAttachment(hash, file)
}
