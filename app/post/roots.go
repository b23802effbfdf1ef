package post

import (
	"context"
	"slices"

	"loket/app/office"
	"loket/app/sealed"
)

// followRoots pins what the rotations in the inbox lead to, before any frame is proven: frames of after a
// rotation are certified by a root that was only the successor before. A chain of rotations proves itself
// by the pinned roots, wherever it lies; one that leads nowhere changes nothing.
func (a *applying) followRoots(ctx context.Context) error {
	places, err := a.box.Frames()
	if err != nil {
		return err
	}
	for _, place := range places {
		file, err := a.box.Frame(place)
		if err != nil {
			continue // its turn will tell
		}
		rotations := sealed.PeekRotations(file)
		if rotations == nil {
			continue
		}
		now, next, err := office.FollowRotations(a.judge.Roots, rotations)
		if err != nil {
			continue // likewise
		}
		roots := office.RootsOf(now, next)
		if slices.Equal(roots, a.judge.Roots) {
			continue
		}
		if err := a.store.PutSetting(ctx, settingRoots, slices.Concat(roots[0][:], roots[1][:])); err != nil {
			return err
		}
		a.judge.Roots = roots
	}
	return nil
}
