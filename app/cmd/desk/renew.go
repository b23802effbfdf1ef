package desk

import (
	"context"

	"loket/app/access"
)

// blobsABeat is how many pictures are sealed anew in one turn of the post, so that a turn stays short.
const blobsABeat = 25

// piecesABeat is how many pieces of a change of keys one turn does: saves come between any two.
const piecesABeat = 120

// RemoveOperator ends somebody's access and changes the keys, so that what that person may have kept
// opens nothing that is written from now on.
func (d *Desk) RemoveOperator(ctx context.Context, by access.Session, operator string) error {
	if err := d.Door.RemoveOperator(ctx, by, operator); err != nil {
		return err
	}
	return d.renew(ctx)
}

// renew changes the keys when somebody left: by the supervisor's word, or by head office's while
// nobody was signed in. It also goes on with what the last change left to do.
func (d *Desk) renew(ctx context.Context) error {
	d.renewing.Lock()
	defer d.renewing.Unlock()
	s := d.Session()
	if s.Operator.ID == "" {
		return nil
	}
	left, err := d.Store.Reseal(ctx, piecesABeat)
	if err != nil || left {
		return err
	}
	due, err := d.Store.RekeyDue(ctx)
	if err != nil {
		return err
	}
	until, err := d.Door.KeysWait(ctx)
	if err != nil {
		return err
	}
	if due && until.IsZero() {
		fresh, err := d.Door.Renew(ctx, s)
		if err != nil {
			return err
		}
		if d.Session().Operator.ID == s.Operator.ID {
			d.setSession(fresh)
		}
		return d.refill(ctx)
	}
	_, err = d.Store.MoveBlobs(ctx, blobsABeat)
	return err
}
