package access

import (
	"context"

	"loket/app"
	"loket/app/vault"
)

// Lives goes on as a kiosk's next life.
type Lives interface {
	NextLife(ctx context.Context, n vault.Life) error
}

// At is the same door at another store: a former life's.
func (d *Door) At(store Store) *Door { return New(store, d.machine, d.cost) }

// NextLife goes on in the same folder as the kiosk's next life, with a supervisor present: new keys, the
// same people and PINs. Of First it takes chain, end and recovery key.
func (d *Door) NextLife(ctx context.Context, by Session, f First) (Session, error) {
	if err := by.Operator.May(Operators); err != nil { // also where only sending is open
		return by, err
	}
	now, err := d.store.KnownTime(ctx)
	if err != nil {
		return by, err
	}
	if !now.Before(f.Until) {
		return by, app.Fail(app.AccessTokenLate)
	}
	n := vault.Life{Chain: f.Chain, Until: f.Until, RecoveryKey: f.RecoveryKey, By: by.Author()}
	if n.Keys, err = newSecrets(); err != nil {
		return by, err
	}
	if n.Members, err = d.namedMembers(ctx); err != nil {
		return by, err
	}
	if len(f.RecoveryKey) > 0 {
		if n.Recovery, err = vault.SealRecovery(f.RecoveryKey, f.Chain, by.key); err != nil {
			return by, err
		}
	}
	if err := d.store.NextLife(ctx, n); err != nil {
		return by, err
	}
	by.Keys, err = d.store.Secrets(ctx)
	if err == nil {
		by.Restricted, err = d.restricted(ctx)
	}
	return by, err
}

func (d *Door) namedMembers(ctx context.Context) ([]vault.Member, error) {
	members, err := d.store.Members(ctx)
	if err != nil {
		return nil, err
	}
	for i := range members {
		if members[i].Operator, err = d.named(members[i]); err != nil {
			return nil, err
		}
	}
	return members, nil
}
