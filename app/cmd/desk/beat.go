package desk

import (
	"context"
	"errors"

	"loket/app/access"
	"loket/app/post"
)

// Beat is one turn of the post while somebody is signed in: what is due is sealed, what came is
// applied, and the use cases learn of it. News says that something changed that screens show. Who
// is not signed in still gets what is signed but not sealed: trust list, recall.
func (d *Desk) Beat(ctx context.Context, atOnce bool) (news bool, err error) {
	if !d.Begun() {
		return false, nil
	}
	s := d.Session()
	if s.Operator.ID == "" {
		applied, err := d.Post.ApplyOpen(ctx)
		return d.after(ctx, applied, err)
	}
	renewing := d.renew(ctx)
	s = d.Session()
	_, enrolling := d.Post.Enrol(ctx, s.Keys) // its trouble keeps nothing else back
	sealing := d.seal(ctx, s, atOnce)         // nor does what cannot go out hold up what came
	applied, err := d.Post.Apply(ctx, s.Keys)
	news, err = d.after(ctx, applied, errors.Join(renewing, enrolling, sealing, err))
	if !news {
		return false, err
	}
	for _, id := range applied.Registrations {
		err = errors.Join(err, d.Counter.Refresh(ctx, id))
	}
	fresh, refreshed := d.Door.Refresh(ctx, s)
	if refreshed == nil {
		d.restrict(s.Operator.ID, fresh.Restricted)
	}
	return true, errors.Join(err, refreshed)
}

// seal lays out what is due. The operator signs for the own entries first, so that the signature
// travels with them.
func (d *Desk) seal(ctx context.Context, s access.Session, atOnce bool) error {
	due, err := d.Post.Due(ctx, atOnce)
	if err != nil {
		return err
	}
	if due {
		if err := d.Door.Attest(ctx, s); err != nil {
			return err
		}
	}
	_, err = d.Post.Seal(ctx, s.Author(), s.Keys, atOnce)
	return err
}

func (d *Desk) after(ctx context.Context, applied post.Applied, err error) (bool, error) {
	if applied.Frames == 0 {
		return false, err
	}
	return true, errors.Join(err, d.Reload(ctx))
}
