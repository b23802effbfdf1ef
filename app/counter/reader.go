package counter

import (
	"context"

	"loket/app"
)

// CardReader is where a reader of e-KTP chips would plug in: it gives who the card is about, and the
// address on it. None ships, because it takes a certified reader and a contract; the form is filled by
// hand, or read from the picture.
type CardReader interface {
	Read(ctx context.Context) (app.Person, app.Address, error)
}
