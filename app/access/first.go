package access

import (
	"context"
	"time"

	"loket/app"
	"loket/app/sealed"
	"loket/app/vault"
)

// First is the first start of a kiosk: what its enrolment token says, and who begins.
type First struct {
	Chain       app.Chain
	Until       time.Time // the token's end: authority for the first 72 hours
	RecoveryKey []byte    // head office's, X25519; may be empty
	Name        string    // of the first supervisor
	PIN         string
}

// FirstStart makes the kiosk's keys and vault, begins its journal with the first supervisor, and
// signs that person in. Head office's answer is not needed for registration to work.
func (d *Door) FirstStart(ctx context.Context, f First) (Session, error) {
	now, err := d.store.KnownTime(ctx)
	if err != nil {
		return Session{}, err
	}
	if !now.Before(f.Until) {
		return Session{}, app.Fail(app.AccessTokenLate)
	}
	n := Newcomer{Name: f.Name, PIN: f.PIN, Role: app.RoleSupervisor, Agency: app.AgencyInsurer}
	key := vault.NewKey()
	first, signer, err := d.member(n, key)
	if err != nil {
		return Session{}, err
	}
	keys, err := newSecrets()
	if err != nil {
		return Session{}, err
	}
	if err := d.entrust(ctx, f, key); err != nil {
		return Session{}, err
	}
	if err := d.store.Begin(ctx, f.Chain, key, keys, first); err != nil {
		return Session{}, err
	}
	return Session{Operator: first.Operator, Keys: keys, key: key, signer: signer}, d.store.Vouch(ctx, false)
}

func newSecrets() (vault.Secrets, error) {
	opening, err := sealed.NewOpeningKey()
	if err != nil {
		return vault.Secrets{}, err
	}
	return vault.Secrets{Device: vault.NewSigner(), Issuing: vault.NewSigner(), Opening: opening.Bytes()}, nil
}

// entrust keeps the token's authority, and the data key for head office's recovery.
func (d *Door) entrust(ctx context.Context, f First, key *vault.Key) error {
	if err := d.store.PutAuthority(ctx, f.Until); err != nil || len(f.RecoveryKey) == 0 {
		return err
	}
	b, err := vault.SealRecovery(f.RecoveryKey, f.Chain, key)
	if err != nil {
		return err
	}
	return d.store.PutRecovery(ctx, f.RecoveryKey, b)
}
