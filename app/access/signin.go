package access

import (
	"context"
	"crypto/ed25519"
	"math"
	"time"

	"loket/app"
	"loket/app/vault"
)

// Free is how many wrong PINs in a row go without a wait; the waits after them double, from the
// first to the longest.
const (
	Free        = 5
	firstWait   = 30 * time.Second
	longestWait = 24 * time.Hour
)

// SignIn opens the vault with an operator's PIN. It fails with access.pin_wrong and how many tries
// are left, or access.pin_wait and the seconds. Entries that the operator made before a power cut
// are signed for now.
func (d *Door) SignIn(ctx context.Context, operator, pin string) (Session, error) {
	opened, err := d.try(ctx, operator, pin)
	if err != nil {
		return Session{}, err
	}
	d.store.Unlock(opened.Key)
	err = d.store.Prove(ctx, operator)
	var s Session
	if err == nil {
		s, err = d.session(ctx, operator, opened)
	}
	if err == nil {
		err = d.Attest(ctx, s)
	}
	if err != nil {
		d.store.Lock()
		return Session{}, err
	}
	return s, nil
}

func (d *Door) session(ctx context.Context, operator string, c vault.Contents) (Session, error) {
	m, err := d.store.Member(ctx, operator)
	if err != nil {
		return Session{}, err
	}
	s := Session{key: c.Key, signer: c.Signer}
	if err := d.keepOpening(ctx, m, c); err != nil {
		return Session{}, err
	}
	if s.Operator, err = d.named(m); err != nil {
		return Session{}, err
	}
	if s.Keys, err = d.store.Secrets(ctx); err != nil {
		return Session{}, err
	}
	if err := d.onDuty(ctx, &s); err != nil {
		return Session{}, err
	}
	return s, d.judgeAuthority(ctx, &s)
}

// judgeAuthority says whether only sending is open, and how far known time is ahead of the clock.
func (d *Door) judgeAuthority(ctx context.Context, s *Session) (err error) {
	if s.Restricted, err = d.restricted(ctx); err == nil {
		s.Ahead, _, err = d.store.ClockGap(ctx)
	}
	return err
}

// restricted says whether head office's authority has run out, by known time.
func (d *Door) restricted(ctx context.Context) (bool, error) {
	until, err := d.store.Authority(ctx)
	if err != nil {
		return true, err
	}
	now, err := d.store.KnownTime(ctx)
	return !now.Before(until), err
}

// Refresh judges the authority again, after news from head office was applied.
func (d *Door) Refresh(ctx context.Context, s Session) (Session, error) {
	return s, d.judgeAuthority(ctx, &s)
}

// try opens an operator's slot. The try is counted before it is made, so that pulling the plug does
// not make it free.
func (d *Door) try(ctx context.Context, operator, pin string) (vault.Contents, error) {
	d.turn.Lock()
	defer d.turn.Unlock()
	m, err := d.store.Member(ctx, operator)
	if app.CodeOf(err) == app.NotFound {
		return vault.Contents{}, app.Fail(app.AccessUnknown)
	}
	if err != nil {
		return vault.Contents{}, err
	}
	by, err := d.opener(ctx, operator, pin)
	if err != nil {
		return vault.Contents{}, err
	}
	wrong, err := d.count(ctx, operator)
	if err != nil {
		return vault.Contents{}, err
	}
	opened, err := m.Slot.Open(by)
	switch {
	case app.CodeOf(err) == app.VaultPINWrong && wrong >= Free:
		return opened, waiting(wait(wrong))
	case app.CodeOf(err) == app.VaultPINWrong:
		return opened, app.Fail(app.AccessPINWrong, "left", Free-wrong)
	case err != nil:
		return opened, err
	}
	if opened, err = d.renewed(ctx, m, by, opened); err != nil {
		return opened, err
	}
	if err := d.harden(ctx, m, by, opened); err != nil {
		return opened, err
	}
	return opened, d.store.PutAttempts(ctx, operator, 0, 0)
}

// harden makes a slot anew that costs a thief less work than a new one would.
func (d *Door) harden(ctx context.Context, m vault.Member, by vault.Opener, c vault.Contents) error {
	if m.Renewal != nil || m.Slot.Memory >= d.cost.Memory && m.Slot.Time >= d.cost.Time {
		return nil // a renewal was just put into a new one
	}
	slot, err := vault.SealSlot(m.Operator.ID, by, d.cost, c)
	if err != nil {
		return err
	}
	err = d.store.ChangeSlot(ctx, slot)
	if code := app.CodeOf(err); code == app.StorageFull || code == app.StorageReadOnly || code == app.StorageBehind {
		return nil // another time
	}
	return err
}

// count counts one more try, unless it comes too soon.
func (d *Door) count(ctx context.Context, operator string) (wrong int, err error) {
	wrong, left, err := d.store.Attempts(ctx, operator)
	if err != nil {
		return wrong, err
	}
	if left > 0 {
		return wrong, waiting(left)
	}
	wrong++
	return wrong, d.store.PutAttempts(ctx, operator, wrong, wait(wrong))
}

func waiting(left time.Duration) error {
	return app.Fail(app.AccessPINWait, "seconds", int(math.Ceil(left.Seconds())))
}

// wait is how long to wait after so many wrong PINs in a row.
func wait(wrong int) time.Duration {
	if wrong < Free {
		return 0
	}
	if doublings := wrong - Free; doublings < 12 {
		return min(firstWait<<doublings, longestWait)
	}
	return longestWait
}

// SignOut ends a session, also at idle lock and sleep: the operator's signature over the own
// entries is made, then the data key is forgotten. The vault is locked even when that fails.
func (d *Door) SignOut(ctx context.Context, s Session) error {
	defer d.store.Lock()
	if s.Operator.ID == "" {
		return nil
	}
	return d.Attest(ctx, s)
}

// Attest signs for what the operator has made since the last time: at sealing, sign-out and
// sign-in. Where there is nothing, it writes nothing.
func (d *Door) Attest(ctx context.Context, s Session) error {
	body, ok, err := d.store.Unattested(ctx, s.Operator.ID)
	if err != nil || !ok {
		return err
	}
	signed, err := body.AttestedBytes()
	if err != nil {
		return err
	}
	body.Signature = ed25519.Sign(s.signer, signed)
	return d.store.Attest(ctx, s.Author(), body)
}
