package pdf

import (
	"image"
	"runtime"
	"sync"
	"sync/atomic"

	"loket/printing/drawing"
)

// codes computes the QR codes of a file, four fifths of its cost, on all cores. Helpers and the
// writer of the pages take the next code from one list: the writer never waits for a code while
// there is another one to compute.
type codes struct {
	jobs    map[drawing.QR]*job
	order   []*job
	next    atomic.Int64
	stopped atomic.Bool
	helpers sync.WaitGroup
}

// job is one code. Blocks and err are there once done is closed.
type job struct {
	qr     drawing.QR
	done   chan struct{}
	blocks []image.Rectangle
	err    error
}

func computeCodes(pages []drawing.Drawing) *codes {
	c := &codes{jobs: map[drawing.QR]*job{}}
	for _, page := range pages {
		for _, op := range page.Ops {
			q, ok := op.(drawing.QR)
			if !ok || c.jobs[q] != nil {
				continue
			}
			c.jobs[q] = &job{qr: q, done: make(chan struct{})}
			c.order = append(c.order, c.jobs[q])
		}
	}
	for range min(runtime.GOMAXPROCS(0)-1, len(c.order)) {
		c.helpers.Go(func() {
			for !c.stopped.Load() && c.work() {
			}
		})
	}
	return c
}

// work computes the next code that nobody has begun, and says whether there was one. An error stays
// with its code, for the writer to find.
func (c *codes) work() bool {
	i := int(c.next.Add(1)) - 1
	if i >= len(c.order) {
		return false
	}
	j := c.order[i]
	defer close(j.done)
	var m [][]bool
	if m, j.err = j.qr.Matrix(); j.err == nil {
		j.blocks = drawing.Blocks(m)
	}
	return true
}

// blocks gives a code, and computes others until it is there.
func (c *codes) blocks(q drawing.QR) ([]image.Rectangle, error) {
	j := c.jobs[q]
	for {
		select {
		case <-j.done:
			return j.blocks, j.err
		default:
		}
		if !c.work() {
			<-j.done
		}
	}
}

// stop ends the helpers and waits for them.
func (c *codes) stop() {
	c.stopped.Store(true)
	c.helpers.Wait()
}
