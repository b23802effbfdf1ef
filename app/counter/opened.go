package counter

import (
	"context"
	"sync"
	"time"

	"loket/app"
	"loket/app/journal"
)

// openedAgain is how long one opening of a person by one operator speaks for the next: going back and
// forth between a list and a page is one look, not ten. Who has just been registered or changed by the
// same hands is no look either.
const openedAgain = 10 * time.Minute

// mostOwed bounds what is remembered while the disk takes nothing.
const mostOwed = 1000

// opening is who opened whom.
type opening struct {
	operator string
	id       app.EntryID
}

// owed is an opening that the disk did not take.
type owed struct {
	by   app.Author
	id   app.EntryID
	body journal.OpenedBody
}

// openings remembers what was written down lately, and what is still to be.
type openings struct {
	mu   sync.Mutex
	last map[opening]time.Time
	owed []owed
}

// noteOpened writes access.looked-up before a person is shown. A disk that is full or cannot be written
// keeps nobody from reading: what is owed is written with the next opening that can be.
func (c *Counter) noteOpened(ctx context.Context, by app.Operator, r app.Registration, where string) error {
	x := &c.opened
	x.mu.Lock()
	defer x.mu.Unlock()
	now, who := c.clock.Now(), opening{by.ID, r.ID}
	if lately(now, x.last[who]) || r.Operator == by.ID && lately(now, r.CapturedAt) {
		return nil
	}
	x.owed = append(x.owed, owed{by.Author(), r.ID, journal.OpenedBody{Where: where}})
	if err := x.settle(ctx, c.store); err != nil && !unwritable(err) {
		x.owed = x.owed[:len(x.owed)-1]
		return err
	}
	if n := len(x.owed); n > 0 && x.owed[n-1].body.At == 0 {
		x.owed[n-1].body.At = now.UnixMilli()
		x.owed = x.owed[max(0, n-mostOwed):]
	}
	x.forget(now)
	x.last[who] = now
	return nil
}

// settle writes what is owed, oldest first.
func (x *openings) settle(ctx context.Context, store Pages) error {
	for len(x.owed) > 0 {
		o := x.owed[0]
		if err := store.NoteOpened(ctx, o.by, o.id, o.body); err != nil {
			return err
		}
		x.owed = x.owed[1:]
	}
	return nil
}

// forget drops what is too old to count.
func (x *openings) forget(now time.Time) {
	if x.last == nil {
		x.last = map[opening]time.Time{}
	}
	for who, at := range x.last {
		if !lately(now, at) {
			delete(x.last, who)
		}
	}
}

// lately is within openedAgain; a clock that was set back has no lately.
func lately(now, at time.Time) bool {
	age := now.Sub(at)
	return age >= 0 && age < openedAgain
}

func unwritable(err error) bool {
	code := app.CodeOf(err)
	return code == app.StorageFull || code == app.StorageReadOnly
}
