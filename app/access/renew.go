package access

import (
	"cmp"
	"context"
	"slices"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/vault"
)

// KeysWait is until when the change of keys must wait that is due because somebody left: four are allowed
// in a month and 24 in a year. Who left lost the slot at once all the same. The zero time: none is due, or
// it need not wait.
func (d *Door) KeysWait(ctx context.Context) (time.Time, error) {
	due, err := d.store.RekeyDue(ctx)
	if err != nil || !due {
		return time.Time{}, err
	}
	changes, err := d.store.KeyChanges(ctx)
	if err != nil {
		return time.Time{}, err
	}
	now, err := d.store.KnownTime(ctx)
	if err != nil {
		return time.Time{}, err
	}
	if next := card.NextKeyChange(changes); now.Before(next) {
		return next, nil
	}
	return time.Time{}, nil
}

// Renew changes the keys of the kiosk when somebody has left since they were made, as soon as the rate of
// changes allows: a new data key, and new device and issuing keys. What was sealed before follows in
// pieces. Who stays gets the data key at the next sign-in, with the same PIN. Where nobody left it does
// nothing. The session that it returns is the one to go on with.
func (d *Door) Renew(ctx context.Context, s Session) (Session, error) {
	if s.Operator.ID == "" {
		return s, app.Fail(app.AccessSignedOut)
	}
	due, err := d.store.RekeyDue(ctx)
	if err != nil || !due {
		return s, err
	}
	if until, err := d.KeysWait(ctx); err != nil || !until.IsZero() {
		return s, err
	}
	r, err := d.rekeying(ctx, s)
	if err != nil {
		return s, err
	}
	if err := d.store.Rekey(ctx, s.Author(), r); err != nil {
		return s, err
	}
	s.key = r.Next
	s.Keys, err = d.store.Secrets(ctx)
	return s, err
}

func (d *Door) rekeying(ctx context.Context, s Session) (vault.Rekeying, error) {
	r := vault.Rekeying{Next: s.key.Next(), Renewals: map[string][]byte{}}
	r.Keys = vault.Secrets{Device: vault.NewSigner(), Issuing: vault.NewSigner(), Opening: s.Keys.Opening}
	if err := d.store.Prove(ctx, s.Operator.ID); err != nil { // nobody else's key gets the data key
		return r, err
	}
	members, err := d.store.Members(ctx)
	if err != nil {
		return r, err
	}
	for _, m := range members {
		if m.Opening == nil { // has not signed in for long: a supervisor gives a new PIN
			continue
		}
		if r.Renewals[m.Operator.ID], err = vault.SealRenewal(m.Opening, m.Operator.ID, r.Next); err != nil {
			return r, err
		}
	}
	if r.Passes, err = d.renewPasses(ctx, r.Next); err != nil {
		return r, err
	}
	to, err := d.store.RecoveryKey(ctx)
	if err != nil || len(to) == 0 {
		return r, err
	}
	r.Recovery, err = vault.SealRecovery(to, d.store.Chain(), r.Next)
	return r, err
}

// renewed is what a slot opened to, with the data key of now. Who missed a change of keys and has no
// renewal is told to ask a supervisor.
func (d *Door) renewed(ctx context.Context, m vault.Member, by vault.Opener, c vault.Contents) (vault.Contents, error) {
	version, err := d.store.DataKey(ctx)
	if err != nil {
		return c, err
	}
	if c.Key.Version() == version {
		return c, nil
	}
	if m.Renewal == nil {
		return c, app.Fail(app.AccessKeyMissed)
	}
	next, err := vault.OpenRenewal(c.Signer, m.Operator.ID, m.Renewal)
	if err != nil {
		return c, err
	}
	c.Key.Forget()
	c.Key = next
	slot, err := vault.SealSlot(m.Operator.ID, by, d.cost, c)
	if err != nil {
		return c, err
	}
	return c, d.store.ChangeSlot(ctx, slot)
}

// keepOpening keeps what others need to seal something to an operator, for who began without it.
func (d *Door) keepOpening(ctx context.Context, m vault.Member, c vault.Contents) error {
	if m.Opening != nil {
		return nil
	}
	public, err := vault.OpeningOf(c.Signer)
	if err != nil {
		return err
	}
	return d.store.PutOpening(ctx, m.Operator.ID, public)
}

// RestoreOperator lets somebody who forgot the PIN in again, by a supervisor's word: with a new PIN
// and a new key of authorship, because the old one is lost with the old PIN. What the person made
// before stays that person's; what was not signed for by then stays unsigned.
func (d *Door) RestoreOperator(ctx context.Context, by Session, operator, pin string) (app.Operator, error) {
	if err := by.Allow(Operators); err != nil {
		return app.Operator{}, err
	}
	if operator == by.Operator.ID {
		return app.Operator{}, app.Fail(app.AccessOwnPIN)
	}
	members, err := d.store.Members(ctx)
	if err != nil {
		return app.Operator{}, err
	}
	i := slices.IndexFunc(members, func(m vault.Member) bool { return m.Operator.ID == operator })
	if i < 0 {
		return app.Operator{}, app.Fail(app.AccessUnknown)
	}
	if _, err := d.store.PassOf(ctx, operator); app.CodeOf(err) != app.NotFound {
		return app.Operator{}, cmp.Or(err, error(app.Fail(app.PassRestore))) // a new PIN would outlive the pass
	}
	old, err := d.named(members[i])
	if err != nil {
		return app.Operator{}, err
	}
	m, _, err := d.member(Newcomer{Name: old.Name, PIN: pin, Role: old.Role, Agency: old.Agency}, by.key)
	if err != nil {
		return app.Operator{}, err
	}
	return m.Operator, d.store.RestoreMember(ctx, by.Author(), operator, m)
}
