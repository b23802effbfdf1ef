package desk

import (
	"context"
	"errors"

	"loket/app"
	"loket/app/carrier"
)

// Export seals what is due and writes all post without a receipt to a stick.
func (d *Desk) Export(ctx context.Context, stick string) (batches, attachments int, err error) {
	box, err := d.box()
	if err != nil {
		return 0, 0, err
	}
	if _, err := d.Beat(ctx, true); err != nil {
		return 0, 0, err
	}
	inv, err := carrier.Export(box, stick)
	batches, attachments = inv.Count()
	return batches, attachments, err
}

// Import takes head office's answers from a stick and applies them. What is not head office's is not
// kept: stick.refused tells of it, after the rest was applied.
func (d *Desk) Import(ctx context.Context, stick string) (frames int, err error) {
	box, err := d.box()
	if err != nil {
		return 0, err
	}
	prover, err := d.Post.Prover(ctx, d.Session().Keys)
	if err != nil {
		return 0, err
	}
	frames, err = carrier.Import(box, stick, prover)
	former, refused := d.ImportFormers(ctx, stick)
	frames += former
	if app.CodeOf(err) == app.StickForeign && former > 0 {
		err = nil // it carries the answers to a former life alone
	}
	err = errors.Join(err, refused)
	if frames == 0 && app.CodeOf(err) != app.StickRefused && err != nil {
		return 0, err
	}
	_, applied := d.Beat(ctx, false)
	return frames, errors.Join(err, applied)
}

// ImportFormers takes head office's answers to the former lives of this folder from a stick, each proven by
// the life's own keys, and applies them. A stick that holds none of them is no failure.
func (d *Desk) ImportFormers(ctx context.Context, stick string) (frames int, err error) {
	d.mu.RLock()
	all := d.formers
	d.mu.RUnlock()
	for _, f := range all {
		n, failure := f.take(ctx, stick)
		frames += n
		if app.CodeOf(failure) != app.StickForeign {
			err = errors.Join(err, failure)
		}
	}
	return frames, errors.Join(err, d.beatFormers(ctx))
}

// take keeps a former life's answers.
func (f *former) take(ctx context.Context, stick string) (int, error) {
	keys, err := f.store.Secrets(ctx)
	if err != nil {
		return 0, err
	}
	prover, err := f.post.Prover(ctx, keys)
	if err != nil {
		return 0, err
	}
	box, err := carrier.OpenBox(f.store.Dir(), f.store.Chain())
	if err != nil {
		return 0, err
	}
	return carrier.Import(box, stick, prover)
}

func (d *Desk) box() (carrier.Box, error) {
	if !d.Begun() {
		return carrier.Box{}, app.Fail(app.PostNotEnrolled)
	}
	if d.Store.Reading() != "" {
		return carrier.LookBox(d.Dir, d.Store.Chain()), nil
	}
	return carrier.OpenBox(d.Dir, d.Store.Chain())
}
