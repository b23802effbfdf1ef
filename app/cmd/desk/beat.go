package desk

import (
	"context"
	"errors"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/carrier"
	"loket/app/post"
	"loket/storage/kiosk"
)

// framesABeat is how much news is taken in in one turn of the post: what head office says of a hundred
// thousand people comes over many turns, and the window shows each.
const framesABeat = 100

// Beat is one turn of the post while somebody is signed in: what is due is sealed, what came is
// applied, and the use cases learn of it. News says that something changed that screens show. Who
// is not signed in still gets what is signed but not sealed: trust list, recall.
func (d *Desk) Beat(ctx context.Context, atOnce bool) (news bool, err error) {
	d.living.RLock()
	defer d.living.RUnlock()
	if !d.Begun() || d.Store.Reading() != "" {
		return false, nil
	}
	if err := d.noticeClone(ctx); err != nil {
		return false, err
	}
	s := d.Session()
	if s.Operator.ID == "" || d.Store.Behind() != nil { // no entry can be written: what came waits
		applied, err := d.Post.ApplyOpen(ctx)
		return d.after(ctx, applied, err)
	}
	if failed := d.unchecked.Swap(nil); failed != nil {
		return false, *failed
	}
	if err := d.checkDaily(ctx); err != nil {
		return false, err
	}
	renewing := d.renew(ctx)
	s = d.Session()
	_, enrolling := d.Post.Enrol(ctx, s.Keys) // its trouble keeps nothing else back
	sealing := d.seal(ctx, s, atOnce)         // nor does what cannot go out hold up what came
	applied, err := d.Post.ApplySome(ctx, s.Keys, framesABeat)
	news, err = d.after(ctx, applied, errors.Join(renewing, enrolling, sealing, err, d.beatFormers(ctx)))
	if !news {
		return false, err
	}
	err = errors.Join(err, d.Counter.Refresh(ctx, applied.Registrations...))
	fresh, refreshed := d.Door.Refresh(ctx, s)
	if refreshed == nil {
		d.restrict(s.Operator.ID, fresh)
	}
	return true, errors.Join(err, refreshed)
}

// noticeClone stops giving out numbers when head office has refused a batch because it holds another one of
// the same number: two folders speak for one life.
func (d *Desk) noticeClone(ctx context.Context) error {
	c, err := carrier.ContactOf(d.Dir)
	if err != nil || c.Code != app.LineRefused || app.Code(c.Reason) != app.OfficeOtherIdentity {
		return err
	}
	return d.Store.FoundBehind(ctx, kiosk.ByClone, 0)
}

// seal lays out what is due. The operator signs for the own entries first, so that the signature
// travels with them.
func (d *Desk) seal(ctx context.Context, s access.Session, atOnce bool) error {
	if d.Store.Behind() != nil || d.Store.Reading() != "" {
		return nil
	}
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

// sealWithin lays out what is due as far as the patience lasts. What is left then is no failure.
func (d *Desk) sealWithin(ctx context.Context, s access.Session, patience time.Duration) error {
	within, stop := context.WithTimeout(ctx, patience)
	defer stop()
	err := d.seal(within, s, true)
	if err != nil && within.Err() != nil && ctx.Err() == nil {
		return nil
	}
	return err
}

func (d *Desk) after(ctx context.Context, applied post.Applied, err error) (bool, error) {
	if applied.Frames == 0 {
		return false, err
	}
	return true, errors.Join(err, d.Reload(ctx))
}
