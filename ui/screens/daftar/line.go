package daftar

import (
	"context"

	"loket/ui/task"
)

// line does what concerns drafts one after the other, so that a draft that is still being written
// cannot come back after its registration was saved or it was cleared. It goes on when the screen
// is left: nothing typed is lost.
type line struct {
	owner   *task.Owner
	busy    bool
	waiting []job
}

// job is one step. A write of the draft that waits gives way to a newer one.
type job struct {
	write bool
	work  func(context.Context) error
	done  func(error)
}

func (l *line) add(j job) {
	if n := len(l.waiting); j.write && n > 0 && l.waiting[n-1].write {
		l.waiting[n-1] = j
	} else {
		l.waiting = append(l.waiting, j)
	}
	l.next()
}

func (l *line) next() {
	if l.busy || len(l.waiting) == 0 {
		return
	}
	j := l.waiting[0]
	l.waiting = l.waiting[1:]
	l.busy = true
	task.Run(l.owner, j, func(ctx context.Context, j job) (struct{}, error) { return struct{}{}, j.work(ctx) }, func(_ struct{}, err error) {
		l.busy = false
		if j.done != nil {
			j.done(err)
		}
		l.next()
	})
}

// idle says whether nothing is under way.
func (l *line) idle() bool { return !l.busy && len(l.waiting) == 0 }
