package access

import (
	"context"

	"loket/app"
	"loket/app/vault"
)

// settingRequest holds the private key of the last recovery request, sealed with the machine's secret.
const settingRequest = "vault.recovery-request"

// AskRecovery makes a request for head office, when nobody can sign in here any more. An earlier
// request is of no use afterwards.
func (d *Door) AskRecovery(ctx context.Context) (vault.RecoveryRequest, error) {
	sealed, err := d.store.Recovery(ctx)
	if err != nil {
		return vault.RecoveryRequest{}, err
	}
	now, err := d.store.KnownTime(ctx)
	if err != nil {
		return vault.RecoveryRequest{}, err
	}
	r, private, err := vault.NewRecoveryRequest(d.store.Chain(), sealed, now)
	if err != nil {
		return r, err
	}
	kept, err := d.machine.SealNote(settingRequest, private)
	if err != nil {
		return r, err
	}
	return r, d.store.PutSetting(ctx, settingRequest, kept)
}

// AskedRecovery is the code of the request that still waits for its answer; "" when there is none.
func (d *Door) AskedRecovery(ctx context.Context) (code string, err error) {
	private, err := d.request(ctx)
	if err != nil || private == nil {
		return "", err
	}
	return vault.RecoveryCode(private)
}

// request is the private key of the last request; nil when there is none.
func (d *Door) request(ctx context.Context) ([]byte, error) {
	kept, err := d.store.Setting(ctx, settingRequest)
	if err != nil || len(kept) == 0 {
		return nil, err
	}
	return d.machine.OpenNote(settingRequest, kept)
}

// CheckRecovery says whether an answer belongs to the last request, before anything is asked for it.
func (d *Door) CheckRecovery(ctx context.Context, answer []byte) error {
	key, err := d.answered(ctx, answer)
	if err == nil {
		key.Forget()
	}
	return err
}

func (d *Door) answered(ctx context.Context, answer []byte) (*vault.Key, error) {
	private, err := d.request(ctx)
	if err != nil {
		return nil, err
	}
	if private == nil {
		return nil, app.Fail(app.VaultRecoveryAnswer)
	}
	return vault.OpenRecoveryAnswer(private, d.store.Chain(), answer)
}

// Recover opens the vault with head office's answer and gives a supervisor a new place with a new
// PIN. The journal says that it came by head office. Those who forgot their PINs stay until they are
// removed or given a new one.
func (d *Door) Recover(ctx context.Context, answer []byte, name, pin string) (Session, error) {
	key, err := d.answered(ctx, answer)
	if err != nil {
		return Session{}, err
	}
	m, signer, err := d.member(Newcomer{Name: name, PIN: pin, Role: app.RoleSupervisor, Agency: app.AgencyInsurer}, key)
	if err != nil {
		return Session{}, err
	}
	d.store.Unlock(key)
	s, err := d.recovered(ctx, m, vault.Contents{Key: key, Signer: signer})
	if err != nil {
		d.store.Lock()
	}
	return s, err
}

// recovered proves the key by the secrets that it opens, before anybody gets a place by it.
func (d *Door) recovered(ctx context.Context, m vault.Member, c vault.Contents) (Session, error) {
	if _, err := d.store.Secrets(ctx); err != nil {
		return Session{}, &app.Error{Code: app.VaultRecoveryAnswer, Op: "access.Recover", Err: err}
	}
	if err := d.store.RecoverMember(ctx, m); err != nil {
		return Session{}, err
	}
	if err := d.store.PutSetting(ctx, settingRequest, nil); err != nil {
		return Session{}, err
	}
	if err := d.store.Vouch(ctx, true); err != nil {
		return Session{}, err
	}
	return d.session(ctx, m.Operator.ID, c)
}
