package desk

import (
	"context"
	"time"

	"loket/app"
)

// SignOutWithin is SignOut with less patience.
func (d *Desk) SignOutWithin(ctx context.Context, patience time.Duration) error {
	return d.signOut(ctx, patience)
}

// Pose lets somebody else stand at the kiosk as who is signed in, with the vault left open.
func (d *Desk) Pose(o app.Operator) {
	s := d.Session()
	s.Operator = o
	d.setSession(s)
}

// CheckNow is the day's check, at once.
func (d *Desk) CheckNow(ctx context.Context) error { return d.checkNow(ctx) }
