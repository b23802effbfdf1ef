package desk

import (
	"context"
	"errors"

	"loket/app"
	"loket/app/access"
	"loket/app/journal"
	"loket/app/post"
	"loket/app/sealed"
	"loket/storage/kiosk"
)

// former is a former life in this folder: it reads, and sends what it had not sent.
type former struct {
	store *kiosk.Store
	post  *post.Post
}

// Behind is what the database lacks although something outside it tells of it; nil: nothing.
func (d *Desk) Behind() *kiosk.Behind { return d.Store.Behind() }

// NextLife goes on in this folder as the kiosk's next life, with a token for it that two people at head
// office gave out and a supervisor signed in. The former life is kept and sends what it had not sent. It
// fails with storage.not_next for a token of another kiosk, or of this life or one before.
func (d *Desk) NextLife(ctx context.Context, token string) (access.Session, error) {
	d.living.Lock()
	defer d.living.Unlock()
	s := d.Session()
	if err := s.Operator.May(app.TaskOperators); err != nil {
		return s, err
	}
	t, err := sealed.ParseToken(token)
	if err != nil {
		return s, err
	}
	if here := d.Store.Chain(); t.Chain.Kiosk != here.Kiosk || t.Chain.Incarnation <= here.Incarnation {
		return s, app.Fail(app.StorageNotNext, "token", t.Chain, "kiosk", here)
	}
	if _, err := d.Post.Welcome(ctx, token); err != nil {
		return s, err
	}
	s, err = d.Door.NextLife(ctx, s, access.First{Chain: t.Chain, Until: t.Expires, RecoveryKey: t.RecoveryKey})
	if err != nil {
		return s, err
	}
	d.setSession(s)
	if _, err := d.Post.Welcome(ctx, token); err != nil {
		return s, err
	}
	// A folder may go on more than once: the lives before this one are open already.
	if err := errors.Join(d.closeFormers(), d.openFormers(ctx, s)); err != nil {
		return s, err
	}
	if err := d.Counter.Open(ctx); err != nil && !oneRecord(err) {
		return s, err
	}
	return s, d.reread(ctx)
}

// openFormers opens the former lives and lets each finish: what it had not sealed is sealed now, what head
// office would not take under its numbers is told again by this life.
func (d *Desk) openFormers(ctx context.Context, s access.Session) error {
	stores, err := d.Store.OpenFormer(ctx)
	for _, store := range stores {
		f := &former{store: store, post: post.New(store, carrierOf(store.Dir()), d.Clock)}
		d.mu.Lock()
		d.formers = append(d.formers, f)
		d.mu.Unlock()
		err = errors.Join(err, d.finish(ctx, s, f))
	}
	d.Store.Formers(stores)
	return err
}

func (d *Desk) finish(ctx context.Context, s access.Session, f *former) error {
	if d.Store.Behind() != nil {
		return nil
	}
	if why := f.store.Stranded(); why != nil && (why.Why == kiosk.ByClone || why.Why == kiosk.ByFork || why.Why == kiosk.ByReceipt) {
		return d.tellAgain(ctx, s, f.store)
	}
	next, _, err := f.store.Unsealed(ctx, 0)
	if err != nil {
		return err
	}
	if why := f.store.Stranded(); why != nil && len(why.Waiting) > 0 && why.Waiting[0] <= next.Number {
		return nil // a sealed batch that holds them is on its way
	}
	keys, err := f.store.Secrets(ctx)
	if err != nil {
		return err
	}
	if err := d.Door.At(f.store).Attest(ctx, s); err != nil {
		return err
	}
	_, err = f.post.Seal(ctx, s.Author(), keys, true)
	return err
}

// tellAgain registers anew whom the former life registered under numbers that head office had from
// elsewhere: the second of two persons gets a new number.
func (d *Desk) tellAgain(ctx context.Context, s access.Session, store *kiosk.Store) error {
	for {
		id, ok, err := store.NextUntold(ctx)
		if err != nil || !ok {
			return err
		}
		r, err := store.Registration(ctx, id)
		if err != nil {
			return err
		}
		for _, e := range r.Record.Evidence {
			plain, err := store.Blob(ctx, e.Hash)
			if app.CodeOf(err) == app.StorageBlob {
				continue
			}
			if err == nil {
				_, err = d.Store.PutBlob(ctx, e.Kind, plain)
			}
			if err != nil {
				return err
			}
		}
		body := journal.RegistrationBody{Review: string(r.Reason)}
		if r.State != app.NeedsReview {
			body.Review = ""
		}
		if _, err := d.Store.Capture(ctx, s.Author(), "", r.Record, body, nil); err != nil {
			return err
		}
		if err := store.Told(ctx, id); err != nil {
			return err
		}
	}
}

// beatFormers takes in what came for the former lives.
func (d *Desk) beatFormers(ctx context.Context) error {
	d.mu.RLock()
	all := d.formers
	d.mu.RUnlock()
	var failures error
	for _, f := range all {
		keys, err := f.store.Secrets(ctx)
		if err == nil {
			_, err = f.post.ApplySome(ctx, keys, framesABeat)
		}
		failures = errors.Join(failures, err)
	}
	return failures
}

func (d *Desk) closeFormers() error {
	d.mu.Lock()
	all := d.formers
	d.formers = nil
	d.mu.Unlock()
	d.Store.Formers(nil)
	var err error
	for _, f := range all {
		err = errors.Join(err, f.store.Close())
	}
	return err
}
