package desk

import (
	"context"

	"loket/app"
	"loket/storage/kiosk"
	"loket/storage/machine"
)

// OpenReading opens a data folder without changing anything in it: to look, to check, to carry out.
func OpenReading(ctx context.Context, dir string, o Options) (*Desk, error) {
	return openReading(ctx, dir, o, app.StorageReadOnly)
}

func openReading(ctx context.Context, dir string, o Options, why app.Code) (*Desk, error) {
	o = o.withDefaults()
	by, err := existingSecret(o.State)
	if err != nil {
		return nil, err
	}
	store, err := kiosk.OpenReading(ctx, dir, o.Clock, why, by)
	if err != nil {
		return nil, err
	}
	return assemble(ctx, dir, store, by.Secret, o)
}

// existingSecret is this computer's secret, empty where it has none yet.
func existingSecret(dir string) (w kiosk.Watch, err error) {
	if w.State, err = stateFolder(dir); err == nil {
		w.Secret, err = machine.Existing(w.State)
	}
	return w, err
}

// OpensHere says whether the secret of this computer is the one under which a folder's people choose their
// PINs. Where it is not, head office's recovery opens it.
func OpensHere(ctx context.Context, dir, state string) (bool, error) {
	by, err := existingSecret(state)
	if err != nil {
		return false, err
	}
	store, err := kiosk.OpenReading(ctx, dir, app.SystemClock{}, app.StorageReadOnly, by)
	if err != nil {
		return false, err
	}
	members, err := store.Members(ctx)
	here := err == nil && len(members) > 0
	for _, m := range members {
		if _, err := by.Secret.OpenLabel(m.Operator.ID, m.Label); err != nil {
			here = false
		}
	}
	if closed := store.Close(); err == nil {
		err = closed
	}
	return here, err
}
