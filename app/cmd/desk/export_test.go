package desk

import (
	"context"
	"time"
)

// SignOutWithin is SignOut with less patience.
func (d *Desk) SignOutWithin(ctx context.Context, patience time.Duration) error {
	return d.signOut(ctx, patience)
}
