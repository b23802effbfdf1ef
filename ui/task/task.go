// Package task is the only place of the screens where work leaves the window's own goroutine. It
// copies the input first, cancels when its owner leaves, drops results that nobody awaits any
// more, and tells how long people have to wait.
package task

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"fyne.io/fyne/v2"

	"loket/app"
)

var (
	errLeft    = errors.New("the owner left")
	errNewer   = errors.New("a newer task of the same topic began")
	errStopped = errors.New("stopped by a person")
)

// Owner is who waits for tasks: a screen. All of its methods are called on the window's goroutine.
type Owner struct {
	// Do runs a function on the window's goroutine; fyne.Do unless a test has another.
	Do func(func())
	// Meter is told when waiting gets noticeable; it may be nil.
	Meter Meter

	ctx    context.Context
	leave  context.CancelCauseFunc
	topics map[string]context.CancelCauseFunc
	slow   int
}

// NewOwner makes an owner that tells a meter (or nil) about waiting.
func NewOwner(m Meter) *Owner { return &Owner{Do: fyne.Do, Meter: m} }

// Leave cancels everything that the owner waits for and drops its results. A task that begins
// later is a new one.
func (o *Owner) Leave() {
	if o.leave != nil {
		o.leave(errLeft)
	}
	o.ctx, o.leave, o.topics = nil, nil, nil
}

func (o *Owner) begin(topic string) (context.Context, context.CancelCauseFunc) {
	if o.ctx == nil {
		o.ctx, o.leave = context.WithCancelCause(context.Background())
		o.topics = map[string]context.CancelCauseFunc{}
	}
	ctx, cancel := context.WithCancelCause(o.ctx)
	if topic != "" {
		if older := o.topics[topic]; older != nil {
			older(errNewer)
		}
		o.topics[topic] = cancel
	}
	return ctx, cancel
}

// Run does work away from the window and hands its result to done on the window's goroutine. The
// input is passed by value, so that the screen may change meanwhile; what it points to must not.
func Run[In, Out any](o *Owner, in In, work func(context.Context, In) (Out, error), done func(Out, error)) {
	start(o, "", in, work, done)
}

// Latest is Run where only the newest task of a topic counts: results of search as one types.
func Latest[In, Out any](o *Owner, topic string, in In, work func(context.Context, In) (Out, error), done func(Out, error)) {
	start(o, topic, in, work, done)
}

func start[In, Out any](o *Owner, topic string, in In, work func(context.Context, In) (Out, error), done func(Out, error)) {
	ctx, cancel := o.begin(topic)
	w := o.watch(cancel)
	ctx = context.WithValue(ctx, watchKey{}, w)
	go func() {
		out, err := guarded(ctx, in, work)
		o.Do(func() {
			w.end()
			switch cause := context.Cause(ctx); {
			case errors.Is(cause, errLeft), errors.Is(cause, errNewer):
				return // nobody awaits it
			case errors.Is(cause, errStopped):
				err = app.Fail(app.Cancelled)
			}
			cancel(nil)
			done(out, err)
		})
	}()
}

// guarded turns a panic of the work into an error: the window stays and nothing typed is lost.
func guarded[In, Out any](ctx context.Context, in In, work func(context.Context, In) (Out, error)) (out Out, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = app.Wrap("task", app.Internal, fmt.Errorf("panic: %v\n%s", r, debug.Stack()))
		}
	}()
	return work(ctx, in)
}
