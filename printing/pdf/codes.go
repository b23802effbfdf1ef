package pdf

import (
	"image"
	"runtime"
	"sync"
	"sync/atomic"

	"loket/printing/drawing"
)

// codes computes the QR codes of a file, four fifths of its cost, on all cores: helpers walk the
// list while the writer of the pages takes what is ready and computes what is not.
type codes struct {
	ready   map[drawing.QR]func() ([]image.Rectangle, error)
	stopped atomic.Bool
	helpers sync.WaitGroup
}

func computeCodes(pages []drawing.Drawing) *codes {
	c := &codes{ready: map[drawing.QR]func() ([]image.Rectangle, error){}}
	var order []func() ([]image.Rectangle, error)
	for _, page := range pages {
		for _, op := range page.Ops {
			q, ok := op.(drawing.QR)
			if !ok || c.ready[q] != nil {
				continue
			}
			c.ready[q] = sync.OnceValues(func() ([]image.Rectangle, error) { return compute(q) })
			order = append(order, c.ready[q])
		}
	}
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0)-1, len(order)) {
		c.helpers.Go(func() { c.help(order, &next) })
	}
	return c
}

// help computes codes until none is left. An error stays with its code, for the writer to find.
func (c *codes) help(order []func() ([]image.Rectangle, error), next *atomic.Int64) {
	for !c.stopped.Load() {
		i := int(next.Add(1)) - 1
		if i >= len(order) {
			return
		}
		if _, err := order[i](); err != nil {
			return
		}
	}
}

func (c *codes) blocks(q drawing.QR) ([]image.Rectangle, error) { return c.ready[q]() }

// stop ends the helpers and waits for them.
func (c *codes) stop() {
	c.stopped.Store(true)
	c.helpers.Wait()
}

func compute(q drawing.QR) ([]image.Rectangle, error) {
	m, err := q.Matrix()
	if err != nil {
		return nil, err
	}
	return drawing.Blocks(m), nil
}
