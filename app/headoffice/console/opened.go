package console

import (
	"maps"
	"strconv"
	"sync"
	"time"

	"loket/app"
	"loket/app/office/books"
)

// openedAgain is how long one opening of a person by one account speaks for the next, as at a kiosk.
const openedAgain = 10 * time.Minute

// opening is which account opened whom.
type opening struct {
	account string
	id      app.EntryID
	list    string // or which list of people: "registrations"
}

// openings remembers what was written down lately.
type openings struct {
	mu   sync.Mutex
	last map[opening]time.Time
}

// openRegistration reads a person for a page. The own journal is told before the page is shown.
func (c *Console) openRegistration(v *visit, id app.EntryID) (books.RegistrationRow, error) {
	row, err := c.desk.Registration(v.r.Context(), id)
	if err != nil {
		return row, err
	}
	now, who := c.clock.Now(), opening{account: v.session.account, id: id}
	if c.opened.lately(who, now) {
		return row, nil
	}
	if err := c.desk.NoteOpened(v.r.Context(), id, who.account, now); err != nil {
		return books.RegistrationRow{}, err
	}
	c.opened.note(who, now)
	return row, nil
}

// listed writes down that an account saw people in a list, how many at most, once in the same while; a
// search each time.
func (c *Console) listed(v *visit, list string, people int, search bool) error {
	if people == 0 {
		return nil
	}
	now, who := c.clock.Now(), opening{account: v.session.account, list: list}
	act := "people.listed"
	if search {
		act = "people.searched"
	} else if c.opened.lately(who, now) {
		return nil
	}
	if err := c.did(v, act, list+" "+strconv.Itoa(people)); err != nil {
		return err
	}
	if !search {
		c.opened.note(who, now)
	}
	return nil
}

func (x *openings) lately(who opening, now time.Time) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return again(x.last[who], now)
}

// again says whether an opening still speaks for another.
func again(at, now time.Time) bool {
	age := now.Sub(at)
	return age >= 0 && age < openedAgain
}

// note remembers an opening, and forgets those that do not count any more.
func (x *openings) note(who opening, now time.Time) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.last == nil {
		x.last = map[opening]time.Time{}
	}
	maps.DeleteFunc(x.last, func(_ opening, at time.Time) bool { return !again(at, now) })
	x.last[who] = now
}
