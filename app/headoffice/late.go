package headoffice

import (
	"context"

	"loket/app"
	"loket/app/office/books"
)

// LetIn is one person's word that a late batch of a revoked life is to be taken in. Done says that it was:
// a second person, another, had said so before.
func (o *Office) LetIn(ctx context.Context, chain app.Chain, number uint64, by string) (done bool, err error) {
	now := o.clock.Now()
	late, err := o.store.AskLetIn(ctx, chain, number, by, now)
	if err != nil || late.Raw == nil {
		return false, err
	}
	life, err := o.store.Chain(ctx, chain)
	if err != nil {
		return false, err
	}
	d, err := o.opened(ctx, late.Raw, number, life)
	if err != nil {
		return false, err
	}
	if _, err := o.store.Take(ctx, d); err != nil { // the same again changes nothing: a cut between the two is no harm
		return false, err
	}
	return true, o.store.LetIn(ctx, late, by, now)
}

// setAside keeps what a revoked life left behind and somebody else carried here, proven as any batch is,
// and refuses it all the same: nothing is forgotten at the kiosk.
func (o *Office) setAside(ctx context.Context, file []byte, number uint64, life books.Chain) error {
	d, err := o.opened(ctx, file, number, life)
	if err == nil {
		err = o.store.SetAside(ctx, d)
	}
	if err != nil {
		return err
	}
	return app.Fail(app.OfficeRevoked)
}
