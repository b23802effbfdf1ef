package task

import (
	"context"
	"sync/atomic"
	"time"
)

// When waiting is shown.
const (
	spinnerAfter  = 300 * time.Millisecond
	progressAfter = 2 * time.Second
	progressEvery = 500 * time.Millisecond
)

// Meter shows that people wait. It is called on the window's goroutine.
type Meter interface {
	// Busy says that something takes longer than 0.3 s, and later that nothing does any more.
	Busy(on bool)
	// Progress tells about a task longer than 2 s, twice a second. Its end is told by Over.
	Progress(p Progress)
}

// Progress is how far a long task has come. Total 0 is not known.
type Progress struct {
	Done, Total int
	PerSecond   float64
	Left        time.Duration // 0 is not known
	Stop        func()        // ends the task at a person's wish
	Over        bool
}

type watchKey struct{}

// Report tells from within the work how far it has come: done of total things. It is cheap.
func Report(ctx context.Context, done, total int) {
	if w, ok := ctx.Value(watchKey{}).(*watch); ok {
		w.done.Store(int64(done))
		w.total.Store(int64(total))
	}
}

type watch struct {
	owner       *Owner
	stop        context.CancelCauseFunc
	started     time.Time
	done, total atomic.Int64
	timers      []*time.Timer
	busy, shown bool
	ended       bool
}

func (o *Owner) watch(stop context.CancelCauseFunc) *watch {
	w := &watch{owner: o, stop: stop, started: time.Now()}
	if o.Meter != nil {
		w.later(spinnerAfter, w.spin)
		w.later(progressAfter, w.tell)
	}
	return w
}

// later runs a function on the window's goroutine after a while, unless the task has ended.
func (w *watch) later(d time.Duration, f func()) {
	w.timers = append(w.timers, time.AfterFunc(d, func() {
		w.owner.Do(func() {
			if !w.ended {
				f()
			}
		})
	}))
}

func (w *watch) spin() {
	w.busy = true
	w.owner.slow++
	if w.owner.slow == 1 {
		w.owner.Meter.Busy(true)
	}
}

func (w *watch) tell() {
	w.shown = true
	w.owner.Meter.Progress(w.progress())
	w.later(progressEvery, w.tell)
}

func (w *watch) progress() Progress {
	p := Progress{Done: int(w.done.Load()), Total: int(w.total.Load()), Stop: func() { w.stop(errStopped) }}
	if took := time.Since(w.started); p.Done > 0 && took > 0 {
		p.PerSecond = float64(p.Done) / took.Seconds()
		if p.Total > p.Done {
			p.Left = time.Duration(float64(p.Total-p.Done) / p.PerSecond * float64(time.Second)).Round(time.Second)
		}
	}
	return p
}

func (w *watch) end() {
	w.ended = true
	for _, t := range w.timers {
		t.Stop()
	}
	if w.shown {
		w.owner.Meter.Progress(Progress{Over: true})
	}
	if w.busy {
		w.owner.slow--
		if w.owner.slow == 0 {
			w.owner.Meter.Busy(false)
		}
	}
}

// After runs a function on the window's goroutine after a while, unless the owner left.
func After(o *Owner, d time.Duration, f func()) (stop func()) {
	ctx, cancel := o.begin("")
	t := time.AfterFunc(d, func() {
		o.Do(func() {
			if ctx.Err() == nil {
				cancel(nil)
				f()
			}
		})
	})
	return func() {
		t.Stop()
		cancel(nil)
	}
}

// Every runs a function on the window's goroutine again and again, until the owner leaves.
func Every(o *Owner, d time.Duration, f func()) (stop func()) {
	stopped := false
	var stopNext func()
	var again func()
	again = func() {
		if stopped {
			return
		}
		f()
		stopNext = After(o, d, again)
	}
	stopNext = After(o, d, again)
	return func() {
		stopped = true
		stopNext()
	}
}
