package access

import (
	"context"
	"slices"
	"strings"

	"loket/app"
	"loket/app/sealed"
	"loket/app/vault"
)

// Join lets a volunteer in with a pass: it opens the slot that was prepared, once, makes the
// volunteer's own under the chosen PIN, and signs that person in. Until it returns, the pass is
// unused; from then on it is.
func (d *Door) Join(ctx context.Context, text, name, pin string) (Session, error) {
	d.turn.Lock()
	defer d.turn.Unlock()
	if restricted, err := d.restricted(ctx); err != nil || restricted {
		if err == nil {
			err = app.Fail(app.AccessRestricted)
		}
		return Session{}, err
	}
	p, kept, e, err := d.judge(ctx, text)
	if err != nil {
		return Session{}, err
	}
	key, err := d.machine.OpenPass(p.ID, p.Unlock[:], kept.Slot)
	if err != nil {
		return Session{}, err
	}
	m, contents, err := d.volunteer(name, pin, p.Unlock[:], key)
	if err != nil {
		key.Forget()
		return Session{}, err
	}
	m.Operator.Event = e.ID
	d.store.Unlock(key)
	err = d.store.Join(ctx, p.ID, p.Unlock[:], m)
	var s Session
	if err == nil {
		err = d.store.Prove(ctx, m.Operator.ID)
	}
	if err == nil {
		s, err = d.session(ctx, m.Operator.ID, contents)
	}
	if err != nil {
		d.store.Lock()
		return Session{}, err
	}
	return s, nil
}

// volunteer makes the keys, slot and label of who joins with a pass.
func (d *Door) volunteer(name, pin string, unlock []byte, key *vault.Key) (vault.Member, vault.Contents, error) {
	o := app.Operator{Name: strings.Join(strings.Fields(name), " "), Role: app.RoleVolunteer, Agency: app.AgencyPartner}
	contents := vault.Contents{Key: key, Signer: vault.NewSigner()}
	if o.Name == "" {
		return vault.Member{}, contents, app.Fail(app.AccessNameMissing)
	}
	if err := vault.CheckPIN(pin, o.Role); err != nil {
		return vault.Member{}, contents, err
	}
	o.Key = vault.Public(contents.Signer)
	o.ID = idOf(o.Key)
	slot, err := vault.SealSlot(o.ID, vault.Opener{PIN: pin, Machine: d.machine, Unlock: unlock}, d.cost, contents)
	if err != nil {
		return vault.Member{}, contents, err
	}
	opening, err := vault.OpeningOf(contents.Signer)
	if err != nil {
		return vault.Member{}, contents, err
	}
	label, err := d.machine.SealLabel(o.ID, o.Name)
	return vault.Member{Operator: o, Label: label, Slot: slot, Opening: opening}, contents, err
}

// opener is what opens an operator's slot with a PIN. For a volunteer that is also what the pass
// left, and when the pass has ended that goes for good: access.event_over.
func (d *Door) opener(ctx context.Context, operator, pin string) (vault.Opener, error) {
	by := vault.Opener{PIN: pin, Machine: d.machine}
	p, err := d.store.PassOf(ctx, operator)
	if app.CodeOf(err) == app.NotFound {
		return by, nil
	}
	if err != nil {
		return by, err
	}
	now, err := d.store.KnownTime(ctx)
	if err != nil {
		return by, err
	}
	if !now.Before(p.Until) {
		if err := d.store.EndPass(ctx, p.ID); err != nil {
			return by, err
		}
		return by, app.Fail(app.AccessEventOver)
	}
	by.Unlock = p.Unlock
	return by, nil
}

// EndPass ends the access of who is here with a pass that has run out. It is called when the
// session ends by itself, so that a clock set back later opens nothing.
func (d *Door) EndPass(ctx context.Context, s Session) error {
	p, err := d.store.PassOf(ctx, s.Operator.ID)
	if app.CodeOf(err) == app.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return d.store.EndPass(ctx, p.ID)
}

// signedSo compares a pass with the text that a supervisor signed, which lies under the data key.
func (d *Door) signedSo(ctx context.Context, p vault.Pass) error {
	text, err := d.store.PassText(ctx, p.ID)
	if app.CodeOf(err) == app.VaultUnreadable {
		return app.Fail(app.VaultTampered)
	}
	if err != nil {
		return err
	}
	signed, err := sealed.ParsePass(text)
	if err != nil || signed.Event != p.Event || !signed.Until.Equal(p.Until) || !slices.Equal(signed.Tasks, p.Tasks) {
		return &app.Error{Code: app.VaultTampered, Op: "access.signedSo", Err: err}
	}
	return nil
}

// onDuty adds what the pass of a volunteer says: event, tasks, end.
func (d *Door) onDuty(ctx context.Context, s *Session) error {
	p, err := d.store.PassOf(ctx, s.Operator.ID)
	if app.CodeOf(err) == app.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if err := d.signedSo(ctx, p); err != nil {
		return err
	}
	s.Until = p.Until
	s.Operator.Event, s.Operator.Tasks = p.Event, p.Tasks
	s.Event, err = d.store.Event(ctx, p.Event)
	return err
}
