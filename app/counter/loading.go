package counter

import (
	"context"

	"loket/app"
	"loket/app/identity"
)

// Loading says how far the index knows everybody on this kiosk. While Done is below Of, a search that
// finds nobody says little.
type Loading struct {
	Done, Of int
	Err      error // of records that could not be read
}

// Complete says whether everybody is in.
func (l Loading) Complete() bool { return l.Done >= l.Of }

// loader reads everybody behind a signed-in operator's back.
type loader struct {
	stop  context.CancelFunc
	ended chan struct{}
}

// atFirst is how many people are known before the operator may begin: a branch's own, in a fraction
// of a second. A regency's follow while the first form is filled in.
const atFirst = 5000

// Open fills the index with everybody on this kiosk. It is called after sign-in and comes back when
// the first thousands are in; the others follow behind it, and Loading tells how far they are. A
// record that cannot be read is reported after all others were taken in.
func (c *Counter) Open(ctx context.Context) error {
	c.Close()
	now := c.clock.Now()
	counts, err := c.store.Counts(ctx, now, now)
	if err != nil {
		return err
	}
	behind, stop := context.WithCancel(context.WithoutCancel(ctx))
	l := &loader{stop, make(chan struct{})}
	c.mu.Lock()
	c.loading, c.loader = Loading{Of: counts[everybody]}, l
	c.mu.Unlock()
	begun := make(chan struct{})
	go func() {
		defer close(l.ended)
		c.load(behind, begun)
	}()
	select {
	case <-begun:
	case <-l.ended:
	case <-ctx.Done():
		c.Close()
		return ctx.Err()
	}
	return c.Loading().Err
}

// everybody is the name under which a store counts all registrations, see Pages.
const everybody = "all"

// load takes in everybody. What was put meanwhile is newer than what is read here, and stays.
func (c *Counter) load(ctx context.Context, begun chan<- struct{}) {
	n := 0
	var broken error
	for r, err := range c.store.Registrations(ctx) {
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			broken = err
		} else {
			c.index.putOlder(r)
			c.groups.putOlder(r.Record.Plan)
		}
		if n++; n == atFirst {
			c.loaded(n, broken)
			close(begun)
		}
		if n%1000 == 0 {
			c.loaded(n, broken)
		}
	}
	c.loaded(max(n, c.Loading().Of), broken)
}

func (c *Counter) loaded(n int, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.loading.Done, c.loading.Err = n, err
}

// Loading says how far the index is.
func (c *Counter) Loading() Loading {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.loading
}

// Close forgets everybody: at sign-out and idle lock.
func (c *Counter) Close() {
	c.mu.Lock()
	l := c.loader
	c.loading, c.loader = Loading{}, nil
	c.mu.Unlock()
	if l != nil {
		l.stop()
		<-l.ended
	}
	c.index.Clear()
	c.groups.clear()
}

// putOlder adds a registration that is not known yet.
func (x *Index) putOlder(r app.Registration) {
	folded := identity.FoldName(r.Record.Person.Name)
	x.mu.Lock()
	defer x.mu.Unlock()
	if _, known := x.people.places.of(packID(r.ID), x.people.id); !known {
		x.people.put(r, folded)
	}
}
