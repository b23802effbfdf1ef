package years

import (
	"sync"
	"time"
)

// clock is the time of this world. Head office's goroutines read it too.
type clock struct {
	mu sync.Mutex
	at time.Time
}

// Now is the moment that the simulation stands at.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}
