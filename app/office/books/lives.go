package books

import (
	"time"

	"loket/app"
)

// SuspensionLife is how long a second person has to confirm or lift a suspension before it counts as
// overdue.
const SuspensionLife = 72 * time.Hour

// Suspension is a life that one person stopped, until a second one revokes it or lets it go on.
type Suspension struct {
	Chain  app.Chain
	Branch string // its name
	Label  string
	By     string // account
	At     time.Time
}

// Overdue says whether nobody decided in time.
func (s Suspension) Overdue(at time.Time) bool { return at.Sub(s.At) > SuspensionLife }

// LeftOut is a key that the newest trust list does not name, and why. Through is 0 for the life's present
// key, else the last entry before the key was replaced.
type LeftOut struct {
	Chain   app.Chain
	Branch  string // its name
	Through uint64
	Code    app.Code
	At      time.Time
}

// LateBatch is a batch of a revoked life that arrived after it was revoked. It is set aside: two people let
// it in, or it stays out.
type LateBatch struct {
	Chain     app.Chain
	Number    uint64
	Identity  [32]byte
	ArrivedAt time.Time
	AskedBy   string // the first of two who let it in; "" nobody yet
	LetInAt   time.Time
	Raw       []byte // on its own page only
}

// MostLate is how many batches of one revoked life are set aside; what comes after them is refused only.
const MostLate = 64
