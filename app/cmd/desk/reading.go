package desk

import (
	"context"

	"loket/app"
	"loket/app/vault"
	"loket/storage/kiosk"
	"loket/storage/machine"
)

// OpenReading opens a data folder without changing anything in it: to look, to check, to carry out.
func OpenReading(ctx context.Context, dir string, o Options) (*Desk, error) {
	o = o.withDefaults()
	secret, err := existingSecret(o.State)
	if err != nil {
		return nil, err
	}
	store, err := kiosk.OpenReading(ctx, dir, o.Clock, app.StorageReadOnly)
	if err != nil {
		return nil, err
	}
	return assemble(ctx, dir, store, secret, o)
}

func existingSecret(dir string) (vault.Machine, error) {
	if dir == "" {
		var err error
		if dir, err = machine.Folder(); err != nil {
			return nil, err
		}
	}
	return machine.Existing(dir)
}

// OpensHere says whether the secret of this computer is the one under which a folder's people choose their
// PINs. Where it is not, head office's recovery opens it.
func OpensHere(ctx context.Context, dir, state string) (bool, error) {
	secret, err := existingSecret(state)
	if err != nil {
		return false, err
	}
	store, err := kiosk.OpenReading(ctx, dir, app.SystemClock{}, app.StorageReadOnly)
	if err != nil {
		return false, err
	}
	members, err := store.Members(ctx)
	here := err == nil && len(members) > 0
	for _, m := range members {
		if _, err := secret.OpenLabel(m.Operator.ID, m.Label); err != nil {
			here = false
		}
	}
	if closed := store.Close(); err == nil {
		err = closed
	}
	return here, err
}
