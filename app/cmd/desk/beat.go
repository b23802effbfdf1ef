package desk

import (
	"context"
	"errors"

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
	if _, err := d.Post.Enrol(ctx, s.Keys); err != nil {
		return false, err
	}
	if _, err := d.Post.Seal(ctx, s.Author(), s.Keys, atOnce); err != nil {
		return false, err
	}
	applied, err := d.Post.Apply(ctx, s.Keys)
	news, err = d.after(ctx, applied, err)
	if !news {
		return false, err
	}
	for _, id := range applied.Registrations {
		err = errors.Join(err, d.Counter.Refresh(ctx, id))
	}
	fresh, refreshed := d.Door.Refresh(ctx, s)
	if refreshed == nil && d.Session().Operator.ID == s.Operator.ID {
		d.setSession(fresh)
	}
	return true, errors.Join(err, refreshed)
}

func (d *Desk) after(ctx context.Context, applied post.Applied, err error) (bool, error) {
	if applied.Frames == 0 {
		return false, err
	}
	return true, errors.Join(err, d.Reload(ctx))
}
