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
	return len(inv.Batches), inv.Attachments, err
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
	if frames == 0 && app.CodeOf(err) != app.StickRefused && err != nil {
		return 0, err
	}
	_, applied := d.Beat(ctx, false)
	return frames, errors.Join(err, applied)
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
