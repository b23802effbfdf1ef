package console

import (
	"context"
	"math"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"loket/app"
	"loket/app/office/books"
)

// gate bounds how many passwords are compared at once: each takes 64 MiB and a fifth of a second.
// Some more wait their turn; beyond them nobody is kept waiting.
type gate struct {
	working chan struct{}
	waiting chan struct{}
}

const (
	comparedAtOnce = 2
	waitingAtMost  = 16
)

func newGate() *gate {
	return &gate{make(chan struct{}, comparedAtOnce), make(chan struct{}, waitingAtMost)}
}

// through runs work when it is its turn; headoffice.busy when too many wait.
func (g *gate) through(ctx context.Context, work func()) error {
	select {
	case g.waiting <- struct{}{}:
		defer func() { <-g.waiting }()
	default:
		return app.Fail(app.OfficeBusy)
	}
	select {
	case g.working <- struct{}{}:
		defer func() { <-g.working }()
	case <-ctx.Done():
		return app.Wrap("console.gate", app.Cancelled, ctx.Err())
	}
	work()
	return nil
}

// doors slow down guessing: a few wrong passwords an address, then one every some seconds. A right one
// does not count, so that a whole office may sign in behind one address.
type doors struct {
	mu    sync.Mutex
	tries map[netip.Prefix]tried
}

type tried struct {
	wrong float64 // that still count
	at    time.Time
}

const (
	triesAtOnce = 10
	tryEvery    = 6 * time.Second
	maxDoors    = 10_000
)

func newDoors() *doors { return &doors{tries: map[netip.Prefix]tried{}} }

// Caller is who asks, as far as it counts: of IPv6 the network, since each has billions of addresses.
func Caller(r *http.Request) netip.Prefix {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	a, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Prefix{}
	}
	a = a.Unmap().WithZone("")
	bits := 32
	if a.Is6() {
		bits = 64
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return p
}

// knock counts a try before it is known whether it is right, so that many at once do not slip past;
// false when there were too many.
func (d *doors) knock(from netip.Prefix, now time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, known := d.tries[from]; !known && len(d.tries) >= maxDoors {
		d.forget(now)
	}
	t := tried{d.tries[from].left(now) + 1, now}
	if t.wrong > triesAtOnce {
		return false
	}
	d.tries[from] = t
	return true
}

// pardon takes a try back that was right.
func (d *doors) pardon(from netip.Prefix) {
	d.mu.Lock()
	defer d.mu.Unlock()
	t := d.tries[from]
	t.wrong = math.Max(0, t.wrong-1)
	d.tries[from] = t
}

// left are the wrong tries that still count.
func (t tried) left(now time.Time) float64 {
	if !t.at.Before(now) {
		return t.wrong
	}
	return math.Max(0, t.wrong-float64(now.Sub(t.at))/float64(tryEvery))
}

// forget drops those whose tries no longer count; where all count, some one.
func (d *doors) forget(now time.Time) {
	for from, t := range d.tries {
		if t.left(now) == 0 {
			delete(d.tries, from)
		}
	}
	for from := range d.tries {
		if len(d.tries) < maxDoors {
			return
		}
		delete(d.tries, from)
	}
}

// shut says whether somebody has guessed too often already, before any work is done for them.
func (d *doors) shut(from netip.Prefix, now time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.tries[from].left(now)+1 > triesAtOnce
}

// proven compares an account's password. Nobody learns whether the name, the password or a block was
// the reason, and a name that does not exist costs the same time. A try is counted when its turn comes, so
// that many who wait with a right password do not shut the door on each other.
func (c *Console) proven(r *http.Request, name, secret string) (account books.Account, err error) {
	from := Caller(r)
	if c.doors.shut(from, c.clock.Now()) {
		return account, app.Fail(app.OfficeTooMany)
	}
	account, err = c.desk.Account(r.Context(), name)
	known := err == nil
	if err != nil && app.CodeOf(err) != app.NotFound {
		return account, err
	}
	verdict := app.Fail(app.OfficeTooMany)
	err = c.gate.through(r.Context(), func() {
		if !c.doors.knock(from, c.clock.Now()) {
			return
		}
		stored := account.Password
		if !known {
			stored = nobody()
		}
		if !rightPassword(stored, secret) || !known || !account.BlockedAt.IsZero() {
			verdict = app.Fail(app.OfficeWrongPassword)
			return
		}
		c.doors.pardon(from)
		verdict = nil
	})
	switch {
	case err != nil:
		return books.Account{}, err
	case verdict != nil:
		c.log.Warn("console: a password was refused")
		return books.Account{}, verdict
	}
	return account, nil
}
