package post

import (
	"context"
	"crypto/sha256"
	"fmt"

	"loket/app"
	"loket/app/card"
	"loket/app/cose"
	"loket/app/sealed"
)

// Kinds of published lists that this version takes in. Others wait for a newer one.
const (
	listTrust  = "trust"
	listStatus = "status"
)

// takeLists takes in the announced lists whose bytes have come, and tells the carrier which have not.
func (a applying) takeLists(ctx context.Context, r *Applied) error {
	wanted, err := a.store.WantedLists(ctx)
	if err != nil {
		return err
	}
	var missing []sealed.Announced
	for _, w := range wanted {
		kept, came, err := a.takeList(ctx, w)
		switch {
		case ours(err):
			return err
		case err != nil:
			r.Refused = append(r.Refused, app.CodeOf(err))
			err = a.store.Problem(ctx, listProblem(w), app.CodeOf(err))
		case kept:
			r.Frames++
			err = a.store.Solved(ctx, listProblem(w))
		case !came:
			missing = append(missing, w)
			continue
		}
		if err == nil && !kept {
			err = a.store.ForgetWanted(ctx, w)
		}
		if err != nil {
			return err
		}
	}
	if err := a.box.SetWanted(missing); err != nil {
		return err
	}
	return a.tidyObjects(ctx, missing, len(wanted) > len(missing))
}

// openLists takes in what a frame announces whose turn has not come: nobody has signed in yet. In its turn
// it changes nothing more.
func (a applying) openLists(ctx context.Context, f sealed.Frame) (done bool, err error) {
	all, err := sealed.ParseAnnounced(f.Content)
	if err != nil {
		return false, nil //nolint:nilerr // its turn will tell
	}
	for _, w := range all {
		kept, _, err := a.takeList(ctx, w)
		if ours(err) {
			return done, err
		}
		done = done || kept
	}
	return done, nil
}

// takeList proves one list and keeps it where it is newer than the one at hand. Came is false while its
// bytes, or pages that it names, are not here.
func (a applying) takeList(ctx context.Context, w sealed.Announced) (kept, came bool, err error) {
	if w.Kind != listTrust && w.Kind != listStatus {
		return false, false, nil
	}
	raw, parts, err := a.objectsOf(w)
	if err != nil || raw == nil {
		return false, false, err
	}
	if kept, err = a.newerList(ctx, w, raw); err != nil || !kept {
		return false, true, err
	}
	return true, true, a.store.KeepList(ctx, w.Name(), raw, parts)
}

func (a applying) newerList(ctx context.Context, w sealed.Announced, raw []byte) (bool, error) {
	if w.Kind == listTrust {
		return a.newerTrust(ctx, raw)
	}
	shard, newer, err := a.newerStatus(ctx, raw)
	if err == nil && shard != w.Shard {
		err = app.Fail(app.StatusOutOfShard)
	}
	return newer, err
}

// objectsOf reads a list with the pages that it names; nil while something is missing.
func (a applying) objectsOf(w sealed.Announced) (raw []byte, parts [][]byte, err error) {
	if raw, err = a.box.Object(w.ID()); err != nil || raw == nil {
		return nil, nil, err
	}
	missing := false
	err = card.EachPart(raw, func(hash [32]byte) ([]byte, error) {
		part, err := a.box.Object(hash)
		if missing = missing || part == nil; !missing {
			parts = append(parts, part)
		}
		return part, err
	})
	if err != nil || missing {
		return nil, nil, err
	}
	return raw, parts, nil
}

// listProblem is how a list is called in the list of problems.
func listProblem(w sealed.Announced) string { return fmt.Sprintf("%s-%d.list", w.Kind, w.Shard) }

// tidyObjects takes away the objects that no kept and no wanted list needs: after a newer version came, and
// once when the program begins.
func (a applying) tidyObjects(ctx context.Context, missing []sealed.Announced, changed bool) error {
	if a.tidied && !changed {
		return nil
	}
	hashes, err := a.box.Objects()
	if err != nil {
		return err
	}
	needed, err := a.neededObjects(ctx, missing)
	if err != nil {
		return err
	}
	for _, hash := range hashes {
		if !needed[hash] {
			if err := a.box.DropObject(hash); err != nil {
				return err
			}
		}
	}
	a.tidied = true
	return nil
}

func (a applying) neededObjects(ctx context.Context, missing []sealed.Announced) (map[[32]byte]bool, error) {
	lists, err := a.store.Statuses(ctx)
	if err != nil {
		return nil, err
	}
	trust, err := a.store.Trust(ctx)
	if err != nil {
		return nil, err
	}
	needed := map[[32]byte]bool{}
	for _, w := range missing {
		needed[w.ID()] = true
		raw, err := a.box.Object(w.ID())
		if err != nil {
			return nil, err
		}
		lists = append(lists, raw)
	}
	for _, raw := range append(lists, trust) {
		if len(raw) == 0 {
			continue
		}
		if err := a.needObject(needed, raw); err != nil {
			return nil, err
		}
	}
	return needed, nil
}

// needObject marks a list and the objects that it names. A kept list is followed by its pages.
func (a applying) needObject(needed map[[32]byte]bool, raw []byte) error {
	head, _, err := cose.First(raw)
	if err != nil {
		return nil //nolint:nilerr // what cannot be read needs nothing
	}
	needed[sha256.Sum256(head)] = true
	return card.EachPart(head, func(hash [32]byte) ([]byte, error) {
		needed[hash] = true
		return a.box.Object(hash)
	})
}
